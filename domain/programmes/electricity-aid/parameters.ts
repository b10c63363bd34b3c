import * as z from 'zod/mini';
import { monthFact, optionFact } from '../../grants/fact-fields.ts';
import { amountText, DECIDED_AT, rateText, roundingRule } from '../../grants/parameter-specs.ts';
import { moneySpec, practiceSpec, wholeBetween } from '../../policy/practice-spec.ts';

/** 低保户、特困供养户、低保边缘户. */
export const ELECTRICITY_CATEGORIES = ['dibao', 'tekun', 'marginal'] as const;

export const ELECTRICITY_AID_PARAMETERS = {
  /** Free kilowatt-hours a month at a price, or a flat amount a month, by category of household. */
  electricityAid: moneySpec(
    z.discriminatedUnion('mode', [
      z.strictObject({
        mode: z.literal('free-units'),
        units: z.partialRecord(z.enum(ELECTRICITY_CATEGORIES), wholeBetween(1, 1000)),
        price: rateText,
      }),
      z.strictObject({
        mode: z.literal('flat'),
        monthly: z.partialRecord(z.enum(ELECTRICITY_CATEGORIES), amountText),
      }),
    ]),
    '免费电量或定额',
    'free units or flat amount',
    ['度、元/度；元/月', 'kWh, yuan per kWh; yuan a month'],
  ),
  electricityRounding: practiceSpec(roundingRule, '取整', 'rounding', ['规则', 'rule']),
  decidedAt: DECIDED_AT,
} as const;

/** One household; the subject is its head. */
export const ElectricityAidFacts = z.strictObject({
  from: monthFact('补助期起月', 'first month'),
  to: monthFact('补助期止月', 'last month'),
  category: optionFact(ELECTRICITY_CATEGORIES, '类别：低保、特困、低保边缘', 'category of the household'),
});
export type ElectricityAidFacts = z.infer<typeof ElectricityAidFacts>;
