import type { Instant } from '../calendar.ts';
import type { PaymentId } from '../ids.ts';
import { type Attempt, foldAttempts, latestAttempts } from '../ledger/attempts.ts';
import { type Entry, type EntryKind, RECOVERY_KINDS } from '../ledger/entry.ts';
import { fen } from '../money.ts';
import type { AccruedLine } from '../programmes/differences.ts';
import type { PaymentLine } from './draft.ts';
import { lineKey } from './open-payment.ts';

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
 * The months that one attempt of a payment accrues: those of the first, less what was taken or ordered back before it. What was set off
 * (抵扣) of them was received by that, and is accrued like the rest.
 * @param attempts of one payment
 */
export function linesOfAttempt(attempts: readonly Attempt[], attempt: number): PaymentLine[] {
  const first = attempts.find((one) => one.attempt === 1);
  const taken = takenBefore(attempts, attempt);
  return (first?.release.lines ?? []).flatMap((line) => {
    if (line.kind === 'set-off') return [];
    const less = ofSame(taken, line);
    // Corrections of what was paid before go-live may be negative, and nothing is ever taken back of those.
    return less === 0 || line.fen > less ? [{ ...line, fen: fen(line.fen - less) }] : [];
  });
}

/** What was set off of an attempt's months, less what was taken or ordered back of that; negative, month by month. */
export function setOffOfAttempt(attempts: readonly Attempt[], attempt: number): PaymentLine[] {
  const first = attempts.find((one) => one.attempt === 1);
  const given = (first?.release.lines ?? []).filter(({ kind }) => kind === 'set-off');
  const taken = takenBefore(attempts, attempt).filter(({ kind }) => kind === 'set-off');
  const left = new Map(given.map((line) => [lineKey(line), ofSame(taken, line)]));
  // Of several orders that one month was kept back for, the last is restored first.
  return given.toReversed().flatMap((line) => {
    const back = Math.min(left.get(lineKey(line)) ?? 0, 0 - line.fen);
    left.set(lineKey(line), (left.get(lineKey(line)) ?? 0) - back);
    return line.fen + back < 0 ? [{ ...line, fen: fen(line.fen + back) }] : [];
  });
}

/** What of a payment's months goes to the payee, or went: without what was set off of them. @param attempts of one payment */
export function cashLines(attempts: readonly Attempt[], attempt = Number.MAX_SAFE_INTEGER): PaymentLine[] {
  const kept = setOffOfAttempt(attempts, attempt);
  return linesOfAttempt(attempts, attempt).flatMap((line) => {
    const rest = line.fen + ofSame(kept, line);
    return rest === 0 && line.fen > 0 ? [] : [{ ...line, fen: fen(rest) }];
  });
}

/**
 * Whether nothing of a payment that failed or came back is for the payee any more, so that what was set off of it stays: it can be taken
 * back by an order only. @param own attempts of the payment
 */
export const endedBySetOff = (latest: Attempt, own: readonly Attempt[]): boolean =>
  latest.surrendered !== undefined || cashLines(own).length === 0;

/** What was set off of a payment's months and stands; positive. */
export const receivedBySetOff = (own: readonly Attempt[]): PaymentLine[] =>
  setOffOfAttempt(own, Number.MAX_SAFE_INTEGER).map((line) => ({ ...line, fen: fen(0 - line.fen) }));

const ofSame = (lines: readonly PaymentLine[], line: PaymentLine): number =>
  lines.filter((one) => lineKey(one) === lineKey(line)).reduce((sum, one) => sum + one.fen, 0);

function takenBefore(attempts: readonly Attempt[], attempt: number): PaymentLine[] {
  const before = attempts.filter((one) => one.attempt < attempt);
  return before.flatMap((one) => [...(one.reversed?.lines ?? []), ...orderedBack(one)]);
}

/** Months that an attempt paid and that were ordered back (追缴); those that are owed after all stand against them. */
const orderedBack = ({ recoveries = [] }: Attempt): PaymentLine[] =>
  recoveries.flatMap(({ kind, lines = [] }) =>
    kind === 'recovery-revoked' ? lines.map((line) => ({ ...line, fen: fen(0 - line.fen) })) : lines,
  );

/** What stands accrued of a payment's months now. What a payment that failed or came back still owes of them: `cashLines`. */
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
    if (!endedBySetOff(latest, own)) return as('open', standingLines(own));
    const given = latest.surrendered === undefined || claimed.has(latest.payment) ? [] : cashLines(own);
    return [...as('received', receivedBySetOff(own)), ...as('surrendered', given)];
  });
}
