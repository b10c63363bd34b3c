import { addMonths, daysInMonth, monthOf, type PlainDate } from './calendar.ts';
import { InvariantError, ok, type Result } from './result.ts';

/**
 * Working days as the State Council's yearly notice (国务院办公厅关于部分节假日安排的通知) and 全国年节及纪念日放假办法 set them: weekends
 * that are worked (调休) count, public holidays do not. A year whose notice is not known is refused (`missing/calendar-year`), never
 * guessed from the days of the week.
 */
export type WorkingDays = {
  readonly isWorkingDay: (day: PlainDate) => Result<boolean>;
  /** Why a day is off, or worked on a weekend, in the words of the notice; undefined for a plain weekday or weekend. */
  readonly nameOf: (day: PlainDate) => { readonly zh: string; readonly en: string } | undefined;
  /** First day off of the Spring Festival (春节) of a year. */
  readonly springFestival: (year: string) => Result<PlainDate>;
};

/** The longest stretch without a working day is under this; a port that says otherwise is broken. */
const STRETCH_DAYS_MAX = 40;

/** Days since 0000-03-01 of the proleptic Gregorian calendar: consecutive days differ by one. */
function dayNumber(date: PlainDate): number {
  const [year, month, day] = [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
  const shifted = month <= 2 ? year - 1 : year;
  const monthFromMarch = (month + 9) % 12;
  return (
    365 * shifted +
    Math.floor(shifted / 4) -
    Math.floor(shifted / 100) +
    Math.floor(shifted / 400) +
    Math.floor((153 * monthFromMarch + 2) / 5) +
    day -
    1
  );
}

/** Calendar days from one date to another: 0 for the same day, negative when `to` is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** The date `count` calendar days later, or earlier when negative. */
export function addDays(date: PlainDate, count: number): PlainDate {
  let [month, day] = [monthOf(date), Number(date.slice(8, 10)) + count];
  for (;;) {
    const length = daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5, 7)));
    if (day >= 1 && day <= length) return `${month}-${String(day).padStart(2, '0')}`;
    if (day < 1) {
      month = addMonths(month, -1);
      day += daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5, 7)));
    } else {
      day -= length;
      month = addMonths(month, 1);
    }
  }
}

/** 1 is Monday, 7 is Sunday. */
export function dayOfWeek(date: PlainDate): number {
  // Day 0, 0000-03-01, is a Wednesday.
  return ((dayNumber(date) + 2) % 7) + 1;
}

/**
 * The working day that many working days after a day, which itself does not count (民法典 第二百零一条: 开始的当日不计入); before it when
 * negative; the day itself for 0.
 */
export function addWorkingDays(days: WorkingDays, from: PlainDate, count: number): Result<PlainDate> {
  let at = from;
  for (let left = Math.abs(count); left > 0; left -= 1) {
    const next = nearest(days, addDays(at, Math.sign(count)), Math.sign(count));
    if (!next.ok) return next;
    at = next.value;
  }
  return ok(at);
}

/**
 * The day by which something is to be done within so many working days, for what must not wait for a calendar: where the official one
 * ends before, the last day of the year that it knows, which is never later than the true day. Refusal: `missing/calendar-year` of the
 * day itself.
 */
export function dueWithin(days: WorkingDays, from: PlainDate, count: number): Result<PlainDate> {
  const due = addWorkingDays(days, from, count);
  return due.ok || !days.isWorkingDay(from).ok ? due : ok(`${from.slice(0, 4)}-12-31`);
}

/**
 * Working days after `from` up to and with `to`, so that adding them to `from` leads to `to` when that is a working day; negative when
 * `to` is earlier.
 */
export function workingDaysBetween(days: WorkingDays, from: PlainDate, to: PlainDate): Result<number> {
  if (to < from) {
    const back = workingDaysBetween(days, to, from);
    return back.ok ? ok(back.value === 0 ? 0 : -back.value) : back;
  }
  let count = 0;
  for (let at = from; at < to; ) {
    at = addDays(at, 1);
    const working = days.isWorkingDay(at);
    if (!working.ok) return working;
    if (working.value) count += 1;
  }
  return ok(count);
}

/** The day itself when it is worked, else the last working day before it. */
export function previousWorkingDay(days: WorkingDays, day: PlainDate): Result<PlainDate> {
  return nearest(days, day, -1);
}

/** The day itself when it is worked, else the first working day after it. */
export function nextWorkingDay(days: WorkingDays, day: PlainDate): Result<PlainDate> {
  return nearest(days, day, 1);
}

function nearest(days: WorkingDays, day: PlainDate, step: number): Result<PlainDate> {
  let at = day;
  for (let tries = 0; tries < STRETCH_DAYS_MAX; tries += 1) {
    const working = days.isWorkingDay(at);
    if (!working.ok) return working;
    if (working.value) return ok(at);
    at = addDays(at, step);
  }
  throw new InvariantError(`no working day in ${STRETCH_DAYS_MAX} days from ${day}`);
}
