import { isMonth, LAST_MONTH, type Month, monthOf } from '../calendar.ts';
import type { Fact } from '../register/facts.ts';
import { recorded } from './fact-history.ts';

/** The last month due before a stop that nothing has ended yet, also one decided ahead; undefined when there is none. */
export const openStop = (facts: readonly Fact[]): Month | undefined => decidedStop(LAST_MONTH, facts);

/**
 * The last month due before a decided stop (停发) that covers the month, or undefined. Decisions are read in the order
 * they were recorded: a second stop corrects an open one, an empty value resumes from the month it is valid from.
 */
export function decidedStop(month: Month, facts: readonly Fact[]): Month | undefined {
  const stops: { lastMonth: Month; resumed?: Month }[] = [];
  for (const { value, validFrom } of recorded(facts, 'stop')) {
    const last = stops.at(-1);
    const open = last && last.resumed === undefined ? last : undefined;
    if (value === '') {
      if (open) open.resumed = monthOf(validFrom);
    } else if (isMonth(value)) {
      if (open) open.lastMonth = value;
      else stops.push({ lastMonth: value });
    }
  }
  return stops.find((stop) => month > stop.lastMonth && (stop.resumed === undefined || month < stop.resumed))
    ?.lastMonth;
}
