import { monthsLater, type PlainDate } from '../../calendar.ts';
import type { Fen } from '../../money.ts';
import { fen, sumFen } from '../../money.ts';
import { ok, type Result } from '../../result.ts';
import { addDays, addWorkingDays, type WorkingDays } from '../../working-days.ts';
import type { Within } from './options.ts';
import { refusedField, type VentureRules } from './rules.ts';

/**
 * The last day on which a tranche may be paid in time, counted from the day of its milestone; working days as the State Council's notices set them.
 * Undefined where the place names none. Refusal: `missing/calendar-year`.
 */
export function paymentDue(
  within: Within | undefined,
  from: PlainDate,
  days: WorkingDays,
): Result<PlainDate | undefined> {
  if (!within) return ok(undefined);
  return 'months' in within
    ? ok(monthsLater(from, within.months))
    : addWorkingDays(days, from, within.workingDays);
}

/** When the first tranche is due after signing, e.g. 15 working days from 2026-09-22 → 2026-10-20. */
export function firstPaymentDue(
  rules: VentureRules,
  signedOn: PlainDate,
  days: WorkingDays,
): Result<PlainDate | undefined> {
  return paymentDue(rules.tranches.tranches[0]?.within, signedOn, days);
}

/** A day, or a minute of it in China: "2020-12-15" or "2020-12-15T17:00". */
export type DayOrMinute = string;
export type FileVerdict = 'in-time' | 'late-allowed' | 'fail';

/**
 * What a file (材料) that came on a day, or has not come at all, means for the evaluation. Asked after the deadline for what is missing. A
 * deadline with a time of day is met by a file of that day whose time nobody kept. Where the place says nothing, late is only late.
 */
export function lateFile(
  rules: VentureRules,
  due: DayOrMinute,
  filed?: DayOrMinute,
  reasonAccepted = false,
): FileVerdict {
  const length = filed === undefined ? 0 : Math.min(due.length, filed.length);
  if (filed !== undefined && filed.slice(0, length) <= due.slice(0, length)) return 'in-time';
  const rule = rules.lateFiles ?? 'allowed';
  if (rule === 'allowed' || (rule === 'fail-unless-reason' && reasonAccepted)) return 'late-allowed';
  return 'fail';
}

/** The last day on which money paid on a day may be used; undefined where the place sets no limit. */
export function lastDayOfUse(rules: VentureRules, paidOn: PlainDate): PlainDate | undefined {
  const years = rules.unusedAfterYears;
  return years === undefined ? undefined : monthsLater(paidOn, years * 12);
}

/**
 * What was paid so long ago that it must be returned if unused (收回缴入财政), less what has been spent: the oldest money is spent first.
 * Zero where the place sets no limit.
 */
export function unusedSince(
  rules: VentureRules,
  payments: readonly { readonly paidOn: PlainDate; readonly fen: Fen }[],
  spent: Fen,
  today: PlainDate,
): Fen {
  const old = payments.filter(({ paidOn }) => {
    const lastDay = lastDayOfUse(rules, paidOn);
    return lastDay !== undefined && lastDay < today;
  });
  return fen(Math.max(0, sumFen(old.map((payment) => payment.fen)) - spent));
}

/** The last day of a ban after a breach of the agreement on a day; undefined where the place bans nobody. */
export function banUntil(rules: VentureRules, breachOn: PlainDate): PlainDate | undefined {
  const years = rules.banYears;
  return years === undefined ? undefined : monthsLater(breachOn, years * 12);
}

/**
 * Whether a project runs as long as the place asks, both days included: from 1 January to 30 November are eleven months.
 * Refusals: `limit/project-too-short`, `limit/project-too-long`, `invalid/project-period`.
 */
export function checkPeriod(rules: VentureRules, from: PlainDate, through: PlainDate): Result<true> {
  const { monthsMin, monthsMax } = rules.projectPeriod ?? {};
  if (through < from) {
    return refusedField(
      'invalid/project-period',
      'through',
      `实施截止日${through}早于开始日${from}：请更正`,
      `the project ends on ${through}, before it begins on ${from}: correct the dates`,
      { from, through },
    );
  }
  // Through the day before the corresponding day: the first day is one of the project.
  const isUnder = monthsMin !== undefined && !hasMonths(from, through, monthsMin);
  const isOver =
    monthsMax !== undefined && hasMonths(from, through, monthsMax) && !isExactly(from, through, monthsMax);
  if (!isUnder && !isOver) return ok(true);
  const limit = (isUnder ? monthsMin : monthsMax) ?? 0;
  return refusedField(
    isUnder ? 'limit/project-too-short' : 'limit/project-too-long',
    'through',
    `项目自${from}至${through}，${isUnder ? '短于' : '超过'}规定的${limit}个月：请调整实施期限`,
    `the project runs from ${from} through ${through}, ${isUnder ? 'less' : 'more'} than the ${limit} months set: change its dates`,
    { from, through, months: limit },
  );
}

const hasMonths = (from: PlainDate, through: PlainDate, count: number) =>
  addDays(through, 1) >= monthsLater(from, count);
const isExactly = (from: PlainDate, through: PlainDate, count: number) =>
  addDays(through, 1) === monthsLater(from, count);
