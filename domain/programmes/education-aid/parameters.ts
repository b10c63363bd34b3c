import * as z from 'zod/mini';
import { countFact, optionFact } from '../../grants/fact-fields.ts';
import { amountText, DECIDED_AT } from '../../grants/parameter-specs.ts';
import { moneySpec, practiceSpec, wholeBetween } from '../../policy/practice-spec.ts';

/** 学前、义务教育、普通高中、中职、专科、本科、硕士研究生. */
export const STAGES = [
  'preschool',
  'compulsory',
  'high-school',
  'vocational',
  'college',
  'undergraduate',
  'master',
] as const;
/** 孤儿、特困、低保、低保边缘. */
export const PUPILS = ['orphan', 'tekun', 'dibao', 'marginal'] as const;

export const EDUCATION_AID_PARAMETERS = {
  /** The first line that fits the pupil and the stage. */
  educationRates: moneySpec(
    z
      .array(
        z.strictObject({
          pupils: z.array(z.enum(PUPILS)).check(z.minLength(1)),
          stages: z.array(z.enum(STAGES)).check(z.minLength(1)),
          amount: amountText,
        }),
      )
      .check(z.minLength(1)),
    '资助标准',
    'amounts',
    ['元/人·学年', 'yuan per person and school year'],
  ),
  /** In how many payments a school year is paid, and how many months lie between them. */
  educationParts: practiceSpec(
    z.strictObject({ count: wholeBetween(1, 12), everyMonths: wholeBetween(1, 12) }),
    '分次发放',
    'number of payments',
    ['次、月', 'payments, months'],
  ),
  decidedAt: DECIDED_AT,
} as const;

/** The subject is the pupil or student. */
export const EducationAidFacts = z.strictObject({
  schoolYear: countFact('学年（起始年份）', 'year in which the school year begins', 2100),
  stage: optionFact(STAGES, '就读阶段：学前、义务教育、高中、中职、专科、本科、硕士', 'stage of education'),
  pupil: optionFact(PUPILS, '对象类别：孤儿、特困、低保、低保边缘', 'category of the pupil'),
});
export type EducationAidFacts = z.infer<typeof EducationAidFacts>;
