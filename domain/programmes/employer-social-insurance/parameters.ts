import * as z from 'zod/mini';
import { countFact, monthFact, textFact, yuanFact } from '../../grants/fact-fields.ts';
import {
  amountOrNone,
  amountText,
  DECIDED_AT,
  rateText,
  roundingRule,
} from '../../grants/parameter-specs.ts';
import { moneySpec, practiceSpec, wholeBetween } from '../../policy/practice-spec.ts';

export const EMPLOYER_SOCIAL_INSURANCE_PARAMETERS = {
  /** A share of what the employer paid, at most so much per person and month; or a flat amount per person and month. */
  insuranceShare: moneySpec(
    z.discriminatedUnion('mode', [
      z.strictObject({ mode: z.literal('share'), percent: rateText, capPerPersonMonth: amountOrNone }),
      z.strictObject({ mode: z.literal('flat'), perPersonMonth: amountText }),
    ]),
    '补贴比例或定额',
    'share or flat amount',
    ['百分比；元/人·月', 'percent; yuan per person and month'],
  ),
  /** 集中使用残疾人用人单位: so many disabled employees, and so large a part of the staff. */
  employerTest: practiceSpec(
    z.strictObject({ leastEmployees: wholeBetween(1, 1000), leastPercent: rateText }),
    '企业条件（残疾职工人数、比例）',
    'what an employer must have',
    ['人、百分比', 'persons, percent'],
  ),
  insuranceRounding: practiceSpec(roundingRule, '取整', 'rounding', ['规则', 'rule']),
  decidedAt: DECIDED_AT,
} as const;

/** The subject is the employer, paid into its corporate account. Amounts in yuan. */
export const EmployerSocialInsuranceFacts = z.strictObject({
  from: monthFact('补贴期起月', 'first month'),
  to: monthFact('补贴期止月', 'last month'),
  employees: countFact('残疾职工人数', 'disabled employees'),
  personMonths: countFact('参保人月数（各人参保月数之和）', 'months insured, of all of them', 1_000_000),
  staff: countFact('在职职工总数', 'all employees', 1_000_000),
  contributions: yuanFact('单位实缴社会保险费（残疾职工）', 'contributions that the employer paid for them'),
  payrollCount: countFact('工资、社保清册人数', 'persons on the payroll and insurance list'),
  proof: textFact('清册编号', 'number of that list'),
});
export type EmployerSocialInsuranceFacts = z.infer<typeof EmployerSocialInsuranceFacts>;
