// Goal: of somebody who died, what was due through the month of the death goes to the heir whom two people confirmed, and nothing later
// to anybody; what was received for later months is proposed for recovery once the death is certified. Method: a small bureau on real
// engines, two months long.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Run } from '../../../domain/run/run.ts';
import { PayeeChanges } from '../../../functions/adapters/payee-changes.ts';
import { packWith } from '../../infra/local/sample/planting.ts';
import { enrolmentOf } from '../matching/lists.ts';
import { idNumber } from '../register/sheet-fixture.ts';
import {
  approved,
  bankAnswer,
  closed,
  computed,
  dispatched,
  failing,
  type Office,
  pack,
  REGULAR,
  reconciled,
  SUPPLEMENTARY,
  value,
} from '../run/office.ts';
import { answeredMonth, died, draftsOf, smallOffice, wholeMonth } from '../run/whole-month.ts';

const JANUARY = { ...REGULAR, period: '2027-01' } as const;
const HEIRS_ACCOUNT = '6217999999990902';

let bureau: Office;
beforeAll(async () => {
  const own = packWith({ heirs: true, payDayShift: undefined });
  bureau = await smallOffice({ packs: [pack('110000'), own] });
});
afterAll(() => bureau.stop());

/** The draft of the n-th person in a run. */
const draftOf = async (run: Run, n: number) => {
  const { id } = await enrolmentOf(bureau, n);
  return (await draftsOf(bureau, run)).find(({ enrolment }) => enrolment === id);
};
/** Controls that stop the payment of the n-th person. */
const stoppedBy = async (run: Run, n: number): Promise<string[]> =>
  ((await draftOf(run, n))?.findings ?? []).flatMap(({ control, severity }) =>
    severity === 'warn' ? [] : [control],
  );
/** Where the n-th person stands in a run's file. */
const lineOf = async (run: Run, n: number): Promise<number> => {
  const { id } = await enrolmentOf(bureau, n);
  const released = (await bureau.engines.scan('ledger')).find(
    (item) => item['kind'] === 'release' && item['run'] === run.runId && item['enrolment'] === id,
  );
  return Number(released?.['line']);
};
const voided = async ({ runId }: Run) =>
  value(await bureau.actions.voidRun({ runId, reason: '待继承人登记', by: 'staff-reviewer' }));

it('months through the death are paid to the confirmed heir in a supplementary run, and nothing after it', async () => {
  const regular = await wholeMonth(bureau, { answer: failing([2], '超过截止时间') });
  const [lost] = await bureau.lists.unsettled(regular.runId);
  const n = (await Promise.all([1, 2, 3].map((one) => lineOf(regular, one)))).indexOf(2) + 1;
  bureau.clock.moveTo('2026-12-14');
  await died(bureau, n, '2026-12-10', '认证');

  const early = await computed(bureau, SUPPLEMENTARY);
  expect(early.totals).toMatchObject({ payable: { count: 0 }, held: { count: 1 } });
  expect(await stoppedBy(early, n)).toEqual(['heir-payee']);
  await voided(early);

  const payees = new PayeeChanges(bureau.register);
  const stamp = (by: string) => ({ by, at: bureau.clock.now(), today: bureau.clock.today() });
  const { change } = value(
    await payees.propose(
      await enrolmentOf(bureau, n),
      {
        kind: 'heir',
        named: { legalName: '王儿', number: idNumber(902, '19700101'), account: HEIRS_ACCOUNT },
        relation: 'child',
        document: '（2026）示证民字第12号',
        evidence: '继承公证书原件',
      },
      stamp('staff-preparer'),
    ),
  );
  const unconfirmed = await computed(bureau, SUPPLEMENTARY);
  expect(await stoppedBy(unconfirmed, n)).toEqual(['heir-payee']);
  await voided(unconfirmed);
  value(await payees.confirm(await enrolmentOf(bureau, n), change.changeId, stamp('staff-reviewer-2')));

  const again = await computed(bureau, SUPPLEMENTARY);
  const draft = await draftOf(again, n);
  expect(draft).toMatchObject({ payment: lost!.payment, fen: lost!.fen });
  expect(await stoppedBy(again, n)).toEqual([]);
  expect(
    draft?.lines
      .map(({ month }) => month)
      .toSorted()
      .at(-1),
  ).toBe('2026-12');
  const sent = await dispatched(bureau, await approved(bureau, again));
  const bytes = await bureau.engines.files.read(sent.files[0]!.objectKey);
  expect(Buffer.from(bytes!).toString('latin1')).toContain(HEIRS_ACCOUNT);
  const [answer] = await bankAnswer(bureau, sent);
  await reconciled(bureau, sent, answer!);
  expect((await closed(bureau, sent)).state).toBe('closed');
  expect(await bureau.lists.unsettled(regular.runId)).toMatchObject([{ sentAgain: 'settled' }]);

  bureau.clock.moveTo('2026-12-22');
  const january = await computed(bureau, JANUARY);
  expect(await draftOf(january, n)).toMatchObject({ fen: 0, recoveries: [], movement: 'stopped' });
  expect(january.totals?.payable.count).toBe(2);
  await voided(january);
});

it('a death that the bank reports and the place certifies: what was received after it is proposed for recovery, and nothing is sent again', async () => {
  const december = (await bureau.ports.runs.load('110199.high-age.2026-12.R.1'))!;
  const lines = await Promise.all([1, 2, 3].map((one) => lineOf(december, one)));
  const n = lines.indexOf(1) + 1;
  const january = await answeredMonth(bureau, { identity: JANUARY, answer: failing([1], '客户已死亡') });
  const [lost] = await bureau.lists.unsettled(january.runId);
  const { id } = await enrolmentOf(bureau, n);
  expect(lost!.payment).toBe(`2027-01_R_${id}`);
  await bureau.sweep();
  await bureau.deliver();
  await closed(bureau, january);
  // The bank's word alone holds what would come next, and takes nothing back.
  expect(await bureau.lists.proposals()).toEqual([]);

  await died(bureau, n, '2026-11-03', '认证');
  const later = await computed(bureau, { ...JANUARY, round: 'S1' });
  expect(await bureau.lists.proposals()).toMatchObject([
    { enrolment: id, month: '2026-12', fen: 10_000, cause: 'death' },
  ]);
  expect(later.totals).toMatchObject({ payable: { count: 0 }, recoveries: { count: 1, fen: 10_000 } });
});
