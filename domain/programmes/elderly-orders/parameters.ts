import * as z from 'zod/mini';
import { dateFact, textFact, yuanFact } from '../../grants/fact-fields.ts';
import { amountText, DECIDED_AT, rateText, roundingRule } from '../../grants/parameter-specs.ts';
import { moneySpec, practiceSpec, wholeBetween } from '../../policy/practice-spec.ts';

export const ELDERLY_ORDERS_PARAMETERS = {
  /** What an order is worth: what it states, or its hours at a rate. */
  orderPricing: moneySpec(
    z.discriminatedUnion('mode', [
      z.strictObject({ mode: z.literal('stated') }),
      z.strictObject({ mode: z.literal('hourly'), rate: amountText, rounding: roundingRule }),
    ]),
    '订单计价',
    'price of an order',
    ['选项；元/小时', 'option; yuan an hour'],
  ),
  /** Allowance that was not used lapses with its month, or may be used so many months later. */
  unusedAllowance: practiceSpec(
    z.discriminatedUnion('rule', [
      z.strictObject({ rule: z.literal('lapses') }),
      z.strictObject({ rule: z.literal('carries'), months: wholeBetween(1, 36) }),
    ]),
    '未用额度',
    'allowance that was not used',
    ['选项、月', 'option, months'],
  ),
  /** An order is settled up to so many months after the month of its service. */
  orderWithinMonths: practiceSpec(wholeBetween(0, 36), '订单结算期限', 'orders are settled within', [
    '月',
    'months',
  ]),
  decidedAt: DECIDED_AT,
} as const;

/** The subject is the person served; who served is paid into its corporate account. */
export const ElderlyOrderFacts = z.strictObject({
  order: textFact('订单编号（服务单位内不重复）', 'number of the order, once for who served'),
  servedOn: dateFact('服务日期', 'day of the service'),
  service: textFact('服务项目', 'what was done'),
  hours: z.optional(rateText.check(z.meta({ description: '服务时长（小时） / hours of service' }))),
  amount: z.optional(
    yuanFact('订单金额（元，由补贴结算的部分）', 'what of the order the subsidy pays, in yuan'),
  ),
});
export type ElderlyOrderFacts = z.infer<typeof ElderlyOrderFacts>;
