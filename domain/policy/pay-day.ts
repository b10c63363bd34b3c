import type { Bilingual } from '../bilingual.ts';
import { type Month, monthOf, monthsOfPeriod, type Period, type PlainDate } from '../calendar.ts';
import { ok, type Result } from '../result.ts';
import { addWorkingDays, nextWorkingDay, previousWorkingDay, type WorkingDays } from '../working-days.ts';
import type { PolicyBook } from './book.ts';
import { lookupOption, type PolicyScope } from './lookup.ts';
import { type DayShift, RUN_PARAMETERS } from './run-parameters.ts';

/** Days before the pay day on which a run is started: time for review, signatures and the finance bureau. */
export const LEAD_DAYS = 10;

/** How a place moves its pay days; without any of it they are what the policy's dates say. */
export type PayDayRules = {
  readonly shift: DayShift;
  /** 春节前提前发放: working days before the first day off of the festival. */
  readonly festivalLead?: number;
};

/** A day and, when it is not the one that the policy's dates say, where it was moved from and why. */
export type PlannedDay = { readonly day: PlainDate; readonly moved?: Move };
export type Move = {
  readonly from: PlainDate;
  readonly reason: 'before' | 'after' | 'spring-festival';
  /** The public holiday of the day it was moved from; absent for a weekend. */
  readonly holiday?: Bilingual;
};

/** The options that govern a month; refusals: `policy/gap` where an option lapsed. */
export function payDayRules(book: PolicyBook, scope: PolicyScope, month: Month): Result<PayDayRules> {
  const shift = lookupOption(book, { ...scope, parameter: 'payDayShift', month }, RUN_PARAMETERS.payDayShift);
  if (!shift.ok) return shift;
  const advance = lookupOption(
    book,
    { ...scope, parameter: 'advanceBeforeSpringFestival', month },
    RUN_PARAMETERS.advanceBeforeSpringFestival,
  );
  if (!advance.ok) return advance;
  return ok({
    shift: shift.value ?? 'none',
    ...(advance.value && { festivalLead: advance.value.workingDaysBefore }),
  });
}

/** How the day is moved on which streets' reports of a period are locked. Refusals: `policy/gap`. */
export function cutOffShift(book: PolicyBook, scope: PolicyScope, period: Period): Result<DayShift> {
  const query = { ...scope, parameter: 'reportCutOffShift', month: monthsOfPeriod(period)[0] ?? '' };
  const found = lookupOption(book, query, RUN_PARAMETERS.reportCutOffShift);
  return found.ok ? ok(found.value ?? 'none') : found;
}

/** Whether the holidays of a year have to be known. */
export function goesByCalendar({ shift, festivalLead }: PayDayRules): boolean {
  return shift !== 'none' || festivalLead !== undefined;
}

/**
 * The pay day of a period that is due on a day. What is due in the month of the Spring Festival, or on one of its days off, is paid
 * before the festival where policy says so, unless it is due earlier still; everything else is shifted to a working day where
 * policy says so. Refusals: `missing/calendar-year`.
 */
export function payDay(due: PlainDate, rules: PayDayRules, days: WorkingDays): Result<PlannedDay> {
  const before = beforeFestival(due, rules, days);
  if (!before.ok) return before;
  if (before.value !== undefined && before.value < due)
    return ok({ day: before.value, moved: moveOf(due, 'spring-festival', days) });
  return shiftedDay(due, rules.shift, days);
}

/**
 * The working day that stands for a day. Postponed (`after`) it stays in its month, so that no payment slips into the books of the next
 * month or fiscal year: where no working day of the month is left, the last one before is taken. Refusals: `missing/calendar-year`.
 */
export function shiftedDay(day: PlainDate, shift: DayShift, days: WorkingDays): Result<PlannedDay> {
  if (shift === 'none') return ok({ day });
  if (shift === 'after') {
    const next = nextWorkingDay(days, day);
    if (next.ok && monthOf(next.value) === monthOf(day)) return ok(planned(day, next.value, days));
  }
  const previous = previousWorkingDay(days, day);
  return previous.ok ? ok(planned(day, previous.value, days)) : previous;
}

/** Why a day was moved, for people. */
export function moveText({ from, reason, holiday }: Move, day: PlainDate): Bilingual {
  if (reason === 'spring-festival') {
    return {
      zh: `应发日 ${from} 在春节当月，节前提前至 ${day} 发放`,
      en: `due on ${from} in the month of the Spring Festival: paid before it, on ${day}`,
    };
  }
  const [offZh, offEn] = holiday ? [`法定节假日（${holiday.zh}）`, holiday.en] : ['休息日', 'a day off'];
  return reason === 'before'
    ? { zh: `${from} 为${offZh}，提前至 ${day}`, en: `${from} is ${offEn}: brought forward to ${day}` }
    : { zh: `${from} 为${offZh}，顺延至 ${day}`, en: `${from} is ${offEn}: put off to ${day}` };
}

function beforeFestival(
  due: PlainDate,
  { festivalLead }: PayDayRules,
  days: WorkingDays,
): Result<PlainDate | undefined> {
  if (festivalLead === undefined) return ok(undefined);
  const festival = days.springFestival(due.slice(0, 4));
  if (!festival.ok) return festival;
  const working = days.isWorkingDay(due);
  if (!working.ok) return working;
  const inFestival = !working.value && days.nameOf(due)?.zh === days.nameOf(festival.value)?.zh;
  if (monthOf(due) !== monthOf(festival.value) && !inFestival) return ok(undefined);
  return addWorkingDays(days, festival.value, -festivalLead);
}

function planned(from: PlainDate, day: PlainDate, days: WorkingDays): PlannedDay {
  if (day === from) return { day };
  return { day, moved: moveOf(from, day < from ? 'before' : 'after', days) };
}

function moveOf(from: PlainDate, reason: Move['reason'], days: WorkingDays): Move {
  const holiday = days.nameOf(from);
  return { from, reason, ...(holiday && { holiday }) };
}
