// Goal: money that moves without a file explains its booking by its voucher: paid by hand, and back again, also of a closed run.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BankDesk, bankDesk } from '../../../functions/bank/bank-desk.ts';
import { DISTRICT, type Office, value } from '../run/office.ts';
import { failedMonth, paidByHand } from '../run/paid-by-hand.ts';
import { smallOffice } from '../run/whole-month.ts';
import { type Booking, sentPayments, stated, statementText } from './bank-account.ts';

let bureau: Office;
let desk: BankDesk;
beforeAll(async () => {
  bureau = await smallOffice();
  desk = bankDesk(bureau.ports);
});
afterAll(() => bureau.stop());

it('a transfer by hand and its return are matched with the account by amount and day', async () => {
  const run = await failedMonth(bureau, [2]);
  const { payerAccount: account } = run.manifest;
  const payments = await sentPayments(bureau, run);
  const failed = payments[1]!.fen;
  const looks = async (date: string) => {
    const { items } = await desk.listBreaks(DISTRICT, { limit: 50, filter: 'all' });
    const tie = value(await desk.tieAccount({ jurisdiction: DISTRICT, account, date }));
    return [items.map(({ kind }) => kind), tie.items.map(({ kind, name }) => `${kind} ${name}`), tie.ledger];
  };
  const debits = payments
    .filter(({ line }) => line !== 2)
    .map(
      ({ id, fen, line }): Booking => ({ date: '2026-11-27', side: 'debit', fen, id, serial: `D${line}` }),
    );
  const november: Booking[] = [
    { date: '2026-11-25', side: 'credit', fen: run.fundedFen, serial: 'F1' },
    ...debits,
    { date: '2026-11-29', side: 'debit', fen: failed, serial: 'H1', summary: '转账' },
  ];
  const head = { opening: 0, sequence: 1, from: '2026-11-01', to: '2026-11-30' };
  await stated(bureau, statementText(november, head), { account });
  expect(await looks('2026-11-30')).toEqual([['unknown-debit'], ['unknown 2026-11-29 H1'], failed]);

  const { outsideId } = await paidByHand(bureau, run, { means: 'manual-transfer', voucher: 'ZZ-1' });
  expect(await looks('2026-11-30')).toEqual([[], [], 0]);

  const ask = { runId: run.runId, outsideId, reason: '对方银行退票', by: 'staff-cashier' };
  const { exceptionId } = value(await bureau.outside.reportOutsideReturn(ask));
  const decision = { decision: 'returned', reason: '已见退票凭证', by: 'staff-reviewer' } as const;
  value(await bureau.follow.decideException({ runId: run.runId, exceptionId, ...decision }));
  const december: Booking[] = [
    { date: '2026-12-01', side: 'credit', fen: failed, serial: 'H2', summary: '退汇' },
  ];
  const next = { opening: 0, sequence: 2, from: '2026-12-01', to: '2026-12-31' };
  await stated(bureau, statementText(december, next), { account });
  expect(await looks('2026-12-31')).toEqual([['outside-returned'], [], failed]);
});
