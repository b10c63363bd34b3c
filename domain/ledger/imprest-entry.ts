import { sumFen } from '../money.ts';
import { invariant } from '../result.ts';
import { account } from './accounts.ts';
import type { EntryContent } from './entry.ts';
import { byFund } from './spending.ts';

type Paid = Pick<
  EntryContent,
  'jurisdiction' | 'programme' | 'payment' | 'enrolment' | 'run' | 'fen' | 'street'
> &
  Required<Pick<EntryContent, 'lines'>>;

/**
 * 备用金报销: what a township paid out in cash is posted. Debit expense, credit the advance of the fund (备用金). It is settled as it
 * stands: nothing is sent, and the clearing account has no part in it.
 */
export function imprestPaid(paid: Paid): EntryContent {
  const { lines, fen: amount, programme } = paid;
  invariant(sumFen(lines.map((line) => line.fen)) === amount, 'an imprest posting is exactly its lines');
  return {
    kind: 'imprest-paid',
    ...paid,
    attempt: 1,
    file: '',
    line: 0,
    postings: [
      { account: account('expense', programme), side: 'debit', fen: amount },
      ...byFund(lines).map((one) => ({ ...one, side: 'credit' as const })),
    ],
  };
}
