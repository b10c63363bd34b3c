import { type Month, monthOf, type PlainDate } from '../calendar.ts';
import { DISABILITY, readValue } from '../household/fact-values.ts';
import type { DisabilityKind } from '../household/household-case.ts';
import { history, valueOn } from '../programmes/fact-history.ts';
import type { Fact } from '../register/facts.ts';
import { SERVICE_CARD, type ServiceCard } from './fact-values.ts';
import type { Tier } from './parameters.ts';
import { type EffectRule, settled } from './settled.ts';

export type Grade = { readonly grade: number; readonly kind: DisabilityKind };
export type GradeRules = {
  readonly higher: EffectRule;
  readonly lower: EffectRule;
  /** Months before the first grade on record are of that grade: nobody knows another. */
  readonly reachesBack?: boolean;
};

/** No disability sorts behind every grade. */
const NO_GRADE = 9;
const gradeOf = (text: string): number => Number(text.split(':')[0] || NO_GRADE);

/** 评定中: the day on which the assessment began that is still open at the end of the month; undefined when none is. */
export function regradingSince(month: Month, person: readonly Fact[]): PlainDate | undefined {
  const inOrder = history(person, 'regrading');
  const last = inOrder.findLast(({ validFrom }) => monthOf(validFrom) <= month);
  return last?.value === 'open' ? last.validFrom : undefined;
}

/**
 * The grade and kind that count for a month, by the rule on changes of grade; with `upTo` only what held by that day (an
 * assessment that is still open keeps the old grade). Undefined for nobody with a grade.
 */
export function gradeIn(
  month: Month,
  person: readonly Fact[],
  rules: GradeRules,
  upTo?: PlainDate,
): Grade | undefined {
  const facts = upTo === undefined ? person : person.filter(({ validFrom }) => validFrom <= upTo);
  const ruleOf = (was: string, now: string) => (gradeOf(now) <= gradeOf(was) ? rules.higher : rules.lower);
  const held =
    settled(facts, 'disability', month, ruleOf) ??
    (rules.reachesBack ? history(facts, 'disability')[0] : undefined);
  return held && readGrade(held.value);
}

/** The grade of a new card: what is on record by the end of the month of its issue, whatever the rule on changes says. */
export function newGradeIn(issued: Month, person: readonly Fact[]): Grade | undefined {
  return readGrade(valueOn(person, 'disability', `${issued}-31`, ''));
}

function readGrade(text: string): Grade | undefined {
  const grade = readValue(DISABILITY, text);
  return grade === 'none' ? undefined : grade;
}

/** The card of those disabled in service that counts for a month; undefined for none. */
export function serviceCardIn(
  month: Month,
  person: readonly Fact[],
  rules: GradeRules,
): ServiceCard | undefined {
  const ruleOf = (was: string, now: string) => (gradeOf(now) <= gradeOf(was) ? rules.higher : rules.lower);
  const held = settled(person, 'service-disability', month, ruleOf);
  const card = held && SERVICE_CARD.read(held.value);
  return card === 'none' ? undefined : card;
}

/** The first tier of a policy that a grade belongs to. */
export function tierOf(grade: Grade, tiers: readonly Tier[]): string | undefined {
  return tiers.find(
    (tier) =>
      !('card' in tier) && tier.grades.includes(grade.grade) && (tier.kinds?.includes(grade.kind) ?? true),
  )?.tier;
}

export function serviceTierOf(card: ServiceCard, tiers: readonly Tier[]): string | undefined {
  return tiers.find(
    (tier) =>
      'card' in tier && tier.grades.includes(card.grade) && (tier.services?.includes(card.service) ?? true),
  )?.tier;
}
