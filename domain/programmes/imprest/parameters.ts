import * as z from 'zod/mini';
import type { ParameterSpec } from '../../policy/parameter.ts';
import { yuanText as yuan } from '../../written-values.ts';

const ImprestFloor = z.union([z.literal('none'), z.strictObject({ amount: yuan })]);
export type ImprestFloor = z.infer<typeof ImprestFloor>;

const ImprestLimits = z.strictObject({
  /** Most that is handed over at once. */
  perDraw: yuan,
  /** Most that one person gets from a fund in a calendar year; absent: no limit beside those of the aid itself. */
  perPersonYear: z.optional(yuan),
});
export type ImprestLimits = z.infer<typeof ImprestLimits>;

/** What a jurisdiction sets for 临时救助备用金. */
export const IMPREST_PARAMETERS = {
  /** 年度最低规模: what a fund is brought up to when it is replenished. */
  imprestFloor: {
    schema: ImprestFloor,
    label: { zh: '备用金年度最低规模', en: 'least size of an imprest fund in the year' },
    unit: { zh: '元/备用金', en: 'yuan per fund' },
    bearsAmount: true,
  } as ParameterSpec<ImprestFloor>,
  imprestLimits: {
    schema: ImprestLimits,
    label: { zh: '备用金支取限额', en: 'limits of draws' },
    unit: { zh: '元', en: 'yuan' },
    bearsAmount: true,
  } as ParameterSpec<ImprestLimits>,
} as const;
