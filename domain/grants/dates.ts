import { type Month, monthsLater, type PlainDate } from '../calendar.ts';
import { type Refusal, refusal } from '../result.ts';

/** Whether two periods of whole months, both ends included, have a month in common. */
export function monthsInCommon(
  one: { readonly from: Month; readonly to: Month },
  other: { readonly from: Month; readonly to: Month },
): boolean {
  return one.from <= other.to && other.from <= one.to;
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
  const last = monthsLater(day, within);
  if (appliedOn <= last) return undefined;
  return refusal(
    'policy/applied-too-late',
    `应在${what.zh}（${day}）后 ${within} 个月内、即 ${last} 前申请，现为 ${appliedOn}：已过申请期限`,
    `to be applied for within ${within} months of ${what.en} (${day}), by ${last}; it is ${appliedOn}: too late`,
    { day, last, appliedOn },
  );
}
