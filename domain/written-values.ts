import * as z from 'zod/mini';
import { isPlainDate } from './calendar.ts';
import { parseYuan } from './money.ts';

/** Values as they are written in policy packs and applications: exact text, never a number with a fraction. */

/** Yuan as a decimal string with at most two decimals, never negative, e.g. "1894.00". */
export const yuanText = z.string().check(
  z.refine((text) => {
    const amount = parseYuan(text);
    return amount.ok && amount.value >= 0;
  }, '以元为单位的金额，例如 "100.00"|an amount in yuan such as "100.00"'),
);

/** A percentage or a multiple as a plain decimal string, e.g. "35", "1.5". */
export const rateText = z
  .string()
  .check(
    z.regex(/^(?:0|[1-9]\d{0,3})(?:\.\d{1,4})?$/, '不带符号的小数，例如 "35"|a plain decimal such as "35"'),
  );

export const dateText = z
  .string()
  .check(
    z.refine((text) => isPlainDate(text), '存在的日期，写作 YYYY-MM-DD|an existing date written YYYY-MM-DD'),
  );
