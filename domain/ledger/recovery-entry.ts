import type { PlainDate } from '../calendar.ts';
import { type Fen, sumFen } from '../money.ts';
import { invariant, unreachable } from '../result.ts';
import type { PaymentLine } from '../run/draft.ts';
import { type Account, account } from './accounts.ts';
import type { Entry, EntryContent, Posting, RecoveryNote } from './entry.ts';
import type { FundedBy } from './surrender.ts';

/**
 * 追缴: what was received and not owed. `recovery-ordered`: debit what is to be given back, credit the expense; its months are accrued
 * no more. `recovered`: paid in to the treasury; debit the appropriation of the year that had paid it, as the treasury has it again.
 * Or the bank had sent it back after the order: debit the suspense, where it stands. `recovery-waived`: debit what was given up.
 * `recovery-revoked`: owed after all; the reverse of the order.
 */
export type RecoveryFact =
  | { readonly kind: 'recovery-ordered'; readonly lines: readonly PaymentLine[] }
  | { readonly kind: 'recovered'; readonly into: FundedBy | 'suspense' }
  | { readonly kind: 'recovery-waived' }
  | { readonly kind: 'recovery-revoked'; readonly lines: readonly PaymentLine[] };

/**
 * An entry of a recovery, beside the payment it recovers and in the journal of that payment's run.
 * @param opened the entry that opened the attempt which reached the payee
 * @param on the day of the paper: decision or voucher
 */
export function recoveryEntry(
  opened: Entry,
  fact: RecoveryFact,
  amount: Fen,
  on: PlainDate,
  note: RecoveryNote,
): EntryContent {
  const { jurisdiction, programme, payment, enrolment, attempt, run } = opened;
  invariant(
    !('lines' in fact) || sumFen(fact.lines.map((line) => line.fen)) === amount,
    'a recovery order is of exactly its lines',
  );
  const [debit, credit] = sides(opened, fact);
  const post = (to: Account, side: Posting['side']): Posting => ({ account: to, side, fen: amount });
  return {
    kind: fact.kind,
    jurisdiction,
    programme,
    payment,
    enrolment,
    attempt,
    run,
    fen: amount,
    file: '',
    line: 0,
    ...('lines' in fact && { lines: fact.lines }),
    recovery: note,
    bankDate: on,
    postings: [post(debit, 'debit'), post(credit, 'credit')],
  };
}

function sides({ enrolment, programme }: Entry, fact: RecoveryFact): readonly [Account, Account] {
  const recoverable = account('recoverable', enrolment);
  const expense = account('expense', programme);
  switch (fact.kind) {
    case 'recovery-ordered':
      return [recoverable, expense];
    case 'recovery-revoked':
      return [expense, recoverable];
    case 'recovery-waived':
      return [account('waived', programme), recoverable];
    case 'recovered':
      if (fact.into === 'suspense') return [account('returned', enrolment), recoverable];
      return [
        fact.into === 'opening' ? 'opening' : account('appropriation', fact.into.fiscalYear),
        recoverable,
      ];
    default:
      return unreachable(fact);
  }
}
