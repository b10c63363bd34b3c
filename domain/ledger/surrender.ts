import type { PlainDate } from '../calendar.ts';
import { type Fen, fen } from '../money.ts';
import { invariant } from '../result.ts';
import { account } from './accounts.ts';
import type { Entry, EntryContent, Posting, Surrender } from './entry.ts';

/** Where the money of a payment came from: the finance bureau in a fiscal year, or what was paid before this system. */
export type FundedBy = { readonly fiscalYear: string } | 'opening';

/**
 * 上缴财政: money that failed or came back and that nobody claimed goes back to the treasury. Debit where it stands (payable after a
 * failure, suspense after a return), credit the clearing account that it is paid from; and because nobody received the benefit,
 * credit the expense and debit the appropriation that it was funded by. It stands in the reversal slot, so that it competes with what
 * a run takes back.
 *
 * @param last the entry by which the payment's last attempt failed or came back
 * @param amount fen: all that is still owed of it
 * @param paidInOn the day on which the treasury was paid
 * @param spent what it was accrued to, where that is not the programme's expense: an advance to imprest funds
 * @param lines what is still owed, month by month; and `debits` as of the first release
 */
export function surrendered(
  last: Entry,
  amount: Fen,
  paidInOn: PlainDate,
  surrender: Surrender,
  fundedBy: FundedBy,
  spent: readonly Pick<Posting, 'account' | 'fen'>[] = [
    { account: account('expense', last.programme), fen: amount },
  ],
): EntryContent {
  invariant(
    last.kind === 'failed' || last.kind === 'returned',
    'only what failed or came back is surrendered',
  );
  invariant(amount <= last.fen, `${last.payment}: more is surrendered than attempt ${last.attempt} carried`);
  const { jurisdiction, programme, payment, enrolment, attempt, run, file, line } = last;
  const source = fundedBy === 'opening' ? 'opening' : account('appropriation', fundedBy.fiscalYear);
  const post = (side: Posting['side'], to: Posting['account']): Posting => ({
    account: to,
    side,
    fen: fen(amount),
  });
  return {
    kind: 'surrendered',
    jurisdiction,
    programme,
    payment,
    enrolment,
    attempt,
    run,
    fen: amount,
    file,
    line,
    surrender,
    bankDate: paidInOn,
    postings: [
      post('debit', account(last.kind === 'failed' ? 'payable' : 'returned', enrolment)),
      post('credit', 'clearing'),
      post('debit', source),
      ...spent.map((one) => ({ ...one, side: 'credit' as const })),
    ],
  };
}
