import type { Period } from '../../domain/calendar.ts';
import type { PolicyBook } from '../../domain/policy/book.ts';
import type { PolicyScope } from '../../domain/policy/lookup.ts';
import { cutOffShift, type PlannedDay, shiftedDay } from '../../domain/policy/pay-day.ts';
import { ok, type Result } from '../../domain/result.ts';
import { reportCutOff } from '../../domain/street/report-commands.ts';
import { loadWorkingDays } from '../adapters/working-days.ts';

/**
 * The last day on which streets may prepare and sign the report of a period, moved to a working day where policy says so. Refusals:
 * those of `lookup`, where no policy sets it; `missing/calendar-year`.
 */
export async function reportLockDay(
  book: PolicyBook,
  scope: PolicyScope,
  period: Period,
): Promise<Result<PlannedDay>> {
  const cutOff = reportCutOff(book, scope, period);
  if (!cutOff.ok) return cutOff;
  const shift = cutOffShift(book, scope, period);
  if (!shift.ok) return shift;
  return shift.value === 'none'
    ? ok({ day: cutOff.value })
    : shiftedDay(cutOff.value, shift.value, await loadWorkingDays());
}
