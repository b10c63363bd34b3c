import {
  compare,
  type Fraction,
  fraction,
  minus,
  notBelowZero,
  percentOf,
  plainText,
  plus,
  yuanText,
} from '../../fraction.ts';
import type { HouseholdMember, Relation } from '../../household/household-case.ts';
import type { DeductionReason } from './parameters.ts';
import { firstGroup, hasAge, isSevere } from './person-groups.ts';
import { isSample, type Ruled, step, type Worked } from './rules.ts';

/** A ground that applies, with its percentage of the standard. */
type Ground = { readonly reason: string; readonly percent: Fraction };

/**
 * 收入核减: the household's monthly income before it is divided per head, less a percentage of the standard; of several
 * grounds only the higher, once per household, never below zero.
 */
export function afterDeduction(income: Fraction, rules: Ruled): Worked<Fraction> {
  const { incomeDeduction } = rules.values;
  const { value: reasons, citation } = incomeDeduction;
  const grounds = reasons === 'none' ? [] : reasons.flatMap((reason) => groundsOf(reason, rules));
  const [highest] = grounds.toSorted((a, b) => compare(b.percent, a.percent));
  if (!highest) return { value: income, steps: [], sample: false };
  const value = notBelowZero(minus(income, percentOf(rules.standard, highest.percent)));
  const inputs = { income: yuanText(income), reason: highest.reason, percent: plainText(highest.percent) };
  return {
    value,
    steps: [step('income-deduction', inputs, yuanText(value), citation)],
    sample: isSample(incomeDeduction),
  };
}

function groundsOf(rule: DeductionReason, rules: Ruled): Ground[] {
  const percent = fraction(rule.percent);
  if (rule.reason === 'lone-parent') {
    return isLoneParentHousehold(rule.children, rules) ? [{ reason: rule.reason, percent }] : [];
  }
  const { elderlySupporter } = rule;
  return severeMembers(rules).map((member) => {
    if (!elderlySupporter) return { reason: rule.reason, percent };
    const supporters = supportersOf(member, rules);
    const isOld = (supporter: HouseholdMember) => hasAge(supporter, elderlySupporter.fromAge, rules.groups);
    const old =
      elderlySupporter.who === 'any'
        ? supporters.some(isOld)
        : supporters.length > 0 && supporters.every(isOld);
    return old
      ? {
          reason: 'severe-member-with-elderly-supporter',
          percent: plus(percent, fraction(elderlySupporter.percent)),
        }
      : { reason: rule.reason, percent };
  });
}

/** Members who are seriously ill or severely disabled, without those whom policy already pays the full standard. */
function severeMembers({ counted, groups, values }: Ruled): HouseholdMember[] {
  const { value: full } = values.fullStandard;
  const { incomeDeduction } = values.fullStandardIncome.value;
  const severe = counted.filter((member) => isSevere(member, groups));
  if (full === 'none' || incomeDeduction === 'also') return severe;
  return severe.filter((member) => !member.covered || !firstGroup(member, full, groups));
}

/**
 * A head without a spouse and with a child of the named groups; or any such child where the household has somebody whom the
 * register calls a lone parent, because relations to the head do not show it.
 */
function isLoneParentHousehold(
  children: Extract<DeductionReason, { reason: 'lone-parent' }>['children'],
  { counted, groups, household }: Ruled,
): boolean {
  const recorded = counted.some(({ specialGroups }) => specialGroups.includes('lone-parent'));
  const alone = !household.members.some(({ relation }) => relation === 'spouse');
  const relations: readonly Relation[] = recorded ? ['child', 'grandchild'] : ['child'];
  const hasChild = counted.some(
    (member) => relations.includes(member.relation) && firstGroup(member, children, groups),
  );
  return hasChild && (recorded || alone);
}

/** Who must support whom (法定赡养、抚养、扶养): spouses, parents and children, told from their relations to the head. */
const BOUND: readonly (readonly [Relation, Relation])[] = [
  ['head', 'spouse'],
  ['head', 'child'],
  ['head', 'parent'],
  ['spouse', 'child'],
  ['spouse', 'parent-in-law'],
  ['child', 'child-in-law'],
  ['child', 'grandchild'],
  ['child-in-law', 'grandchild'],
  ['parent', 'parent'],
  ['parent-in-law', 'parent-in-law'],
  ['parent', 'grandparent'],
  ['parent', 'sibling'],
];
const ADULT = 18;

function supportersOf(member: HouseholdMember, { counted, groups }: Ruled): HouseholdMember[] {
  return counted.filter(
    (other) =>
      other.person !== member.person &&
      hasAge(other, ADULT, groups) &&
      BOUND.some(
        ([a, b]) =>
          (a === member.relation && b === other.relation) || (b === member.relation && a === other.relation),
      ),
  );
}
