import * as z from 'zod/mini';
import { countFact, dateFact, optionFact, textFact } from '../../grants/fact-fields.ts';
import { amountOrNone, amountText, DECIDED_AT } from '../../grants/parameter-specs.ts';
import { moneySpec, practiceSpec, wholeBetween } from '../../policy/practice-spec.ts';

/** 新建、改扩建、租赁改造. */
export const BUILDINGS = ['new', 'extended', 'leased'] as const;

export const ELDERLY_CONSTRUCTION_PARAMETERS = {
  /** For each new bed, by how it came about; at most so much for one project. */
  constructionRates: moneySpec(
    z.strictObject({ new: amountText, extended: amountText, leased: amountText, most: amountOrNone }),
    '床位建设补贴标准',
    'amounts for a new bed',
    ['元/床', 'yuan per bed'],
  ),
  /** In how many payments (分期拨付), and how many months lie between them. */
  constructionParts: practiceSpec(
    z.strictObject({ count: wholeBetween(1, 10), everyMonths: wholeBetween(1, 24) }),
    '分期拨付',
    'payments',
    ['次、月', 'payments, months'],
  ),
  /** Fewest new beds. */
  bedsLeast: practiceSpec(wholeBetween(1, 1000), '最少新增床位', 'fewest new beds', ['张', 'beds']),
  decidedAt: DECIDED_AT,
} as const;

/** The subject is the institution, paid into its corporate account. */
export const ElderlyConstructionFacts = z.strictObject({
  project: textFact('项目编号', 'number of the project'),
  building: optionFact(BUILDINGS, '建设方式：新建、改扩建、租赁改造', 'new, extended or leased'),
  beds: countFact('新增床位数', 'new beds'),
  openedOn: dateFact('备案日期', 'day of its filing (备案)'),
});
export type ElderlyConstructionFacts = z.infer<typeof ElderlyConstructionFacts>;
