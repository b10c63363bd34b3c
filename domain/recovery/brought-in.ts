import type { Month } from '../calendar.ts';
import { parsePaymentId } from '../ids.ts';
import { classOf } from '../ledger/accounts.ts';
import type { Attempt } from '../ledger/attempts.ts';
import { type Fen, fen, sumFen } from '../money.ts';
import type { RecoveredLine, Recoveries, RecoveryPart } from './recovery.ts';

/** The name under which the months of an opening stand in an order. */
export const BROUGHT_IN_COMPONENT = 'brought-in';

/**
 * 期初待追缴: what openings brought in as recoverable and no order names yet, month by month; what a correction took back of a month is
 * off first. Ordering it moves nothing in the books: the recoverable stands there already.
 *
 * @param attempts all of the enrolment
 */
export function broughtInParts(attempts: readonly Attempt[], { orders }: Recoveries): RecoveryPart[] {
  const openings = attempts.filter(({ release }) => release.kind === 'opening');
  const named = orders.flatMap(({ ordered }) => ordered?.parts ?? []).filter((part) => part.broughtIn);
  const less = new Map<Month, number>();
  for (const one of openings) {
    const amount = recoverableOf(one);
    if (amount < 0) less.set(monthOf(one), (less.get(monthOf(one)) ?? 0) - amount);
  }
  return openings.flatMap((one) => {
    const mine = sumFen(named.filter(({ payment }) => payment === one.payment).map((part) => part.fen));
    const open = recoverableOf(one) - mine;
    const back = Math.min(Math.max(open, 0), less.get(monthOf(one)) ?? 0);
    less.set(monthOf(one), (less.get(monthOf(one)) ?? 0) - back);
    return open - back <= 0 ? [] : [partOf(one, fen(open - back))];
  });
}

/** The months of parts as an order proposes them. */
export const broughtInLines = (parts: readonly RecoveryPart[]): RecoveredLine[] => {
  const months = Map.groupBy(parts, ({ payment }) => parsePaymentId(payment).period);
  return [...months]
    .map(([month, own]) => ({
      month,
      component: BROUGHT_IN_COMPONENT,
      fen: sumFen(own.map((part) => part.fen)),
    }))
    .sort((a, b) => (a.month < b.month ? -1 : 1));
};

const partOf = ({ payment, attempt, release }: Attempt, amount: Fen): RecoveryPart => ({
  payment,
  attempt,
  runId: release.run,
  fundedBy: 'opening',
  fen: amount,
  lines: [],
  broughtIn: true,
});

const monthOf = ({ payment }: Attempt): Month => parsePaymentId(payment).period;

const recoverableOf = ({ release }: Attempt): number =>
  release.postings
    .filter(({ account }) => classOf(account) === 'recoverable')
    .reduce((sum, { side, fen: amount }) => sum + (side === 'debit' ? amount : 0 - amount), 0);
