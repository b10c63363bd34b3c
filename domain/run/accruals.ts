import type { Instant } from '../calendar.ts';
import type { PaymentId } from '../ids.ts';
import { type Attempt, foldAttempts, latestAttempts } from '../ledger/attempts.ts';
import { type Entry, type EntryKind, RECOVERY_KINDS } from '../ledger/entry.ts';
import { fen } from '../money.ts';
import type { AccruedLine } from '../programmes/differences.ts';
import type { PaymentLine } from './draft.ts';

/**
 * Where accrued money stands. `received`: paid, or called credited by the bank after a failure. `in-transit`: with the bank, which has
 * not answered. `open`: failed or came back, so that it is owed and nobody has it. `surrendered`: given back to the treasury (上缴财政),
 * so that the month is not paid again by itself.
 */
export type AccrualStanding = 'received' | 'in-transit' | 'open' | 'surrendered';
export type Accrual = AccruedLine & { readonly standing: AccrualStanding };

/** Payments that the bank called credited after it had reported a failure, with the attempt that it spoke of. */
export type Credited = ReadonlyMap<PaymentId, number>;

/** Surrendered payments that somebody has claimed since (认领): their months are accrued no more, and are paid anew. */
export type Claimed = ReadonlySet<PaymentId>;

/** What comes at any time: the bank's answers, payments by hand, what is given back to the treasury, and what is ordered back. */
const FROM_OUTSIDE: readonly EntryKind[] = [
  'settled',
  'failed',
  'returned',
  'paid-outside',
  'surrendered',
  ...RECOVERY_KINDS,
];

/**
 * Attempts as a run sees them: what the bank said, and what was paid by hand, after the cut-off is left out, so that a second look
 * sees the same. What runs wrote is not: no other run writes while one computes, and money sent a moment before the cut-off was sent.
 */
export function attemptsAsOf(entries: readonly Entry[], cutOff: Instant): Attempt[] {
  return foldAttempts(entries.filter(({ kind, at }) => !FROM_OUTSIDE.includes(kind) || at <= cutOff));
}

/**
 * The months that one attempt of a payment pays: those of the first, less what was taken or ordered back before it.
 * @param attempts of one payment
 */
export function linesOfAttempt(attempts: readonly Attempt[], attempt: number): PaymentLine[] {
  const first = attempts.find((one) => one.attempt === 1);
  const before = attempts.filter((one) => one.attempt < attempt);
  const taken = before.flatMap((one) => [...(one.reversed?.lines ?? []), ...orderedBack(one)]);
  return (first?.release.lines ?? []).flatMap((line) => {
    const less = taken
      .filter(({ month, component }) => month === line.month && component === line.component)
      .reduce((sum, one) => sum + one.fen, 0);
    // Corrections of what was paid before go-live may be negative, and nothing is ever taken back of those.
    return less === 0 || line.fen > less ? [{ ...line, fen: fen(line.fen - less) }] : [];
  });
}

/** Months that an attempt paid and that were ordered back (追缴); those that are owed after all stand against them. */
const orderedBack = ({ recoveries = [] }: Attempt): PaymentLine[] =>
  recoveries.flatMap(({ kind, lines = [] }) =>
    kind === 'recovery-revoked' ? lines.map((line) => ({ ...line, fen: fen(0 - line.fen) })) : lines,
  );

/** What stands of a payment's months now: for a payment that failed or came back, what is still owed of it. */
export function standingLines(attempts: readonly Attempt[]): PaymentLine[] {
  return linesOfAttempt(attempts, Number.MAX_SAFE_INTEGER);
}

/**
 * Accruals of an enrolment by month, from all its attempts in any number of periods. What was taken back or ordered back is no accrual,
 * nor what was surrendered and then claimed.
 */
export function accrualsOf(
  attempts: readonly Attempt[],
  credited: Credited,
  claimed: Claimed = new Set(),
): Accrual[] {
  const payments = Map.groupBy(attempts, ({ payment }) => payment);
  return latestAttempts(attempts).flatMap((latest) => {
    const own = payments.get(latest.payment) ?? [];
    const as = (standing: AccrualStanding, lines: readonly PaymentLine[]): Accrual[] =>
      lines.map(({ month, component, fen: amount }) => ({ month, component, fen: amount, standing }));
    const late = credited.get(latest.payment);
    if (latest.state === 'settled') return as('received', standingLines(own));
    if (latest.state === 'in-transit') return as('in-transit', standingLines(own));
    if (late !== undefined) return as('received', linesOfAttempt(own, late));
    if (latest.surrendered === undefined) return as('open', standingLines(own));
    return claimed.has(latest.payment) ? [] : as('surrendered', standingLines(own));
  });
}
