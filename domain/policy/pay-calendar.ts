import { daysOf, lateInYear, type YearEndDays } from '../budget/fiscal-year.ts';
import { addMonths, monthOf, monthsOfPeriod, type Period, type PlainDate, periodOf } from '../calendar.ts';
import { ok, type Refusal, type Result } from '../result.ts';
import { reportCutOff } from '../street/report-commands.ts';
import { addDays, type WorkingDays } from '../working-days.ts';
import type { PolicyBook } from './book.ts';
import { yearEndRule } from './budget-options.ts';
import type { PolicyScope } from './lookup.ts';
import {
  cutOffShift,
  goesByCalendar,
  LEAD_DAYS,
  type PlannedDay,
  payDay,
  payDayRules,
  shiftedDay,
} from './pay-day.ts';
import { dueDate, runPolicy } from './run-parameters.ts';

/** One period of a programme: when its regular run starts by itself, when the reports for it are locked, when it is paid. */
export type PlannedPeriod = {
  readonly period: Period;
  readonly startsOn: PlainDate;
  readonly reportCutOff?: PlannedDay;
  readonly payDay: PlannedDay;
  /** Why a run that pays on this day is refused: the treasury pays no more in its fiscal year. */
  readonly refused?: Refusal;
};
export type PayCalendar = {
  /** In order of pay days. */
  readonly periods: readonly PlannedPeriod[];
  /** Periods due early in the next year that may be brought forward into this one: its holidays are not known. */
  readonly undecided: readonly Period[];
  /** Last pay day and close of the fiscal year, where policy sets them. */
  readonly yearEnd?: YearEndDays;
};

/** Days into the next year from which nothing is brought forward over the end of the year. */
const NEW_YEAR_DAYS = 10;

/**
 * The pay days (发放日历) of a programme that fall in a year. Periods without policy are left out; a year in which none has any is
 * refused as the policy lookup refuses. Refusals: `missing/calendar-year`, `policy/gap`, `policy/no-rule`.
 */
export function payCalendar(
  book: PolicyBook,
  scope: PolicyScope,
  year: string,
  days: WorkingDays,
): Result<PayCalendar> {
  const seen = new Set<Period>();
  const periods: PlannedPeriod[] = [];
  const undecided: Period[] = [];
  let refused: Result<never> | undefined;
  // A period is due at most twelve months from its own, which are at most twelve.
  for (let month = `${Number(year) - 2}-01`; month <= `${Number(year) + 2}-12`; month = addMonths(month, 1)) {
    const policy = runPolicy(book, scope, month);
    if (!policy.ok) {
      if (month.startsWith(year)) refused ??= policy;
      continue;
    }
    const period = periodOf(month, policy.value.payCycle);
    if (seen.has(period) || month < policy.value.historyFrom) continue;
    seen.add(period);
    const due = dueDate(period, policy.value.payTiming);
    if (due < `${year}-01-01` || due > `${Number(year) + 1}-01-${NEW_YEAR_DAYS}`) continue;
    const planned = plannedPeriod(book, scope, period, due, days);
    if (planned.ok && planned.value.payDay.day.startsWith(year)) periods.push(planned.value);
    else if (!planned.ok && due.startsWith(year)) return planned;
    else if (!planned.ok) undecided.push(period);
  }
  if (periods.length === 0 && refused) return refused;
  const yearEnd = yearEndRule(book, scope, `${year}-12`);
  if (!yearEnd.ok) return yearEnd;
  return ok({
    periods: periods.toSorted((a, b) => (a.payDay.day < b.payDay.day ? -1 : 1)),
    undecided,
    ...(yearEnd.value && { yearEnd: daysOf(yearEnd.value, year) }),
  });
}

function plannedPeriod(
  book: PolicyBook,
  scope: PolicyScope,
  period: Period,
  due: PlainDate,
  days: WorkingDays,
): Result<PlannedPeriod> {
  const rules = payDayRules(book, scope, monthsOfPeriod(period)[0] ?? '');
  if (!rules.ok) return rules;
  const paid: Result<PlannedDay> = goesByCalendar(rules.value)
    ? payDay(due, rules.value, days)
    : ok({ day: due });
  if (!paid.ok) return paid;
  const cutOff = plannedCutOff(book, scope, period, days);
  if (!cutOff.ok) return cutOff;
  const yearEnd = yearEndRule(book, scope, monthOf(paid.value.day));
  if (!yearEnd.ok) return yearEnd;
  const late = yearEnd.value && lateInYear(paid.value.day, yearEnd.value);
  return ok({
    period,
    startsOn: addDays(paid.value.day, -LEAD_DAYS),
    ...(cutOff.value && { reportCutOff: cutOff.value }),
    payDay: paid.value,
    ...(late && { refused: late }),
  });
}

/** Undefined where streets do not report. */
function plannedCutOff(
  book: PolicyBook,
  scope: PolicyScope,
  period: Period,
  days: WorkingDays,
): Result<PlannedDay | undefined> {
  const cutOff = reportCutOff(book, scope, period);
  if (!cutOff.ok) return ok(undefined);
  const shift = cutOffShift(book, scope, period);
  return shift.ok ? shiftedDay(cutOff.value, shift.value, days) : shift;
}
