import type { PlainDate } from '../calendar.ts';
import { type Fen, sumFen } from '../money.ts';
import { invariant, unreachable } from '../result.ts';
import type { PaymentLine } from '../run/draft.ts';
import { type Account, account } from './accounts.ts';
import type { Entry, EntryContent, Posting, RecoveryNote } from './entry.ts';
import { spentOn } from './spending.ts';
import type { FundedBy } from './surrender.ts';

/**
 * 追缴: what was received and not owed. `recovery-ordered`: debit what is to be given back, credit what it was spent on; its months are accrued
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
 * @param debits as of the first release
 */
export function recoveryEntry(
  opened: Entry,
  fact: RecoveryFact,
  amount: Fen,
  on: PlainDate,
  note: RecoveryNote,
  debits?: 'imprest',
): EntryContent {
  const { jurisdiction, programme, payment, enrolment, attempt, run } = opened;
  invariant(
    !('lines' in fact) || sumFen(fact.lines.map((line) => line.fen)) === amount,
    'a recovery order is of exactly its lines',
  );
  const [debit, credit] = sides(opened, fact, amount, debits);
  const post = (side: Posting['side'], all: readonly Amount[]): Posting[] =>
    all.map((one) => ({ ...one, side }));
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
    postings: [...post('debit', debit), ...post('credit', credit)],
  };
}

type Amount = Pick<Posting, 'account' | 'fen'>;

function sides(
  { enrolment, programme }: Entry,
  fact: RecoveryFact,
  amount: Fen,
  debits: 'imprest' | undefined,
): readonly [readonly Amount[], readonly Amount[]] {
  const all = (name: Account): Amount[] => [{ account: name, fen: amount }];
  const recoverable = all(account('recoverable', enrolment));
  switch (fact.kind) {
    case 'recovery-ordered':
      return [recoverable, spentOn(programme, fact.lines, debits)];
    case 'recovery-revoked':
      return [spentOn(programme, fact.lines, debits), recoverable];
    case 'recovery-waived':
      return [all(account('waived', programme)), recoverable];
    case 'recovered':
      if (fact.into === 'suspense') return [all(account('returned', enrolment)), recoverable];
      return [
        all(fact.into === 'opening' ? 'opening' : account('appropriation', fact.into.fiscalYear)),
        recoverable,
      ];
    default:
      return unreachable(fact);
  }
}
