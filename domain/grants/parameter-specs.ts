import * as z from 'zod/mini';
import { parseYuan } from '../money.ts';
import { OPTION, practiceSpec } from '../policy/practice-spec.ts';
import { ROUNDING_UNITS } from '../rounding.ts';

/** An amount that a place sets, in yuan, above zero. */
export const amountText = z.string().check(
  z.refine((text) => {
    const amount = parseYuan(text);
    return amount.ok && amount.value > 0;
  }, '大于零的金额（元），例如 "1000.00"|an amount in yuan above zero such as "1000.00"'),
);
/** A price or a percentage as a plain decimal string, e.g. "0.4883", "50". */
export const rateText = z
  .string()
  .check(
    z.regex(/^(?:0|[1-9]\d{0,3})(?:\.\d{1,6})?$/, '不带符号的小数，例如 "50"|a plain decimal such as "50"'),
  );
export const amountOrNone = z.union([z.literal('none'), amountText]);
/** `exact` is not on offer: what does not come out whole would then stop a grant instead of being rounded. */
export const roundingRule = z.strictObject({
  rule: z.enum(['half-up', 'half-even', 'up', 'down']),
  unit: z.enum(ROUNDING_UNITS),
});

/** Who decides on a grant of the programme that is applied for one by one. */
export const DECIDED_AT = practiceSpec(z.enum(['township', 'district']), '审批层级', 'who decides', OPTION);
