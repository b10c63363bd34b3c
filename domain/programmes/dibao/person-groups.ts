import * as z from 'zod/mini';
import { addMonths, birthday, type LeapDayRule, type Month, monthOf } from '../../calendar.ts';
import {
  DISABILITY_KINDS,
  type DisabilityKind,
  type HouseholdMember,
  SPECIAL_GROUPS,
  STUDENT_LEVELS,
} from '../../household/household-case.ts';
import { unreachable } from '../../result.ts';

const age = z.int().check(z.minimum(0), z.maximum(130));
const worstGrade = z.int().check(z.minimum(0), z.maximum(4));

/** Per kind of disability the highest grade number that still counts: 2 for grades 1 and 2, 0 for none. */
export const Disabilities = z.strictObject({
  visual: worstGrade,
  hearing: worstGrade,
  speech: worstGrade,
  limb: worstGrade,
  intellectual: worstGrade,
  mental: worstGrade,
  multiple: worstGrade,
} satisfies Record<DisabilityKind, typeof worstGrade>);
export type Disabilities = z.infer<typeof Disabilities>;

/** A group of persons that policy names (人员类别). */
export const PersonGroup = z.union([
  z.strictObject({
    group: z.enum(['serious-illness', 'severe-disability', 'pension-age', 'reduced-work-capacity']),
  }),
  z.strictObject({
    group: z.literal('disability'),
    kinds: z.array(z.enum(DISABILITY_KINDS)).check(z.minLength(1)),
    grades: z.array(z.int().check(z.minimum(1), z.maximum(4))).check(z.minLength(1)),
  }),
  /** At least so old: 年满60周岁 is 60. */
  z.strictObject({ group: z.literal('elderly'), fromAge: age }),
  /** At most so old: 16周岁以下（含） is 16 and ends with the 17th birthday, 未满18周岁 is 17. */
  z.strictObject({ group: z.literal('minor'), throughAge: age }),
  z.strictObject({
    group: z.literal('student'),
    levels: z.array(z.enum(STUDENT_LEVELS)).check(z.minLength(1)),
  }),
  z.strictObject({ group: z.literal('special'), special: z.enum(SPECIAL_GROUPS) }),
]);
export type PersonGroup = z.infer<typeof PersonGroup>;

/** What deciding on a person's groups in a month needs to know of policy. */
export type GroupRules = {
  readonly month: Month;
  readonly severe: Disabilities;
  readonly ageChange: 'birthday-month' | 'next-month';
  readonly leapDay: LeapDayRule;
};

/** True when the person counts as at least `years` old in the month. */
export function hasAge(member: HouseholdMember, years: number, rules: GroupRules): boolean {
  const turns = monthOf(birthday(member.birthDate, years, rules.leapDay));
  return (rules.ageChange === 'next-month' ? addMonths(turns, 1) : turns) <= rules.month;
}

function disabled(member: HouseholdMember, counted: Disabilities): boolean {
  const { disability } = member;
  return disability !== undefined && disability.grade <= counted[disability.kind];
}

/** 重病或重度残疾: the ground of income deductions. */
export function isSevere(member: HouseholdMember, rules: GroupRules): boolean {
  return member.seriousIllness || disabled(member, rules.severe);
}

function belongsTo(member: HouseholdMember, group: PersonGroup, rules: GroupRules): boolean {
  switch (group.group) {
    case 'serious-illness':
      return member.seriousIllness;
    case 'severe-disability':
      return disabled(member, rules.severe);
    case 'pension-age':
      return member.pensionAge;
    case 'reduced-work-capacity':
      return member.reducedWorkCapacity;
    case 'disability': {
      const { disability } = member;
      return (
        disability !== undefined &&
        group.kinds.includes(disability.kind) &&
        group.grades.includes(disability.grade)
      );
    }
    case 'elderly':
      return hasAge(member, group.fromAge, rules);
    case 'minor':
      return !hasAge(member, group.throughAge + 1, rules);
    case 'student':
      return member.student !== undefined && group.levels.includes(member.student);
    case 'special':
      return member.specialGroups.includes(group.special);
    default:
      return unreachable(group);
  }
}

/** The first of the groups that the person belongs to; the order of the list is policy's. */
export function firstGroup(
  member: HouseholdMember,
  groups: readonly PersonGroup[],
  rules: GroupRules,
): PersonGroup | undefined {
  return groups.find((group) => belongsTo(member, group, rules));
}

/** The group's name in steps, a word of the programme. */
export function groupName(group: PersonGroup): string {
  return group.group === 'special' ? group.special : group.group;
}
