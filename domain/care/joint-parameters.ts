import * as z from 'zod/mini';
import { DISABILITY_KINDS, STUDENT_LEVELS } from '../household/household-case.ts';
import { leapDaySpec, OPTION, practiceSpec } from '../policy/practice-spec.ts';

/** Who is provided for (救助供养对象): by age, by disability, and minors, who stay while they are at school. */
export const CareGroups = z.strictObject({
  fromAge: z.int().check(z.minimum(1), z.maximum(130)),
  /** 未满18周岁 is 18: through the month before the one in which that age counts. */
  minorBelow: z.int().check(z.minimum(1), z.maximum(30)),
  /** Of that age already, and still at school: 义务教育、高中、中等职业教育. */
  studyLevels: z.array(z.enum(STUDENT_LEVELS)),
  disabilities: z.array(
    z.strictObject({
      grades: z.array(z.int().check(z.minimum(1), z.maximum(4))).check(z.minLength(1)),
      kinds: z.array(z.enum(DISABILITY_KINDS)).check(z.minLength(1)),
    }),
  ),
});
export type CareGroups = z.infer<typeof CareGroups>;

/** What both programmes of one decision share: set once, with the basic living standard. */
export const JOINT_PARAMETERS = {
  groups: practiceSpec(CareGroups, '救助供养对象范围', 'who is provided for', ['规则', 'rules']),
  ageChange: practiceSpec(
    z.enum(['birthday-month', 'next-month']),
    '年龄变化起始',
    'change of age takes effect',
    OPTION,
  ),
  leapDay: leapDaySpec,
  startMonth: practiceSpec(
    z.enum(['application-month', 'decision-month', 'next-month']),
    '起发月份',
    'first month due',
    OPTION,
  ),
  changeMonth: practiceSpec(
    z.enum(['decision-month', 'next-month']),
    '调整起始',
    'change takes effect',
    OPTION,
  ),
  /** After death: through the month in which the funeral was done, or of the death itself. */
  deathEnd: practiceSpec(z.enum(['after-funeral', 'next-month']), '死亡后终止', 'end after a death', OPTION),
  /** In custody, missing, or moved away: nothing from the month itself on, or from the next one. */
  stopFrom: practiceSpec(z.enum(['same-month', 'next-month']), '停发起始', 'stop takes effect', OPTION),
} as const;
