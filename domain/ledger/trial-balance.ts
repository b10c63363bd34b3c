import { type Fen, fen } from '../money.ts';
import { type Account, classOf } from './accounts.ts';
import type { Posting } from './entry.ts';

export type AccountTotals = { readonly account: Account; readonly debit: Fen; readonly credit: Fen };

/** Debits and credits per account, in account order: the trial balance (试算平衡表). */
export function accountTotals(entries: Iterable<{ readonly postings: readonly Posting[] }>): AccountTotals[] {
  const totals = new Map<Account, { debit: number; credit: number }>();
  for (const { postings } of entries) {
    for (const { account, side, fen: amount } of postings) {
      const total = totals.get(account) ?? { debit: 0, credit: 0 };
      totals.set(account, { ...total, [side]: total[side] + amount });
    }
  }
  return [...totals]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([account, { debit, credit }]) => ({ account, debit: fen(debit), credit: fen(credit) }));
}

/** Rolls accounts kept in detail up to their class: what a person reads. */
export function classTotals(accounts: readonly AccountTotals[]): AccountTotals[] {
  return accountTotals(
    accounts.map(({ account, debit, credit }) => ({
      postings: [
        { account: classOf(account), side: 'debit', fen: debit },
        { account: classOf(account), side: 'credit', fen: credit },
      ],
    })),
  );
}
