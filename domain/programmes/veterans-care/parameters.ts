import * as z from 'zod/mini';
import { leapDaySpec, moneySpec, OPTION, practiceSpec, wholeBetween } from '../../policy/practice-spec.ts';
import { yuanText as yuan } from '../../written-values.ts';
import { MONTHLY_PARAMETERS } from '../monthly-parameters.ts';

const slug = z
  .string()
  .check(z.regex(/^[a-z][a-z0-9-]{0,39}$/, '小写字母、数字和连字符|lower-case letters, digits, hyphens'));
const fromAge = z.optional(wholeBetween(1, 130));

/** One class of recipients: so much a month, or so much a month for each year of service (按服役年限). */
const Rate = z.union([
  z.strictObject({ class: slug, fromAge, amount: yuan }),
  z.strictObject({ class: slug, fromAge, perYear: yuan }),
]);
export type Rate = z.infer<typeof Rate>;

const Rates = z.array(Rate).check(
  z.minLength(1),
  z.refine(
    (rows) => new Set(rows.map((row) => row.class)).size === rows.length,
    '每个类别只列一次|each class once',
  ),
);

/**
 * 丧葬补助: so many months of what was last due, with the month of the death; the first line that fits. Where a line asks for the cause
 * of the death and none is on record, nothing is due until it is.
 */
const FuneralAid = z
  .array(
    z.strictObject({
      classes: z.optional(z.array(slug).check(z.minLength(1))),
      causes: z.optional(z.array(z.enum(['illness', 'old-injury', 'other'])).check(z.minLength(1))),
      months: wholeBetween(0, 60),
    }),
  )
  .check(z.minLength(1));
export type FuneralAid = z.infer<typeof FuneralAid>;

/** What a jurisdiction sets for 优抚定期抚恤补助 (军人抚恤优待条例，2024). */
export const VETERANS_CARE_PARAMETERS = {
  rates: moneySpec(Rates, '抚恤补助标准', 'rates', ['元/人/月', 'yuan per person and month']),
  funeralAid: moneySpec(FuneralAid, '丧葬补助', 'funeral aid', ['月', 'months']),
  /** Another class: from the month itself, or from the month after. */
  classChange: practiceSpec(
    z.enum(['same-month', 'next-month']),
    '类别变更起始',
    'change of class takes effect',
    OPTION,
  ),
  leapDay: leapDaySpec,
  /** 户籍迁出: stops like other stops, or is paid here through December (当年由迁出地发放). */
  moveOut: practiceSpec(z.enum(['as-other-stops', 'year-end']), '户籍迁出', 'move elsewhere', OPTION),
  startMonth: MONTHLY_PARAMETERS.startMonth,
  requiresDecision: MONTHLY_PARAMETERS.requiresDecision,
  stopFrom: MONTHLY_PARAMETERS.stopFrom,
  resumeFrom: MONTHLY_PARAMETERS.resumeFrom,
  stacking: MONTHLY_PARAMETERS.stacking,
} as const;
export type VeteransCareParameters = typeof VETERANS_CARE_PARAMETERS;
