import { personFactsOf } from '../programmes/monthly.ts';
import type { MonthInput, Step } from '../programmes/programme.ts';
import { unreachable } from '../result.ts';
import { type CardStanding, cardIn } from './card.ts';
import { disabilityStep as step } from './disability-step.ts';
import {
  type Grade,
  gradeIn,
  newGradeIn,
  regradingSince,
  serviceCardIn,
  serviceTierOf,
  tierOf,
} from './grade.ts';
import type { Rules } from './read-rules.ts';

/** The tiers that a person's cards put them in for a month, with the step that says why; the disability card's first. */
export type TierStanding = {
  readonly tiers: readonly { readonly tier: string; readonly steps: readonly Step[] }[];
  /** What was looked at and led to no tier. */
  readonly without: readonly Step[];
};

/** What the disability card and the card of those disabled in service say of a month. */
export function tiersIn(input: MonthInput, rules: Rules): TierStanding {
  const tiers: TierStanding['tiers'][number][] = [];
  const without: Step[] = [];
  for (const found of [byDisabilityCard(input, rules), byServiceCard(input, rules)]) {
    if (found?.tier === undefined) without.push(...(found?.steps ?? []));
    else tiers.push({ tier: found.tier, steps: found.steps });
  }
  return { tiers, without };
}

type Found = { readonly tier: string | undefined; readonly steps: readonly Step[] };

function byDisabilityCard(input: MonthInput, rules: Rules): Found {
  const { month } = input;
  const person = personFactsOf(input);
  const regrading = rules.regrading.value === 'keep-old' ? regradingSince(month, person) : undefined;
  const required = rules.cardRequired?.value === true;
  const grades = { ...rules.gradeChange.value, reachesBack: !required };
  const card = cardIn(month, person, {
    stopFrom: rules.stopFrom.value,
    required,
    renewal: rules.cardRenewal?.value,
  });
  const kept = regrading !== undefined && card.state !== 'cancelled' && card.state !== 'not-issued';
  const cardStep = cardStepOf(input, rules, card);
  if (!kept && !covers(card, rules)) return { tier: undefined, steps: [cardStep] };
  const grade = kept
    ? gradeIn(month, person, grades, regrading)
    : 'issued' in card
      ? newGradeIn(card.issued, person)
      : gradeIn(month, person, grades);
  const steps = kept ? [step('regrading-kept', { month }, 'due', rules.regrading.citation)] : [cardStep];
  if (grade === undefined)
    return { tier: undefined, steps: [step('no-disability', { month }, '0.00', undefined)] };
  const tier = tierOf(grade, rules.tiers.value);
  return { tier, steps: [...steps, gradeStep(input, rules, grade, tier)] };
}

function byServiceCard(input: MonthInput, rules: Rules): Found | undefined {
  const { month } = input;
  const card = serviceCardIn(month, personFactsOf(input), rules.gradeChange.value);
  if (card === undefined) return undefined;
  const tier = serviceTierOf(card, rules.tiers.value);
  const inputs = { month, grade: String(card.grade), service: card.service };
  const { citation } = rules.tiers;
  return {
    tier,
    steps: [
      tier === undefined
        ? step('service-no-tier', inputs, '0.00', citation)
        : step('service-tier', inputs, tier, citation),
    ],
  };
}

const covers = (card: CardStanding, rules: Rules): boolean =>
  card.state === 'not-recorded'
    ? rules.cardRequired?.value !== true
    : card.state === 'valid' || card.state === 'renewed' || card.state === 'back-pay';

function cardStepOf({ month }: MonthInput, rules: Rules, card: CardStanding): Step {
  switch (card.state) {
    case 'not-recorded': {
      const { cardRequired } = rules;
      return cardRequired?.value === true
        ? step('card-missing', { month }, '0.00', cardRequired.citation)
        : step('card-not-recorded', { month }, 'due', cardRequired?.citation);
    }
    case 'valid':
      return step('card-valid', { month }, 'due', undefined);
    case 'renewed':
      return step('card-renewed', { month }, 'due', rules.cardRenewal?.citation);
    case 'back-pay': {
      const months = String(rules.cardRenewal?.value.backPayMonths ?? 0);
      return step(
        'card-back-pay',
        { month, issued: card.issued, months },
        'due',
        rules.cardRenewal?.citation,
      );
    }
    case 'not-issued':
    case 'expired':
    case 'frozen':
    case 'cancelled':
      return step(
        `card-${card.state}`,
        { month, rule: rules.stopFrom.value },
        '0.00',
        rules.stopFrom.citation,
      );
    default:
      return unreachable(card);
  }
}

function gradeStep({ month }: MonthInput, rules: Rules, grade: Grade, tier: string | undefined): Step {
  const { higher, lower } = rules.gradeChange.value;
  const inputs = { month, grade: String(grade.grade), kind: grade.kind, higher, lower };
  return tier === undefined
    ? step('no-tier', inputs, '0.00', rules.tiers.citation)
    : step('tier', inputs, tier, rules.tiers.citation);
}
