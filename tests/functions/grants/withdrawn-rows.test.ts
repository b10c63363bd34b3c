// Goal: a row of a decided list that turns out wrong is taken back by two people, whenever it is found out: before a run, in the middle of
// one, or after the money arrived; and a right grant may follow. Method: a bureau on real engines, one month played through.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withdrawnBasis } from '../../../domain/grants/withdrawal.ts';
import { fen } from '../../../domain/money.ts';
import { decideGrantList, readList } from '../../../functions/grants/decide-grant-list.ts';
import { recoverWithdrawn } from '../../../functions/grants/recover-withdrawn.ts';
import { decideRowWithdrawal, proposeRowWithdrawal } from '../../../functions/grants/withdraw-row.ts';
import { decideRecovery } from '../../../functions/recovery/recoveries.ts';
import { diesAfter, dyingAtEveryWrite } from '../../faults.ts';
import { policyFile } from '../../policy-files.ts';
import { idNumber, request, row, sheet } from '../register/sheet-fixture.ts';
import * as office from '../run/office.ts';

const { code, value } = office;
const PROGRAMME = 'disaster-relief';
const IN_LIFE = 'green-burial-agreement';
const SCOPE = { jurisdiction: office.DISTRICT, programme: PROGRAMME } as const;
const HEADINGS = '户主姓名,身份证号,街道代码,收款账号,灾害名称,受灾日期,紧急转移安置人数,房屋损毁等级';
const line = (n: number, evacuated: number) =>
  [
    row(n).split(',')[0]!,
    idNumber(n),
    '110199001',
    `6217${String(n).padStart(12, '0')}`,
    '11·3洪涝',
    '2026-11-03',
    evacuated,
    '',
  ].join(',');

let bureau: office.Office;
beforeAll(async () => {
  bureau = await office.openOffice({
    people: 0,
    quickReads: true,
    packs: [PROGRAMME, IN_LIFE].map((programme) => policyFile(office.DISTRICT, programme)),
  });
  value(
    await bureau.office.setBudget({ ...SCOPE, fiscalYear: '2026', lines: office.LINES, by: 'staff-finance' }),
  );
});
afterAll(() => bureau.stop());

/** A list that came in and was decided. Rows count from 2. */
async function granted(
  importId: string,
  lines: readonly string[],
  programme = PROGRAMME,
  headings = HEADINGS,
) {
  const message = request(importId, {
    kind: 'grant-list',
    programme,
    requestedAt: bureau.clock.now(),
  });
  await bureau.engines.files.put(message.objectKey, sheet(lines, headings));
  bureau.engines.send('imports', JSON.stringify(message));
  await bureau.deliver();
  const stored = (await bureau.imports.read(importId))!;
  const { totals, rows } = await readList(bureau.fileServices, stored);
  const decision = { hash: totals.hash, count: totals.count, fen: totals.fen, by: 'staff-approver' };
  const decided = await decideGrantList(
    bureau.fileServices,
    stored,
    { ...decision, document: `示民救〔2026〕${importId}号`, decidedOn: '2026-11-22' },
    { at: bureau.clock.now(), today: bureau.clock.today() },
  );
  return { decided, rows, totals };
}
const propose = (importId: string, n: number) =>
  proposeRowWithdrawal(
    bureau.ports.grants,
    { ...SCOPE, importId, row: n },
    { reason: '查实未受灾', document: '核查报告1' },
    { by: 'staff-preparer' },
  );
const WITHDRAW = { outcome: 'withdraw', document: '示民撤〔2026〕1号', dueOn: '2027-01-31' } as const;
const decide = (importId: string, n: number, by = 'staff-reviewer', decidedOn = '2026-11-22') =>
  decideRowWithdrawal(bureau.ports.grants, { importId, row: n }, { ...WITHDRAW, decidedOn }, { by });
const load = async (importId: string, n: number) =>
  (await bureau.ports.grants.withdrawals.load({ importId, row: n }))!;
const lookedAt = async (importId: string, n: number) =>
  value(
    await recoverWithdrawn(
      { ...bureau.ports, withdrawals: bureau.ports.grants.withdrawals },
      await load(importId, n),
    ),
  );
const NOVEMBER = { ...SCOPE, period: '2026-11', round: 'S' } as const;

it('takes two people, and is of a row that was granted', async () => {
  value((await granted('one', [line(1, 1), line(2, 2), line(3, 3), line(4, 4)])).decided);
  expect(code(await propose('one', 2))).toBe('conflict/row-not-granted');
  await bureau.deliver();
  expect(code(await propose('one', 99))).toBe('missing/grant-row');
  expect(code(await decide('one', 2))).toBe('missing/grant-withdrawal');
  value(await propose('one', 2));
  expect(code(await decide('one', 2, 'staff-preparer'))).toBe('forbidden/same-person');
  expect(code(await decide('one', 2, 'staff-reviewer', '2026-11-21'))).toBe('invalid/decision-date');
  const kept = { outcome: 'keep', reason: '复核无误' } as const;
  const row2 = { importId: 'one', row: 2 };
  value(await decideRowWithdrawal(bureau.ports.grants, row2, kept, { by: 'staff-reviewer' }));
  expect(code(await decide('one', 2))).toBe('conflict/withdrawal-state');
});

it('before a run it is not paid, and a right grant follows; whoever dies on the way is made good', async () => {
  value(await propose('one', 2));
  expect((await granted('early', [line(1, 2)])).totals.count).toBe(0);
  await dyingAtEveryWrite((survived) => diesAfter(bureau.faults, survived, () => decide('one', 2)));
  expect((await lookedAt('one', 2)).state).toBe('concluded');
  expect((await load('one', 2)).concluded).toMatchObject({ fen: 0 });
  expect(code(await propose('one', 2))).toBe('conflict/withdrawal-state');
  const right = await granted('right', [line(1, 2)]);
  value(right.decided);
  await bureau.deliver({ times: 2 });
  expect((await bureau.fileServices.grantLists.read('right')).done).toMatchObject([
    { granted: 1, refused: [] },
  ]);
  // And once only.
  expect((await granted('again', [line(1, 3)])).totals.count).toBe(0);
  const run = await office.computed(bureau, NOVEMBER);
  expect(run.totals?.payable).toEqual({ count: 4, fen: fen(30_000 * (2 + 2 + 3 + 4)) });
});

it('a writer who died before the register is made good by the sweeper; what a run holds already is not paid', async () => {
  const runId = (await bureau.ports.runs.activePointer(SCOPE))!.runId;
  const run = (await bureau.ports.runs.load(runId))!;
  value(await propose('one', 3));
  await diesAfter(bureau.faults, 2, () => decide('one', 3)).catch(() => undefined);
  expect((await load('one', 3)).state).toBe('decided');
  // It stood at one look: at the next it is asked for.
  await bureau.sweep();
  await bureau.sweep();
  await bureau.deliver();
  expect((await load('one', 3)).state).toBe('recorded');
  // The run that began before may still pay: the books are not looked at yet.
  expect((await lookedAt('one', 3)).state).toBe('recorded');
  const back = await office.dispatched(bureau, await office.approved(bureau, run));
  expect([...back.holds.values()].map(({ late }) => late?.control)).toEqual(['determined-since']);
  const { runId: again } = await office.approved(bureau, back);
  value(await bureau.actions.dispatch({ runId: again, by: 'staff-cashier' }));
  await bureau.deliver();
  const sent = value(await bureau.views.getRun(again));
  value(await propose('one', 4));
  value(await decide('one', 4));
  // Its money is on its way.
  expect((await lookedAt('one', 4)).state).toBe('recorded');
  for (const bytes of await office.bankAnswer(bureau, sent)) await office.reconciled(bureau, sent, bytes);
  await office.closed(bureau, sent);
  await bureau.sweep();
  expect((await load('one', 3)).concluded).toMatchObject({ fen: 0 });
  expect((await load('one', 4)).concluded).toMatchObject({ fen: 90_000 });
  await bureau.sweep();
  expect(await bureau.ports.grants.withdrawals.open()).toEqual([]);
});

it('after it was paid it is a recovery that another person decides; a smaller right grant leaves the difference', async () => {
  const { recorded, concluded } = await load('one', 4);
  const address = { ...SCOPE, enrolment: recorded!.enrolment };
  const [order] = (await bureau.ports.recoveries.of(address)).orders;
  expect(order?.proposed).toMatchObject({
    basis: withdrawnBasis('list:one:4'),
    fen: 90_000,
    by: 'staff-preparer',
    dueOn: '2027-01-31',
  });
  const paper = { document: '示民追〔2026〕1号', decidedOn: '2026-11-22' };
  const on = { jurisdiction: office.DISTRICT, recoveryId: concluded!.recoveryId!, by: 'staff-reviewer' };
  value(await decideRecovery(bureau.ports, on, paper));

  value(await propose('one', 5));
  value(await decide('one', 5));
  value((await granted('smaller', [line(4, 1)])).decided);
  await bureau.deliver();
  // The row gave 1200; another grant of 300 stands for the same month: what the next run finds is the difference.
  const next = await office.computed(bureau, NOVEMBER);
  expect(next.totals).toMatchObject({ payable: { count: 0 }, recoveries: { count: 1 } });
});

it('an agreement that is withdrawn from takes back what policy says, for every year of it; no other grant rests on one', async () => {
  const headings = '姓名,身份证号,街道代码,收款账号,协议编号,签约日期,享有年度';
  const inLife = (year: number) =>
    `${row(9).split(',')[0]},${idNumber(9)},110199001,6217${'9'.padStart(12, '0')},协9,2025-02-01,${year}`;
  for (const year of [2025, 2026]) {
    value((await granted(`in-life-${year}`, [inLife(year)], IN_LIFE, headings)).decided);
    await bureau.deliver();
  }
  const scope = { jurisdiction: office.DISTRICT, programme: IN_LIFE };
  const wish = { reason: '签约人退出协议', document: '退出声明1', withdrawnOn: '2026-10-01' };
  const by = { by: 'staff-preparer' };
  const of = (year: number) => ({ importId: `in-life-${year}`, row: 2 });
  const propose = (year: number, withdrawnOn: string) =>
    proposeRowWithdrawal(bureau.ports.grants, { ...scope, ...of(year) }, { ...wish, withdrawnOn }, by);
  expect(code(await propose(2026, '2025-01-31'))).toBe('invalid/withdrawn-on');
  expect(code(await propose(2026, '2026-11-23'))).toBe('invalid/withdrawn-on');
  const other = { ...SCOPE, importId: 'one', row: 2 };
  expect(code(await proposeRowWithdrawal(bureau.ports.grants, other, wish, by))).toBe('invalid/no-agreement');
  value(await propose(2026, '2026-10-01'));
  for (const year of [2025, 2026]) {
    const { proposed } = await load(`in-life-${year}`, 2);
    expect(proposed.derivation).toMatchObject([{ code: 'agreement-withdrawn', result: String(year) }]);
    value(await decide(`in-life-${year}`, 2));
    expect((await lookedAt(`in-life-${year}`, 2)).state).toBe('concluded');
  }
  const run = await office.computed(bureau, { ...scope, period: '2026-11', round: 'S' });
  expect(run.totals?.payable).toEqual({ count: 0, fen: 0 });
});
