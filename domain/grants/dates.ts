import { addMonths, daysInMonth, type Month, type PlainDate } from '../calendar.ts';
import { type Refusal, refusal } from '../result.ts';

/** Whether two periods of whole months, both ends included, have a month in common. */
export function monthsInCommon(
  one: { readonly from: Month; readonly to: Month },
  other: { readonly from: Month; readonly to: Month },
): boolean {
  return one.from <= other.to && other.from <= one.to;
}

/** The same day so many months later; in a shorter month its last day. */
export function monthsAfterDay(day: PlainDate, months: number): PlainDate {
  const month = addMonths(day.slice(0, 7), months);
  const last = daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5)));
  return `${month}-${String(Math.min(Number(day.slice(8)), last)).padStart(2, '0')}`;
}

/** Applied for after the last day on which that was possible, or before it happened. Undefined when it is in time. */
export function outOfTime(
  what: { readonly zh: string; readonly en: string },
  day: PlainDate,
  appliedOn: PlainDate,
  within: number | 'none',
): Refusal | undefined {
  if (appliedOn < day) {
    return refusal(
      'invalid/before-event',
      `申请日期 ${appliedOn} 早于${what.zh} ${day}：请核对日期`,
      `applied for on ${appliedOn}, before ${what.en} on ${day}: check the dates`,
    );
  }
  if (within === 'none') return undefined;
  const last = monthsAfterDay(day, within);
  if (appliedOn <= last) return undefined;
  return refusal(
    'policy/applied-too-late',
    `应在${what.zh}（${day}）后 ${within} 个月内、即 ${last} 前申请，现为 ${appliedOn}：已过申请期限`,
    `to be applied for within ${within} months of ${what.en} (${day}), by ${last}; it is ${appliedOn}: too late`,
    { day, last, appliedOn },
  );
}
