import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Run } from '../../../domain/run/run.ts';
import { type BankDesk, bankDesk } from '../../../functions/bank/bank-desk.ts';
import {
  bankAnswer,
  closed,
  code,
  DISTRICT,
  failing,
  type Office,
  reconciled,
  value,
} from '../run/office.ts';
import { entriesOf, sentMonth, smallOffice } from '../run/whole-month.ts';
import { type Booking, sentPayments, stated, statementText } from './bank-account.ts';

let bureau: Office;
let desk: BankDesk;
let run: Run;
let account: string;
let payments: Awaited<ReturnType<typeof sentPayments>>;
beforeEach(async () => {
  bureau = await smallOffice();
  desk = bankDesk(bureau.ports);
  run = await sentMonth(bureau);
  account = run.manifest.payerAccount;
  payments = await sentPayments(bureau, run);
});
afterEach(() => bureau.stop());

const out = (index: number, serial = `D${index}`): Booking => {
  const { id, fen } = payments[index]!;
  return { date: '2026-11-27', side: 'debit', fen, id, serial };
};
const back = (index: number, date = '2026-12-02', serial = `C${index}`): Booking => {
  const { id, fen } = payments[index]!;
  return { date, side: 'credit', fen, id, serial, summary: '退票：账户已销户' };
};
const funding = (): Booking => ({ date: '2026-11-25', side: 'credit', fen: run.fundedFen, serial: 'F1' });
const month = (
  bookings: readonly Booking[],
  opening = 0,
  sequence = 1,
  from = '2026-11-01',
  to = '2026-11-30',
) => stated(bureau, statementText(bookings, { opening, sequence, from, to }), { account });
const breaks = async (filter: 'open' | 'all' = 'open') =>
  (await desk.listBreaks(DISTRICT, { limit: 50, filter })).items;
const tie = async (date: string) => value(await desk.tieAccount({ jurisdiction: DISTRICT, account, date }));
const kinds = async () =>
  Object.values(await entriesOf(bureau))
    .map((text) => String(text).split(' ')[0]!)
    .filter((kind) => kind !== 'release' && kind !== 'funding')
    .sort();

it('what the bank never answered is settled by its debit, what came back after closing is returned, and the account ties', async () => {
  const [answer] = await bankAnswer(bureau, run, (line) => (line.sequence === 2 ? [] : line));
  await reconciled(bureau, run, answer!);
  const november = await month([funding(), out(0), out(1), out(2)]);
  expect(await kinds()).toEqual(['settled', 'settled', 'settled']);
  expect(await breaks()).toEqual([]);
  expect(await tie('2026-11-30')).toMatchObject({ ties: true, items: [], ledger: 0, adjusted: 0 });
  expect((await closed(bureau, run)).state).toBe('closed');

  expect((await tie('2026-11-30')).ledger).toBe(0);
  await month([back(1)], 0, 2, '2026-12-01', '2026-12-31');
  expect(await kinds()).toEqual(['returned', 'settled', 'settled', 'settled']);
  expect(await bureau.lists.unsettled(run.runId)).toMatchObject([
    { state: 'returned', reason: 'ACCT_CLOSED' },
  ]);
  // The closed run was read once, and is read again because something came back since.
  for (const _ of [1, 2])
    expect(await tie('2026-12-31')).toMatchObject({ ties: true, items: [], ledger: payments[1]!.fen });
  const kept = (await bureau.engines.scan('operations')).filter(({ pk }) => pk.endsWith('#MOVEMENTS'));
  expect(kept.map(({ mark }) => mark)).toEqual(['1/0/0']);

  // The same again, as another upload and as another delivery of its chunks, and the bank's own word for the same return.
  const read = await entriesOf(bureau);
  await month([funding(), out(0), out(1), out(2)]);
  for (const record of await bureau.ports.statements.statements({ jurisdiction: DISTRICT, account })) {
    const message = {
      type: 'bank.reconcile-statement',
      version: 1,
      jurisdiction: DISTRICT,
      statement: record.c,
      chunk: 0,
    };
    bureau.engines.send('reconcile', JSON.stringify(message));
  }
  await bureau.deliver();
  const [late] = await bankAnswer(
    bureau,
    run,
    (line) =>
      line.sequence === 2 ? { ...line, status: 'returned', reason: '销户', bookedOn: '2026-12-03' } : [],
    2,
  );
  await reconciled(bureau, run, late!);
  expect(await entriesOf(bureau)).toEqual(read);
  expect(await breaks('all')).toEqual([]);
  const listed = await desk.listStatements(DISTRICT);
  expect(listed.map(({ state }) => state)).toEqual(['accepted', 'accepted', 'repeated']);
  expect(listed[0]).toMatchObject({
    statementId: november,
    statements: [{ entries: 4, chunks: { done: 1, of: 1 } }],
  });
});

it('what fits nothing is a break with a kind and an owner, decided once by somebody who did not bring the statement in', async () => {
  const [answer] = await bankAnswer(bureau, run, failing([1]));
  await reconciled(bureau, run, answer!);
  const fee: Booking = { date: '2026-11-28', side: 'debit', fen: 1_000, serial: 'X1', summary: '手续费' };
  const foreign: Booking = { date: '2026-11-28', side: 'debit', fen: 5_000, serial: 'X2', batch: 'ZZ-9' };
  await month([funding(), out(0), out(1), out(1, 'D9'), out(2), fee, foreign]);
  await month([], 7_000, 3, '2026-12-01', '2026-12-31');
  expect((await breaks()).map(({ kind, runId }) => [kind, runId === undefined])).toEqual([
    ['booked-twice', true],
    ['unknown-debit', true],
    ['unknown-batch', true],
    ['statement-gap', true],
    // Failed by the answer, debited on the account.
    ['late-success', false],
  ]);
  const { ties, items } = await tie('2026-11-30');
  expect(ties).toBe(false);
  expect(items.map(({ side, kind, fen }) => [side, kind, fen])).toEqual([
    ['bank-out', 'in-transit', payments[0]!.fen],
    ['bank-out', 'unknown', payments[1]!.fen],
    ['bank-out', 'unknown', 1_000],
    ['bank-out', 'unknown', 5_000],
  ]);

  const [, found] = await breaks();
  const decide = (by: string, decision: 'no-entry-needed' | 'bank-corrects' = 'no-entry-needed') =>
    desk.decideBreak({ jurisdiction: DISTRICT, breakId: found!.breakId, decision, reason: '银行手续费', by });
  expect(code(await decide('staff-cashier'))).toBe('forbidden/same-person');
  expect(code(await decide('staff-reviewer'))).toBe('accepted');
  expect(code(await decide('staff-reviewer'))).toBe('accepted');
  expect(code(await decide('staff-approver', 'bank-corrects'))).toBe('conflict/break-decided');
  expect((await breaks()).map(({ kind }) => kind)).not.toContain('unknown-debit');
  expect((await breaks('all')).length).toBe(5);
  expect(
    code(
      await desk.decideBreak({
        jurisdiction: DISTRICT,
        breakId: 'b0',
        decision: 'bank-corrects',
        reason: '不存在',
        by: 'x',
      }),
    ),
  ).toBe('missing/break');
});

it('a statement of the same number that says something else is refused, and one that does not add up', async () => {
  await month([funding()]);
  await month([funding(), out(0)]);
  const text = statementText([out(0)], { opening: 100_000, from: '2026-12-01', to: '2026-12-31' });
  await stated(bureau, text.replace(/期末余额\|[^\r]*/, '期末余额|1.00'), { account });
  expect((await desk.listStatements(DISTRICT)).map(({ refusal }) => refusal?.code)).toEqual([
    undefined,
    'conflict/statement-differs',
    'invalid/statement-balance',
  ]);
  expect(await kinds()).toEqual([]);
  const elsewhere = { jurisdiction: DISTRICT, account: '99999999999', objectKey: 'x', by: 'y' };
  expect(code(await desk.submitStatement(elsewhere))).toBe('missing/bank-account');
});

it('a crash anywhere while a statement is taken in and matched ends where a clean pass does', async () => {
  const text = statementText([funding(), out(0), out(1), out(2), back(1, '2026-11-29')], {
    opening: 0,
    from: '2026-11-01',
    to: '2026-11-30',
  });
  let calls = 0;
  bureau.faults.around = async (call) => {
    calls += 1;
    if (calls % 4 === 0) throw new Error('the process died');
    return call();
  };
  for (let tries = 0; tries < 3; tries += 1) await stated(bureau, text, { account }).catch(() => undefined);
  for (let round = 0; round < 8; round += 1) {
    await bureau.failures.again();
    await bureau.deliver().catch(() => undefined);
  }
  delete bureau.faults.around;
  for (let round = 0; round < 3; round += 1) {
    await bureau.sweep();
    await bureau.deliver();
  }
  expect(await kinds()).toEqual(['returned', 'settled', 'settled', 'settled']);
  expect(await breaks('all')).toEqual([]);
  expect((await tie('2026-11-30')).ties).toBe(true);
});
