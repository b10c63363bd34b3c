import type { Month } from '../../calendar.ts';
import {
  compare,
  type Fraction,
  fraction,
  NOTHING,
  ofFen,
  percentOf,
  plus,
  roundedToFen,
  yuanText,
} from '../../fraction.ts';
import type { HouseholdCase, HouseholdMember } from '../../household/household-case.ts';
import { type Fen, fen, sumFen, toYuan } from '../../money.ts';
import type { DeterminationShare } from '../../register/determination.ts';
import { ok, type Result, unreachable } from '../../result.ts';
import { dividedAmong, type Weight } from '../decided-shares.ts';
import type { Step } from '../programme.ts';
import type { Base } from './base.ts';
import { firstGroup, type GroupRules, groupName } from './person-groups.ts';
import { type PolicyView, TOP_UP } from './proposal.ts';
import { readParameters, type Values } from './read-parameter.ts';
import {
  countedMembers,
  coveredOf,
  GROUP_PARAMETERS,
  groupRules,
  isSample,
  step,
  type Worked,
} from './rules.ts';

const TOP_UP_PARAMETERS = [...GROUP_PARAMETERS, 'topUps', 'topUpStandard', 'topUpRounding'] as const;
type TopUpValues = Values<(typeof TOP_UP_PARAMETERS)[number]>;

/** Top-ups of a household after rounding, and whose part of them each is. */
export type TopUps = { readonly fen: Fen; readonly shares: readonly DeterminationShare[] };
export const NO_TOP_UPS: Worked<TopUps> = { value: { fen: fen(0), shares: [] }, steps: [], sample: false };

/** One person's top-up before rounding, with what it was taken for. */
type Due = { readonly person: string; readonly amount: Fraction; readonly explained: Step };

/**
 * 分类施保、增发 of the covered members for a month: each person once, whatever reasons apply. `base` is what the difference came
 * to, for places that round both together. Refusals: those of `lookup`.
 */
export function topUpsOf(
  household: HouseholdCase,
  view: PolicyView,
  month: Month,
  base: Pick<Base, 'exact' | 'fen'>,
): Result<Worked<TopUps>> {
  const values = readParameters(view, month, TOP_UP_PARAMETERS);
  if (!values.ok) return values;
  const { topUps, topUpStandard } = values.value;
  if (topUps.value === 'none') return ok(NO_TOP_UPS);
  const standard = standardOfTopUps(household, view, month, values.value);
  if (!standard.ok) return standard;
  const groups = groupRules(month, values.value);
  const dues = coveredOf(countedMembers(household)).flatMap((member) => {
    const due = topUpOf(member, household, values.value, groups, standard.value.amount);
    return due ? [due] : [];
  });
  if (dues.length === 0) return ok(NO_TOP_UPS);
  const usesStandard = topUps.value.tiers.some((tier) => 'percent' in tier);
  const sample = isSample(topUps) || (usesStandard && (isSample(topUpStandard) || standard.value.sample));
  const rounded = roundedTopUps(dues, values.value, base);
  return ok({ value: rounded.value, steps: [...dues.map((due) => due.explained), ...rounded.steps], sample });
}

/** What percentages are taken of: the standard of the month, or an amount with its own dates. */
function standardOfTopUps(
  { residence }: HouseholdCase,
  view: PolicyView,
  month: Month,
  { topUps, topUpStandard }: TopUpValues,
): Result<{ readonly amount: Fraction; readonly sample: boolean }> {
  const flatOnly = topUps.value !== 'none' && topUps.value.tiers.every((tier) => !('percent' in tier));
  if (flatOnly) return ok({ amount: NOTHING, sample: false });
  if (topUpStandard.value !== 'standard') {
    return ok({ amount: fraction(topUpStandard.value[residence]), sample: isSample(topUpStandard) });
  }
  const values = readParameters(view, month, ['standard']);
  if (!values.ok) return values;
  const { standard } = values.value;
  return ok({ amount: fraction(standard.value[residence]), sample: isSample(standard) });
}

/** The one tier that counts for a person: the highest, or the first listed. */
function topUpOf(
  member: HouseholdMember,
  { residence }: HouseholdCase,
  { topUps }: TopUpValues,
  groups: GroupRules,
  standard: Fraction,
): Due | undefined {
  if (topUps.value === 'none') return undefined;
  const found = topUps.value.tiers.flatMap((tier) => {
    const group = firstGroup(member, tier.when, groups);
    if (!group) return [];
    const amount = 'percent' in tier ? percentOf(standard, tier.percent) : fraction(tier[residence]);
    return [{ tier, group: groupName(group), amount }];
  });
  const [first] = topUps.value.overlap === 'highest' ? found.toSorted(byAmount) : found;
  if (!first || compare(first.amount, NOTHING) === 0) return undefined;
  const { person } = member;
  const about = { person, group: first.group, overlap: topUps.value.overlap };
  const explained = step(
    'percent' in first.tier ? 'top-up-percent' : 'top-up-flat',
    'percent' in first.tier
      ? { ...about, percent: first.tier.percent, standard: yuanText(standard) }
      : { ...about, residence },
    yuanText(first.amount),
    topUps.citation,
  );
  return { person, amount: first.amount, explained };
}

function byAmount(a: { readonly amount: Fraction }, b: { readonly amount: Fraction }): number {
  return compare(b.amount, a.amount);
}

function roundedTopUps(
  dues: readonly Due[],
  { topUpRounding }: TopUpValues,
  base: Pick<Base, 'exact' | 'fen'>,
): Pick<Worked<TopUps>, 'value' | 'steps'> {
  const { value: rounding, citation } = topUpRounding;
  const exact = plus(...dues.map(({ amount }) => amount));
  const inputs = { ...rounding, exact: yuanText(exact), persons: String(dues.length) };
  const exactly = dues.map(({ person, amount }) => ({ person, weight: amount }));
  const rounded = (value: Fen, weights: readonly Weight[] = exactly) => ({
    value: { fen: value, shares: value === 0 ? [] : dividedAmong(TOP_UP, value, weights) },
    steps: [step('top-up-rounded', inputs, toYuan(value), citation)],
  });
  switch (rounding.order) {
    case 'each-person': {
      const parts = dues.map(({ person, amount }) => ({ person, fen: roundedToFen(amount, rounding) }));
      const weights = parts.map((part) => ({ person: part.person, weight: ofFen(part.fen) }));
      return rounded(sumFen(parts.map((part) => part.fen)), weights);
    }
    case 'household':
      return rounded(roundedToFen(exact, rounding));
    case 'with-base': {
      const together = roundedToFen(plus(base.exact, exact), rounding);
      return rounded(fen(Math.max(0, together - base.fen)));
    }
    default:
      return unreachable(rounding.order);
  }
}
