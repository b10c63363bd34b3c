// Goal: the cashier's desk with the bank over HTTP: a statement in, breaks decided by others, the tie, the list of queries, a file again.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Run } from '../../../domain/run/run.ts';
import { bankQuerySheet } from '../../../functions/api/bank-sheets.ts';
import { type Booking, sentPayments, statementText } from '../bank/bank-account.ts';
import { bankAnswer, type Office, reconciled } from '../run/office.ts';
import { sentMonth, smallOffice } from '../run/whole-month.ts';
import { CALLERS } from './api-client.ts';
import { type Desk, deskOf } from './desk.ts';

let bureau: Office;
let desk: Desk;
let run: Run;
let account: string;
beforeAll(async () => {
  bureau = await smallOffice();
  run = await sentMonth(bureau);
  account = run.manifest.payerAccount;
  desk = await deskOf(bureau);
});
afterAll(() => bureau.stop());

const get = async (operation: 'listBreaks' | 'listBankQueries' | 'listUnsettled', params = {}) =>
  (await desk.done(operation, { as: CALLERS.cashier, params })).body;

it('what the bank left open or pending is on a list to ask about, and a file is sent again as it was', async () => {
  const [answer] = await bankAnswer(bureau, run, (line) => {
    if (line.sequence === 1) return line;
    const { bookedOn: _none, ...rest } = line;
    return line.sequence === 2 ? { ...rest, status: 'pending', bankSerial: '' } : [];
  });
  await reconciled(bureau, run, answer!);
  const { queries } = await get('listBankQueries', { runId: run.runId });
  expect(queries.map(({ kind, line, workingDays }: never) => [kind, line, workingDays]).sort()).toEqual([
    ['pending', 2, 0],
    ['unanswered', 3, 0],
  ]);
  const { payments } = await get('listUnsettled', { runId: run.runId });
  expect(payments).toHaveLength(2);
  const sheet = (await desk.done('getBankQuerySheet', { as: CALLERS.cashier, params: { runId: run.runId } }))
    .body;
  for (const { endToEndId } of queries) expect(sheet).toContain(endToEndId);
  expect(sheet).not.toContain(account);
  expect(sheet).toMatch(/共 2 笔/);
  expect(sheet).not.toMatch(/只列前/);
  expect(bankQuerySheet(run, [], { asOf: '2026-11-30', more: true })).toMatch(/只列前 0 笔/);

  const before = await bureau.engines.files.read(run.files[0]!.objectKey);
  const again = { fileName: run.files[0]!.fileName, reason: '银行称未收到' };
  const params = { runId: run.runId };
  await desk.done('resendInstructionFile', { as: CALLERS.cashier, params, body: again });
  const other = { as: CALLERS.cashier, params, body: { ...again, fileName: 'DF_other.txt' } };
  expect(await desk.code('resendInstructionFile', other)).toBe('404 missing/instruction-file');
  const { acts } = (await desk.done('listRunActs', { as: CALLERS.cashier, params })).body;
  expect(acts.at(-1)).toMatchObject({ kind: 'file-resent', facts: again });
  expect(await bureau.engines.files.read(run.files[0]!.objectKey)).toEqual(before);
});

it('a statement goes in, settles what was open, and its break is decided by another person', async () => {
  const payments = await sentPayments(bureau, run);
  const bookings: Booking[] = [
    { date: '2026-11-25', side: 'credit', fen: run.fundedFen, serial: 'F1' },
    ...payments.map(
      ({ id, fen, line }): Booking => ({ date: '2026-11-27', side: 'debit', fen, id, serial: `D${line}` }),
    ),
    { date: '2026-11-28', side: 'credit', fen: 77, serial: 'I1', summary: '利息' },
  ];
  const text = statementText(bookings, { opening: 0, sequence: 1, from: '2026-11-01', to: '2026-11-30' });
  const uploadId = await desk.upload(CALLERS.cashier, 'bank-statement', 'statement.txt', Buffer.from(text));
  const body = { uploadId, account };
  await desk.done('submitBankStatement', { as: CALLERS.cashier, body });
  await bureau.deliver();
  const { statements } = (await desk.done('listBankStatements', { as: CALLERS.auditor })).body;
  expect(statements).toMatchObject([{ state: 'accepted', statements: [{ sequence: 1, entries: 5 }] }]);
  expect((await get('listBankQueries', { runId: run.runId })).queries).toEqual([]);

  const { breaks } = await get('listBreaks');
  expect(breaks).toMatchObject([{ kind: 'unknown-credit', owner: 'cashier', amount: '0.77', account }]);
  const tie = { as: CALLERS.auditor, params: { account }, query: { date: '2026-11-30' } };
  expect((await desk.done('getBankTie', tie)).body).toMatchObject({
    ties: false,
    ledger: '0.00',
    statement: { closing: '0.77' },
    items: [{ side: 'bank-in', kind: 'unknown', amount: '0.77', explained: false, owner: 'cashier' }],
  });
  const page = (await desk.done('getBankTieSheet', tie)).body;
  expect(page).toMatch(/银行存款余额调节表[\s\S]*0\.77/);
  expect(page).not.toContain(account);
  const params = { breakId: breaks[0].breakId };
  const decision = { decision: 'no-entry-needed', reason: '利息，季末上缴' };
  await desk.done('decideBreak', { as: CALLERS.reviewer, params, body: decision });
  expect((await get('listBreaks')).breaks).toEqual([]);
  // Interest stays between the two balances, by name; it is no riddle any more.
  expect((await desk.done('getBankTie', tie)).body).toMatchObject({
    ties: true,
    items: [{ side: 'bank-in', kind: 'decided', amount: '0.77', explained: true }],
  });
});
