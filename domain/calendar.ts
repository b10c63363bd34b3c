import { invariant, ok, type Result, refusal, refuse } from './result.ts';
import { shownCell } from './shown-cell.ts';

/**
 * Calendar dates and months as ISO strings, which compare and sort as text. The JS Date and its time zones never
 * enter the domain; "today" is handed in by the caller as a date in Asia/Shanghai.
 */
export type PlainDate = string & { readonly __date?: 'YYYY-MM-DD' };
export type Month = string & { readonly __month?: 'YYYY-MM' };
/** An instant in UTC, ISO 8601 with milliseconds; used for "recorded at", never for rules. */
export type Instant = string & { readonly __instant?: 'UTC' };

/** Later than any month, day or record: whatever is so for good, or known at all. */
export const LAST_MONTH: Month = '9999-12';
export const LAST_DAY: PlainDate = '9999-12-31';
export const LAST_INSTANT: Instant = '9999-12-31T23:59:59.999Z';

/** A pay period: one month ("2026-12"), quarter ("2026-Q4"), half-year ("2026-H2") or year ("2026-Y"). */
export type Period = string & { readonly __period?: 'period' };
export const PAY_CYCLES = ['month', 'quarter', 'half-year', 'year'] as const;
export type PayCycle = (typeof PAY_CYCLES)[number];

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;

/**
 * The years that dates, months and periods from outside may be of. Other systems write 9999-12 for "for ever"; a month after that
 * one has five digits of year and would sort before all others.
 */
function isKnownYear(text: string): boolean {
  const year = Number(text.slice(0, 4));
  return year >= 1800 && year < 2200;
}

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** True for a real calendar date written YYYY-MM-DD, years 1800 to 2199. */
export function isPlainDate(text: string): text is PlainDate {
  const match = DATE.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return isKnownYear(text) && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** True for a month written YYYY-MM, years 1800 to 2199. */
export function isMonth(text: string): text is Month {
  return MONTH.test(text) && isKnownYear(text);
}

/** @param text a date typed by a person; anything but a real YYYY-MM-DD is refused. */
export function parseDate(text: string): Result<PlainDate> {
  return isPlainDate(text)
    ? ok(text)
    : refuse(
        refusal(
          'invalid/date',
          `日期“${shownCell(text)}”不正确：应为存在的日期，写作 YYYY-MM-DD，例如 1946-03-05`,
          `date "${shownCell(text)}" is not an existing date written YYYY-MM-DD, e.g. 1946-03-05`,
        ),
      );
}

/** The day after. */
function nextDay(date: PlainDate): PlainDate {
  const [year, month, day] = [date.slice(0, 4), date.slice(5, 7), Number(date.slice(8, 10)) + 1];
  if (day <= daysInMonth(Number(year), Number(month)))
    return `${year}-${month}-${String(day).padStart(2, '0')}`;
  return `${addMonths(`${year}-${month}`, 1)}-01`;
}

/** From this hour in UTC on it is the next day in China, which has had one time zone without summer time since 1992. */
const MIDNIGHT_IN_CHINA = 16;

/** The civil date in China on which an instant falls. */
export function chinaDate(instant: Instant): PlainDate {
  const date = instant.slice(0, 10);
  return Number(instant.slice(11, 13)) >= MIDNIGHT_IN_CHINA ? nextDay(date) : date;
}

export function monthOf(date: PlainDate): Month {
  return date.slice(0, 7);
}

function ordinal(month: Month): number {
  invariant(MONTH.test(month), `not a month: ${month}`);
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
}

function fromOrdinal(value: number): Month {
  const year = Math.floor(value / 12);
  invariant(year >= 0 && year <= 9999, `months of year ${year} have no order as text`);
  return `${String(year).padStart(4, '0')}-${String((value % 12) + 1).padStart(2, '0')}`;
}

export function addMonths(month: Month, count: number): Month {
  return fromOrdinal(ordinal(month) + count);
}

/**
 * The same day so many months later, or the last day of that month where it has none (民法典 第二百零二条); the first day itself does not
 * count (第二百零一条).
 */
export function monthsLater(date: PlainDate, count: number): PlainDate {
  const month = addMonths(monthOf(date), count);
  const last = daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5)));
  return `${month}-${String(Math.min(Number(date.slice(8)), last)).padStart(2, '0')}`;
}

/** Whole months from `from` to `to`: 0 for the same month, negative when `to` is earlier. */
export function monthsBetween(from: Month, to: Month): number {
  return ordinal(to) - ordinal(from);
}

/** Every month from `first` to `last`, both included; empty when `last` is earlier. */
export function monthRange(first: Month, last: Month): Month[] {
  const months: Month[] = [];
  for (let at = ordinal(first); at <= ordinal(last); at += 1) months.push(fromOrdinal(at));
  return months;
}

export function maxMonth(a: Month, b: Month): Month {
  return a > b ? a : b;
}

/** In common years a person born on 29 February turns a year older on 28 February or on 1 March: a policy choice. */
export const LEAP_DAY_RULES = ['feb-28', 'mar-1'] as const;
export type LeapDayRule = (typeof LEAP_DAY_RULES)[number];

/** The date on which someone turns `age` years old (周岁). */
export function birthday(birthDate: PlainDate, age: number, leapDay: LeapDayRule): PlainDate {
  const year = Number(birthDate.slice(0, 4)) + age;
  const monthDay = birthDate.slice(5);
  if (monthDay !== '02-29' || isLeapYear(year)) return `${year}-${monthDay}`;
  return leapDay === 'feb-28' ? `${year}-02-28` : `${year}-03-01`;
}

const PERIOD = /^(\d{4})-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])|(Y))$/;

/** The pay cycle that a period's spelling belongs to, or undefined when it is no period of the years 1800 to 2199. */
export function cycleOf(period: string): PayCycle | undefined {
  const match = PERIOD.exec(period);
  if (!match || !isKnownYear(period)) return undefined;
  if (match[2]) return 'month';
  if (match[3]) return 'quarter';
  return match[4] ? 'half-year' : 'year';
}

/** The months of a period in order: one for a month, three for a quarter, six, twelve. */
export function monthsOfPeriod(period: Period): Month[] {
  const match = PERIOD.exec(period);
  invariant(match, `not a period: ${period}`);
  const [, year, month, quarter, half] = match;
  if (month) return [`${year}-${month}`];
  const length = quarter ? 3 : half ? 6 : 12;
  const index = quarter ? Number(quarter) - 1 : half ? Number(half) - 1 : 0;
  const first = `${year}-${String(index * length + 1).padStart(2, '0')}`;
  return monthRange(first, addMonths(first, length - 1));
}

/** The period of a cycle that holds a month. */
export function periodOf(month: Month, cycle: PayCycle): Period {
  const year = month.slice(0, 4);
  const number = Number(month.slice(5));
  if (cycle === 'month') return month;
  if (cycle === 'quarter') return `${year}-Q${Math.ceil(number / 3)}`;
  return cycle === 'half-year' ? `${year}-H${number <= 6 ? 1 : 2}` : `${year}-Y`;
}
