// Goal: a bureau that paid 低保 from Excel goes live in the middle of the year: what was paid is opened per household and month and
// signed by two, a parallel run against the bureau's own list shows exactly what differs, and the first run pays new minus old.
// Method: five households from a sheet, decided by two people, Excel's list with a planted mistake of each kind, on real engines.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proposalId } from '../../../domain/determination/proposal.ts';
import { lastMembership } from '../../../domain/household/membership.ts';
import { type Fen, fen, toYuan } from '../../../domain/money.ts';
import type { Run } from '../../../domain/run/run.ts';
import { householdsOf } from '../../../functions/determination/households.ts';
import { approve, propose } from '../../../functions/determination/proposals.ts';
import { CALLERS } from '../api/api-client.ts';
import { type Desk, deskOf } from '../api/desk.ts';
import { DIBAO, dibaoOffice } from '../determination/bureau.ts';
import { HOUSEHOLD_HEADINGS, headId, headRow, memberId, memberRow } from '../register/household-sheet.ts';
import { request, sheet } from '../register/sheet-fixture.ts';
import {
  approved,
  bankAnswer,
  closed,
  code,
  computed,
  dispatched,
  type Office,
  reconciled,
  seen,
  value,
} from '../run/office.ts';
import { draftsOf } from '../run/whole-month.ts';
import { journal, posted } from './opening-office.ts';

const OPENING_HEADINGS = '身份证号,姓名,所属月份,已发金额,退回未重发金额,待追缴金额,更正原因';
const [JULY, AUGUST, SEPTEMBER, OCTOBER] = ['2026-07', '2026-08', '2026-09', '2026-10'] as const;
let bureau: Office;
let desk: Desk;
/** Enrolments and what was decided of a month, by the number of the household. */
const ids: string[] = [];
const due: Fen[] = [];

const imported = async (name: string, kind: 'households' | 'opening', rows: readonly string[]) => {
  const message = request(name, { kind, programme: 'dibao', requestedAt: bureau.clock.now() });
  const headings = kind === 'opening' ? OPENING_HEADINGS : HOUSEHOLD_HEADINGS;
  await bureau.engines.files.put(message.objectKey, sheet(rows, headings));
  bureau.engines.send('imports', JSON.stringify(message));
  await bureau.deliver();
  return (await bureau.imports.get(name))!;
};
/** Two people decide on the n-th household by what is proposed. */
async function decided(n: number): Promise<void> {
  const person = (await bureau.register.personByIdNumber(headId(n)))!.record;
  const { household } = lastMembership(person.facts)!;
  const [enrolment] = await bureau.register.enrolmentsOfPerson(household);
  const ports = { ...bureau.ports, households: householdsOf(bureau.register) };
  const today = bureau.clock.today();
  const asked = { kind: 'initial', appliedOn: '2026-03-05' } as const;
  const { proposal } = value(await propose(ports, enrolment!, asked, today, { by: 'staff-preparer' }));
  const decision = { proposal: proposalId(proposal), hash: proposal.hash, decidedOn: today };
  const document = `示民救〔2026〕${n}号`;
  const { determination } = value(
    await approve(ports, enrolment!, { ...decision, document, by: 'staff-approver' }),
  );
  if (determination?.spans.length !== 1) throw new Error('one decision on all months from the first');
  ids[n] = enrolment!.id;
  due[n] = fen(determination.spans[0]!.components.reduce((sum, one) => sum + one.fen, 0));
}
beforeAll(async () => {
  bureau = await dibaoOffice({ historyFrom: JULY });
  desk = await deskOf(bureau);
  bureau.clock.moveTo('2026-06-20');
  const rows = [
    headRow(1),
    headRow(2),
    memberRow(2, 1),
    headRow(3, { employment: '在职', wage: '900' }),
    memberRow(3, 1),
    memberRow(3, 2),
    headRow(4),
    memberRow(4, 1),
    headRow(5, { residence: '农村' }),
  ];
  await imported('households', 'households', rows);
  for (const n of [1, 2, 3, 4, 5]) await decided(n);
  bureau.clock.moveTo('2026-09-20');
});
afterAll(() => bureau.stop());

const line = (n: number, month: string, paid: number, more: readonly string[] = []) =>
  [headId(n), '张户主', month, toYuan(fen(paid)), ...more].join(',');
/** What Excel paid, and what it got wrong: too little, nobody at all, a return, and too much. */
const excel = () => [
  ...[JULY, AUGUST, SEPTEMBER].map((month) => line(1, month, due[1]!)),
  line(2, JULY, due[2]!),
  [memberId(2, 1), '李成员', AUGUST, toYuan(fen(due[2]! - 5_000))].join(','),
  line(2, SEPTEMBER, due[2]!),
  ...[AUGUST, SEPTEMBER].map((month) => line(3, month, due[3]!)),
  line(4, JULY, due[4]!),
  line(4, AUGUST, due[4]!, [toYuan(due[4]!)]),
  line(4, SEPTEMBER, due[4]!),
  ...[JULY, AUGUST].map((month) => line(5, month, due[5]!)),
  line(5, SEPTEMBER, due[5]! + 10_000, ['', '100.00']),
];
/** Of each household the sum of each month. */
const linesOf = async (run: Run) =>
  new Map(
    (await draftsOf(bureau, run)).map(({ enrolment, lines }) => {
      const months = [...new Set(lines.map(({ month }) => month))].toSorted(comparing);
      const sums = months.map((month) => {
        const own = lines.filter((one) => one.month === month);
        return [month, own.reduce((sum, one) => sum + one.fen, 0)];
      });
      return [ids.indexOf(enrolment), sums];
    }),
  );
const comparing = (a: string, b: string) => (a < b ? -1 : 1);

describe('going live with 低保', () => {
  it('a household has one row a month, whichever member it names', async () => {
    const twice = await imported('twice', 'opening', [
      line(2, JULY, due[2]!),
      [memberId(2, 1), '李成员', JULY, '1.00'].join(','),
    ]);
    expect(twice.counts).toMatchObject({ accepted: 1, rejected: 1 });
    const asked = { ...DIBAO, imported: twice, usedBudget: [], by: 'staff-preparer' };
    expect(code(await bureau.actions.startOpening(asked))).toBe('conflict/rows-rejected');
  });

  it('what Excel paid is opened under control totals that two people sign, and balances', async () => {
    const sheetOf = await imported('opening', 'opening', excel());
    const paid = 3 * (due[1]! + due[2]! + due[4]! + due[5]!) + 2 * due[3]! - 5_000 + 10_000;
    const usedBudget = [{ fiscalYear: '2026', fen: fen(paid) }];
    const asked = { ...DIBAO, imported: sheetOf, usedBudget, by: 'staff-preparer' };
    const started = value(await bureau.actions.startOpening(asked));
    await bureau.deliver();
    const run = value(await bureau.views.getRun(started.runId));
    expect(run.runId).toBe('110199.dibao.2026-09.O1.1');
    expect(run.totals?.refused).toEqual({});
    expect(run.totals?.opening).toMatchObject({ rows: 14 });
    expect(run.totals?.opening?.months[AUGUST]).toEqual({
      rows: 5,
      paidFen: due[1]! + due[2]! - 5_000 + due[3]! + due[4]! + due[5]!,
      returnedFen: due[4],
      recoverableFen: 0,
    });
    expect(run.totals?.opening?.months[SEPTEMBER]).toMatchObject({ rows: 5, recoverableFen: 10_000 });
    value(await bureau.actions.submit({ ...seen(bureau, run), by: 'staff-preparer' }));
    const own = { id: 'staff-preparer', roles: ['reviewer', 'approver'] };
    expect(code(await bureau.actions.sign({ ...seen(bureau, run), signer: own }))).toBe(
      'forbidden/own-submission',
    );
    expect(await journal(bureau, run)).toEqual([]);
    value(
      await bureau.actions.sign({
        ...seen(bureau, run),
        signer: { id: 'staff-reviewer', roles: ['reviewer'] },
      }),
    );
    value(
      await bureau.actions.sign({
        ...seen(bureau, run),
        signer: { id: 'staff-approver', roles: ['approver'] },
      }),
    );
    const done = await closed(bureau, await posted(bureau, run));
    expect(done.state).toBe('closed');
    const { accounts } = value(await bureau.audit.trialBalance(run.runId));
    const balance = new Map(accounts.map(({ account, debit, credit }) => [account, debit - credit]));
    expect(balance.get('opening')).toBe(-paid);
    expect(balance.get('recoverable')).toBe(10_000);
    expect(balance.get('returned')).toBe(0 - due[4]!);
    expect([...balance.values()].reduce((sum, one) => sum + one, 0)).toBe(0);
  }, 20_000);

  it('a parallel run against the bureau’s own list shows exactly the differences planted in it', async () => {
    bureau.clock.moveTo('2026-09-25');
    const as = CALLERS.preparer;
    const asked = { ...DIBAO, period: OCTOBER, by: 'staff-preparer', request: 'parallel-1' };
    const { runId } = value(await bureau.actions.startParallel(asked));
    await bureau.deliver();
    const row = (id: string, name: string, amount: string) => `${name},${id},${amount}`;
    const list = [
      row(headId(1), '张户主', toYuan(due[1]!)),
      // Excel does not know of the fifty yuan that it paid too little in August.
      row(headId(2), '张户主', toYuan(due[2]!)),
      // The same household once more, by a member.
      row(memberId(2, 1), '李成员', toYuan(due[2]!)),
      // Another amount, and a household that the list leaves out: the fourth.
      row(headId(3), '张户主', toYuan(fen(due[3]! - 100))),
      row(headId(5), '张户主', toYuan(due[5]!)),
      row(headId(9), '张户主', '1450.00'),
      row(headId(1).replace(/.$/, 'Y'), '张户主', '1.00'),
    ];
    const uploadId = await desk.upload(as, 'bureau-list', 'list.csv', sheet(list, '姓名,身份证号,发放金额'));
    const compared = await desk.done('compareParallelRun', { as, params: { runId }, body: { uploadId } });
    const report = (await (await fetch(compared.body.url)).text())
      .split('\r\n')
      .slice(1)
      .map((text) => text.slice(1).split('","').slice(0, 7))
      .filter((cells) => cells.length === 7)
      .map(([result, at, , , enrolment, ours, theirs]) => [
        result,
        at,
        ids.indexOf(enrolment!),
        ours,
        theirs,
      ]);
    const third = toYuan(fen(2 * due[3]!));
    expect(report).toEqual([
      ['一致', '2', 1, toYuan(due[1]!), toYuan(due[1]!)],
      ['金额不同', '3', 2, toYuan(fen(due[2]! + 5_000)), toYuan(due[2]!)],
      ['名册重复', '4', 2, '0.00', toYuan(due[2]!)],
      ['金额不同', '5', 3, third, toYuan(fen(due[3]! - 100))],
      ['一致', '6', 5, toYuan(due[5]!), toYuan(due[5]!)],
      ['仅名册', '7', -1, '0.00', '1450.00'],
      ['名册无法读取', '8', -1, '0.00', '1.00'],
      ['仅本系统', '', 4, toYuan(due[4]!), '0.00'],
    ]);
  }, 20_000);

  it('the first run pays the month, what Excel paid too little and whom it left out; nothing before, nothing twice', async () => {
    bureau.clock.moveTo('2026-09-26');
    const run = await computed(bureau, { ...DIBAO, period: OCTOBER, round: 'R' });
    expect(await linesOf(run)).toEqual(
      new Map([
        [1, [[OCTOBER, due[1]]]],
        [
          2,
          [
            [AUGUST, 5_000],
            [OCTOBER, due[2]],
          ],
        ],
        [
          3,
          [
            [JULY, due[3]],
            [OCTOBER, due[3]],
          ],
        ],
        [4, [[OCTOBER, due[4]]]],
        [5, [[OCTOBER, due[5]]]],
      ]),
    );
    const sent = await dispatched(bureau, await approved(bureau, run));
    for (const bytes of await bankAnswer(bureau, sent)) await reconciled(bureau, sent, bytes);
    expect((await closed(bureau, sent)).state).toBe('closed');
    bureau.clock.moveTo('2026-09-27');
    expect(await linesOf(await computed(bureau, { ...DIBAO, period: OCTOBER, round: 'S1' }))).toEqual(
      new Map(),
    );
  }, 20_000);
});
