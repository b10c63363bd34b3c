import * as z from 'zod/mini';
import { amountOrNone, roundingRule } from '../../grants/parameter-specs.ts';
import { moneySpec, OPTION, practiceSpec, wholeBetween } from '../../policy/practice-spec.ts';
import { dateText, rateText, yuanText } from '../../written-values.ts';
import { MONTHLY_PARAMETERS } from '../monthly-parameters.ts';

/** A change against the same month of the year before, in percent; below zero where prices fell. */
const change = z
  .string()
  .check(
    z.regex(
      /^-?(?:0|[1-9]\d{0,2})(?:\.\d{1,4})?$/,
      '百分数，如 "3.5"、"-0.2"|a percentage such as "3.5" or "-0.2"',
    ),
  );

/** Whose roll counts: that of a programme, of the person himself or of his household; or an identity class. */
const Roll = z.union([
  z.strictObject({
    programme: z.string().check(z.regex(/^[a-z][a-z0-9-]{0,39}$/)),
    of: z.enum(['person', 'household']),
  }),
  z.strictObject({ class: z.enum(['tekun', 'dibao', 'marginal']) }),
]);
export type Roll = z.infer<typeof Roll>;

/** What a jurisdiction sets for 困难群众价格临时补贴. */
export const PRICE_SUBSIDY_PARAMETERS = {
  /** The published indices of one month, and the day of their publication; a month without them is refused. */
  indices: moneySpec(
    z.strictObject({
      /** Consumer prices (CPI), their food part, and the local index for low incomes (SCPI). */
      cpi: change,
      food: change,
      scpi: change,
      publishedOn: dateText,
    }),
    '价格指数（同比涨幅）',
    'price indices against the year before',
    ['%', '%'],
  ),
  /** From which changes on a month is subsidised: either of them, or both. */
  priceTrigger: moneySpec(
    z.strictObject({ cpi: rateText, food: rateText, combine: z.enum(['either', 'both']) }),
    '启动条件',
    'what sets it off',
    ['%', '%'],
  ),
  /** The local standard that the change of the SCPI is taken of. */
  priceStandard: moneySpec(yuanText, '当地保障标准', 'local standard', [
    '元/人/月',
    'yuan per person and month',
  ]),
  priceRounding: moneySpec(roundingRule, '取整', 'rounding', ['规则', 'rule']),
  /** The least that is paid for a month in which it is due. */
  priceLeast: moneySpec(amountOrNone, '每月最低补贴', 'least for a month', ['元', 'yuan']),
  /** Whose rolls count; a person on several is paid once, on the first. */
  rolls: moneySpec(z.array(Roll).check(z.minLength(1)), '补贴对象名册', 'rolls that count', OPTION),
  /** Working days from the publication within which it is paid. */
  payWithinDays: practiceSpec(wholeBetween(1, 60), '发放时限', 'paid within', ['工作日', 'working days']),
  stopFrom: MONTHLY_PARAMETERS.stopFrom,
  resumeFrom: MONTHLY_PARAMETERS.resumeFrom,
} as const;
