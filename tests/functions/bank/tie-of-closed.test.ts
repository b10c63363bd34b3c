// Goal: the tie of an account does not read the journal of a closed run again: a large one has more entries than a call may read.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LedgerStore } from '../../../functions/adapters/ledger-store.ts';
import { tieAccount } from '../../../functions/bank/account-tie.ts';
import { DISTRICT, failing, type Office, value } from '../run/office.ts';
import { smallOffice, wholeMonth } from '../run/whole-month.ts';
import { type Booking, sentPayments, stated, statementText } from './bank-account.ts';

let bureau: Office;
beforeAll(async () => {
  bureau = await smallOffice();
});
afterAll(() => bureau.stop());

it('is what closing counted, until money comes back; then it is what the ledger says', async () => {
  const run = await wholeMonth(bureau, { answer: failing([2]) });
  const account = run.manifest.payerAccount;
  const payments = await sentPayments(bureau, run);
  const out = payments
    .filter(({ line }) => line !== 2)
    .map(
      ({ id, fen, line }): Booking => ({ date: '2026-11-27', side: 'debit', fen, id, serial: `D${line}` }),
    );
  const funding: Booking = { date: '2026-11-25', side: 'credit', fen: run.fundedFen, serial: 'F1' };
  const november = { opening: 0, sequence: 1, from: '2026-11-01', to: '2026-11-30' };
  await stated(bureau, statementText([funding, ...out], november), { account });

  let read = 0;
  const { ledger } = bureau.ports;
  const watched = {
    fundings: ledger.fundings.bind(ledger),
    ofBucket: (...asked: Parameters<LedgerStore['ofBucket']>) => {
      read += 1;
      return ledger.ofBucket(...asked);
    },
  } as unknown as LedgerStore;
  const tie = async (date: string) =>
    value(await tieAccount({ ...bureau.ports, ledger: watched }, { jurisdiction: DISTRICT, account, date }));
  const failed = payments[1]!.fen;
  expect(await tie('2026-11-30')).toMatchObject({ ties: true, items: [], ledger: failed });
  expect(read).toBe(0);

  const { id, fen } = payments[0]!;
  const back: Booking = { date: '2026-12-02', side: 'credit', fen, id, serial: 'C1', summary: '退票' };
  const december = { opening: failed, sequence: 2, from: '2026-12-01', to: '2026-12-31' };
  await stated(bureau, statementText([back], december), { account });
  expect(await tie('2026-12-31')).toMatchObject({ ties: true, items: [], ledger: failed + fen });
  expect(read).toBeGreaterThan(0);
});
