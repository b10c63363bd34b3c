import type { Month } from '../calendar.ts';
import { type Attempt, recoveryOf } from '../ledger/attempts.ts';
import { type Fen, fen, sumFen } from '../money.ts';
import { accrualsOf } from '../run/accruals.ts';

/** What the ledger holds for some months of an enrolment. */
export type PaidAfter = {
  readonly months: readonly Month[];
  /** Received and neither come back nor given back; what was ordered back (追缴) is received until it is paid in. */
  readonly paidFen: Fen;
  /** Failed to reach anybody, came back, or was ordered back and paid in. */
  readonly recoveredFen: Fen;
};

/** @param isAfter which months are looked at. Undefined when nothing was ever paid for one of them. */
export function paidAfter(
  attempts: readonly Attempt[],
  isAfter: (month: Month) => boolean,
): PaidAfter | undefined {
  const standing = accrualsOf(attempts, new Map()).filter(({ month }) => isAfter(month));
  let [ordered, givenBack] = [0, 0];
  const months = new Set(standing.map(({ month }) => month));
  for (const attempt of attempts) {
    let own = 0;
    for (const { kind, lines = [] } of attempt.recoveries ?? []) {
      for (const line of lines.filter(({ month }) => isAfter(month))) {
        own += kind === 'recovery-revoked' ? 0 - line.fen : line.fen;
        if (kind === 'recovery-ordered') months.add(line.month);
      }
    }
    ordered += own;
    givenBack += Math.min(own, recoveryOf(attempt, 'recovered'));
  }
  if (months.size === 0) return undefined;
  const sum = (open: boolean): number =>
    sumFen(standing.filter((line) => (line.standing === 'open') === open).map((line) => line.fen));
  return {
    months: [...months].sort(),
    paidFen: fen(sum(false) + ordered - givenBack),
    recoveredFen: fen(sum(true) + givenBack),
  };
}
