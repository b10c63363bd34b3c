import { addMonths, birthday, type LeapDayRule, type Month, monthOf, type PlainDate } from '../calendar.ts';
import { history } from '../programmes/fact-history.ts';
import type { Fact, FactKind } from '../register/facts.ts';

/** When a change takes effect: for the month it falls in, or for the month after. */
export type EffectRule = 'same-month' | 'next-month';

export function effectMonth(date: PlainDate, rule: EffectRule): Month {
  return addMonths(monthOf(date), rule === 'next-month' ? 1 : 0);
}

/**
 * The fact of a kind that counts for a month: the first one known from its own month on, each later one from where the rule for that
 * change says. Of those that have taken effect the one that happened last.
 * @param initial what holds before anything is known, where the first fact is a change too
 */
export function settled(
  facts: readonly Fact[],
  kind: FactKind,
  month: Month,
  ruleOf: (was: string, now: string) => EffectRule,
  initial?: string,
): Fact | undefined {
  let held: Fact | undefined;
  let before = initial;
  for (const fact of history(facts, kind)) {
    const rule = before === undefined ? 'same-month' : ruleOf(before, fact.value);
    if (effectMonth(fact.validFrom, rule) <= month) held = fact;
    before = fact.value;
  }
  return held;
}

export type AgeRules = {
  readonly ageChange: 'birthday-month' | 'next-month';
  readonly leapDay: LeapDayRule;
};

/** True when somebody counts as at least so old in the month (周岁). */
export function hasAge(birthDate: PlainDate, years: number, month: Month, rules: AgeRules): boolean {
  const turns = monthOf(birthday(birthDate, years, rules.leapDay));
  return (rules.ageChange === 'next-month' ? addMonths(turns, 1) : turns) <= month;
}
