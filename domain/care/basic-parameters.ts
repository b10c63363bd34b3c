import * as z from 'zod/mini';
import type { ParameterSpec } from '../policy/parameter.ts';
import { moneySpec, wholeBetween } from '../policy/practice-spec.ts';
import { ROUNDING_RULES, ROUNDING_UNITS } from '../rounding.ts';
import { rateText, yuanText as yuan } from '../written-values.ts';

const standardOf = z.union([
  yuan,
  z
    .strictObject({ institution: z.optional(yuan), family: z.optional(yuan) })
    .check(
      z.refine(
        ({ institution, family }) => institution !== undefined || family !== undefined,
        '集中、分散至少填一项|at least one of institution and family',
      ),
    ),
]);
const Standard = z.strictObject({ urban: standardOf, rural: standardOf });
export type Standard = z.infer<typeof Standard>;

const PocketMoney = z.union([
  z.literal('none'),
  z.strictObject({
    /** Of the basic living standard; at least 20 in Guangzhou. */
    percent: rateText,
    rule: z.enum(ROUNDING_RULES),
    unit: z.enum(ROUNDING_UNITS),
    /** `handed-on`: a component of what the institution gets. `person`: paid to the person by an enrolment of its own. */
    paidBy: z.enum(['handed-on', 'person']),
  }),
]);
export type PocketMoney = z.infer<typeof PocketMoney>;

const Funeral = z.union([z.literal('none'), z.strictObject({ months: wholeBetween(1, 36) })]);

const standard = <T>(spec: ParameterSpec<T>): ParameterSpec<T> => ({ ...spec, scopedRetroactivity: true });

/** 基本生活: the standard is what was published and never derived from 低保. */
export const BASIC_PARAMETERS = {
  standard: standard(
    moneySpec(Standard, '特困人员基本生活标准', 'basic living standard', [
      '元/人·月',
      'yuan per person and month',
    ]),
  ),
  pocketMoney: moneySpec(PocketMoney, '集中供养零用钱', 'pocket money in institutions', ['%', '%']),
  /** 丧葬费: so many months of the standard, once the funeral is done. */
  funeral: moneySpec(Funeral, '丧葬费', 'funeral money', ['月', 'months of the standard']),
} as const;
