import {
  compare,
  dividedBy,
  type Fraction,
  fraction,
  minus,
  NOTHING,
  notBelowZero,
  ofFen,
  plus,
  roundedToFen,
  times,
  yuanText,
} from '../../fraction.ts';
import type { HouseholdMember } from '../../household/household-case.ts';
import { type Fen, sumFen, toYuan } from '../../money.ts';
import type { DeterminationShare } from '../../register/determination.ts';
import { unreachable } from '../../result.ts';
import { dividedAmong, type Weight } from '../decided-shares.ts';
import type { Step } from '../programme.ts';
import { firstGroup, groupName } from './person-groups.ts';
import { BASE } from './proposal.ts';
import { coveredOf, isSample, type Ruled, step, type Worked } from './rules.ts';

/** The base before and after rounding, in yuan and fen, and whose part of it each is (本人份额). */
export type Base = {
  readonly exact: Fraction;
  readonly fen: Fen;
  readonly shares: readonly DeterminationShare[];
};

/** One covered member's part of the base before rounding, and whether it is the standard itself. */
type Share = { readonly member: HouseholdMember; readonly full: boolean };

/**
 * The base of an eligible household: the difference between standard and income for its covered members, the standard for
 * those who get it in full, rounded once per household or once per member as policy says.
 */
export function baseOf(income: Fraction, rules: Ruled): Worked<Base> {
  const { shares, steps: fullSteps } = fullStandardShares(rules);
  const difference = differenceOf(income, shares, rules);
  const { base } = rules.values;
  const { level, rule, unit } = base.value;
  const full = shares.filter((share) => share.full);
  const exact = plus(difference.total, times(rules.standard, full.length));
  const inputs = {
    standard: yuanText(rules.standard),
    income: yuanText(income),
    persons: String(rules.counted.length),
    covered: String(shares.length),
    full: String(full.length),
  };
  const explained = step(difference.code, inputs, yuanText(exact), base.citation);
  const rounding = { level, rule, unit };
  if (level === 'household') {
    const amount = roundedToFen(exact, base.value);
    const rounded = step(
      'base-rounded',
      { exact: yuanText(exact), ...rounding },
      toYuan(amount),
      base.citation,
    );
    const weights = shares.map(({ member, full: whole }) => ({
      person: member.person,
      weight: whole ? rules.standard : difference.perMember,
    }));
    return settled(exact, amount, weights, [...fullSteps, explained, rounded], rules);
  }
  const parts = shares.map(({ member, full: whole }) => {
    const share = whole ? rules.standard : difference.perMember;
    const amount = roundedToFen(share, base.value);
    const about = { person: member.person, exact: yuanText(share), ...rounding };
    const weight = { person: member.person, weight: ofFen(amount) };
    return { amount, weight, explained: step('share-rounded', about, toYuan(amount), base.citation) };
  });
  const steps = [...fullSteps, explained, ...parts.map((part) => part.explained)];
  const amount = sumFen(parts.map((part) => part.amount));
  return settled(
    exact,
    amount,
    parts.map(({ weight }) => weight),
    steps,
    rules,
  );
}

/** Applies the minimum payment to a base that is not nothing before rounding. */
function settled(
  exact: Fraction,
  amount: Fen,
  weights: readonly Weight[],
  steps: readonly Step[],
  rules: Ruled,
): Worked<Base> {
  const { minimumPayment } = rules.values;
  const { value: minimum, citation } = minimumPayment;
  const sharesOf = (total: Fen) => (total === 0 ? [] : dividedAmong(BASE, total, weights));
  const unchanged = { value: { exact, fen: amount, shares: sharesOf(amount) }, steps, sample: false };
  if (minimum === 'none' || compare(exact, NOTHING) === 0) return unchanged;
  const atLeast = fraction(minimum.atLeast);
  const least = roundedToFen(atLeast, { rule: 'up', unit: 'fen' });
  if (amount >= least) return unchanged;
  const explained = step('minimum-payment', { base: toYuan(amount) }, toYuan(least), citation);
  return {
    value: { exact: atLeast, fen: least, shares: sharesOf(least) },
    steps: [...steps, explained],
    sample: isSample(minimumPayment),
  };
}

/** Which covered members get the full standard, one step for each who does. */
function fullStandardShares({ counted, groups, standard, values }: Ruled): {
  shares: readonly Share[];
  steps: readonly Step[];
} {
  const { fullStandard, fullStandardIncome } = values;
  const { value: rule, citation } = fullStandard;
  const covered = coveredOf(counted);
  if (rule === 'none') return { shares: covered.map((member) => ({ member, full: false })), steps: [] };
  const steps: Step[] = [];
  const shares = covered.map((member) => {
    const group = firstGroup(member, rule, groups);
    if (!group) return { member, full: false };
    const inputs = { person: member.person, group: groupName(group), split: fullStandardIncome.value.split };
    steps.push(step('full-standard', inputs, yuanText(standard), citation));
    return { member, full: true };
  });
  return { shares, steps };
}

type Difference = {
  readonly code: 'base-per-capita' | 'base-household-total';
  /** For all members who get a difference, and for one of them. */
  readonly total: Fraction;
  readonly perMember: Fraction;
};

/** The difference for those who get no full standard; divided last, so that nothing is lost before rounding. */
function differenceOf(income: Fraction, shares: readonly Share[], rules: Ruled): Difference {
  const { base, fullStandardIncome } = rules.values;
  const full = shares.filter((share) => share.full).length;
  const rest = shares.length - full;
  const carried = fullStandardIncome.value.split === 'carried-by-others';
  const code = base.value.formula === 'household-total' ? 'base-household-total' : 'base-per-capita';
  if (rest === 0) return { code, total: NOTHING, perMember: NOTHING };
  const { standard } = rules;
  switch (base.value.formula) {
    case 'per-capita-difference': {
      const perMember = notBelowZero(
        minus(standard, dividedBy(income, rules.counted.length - (carried ? full : 0))),
      );
      return { code, total: times(perMember, rest), perMember };
    }
    case 'household-total': {
      const borne = carried ? income : dividedBy(times(income, rest), shares.length);
      const total = notBelowZero(minus(times(standard, rest), borne));
      return { code, total, perMember: dividedBy(total, rest) };
    }
    default:
      return unreachable(base.value);
  }
}

/** True when the per-capita monthly income is below the standard (低于标准). */
export function isBelow(perCapita: Fraction, standard: Fraction): boolean {
  return compare(perCapita, standard) < 0;
}
