import { type Fen, fen } from '../money.ts';
import { type Account, type AccountClass, classOf } from './accounts.ts';
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

/** Classes with an account for every enrolment: too many to read one by one, and in full in the export. */
const PER_ENROLMENT: readonly AccountClass[] = ['payable', 'returned'];

/** The trial balance as people read it: one line per account, with the accounts of enrolments rolled up to their class. */
export function trialBalance(entries: Iterable<{ readonly postings: readonly Posting[] }>): AccountTotals[] {
  return rolledUp(accountTotals(entries), (account) =>
    PER_ENROLMENT.includes(classOf(account)) ? classOf(account) : account,
  );
}

/** Every account rolled up to its class: the control totals of an export. */
export function classTotals(accounts: readonly AccountTotals[]): AccountTotals[] {
  return rolledUp(accounts, classOf);
}

function rolledUp(accounts: readonly AccountTotals[], into: (account: Account) => Account): AccountTotals[] {
  return accountTotals(
    accounts.map(({ account, debit, credit }) => ({
      postings: [
        { account: into(account), side: 'debit', fen: debit },
        { account: into(account), side: 'credit', fen: credit },
      ],
    })),
  );
}
