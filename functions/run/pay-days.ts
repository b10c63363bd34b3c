import { monthsOfPeriod, type Period, type PlainDate } from '../../domain/calendar.ts';
import type { PolicyBook } from '../../domain/policy/book.ts';
import type { PolicyScope } from '../../domain/policy/lookup.ts';
import { goesByCalendar, type PlannedDay, payDay, payDayRules } from '../../domain/policy/pay-day.ts';
import { dueDate, type PayTiming } from '../../domain/policy/run-parameters.ts';
import { RUN_RULES } from '../../domain/programmes/run-rules.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { RunIdentity, RunManifest } from '../../domain/run/manifest.ts';
import { dueWithin, nextWorkingDay } from '../../domain/working-days.ts';
import { loadWorkingDays } from '../adapters/working-days.ts';

/**
 * The pay day of a period, with the options that govern its first month. The holidays are loaded only where an option asks for them.
 * Refusals: `missing/calendar-year`, `policy/gap`.
 */
export async function plannedPayDay(
  book: PolicyBook,
  scope: PolicyScope,
  period: Period,
  timing: PayTiming,
): Promise<Result<PlannedDay>> {
  const rules = payDayRules(book, scope, monthsOfPeriod(period)[0] ?? '');
  if (!rules.ok) return rules;
  const due = dueDate(period, timing);
  return goesByCalendar(rules.value) ? payDay(due, rules.value, await loadWorkingDays()) : ok({ day: due });
}

/**
 * When a run pays: on the pay day of its period, or on the day of its start when that has passed. The fiscal year is that of the day it
 * pays on. Refusals: those of `plannedPayDay`.
 */
export async function plannedPayment(
  book: PolicyBook,
  scope: PolicyScope & RunIdentity,
  timing: PayTiming,
): Promise<Result<Pick<RunManifest, 'payDate' | 'payDayMoved' | 'fiscalYear'>>> {
  const planned = await plannedPayDay(book, scope, scope.period, timing);
  if (!planned.ok) return planned;
  const { day, moved } = planned.value;
  const isLate = day < scope.knownOn;
  const payDate = isLate ? scope.knownOn : day;
  return ok({ payDate, ...(moved && !isLate && { payDayMoved: moved }), fiscalYear: payDate.slice(0, 4) });
}

/** By when policy wants the last month of a regular run paid; undefined where the programme has no such limit. Refusals: its own. */
export async function payByDay(
  book: PolicyBook,
  { period, round, ...scope }: PolicyScope & RunIdentity,
): Promise<Result<PlainDate | undefined>> {
  const payWithin = RUN_RULES[scope.programme]?.payWithin;
  if (!payWithin || round !== 'R') return ok(undefined);
  const limit = payWithin({ book, scope }, monthsOfPeriod(period).at(-1) ?? '');
  if (!limit.ok) return limit;
  return dueWithin(await loadWorkingDays(), limit.value.from, limit.value.workingDays);
}

/**
 * When a run of grants pays: on the first working day from today on; its fiscal year is that day's. Refusal: `missing/calendar-year`.
 */
export async function nextPayment(
  today: PlainDate,
): Promise<Result<Pick<RunManifest, 'payDate' | 'fiscalYear'>>> {
  const day = nextWorkingDay(await loadWorkingDays(), today);
  return day.ok ? ok({ payDate: day.value, fiscalYear: day.value.slice(0, 4) }) : day;
}
