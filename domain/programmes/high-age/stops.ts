import { addMonths, type Month, monthOf } from '../../calendar.ts';
import type { JurisdictionCode } from '../../ids.ts';
import { liesWithin } from '../../policy/jurisdiction.ts';
import type { Fact, FactKind } from '../../register/facts.ts';
import { decidedStop } from '../decided-stop.ts';
import { certifiedDeath, history } from '../fact-history.ts';
import type { HighAgeStepCode } from './labels.ts';

/** When a stop or a resumption takes effect: for the month it falls in, or for the month after. */
type EffectRule = 'same-month' | 'next-month';
export type StopRules = { readonly stopFrom: EffectRule; readonly resumeFrom: EffectRule };
/** Why nothing is due for a month; `lastMonth` is the last month due where the stop is for good. */
export type Stop = { readonly code: HighAgeStepCode; readonly lastMonth?: Month };

/**
 * What stops the allowance in a month: the first that applies of death, decision, move-out, custody, missing. The order
 * only chooses the reason that is named; nothing is due either way. A death that is only reported stops nothing here.
 */
export function stopIn(
  month: Month,
  person: readonly Fact[],
  enrolment: readonly Fact[],
  place: JurisdictionCode,
  rules: StopRules,
): Stop | undefined {
  const death = certifiedDeath(person);
  if (death !== undefined) {
    const lastMonth = addMonths(effectMonth(death, rules.stopFrom), -1);
    if (month > lastMonth) return { code: 'stopped-death', lastMonth };
  }
  const decided = decidedStop(month, enrolment);
  if (decided !== undefined) return { code: 'stopped-decision', lastMonth: decided };
  const movedOut = (value: string) => value !== 'in' && !liesWithin(value, place);
  if (isAway(month, person, 'household-registration', movedOut, rules)) return { code: 'stopped-moved-out' };
  if (isBeforeArrival(month, person, place, rules)) return { code: 'not-yet-registered' };
  if (isAway(month, person, 'custody', (value) => value === 'custody', rules))
    return { code: 'stopped-custody' };
  if (isAway(month, person, 'missing', (value) => value === 'missing', rules))
    return { code: 'stopped-missing' };
  return undefined;
}

function effectMonth(date: string, rule: EffectRule): Month {
  return addMonths(monthOf(date), rule === 'next-month' ? 1 : 0);
}

/**
 * True before somebody came from elsewhere: the first thing known of their registration (户籍迁入) is that it came here, so the
 * months before were another place's. A move from street to street names nothing but a street, and is none.
 */
function isBeforeArrival(
  month: Month,
  facts: readonly Fact[],
  place: JurisdictionCode,
  rules: StopRules,
): boolean {
  const first = history(facts, 'household-registration')[0];
  if (!first || (first.value !== 'in' && first.value !== place)) return false;
  return month < effectMonth(first.validFrom, rules.resumeFrom);
}

/** Of the changes that have taken effect by the month, the one that happened last decides. */
function isAway(
  month: Month,
  facts: readonly Fact[],
  kind: FactKind,
  away: (value: string) => boolean,
  rules: StopRules,
): boolean {
  const change = history(facts, kind).findLast((fact) => {
    const rule = away(fact.value) ? rules.stopFrom : rules.resumeFrom;
    return effectMonth(fact.validFrom, rule) <= month;
  });
  return change !== undefined && away(change.value);
}
