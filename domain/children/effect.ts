import { addMonths, type Month, monthOf } from '../calendar.ts';
import { scopeOf } from '../programmes/monthly.ts';
import type { MonthInput } from '../programmes/programme.ts';
import type { Fact } from '../register/facts.ts';
import { ok, type Result } from '../result.ts';
import { readChild } from './read-child.ts';

/** Whether a change counts for the month it falls in, or for the month after. */
export type EffectRule = 'same-month' | 'next-month';
export type EffectRules = { readonly stopFrom: EffectRule; readonly resumeFrom: EffectRule };

/** The first month for which a change on a day counts. */
export function effectMonth(date: string, rule: EffectRule): Month {
  return addMonths(monthOf(date), rule === 'next-month' ? 1 : 0);
}

/** How stops and resumptions take effect in the month. Refusals: those of `lookup`. */
export function effectRules(input: MonthInput): Result<EffectRules> {
  const scope = scopeOf(input);
  const stopFrom = readChild(input.book, scope, 'stopFrom', input.month);
  if (!stopFrom.ok) return stopFrom;
  const resumeFrom = readChild(input.book, scope, 'resumeFrom', input.month);
  if (!resumeFrom.ok) return resumeFrom;
  return ok({ stopFrom: stopFrom.value.value, resumeFrom: resumeFrom.value.value });
}

/** Of changes by day, the last that counts for the month; `rule` says how each takes effect. */
export function changeIn(
  changes: readonly Fact[],
  month: Month,
  rule: (fact: Fact) => EffectRule,
): Fact | undefined {
  return changes.findLast((fact) => effectMonth(fact.validFrom, rule(fact)) <= month);
}
