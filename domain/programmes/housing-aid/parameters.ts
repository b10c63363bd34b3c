import * as z from 'zod/mini';
import { dateFact, optionFact, yuanFact } from '../../grants/fact-fields.ts';
import { amountText, DECIDED_AT } from '../../grants/parameter-specs.ts';
import { moneySpec, OPTION, practiceSpec } from '../../policy/practice-spec.ts';

/** 修缮加固（C级）、重建（D级）. */
export const HOUSING_WORKS = ['repair', 'rebuild'] as const;
export const HOUSING_CATEGORIES = ['dibao', 'tekun', 'marginal', 'disabled', 'other'] as const;

export const HOUSING_AID_PARAMETERS = {
  /** The first line that fits the work and the category. */
  housingRates: moneySpec(
    z
      .array(
        z.strictObject({
          work: z.enum(HOUSING_WORKS),
          categories: z.array(z.enum(HOUSING_CATEGORIES)).check(z.minLength(1)),
          amount: amountText,
        }),
      )
      .check(z.minLength(1)),
    '补助标准',
    'amounts',
    ['元/户', 'yuan per household'],
  ),
  /** `spend`: never more than the works cost; `flat`: the amount whatever they cost. */
  housingLimit: practiceSpec(
    z.enum(['spend', 'flat']),
    '是否以实际支出为限',
    'limited to what was spent',
    OPTION,
  ),
  decidedAt: DECIDED_AT,
} as const;

/** One household; the subject is its head. */
export const HousingAidFacts = z.strictObject({
  work: optionFact(HOUSING_WORKS, '改造方式：修缮加固、重建', 'repair or rebuilding'),
  category: optionFact(
    HOUSING_CATEGORIES,
    '类别：低保、特困、低保边缘、贫困残疾人家庭、其他',
    'category of the household',
  ),
  finishedOn: dateFact('竣工验收日期', 'day on which the works were accepted'),
  spend: yuanFact('实际支出（元）', 'what the works cost, in yuan'),
});
export type HousingAidFacts = z.infer<typeof HousingAidFacts>;
