import type { Month } from '../../calendar.ts';
import type { Citation } from '../../citation.ts';
import { type Fraction, fraction } from '../../fraction.ts';
import type { HouseholdCase, HouseholdMember } from '../../household/household-case.ts';
import type { Step } from '../programme.ts';
import type { DibaoStepCode } from './labels.ts';
import type { GroupRules } from './person-groups.ts';
import type { Values } from './read-parameter.ts';

/** What every proposal for a household needs; for 单人保 a part of it. */
export const GROUP_PARAMETERS = ['severeDisability', 'ageChange', 'leapDay'] as const;
export const HOUSEHOLD_PARAMETERS = [
  ...GROUP_PARAMETERS,
  'standard',
  'base',
  'fullStandard',
  'fullStandardIncome',
  'incomeNotCounted',
  'incomeDeduction',
  'jobReward',
  'parentSupport',
  'childSupport',
  'deductibleSpending',
  'rigidExpenditure',
  'minimumPayment',
] as const;

export type HouseholdValues = Values<(typeof HOUSEHOLD_PARAMETERS)[number]>;

/** A household with the rules that govern one month of it. */
export type Ruled = {
  readonly month: Month;
  readonly household: HouseholdCase;
  /** Members who count, in order of their keys, so that the order of the list decides nothing. */
  readonly counted: readonly HouseholdMember[];
  readonly values: HouseholdValues;
  readonly groups: GroupRules;
  /** Yuan per person and month. */
  readonly standard: Fraction;
};

/** Something worked out: the value, the steps that say how, and whether it rests on a sample amount. */
export type Worked<T> = { readonly value: T; readonly steps: readonly Step[]; readonly sample: boolean };

export function groupRules(month: Month, values: Values<(typeof GROUP_PARAMETERS)[number]>): GroupRules {
  const { severeDisability, ageChange, leapDay } = values;
  return { month, severe: severeDisability.value, ageChange: ageChange.value, leapDay: leapDay.value };
}

export function ruled(household: HouseholdCase, month: Month, values: HouseholdValues): Ruled {
  return {
    month,
    household,
    counted: countedMembers(household),
    values,
    groups: groupRules(month, values),
    standard: fraction(values.standard.value[household.residence]),
  };
}

/** Members who are not excluded (服刑、失踪…), in order of their keys. */
export function countedMembers(household: HouseholdCase): HouseholdMember[] {
  return household.members
    .filter(({ exclusion }) => exclusion === undefined)
    .toSorted((a, b) => (a.person < b.person ? -1 : 1));
}

export function coveredOf(members: readonly HouseholdMember[]): HouseholdMember[] {
  return members.filter(({ covered }) => covered);
}

export function step(
  code: DibaoStepCode,
  inputs: Readonly<Record<string, string>>,
  result: string,
  citation: Citation,
): Step {
  return { code, inputs, result, citation };
}

/** True when the row is a sample amount. */
export function isSample(row: { readonly sample?: boolean | undefined }): boolean {
  return row.sample === true;
}
