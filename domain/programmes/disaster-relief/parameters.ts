import * as z from 'zod/mini';
import { countFact, dateFact, optionFact, textFact } from '../../grants/fact-fields.ts';
import { amountText, DECIDED_AT } from '../../grants/parameter-specs.ts';
import { moneySpec, practiceSpec, wholeBetween } from '../../policy/practice-spec.ts';

/**
 * 遇难人员家属抚慰 (each who died)、紧急转移安置 (each person)、过渡期生活救助 (each person and day)、房屋倒塌和严重损坏、房屋一般损坏 (each
 * household)、旱灾和冬春临时生活困难救助 (each person).
 */
export const RELIEF_KINDS = [
  'bereaved',
  'evacuated',
  'transition',
  'house-collapsed',
  'house-damaged',
  'drought',
  'winter-spring',
] as const;
export type ReliefKind = (typeof RELIEF_KINDS)[number];
/** 倒塌、严重损坏、一般损坏: the first two are paid alike where one rate is printed for both. */
export const HOUSE_DAMAGE = ['collapsed', 'severe', 'damaged'] as const;

export const DISASTER_RELIEF_PARAMETERS = {
  reliefRates: moneySpec(
    z.partialRecord(z.enum(RELIEF_KINDS), amountText),
    '各项救助标准',
    'rates of relief',
    ['元/人、户、人·天', 'yuan per person, household, or person and day'],
  ),
  transitionDaysMax: practiceSpec(wholeBetween(1, 366), '过渡期救助最长天数', 'most days of transition', [
    '天',
    'days',
  ]),
  decidedAt: DECIDED_AT,
} as const;

/** One affected household; the subject is its head, who is paid. */
export const DisasterReliefFacts = z.strictObject({
  disaster: textFact('灾害名称', 'the disaster'),
  occurredOn: dateFact('受灾日期', 'day on which it struck'),
  bereaved: z.optional(countFact('因灾遇难人数', 'persons who died', 50)),
  evacuated: z.optional(countFact('紧急转移安置人数', 'persons evacuated', 50)),
  transition: z.optional(countFact('过渡期救助人数', 'persons in transition', 50)),
  transitionDays: z.optional(countFact('过渡期救助天数', 'days of transition', 366)),
  house: z.optional(optionFact(HOUSE_DAMAGE, '房屋损毁：倒塌、严重损坏、一般损坏', 'damage to the house')),
  drought: z.optional(countFact('旱灾救助人数', 'persons aided in drought', 50)),
  winterSpring: z.optional(countFact('冬春救助人数', 'persons aided in winter and spring', 50)),
});
export type DisasterReliefFacts = z.infer<typeof DisasterReliefFacts>;
