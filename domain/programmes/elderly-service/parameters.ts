import * as z from 'zod/mini';
import { leapDaySpec, moneySpec, OPTION, practiceSpec, wholeBetween } from '../../policy/practice-spec.ts';
import { yuanText } from '../../written-values.ts';
import { MONTHLY_PARAMETERS } from '../monthly-parameters.ts';

/** A class or a level of the place's own, e.g. "dibao", "special-family", "2", "severe". */
const word = z
  .string()
  .check(
    z.regex(/^[a-z0-9][a-z0-9-]{0,19}$/, '小写字母、数字和连字符|lower-case letters, digits and hyphens'),
  );
const words = z.array(word).check(z.minLength(1));

/** Components of 养老服务补贴: for who is poor, and for who needs care. */
export const SERVICE_COMPONENTS = ['service', 'care'] as const;

/** One line of the table of amounts; of each component the first line that fits counts. */
const ServiceAmount = z.strictObject({
  component: z.enum(SERVICE_COMPONENTS),
  /** Classes that it is for: identity classes (tekun, dibao, marginal, none) and those of `service-class`; every class when absent. */
  classes: z.optional(words),
  /** Levels of care that it is for; absent where the level does not matter. */
  levels: z.optional(words),
  amount: yuanText,
});
export type ServiceAmount = z.infer<typeof ServiceAmount>;

/** What a jurisdiction sets for 养老服务补贴. */
export const ELDERLY_SERVICE_PARAMETERS = {
  serviceAmounts: moneySpec(
    z.array(ServiceAmount).check(z.minLength(1)),
    '补贴标准（类别、照护等级）',
    'amounts by class and level of care',
    ['元/人/月', 'yuan per person and month'],
  ),
  /** `orders`: an allowance for services, never cash; verified orders are settled to the companies. `account`: paid to the person's (service card) account. */
  delivery: practiceSpec(z.enum(['orders', 'account']), '补贴方式', 'how it is given', OPTION),
  /** The age from which it is given; a birthday counts for its month, or for the month after. */
  serviceAge: practiceSpec(wholeBetween(1, 130), '起始年龄', 'starting age', ['周岁', 'years']),
  ageStart: practiceSpec(z.enum(['birthday-month', 'next-month']), '年龄起始', 'start of the age', OPTION),
  leapDay: leapDaySpec,
  /** The class and the level of care that count for a month: as of the end of the month before, of its first day, or of its last day. */
  levelChange: practiceSpec(
    z.enum(['next-month', 'month-start', 'same-month']),
    '类别、等级变更起始',
    'change of class or level takes effect',
    OPTION,
  ),
  stopFrom: MONTHLY_PARAMETERS.stopFrom,
  resumeFrom: MONTHLY_PARAMETERS.resumeFrom,
  startMonth: MONTHLY_PARAMETERS.startMonth,
  requiresDecision: MONTHLY_PARAMETERS.requiresDecision,
  stacking: MONTHLY_PARAMETERS.stacking,
} as const;
