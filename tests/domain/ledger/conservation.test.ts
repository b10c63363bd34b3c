import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AccountClass, classOf } from '../../../domain/ledger/accounts.ts';
import { foldAttempts, latestAttempts } from '../../../domain/ledger/attempts.ts';
import type { Entry } from '../../../domain/ledger/entry.ts';
import { type Fate, histories } from './histories.ts';
import { enrolmentOf } from './samples.ts';

/** Debits less credits by account. */
function balances(entries: readonly Entry[]): Map<string, number> {
  const balance = new Map<string, number>();
  for (const { postings } of entries) {
    for (const { account, side, fen } of postings) {
      balance.set(account, (balance.get(account) ?? 0) + (side === 'debit' ? fen : 0 - fen));
    }
  }
  return balance;
}
function classBalance(entries: readonly Entry[], name: AccountClass): number {
  let sum = 0;
  for (const [account, amount] of balances(entries)) {
    if (classOf(account as AccountClass) === name) sum += amount;
  }
  return sum;
}
const sumOf = (fates: readonly Fate[], ...last: Fate['last'][]) =>
  fates.filter((one) => last.includes(one.last)).reduce((sum, one) => sum + one.fen, 0);

describe('any history of payments', () => {
  it('debits equal credits at every moment', () => {
    fc.assert(
      fc.property(histories, ({ entries }) => {
        for (let count = 0; count <= entries.length; count += 1) {
          const all = [...balances(entries.slice(0, count)).values()];
          expect(all.reduce((sum, amount) => sum + amount, 0)).toBe(0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('every fen accrued stands in exactly one place: in transit, paid out, owed again, or in suspense', () => {
    fc.assert(
      fc.property(histories, ({ fates, entries }) => {
        const all = sumOf(fates, 'in-transit', 'settled', 'failed', 'returned');
        expect(classBalance(entries, 'expense')).toBe(all);
        expect(classBalance(entries, 'in-transit')).toBe(0 - sumOf(fates, 'in-transit'));
        expect(classBalance(entries, 'clearing')).toBe(0 - sumOf(fates, 'settled'));
        expect(classBalance(entries, 'payable')).toBe(0 - sumOf(fates, 'failed'));
        expect(classBalance(entries, 'returned')).toBe(0 - sumOf(fates, 'returned'));
      }),
      { numRuns: 100 },
    );
  });

  it('also for each enrolment and each file by itself', () => {
    fc.assert(
      fc.property(histories, ({ fates, entries }) => {
        const balance = balances(entries);
        const of = (account: string) => balance.get(account) ?? 0;
        for (const [index, { fen, last }] of fates.entries()) {
          expect(of(`payable:${enrolmentOf(index)}`)).toBe(last === 'failed' ? 0 - fen : 0);
          expect(of(`returned:${enrolmentOf(index)}`)).toBe(last === 'returned' ? 0 - fen : 0);
        }
        for (const file of new Set(entries.flatMap((entry) => (entry.outside ? [] : entry.file || [])))) {
          const open = foldAttempts(entries).filter(
            (one) => one.release.file === file && one.state === 'in-transit',
          );
          expect(of(`in-transit:${file}`)).toBe(0 - open.reduce((sum, one) => sum + one.fen, 0));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('in transit is zero once every line is answered', () => {
    fc.assert(
      fc.property(histories, ({ fates, entries }) => {
        fc.pre(fates.every((one) => one.last !== 'in-transit'));
        for (const [account, amount] of balances(entries)) {
          expect(account.startsWith('in-transit') ? amount : 0).toBe(0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('a payment is settled without return at most once, and its latest attempt says so', () => {
    fc.assert(
      fc.property(histories, ({ fates, entries }) => {
        const attempts = foldAttempts(entries);
        const latest = latestAttempts(attempts);
        expect(latest.length).toBe(fates.length);
        for (const { payment, state } of latest) {
          const kept = attempts.filter((one) => one.payment === payment && one.state === 'settled');
          expect(kept.length).toBe(state === 'settled' ? 1 : 0);
        }
        expect(latest.map((one) => one.state).sort()).toEqual(fates.map((one) => one.last).sort());
      }),
      { numRuns: 60 },
    );
  });
});
