import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classOf } from '../../../domain/ledger/accounts.ts';
import { classTotals, RunningTotals, trialBalance } from '../../../domain/ledger/trial-balance.ts';
import { fen } from '../../../domain/money.ts';
import { histories } from './histories.ts';
import { enrolmentOf, fileOf, releaseOf } from './samples.ts';

/** The totals after adding the entries one by one. */
function added(totals: RunningTotals, entries: readonly { postings: Parameters<RunningTotals['add']>[0] }[]) {
  for (const { postings } of entries) totals.add(postings);
  return totals.totals();
}

const accountTotals = (entries: Parameters<typeof added>[1]) => added(new RunningTotals(), entries);
/** Totals rolled up once more. */
const rolledUp = (totals: ReturnType<typeof accountTotals>) =>
  added(
    classTotals(),
    totals.map(({ account, debit, credit }) => ({
      postings: [
        { account, side: 'debit' as const, fen: debit },
        { account, side: 'credit' as const, fen: credit },
      ],
    })),
  );

describe('totals by account', () => {
  it('have debits and credits apart, in account order', () => {
    expect(accountTotals([releaseOf(1, fen(300)), releaseOf(2, fen(50)), releaseOf(1, fen(7))])).toEqual([
      { account: 'expense:high-age', debit: 357, credit: 0 },
      { account: `in-transit:${fileOf(1)}`, debit: 0, credit: 357 },
      { account: `payable:${enrolmentOf(1)}`, debit: 307, credit: 307 },
      { account: `payable:${enrolmentOf(2)}`, debit: 50, credit: 50 },
    ]);
  });

  it('roll up to the trial balance and to classes without a fen lost', () => {
    fc.assert(
      fc.property(histories, ({ entries }) => {
        const accounts = accountTotals(entries);
        const balance = added(trialBalance(), entries);
        expect(rolledUp(balance)).toEqual(added(classTotals(), entries));
        expect(rolledUp(accounts)).toEqual(added(classTotals(), entries));
        const rolled = balance.filter(({ account }) => ['payable', 'returned'].includes(classOf(account)));
        expect(rolled.every(({ account }) => account === classOf(account))).toBe(true);
        const others = accounts.filter(({ account }) => !['payable', 'returned'].includes(classOf(account)));
        expect(balance.filter((total) => !rolled.includes(total))).toEqual(others);
        expect(balance.reduce((sum, { debit, credit }) => sum + debit - credit, 0)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});
