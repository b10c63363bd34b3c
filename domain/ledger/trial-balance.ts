import { type Fen, fen } from '../money.ts';
import { type Account, type AccountClass, classOf } from './accounts.ts';
import type { Posting } from './entry.ts';

export type AccountTotals = { readonly account: Account; readonly debit: Fen; readonly credit: Fen };

/** Debits and credits per account, added up entry by entry: the sums are kept and no entry is. */
export class RunningTotals {
  readonly #into: (account: Account) => Account;
  readonly #totals = new Map<Account, { debit: number; credit: number }>();

  /** @param into under which account the postings of an account are added up; its own by default */
  constructor(into: (account: Account) => Account = (account) => account) {
    this.#into = into;
  }

  add(postings: readonly Posting[]): void {
    for (const { account, side, fen: amount } of postings) {
      const name = this.#into(account);
      const total = this.#totals.get(name) ?? { debit: 0, credit: 0 };
      total[side] += amount;
      this.#totals.set(name, total);
    }
  }

  /** In account order. @throws InvariantError when a sum is too large to be exact. */
  totals(): AccountTotals[] {
    return [...this.#totals]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([account, { debit, credit }]) => ({ account, debit: fen(debit), credit: fen(credit) }));
  }
}

/** Classes with an account for every enrolment: too many to read one by one, and in full in the export. */
const PER_ENROLMENT: readonly AccountClass[] = ['payable', 'returned', 'recoverable'];

/** The trial balance (试算平衡表) as people read it: one line per account, those of enrolments rolled up to their class. */
export function trialBalance(): RunningTotals {
  return new RunningTotals((account) => (isPerEnrolment(account) ? classOf(account) : account));
}

/** Whether there is one such account for every enrolment. */
export const isPerEnrolment = (account: Account): boolean => PER_ENROLMENT.includes(classOf(account));

/** Every account rolled up to its class: the control totals of an export. */
export function classTotals(): RunningTotals {
  return new RunningTotals(classOf);
}
