import { type Fen, fen, sumFen } from '../money.ts';
import { invariant } from '../result.ts';
import { type Account, account } from './accounts.ts';
import type { EntryContent, Posting } from './entry.ts';

type Opened = Pick<
  EntryContent,
  'jurisdiction' | 'programme' | 'payment' | 'enrolment' | 'run' | 'fen' | 'lines' | 'street'
> & {
  /** Paid before go-live, less what the corrections of an earlier opening take back: may be negative in a correction. */
  readonly paidFen: Fen;
  /** Of it, to be recovered by decisions made before go-live. */
  readonly recoverableFen: Fen;
};

/**
 * 期初: what was paid for one month before this system. Debit expense (what was owed) and recoverable (what was not), credit
 * opening. It is settled as it stands; a part that came back is a payment of its own, followed by `returned`.
 */
export function opening(opened: Opened): EntryContent {
  const { paidFen, recoverableFen, lines = [], ...rest } = opened;
  invariant(
    rest.fen === paidFen - recoverableFen && sumFen(lines.map((line) => line.fen)) === rest.fen,
    'an opening accrues what was paid and is not to be recovered',
  );
  return {
    kind: 'opening',
    ...rest,
    attempt: 1,
    file: '',
    line: 0,
    lines,
    postings: [
      ...side('debit', account('expense', rest.programme), rest.fen),
      ...side('debit', account('recoverable', rest.enrolment), recoverableFen),
      ...side('credit', 'opening', paidFen),
    ],
  };
}

/** A negative amount, in a correction, stands on the other side; zero is no posting. */
function side(name: Posting['side'], to: Account, amount: Fen): Posting[] {
  if (amount === 0) return [];
  const other = name === 'debit' ? 'credit' : 'debit';
  return [{ account: to, side: amount > 0 ? name : other, fen: fen(Math.abs(amount)) }];
}
