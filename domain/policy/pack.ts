import * as z from 'zod/mini';
import { isMonth } from '../calendar.ts';
import { Citation } from '../citation.ts';
import { dateText } from '../written-values.ts';
import { isJurisdictionCode } from './jurisdiction.ts';

const monthText = z
  .string()
  .check(z.refine((text) => isMonth(text), '月份，写作 YYYY-MM|a month written YYYY-MM'));
const lastMonthText = z
  .string()
  .check(
    z.refine(
      (text) => isMonth(text),
      '月份，写作 YYYY-MM；仍有效的不写截止月份，也不写 9999-12|a month written YYYY-MM; while open it is left out, and never 9999-12',
    ),
  );

/**
 * What a decision does to months before it (追溯). Only what the engine does is on the list: an option that nobody
 * reads would be a promise.
 */
const Retroactivity = z.strictObject({
  /**
   * `from-in-force`: months since `inForceFrom` are recomputed, and paid ones get a difference. `none`: the value governs
   * no month before the one in which it was decided.
   */
  months: z.enum(['from-in-force', 'none']),
  /**
   * `entitled-in-month`: everyone entitled in a month gets that month's difference, whoever has left since.
   * `on-roll-in-month-of-decision`: months before the decision only for those to whom something is due in its month.
   * Read by the change of standard of programmes paid by decision, for parameters with `scopedRetroactivity`.
   */
  persons: z.enum(['entitled-in-month', 'on-roll-in-month-of-decision']),
  /** `all`, or the programme's components whose past months get a difference. Read where `persons` is. */
  components: z.union([z.literal('all'), z.array(z.string()).check(z.minLength(1))]),
});

/**
 * One dated, cited value of one parameter. It carries two dates: the months it applies to (in force), and the day it was
 * decided (so that a run knows only what had been decided by then).
 */
export const PolicyValue = z.strictObject({
  parameter: z.string().check(z.minLength(1)),
  /** Any JSON; checked against the schema of the programme's parameter. */
  value: z.json(),
  inForceFrom: monthText,
  /** Last month in force, included; absent while open. */
  inForceTo: z.optional(lastMonthText),
  decidedOn: dateText,
  citation: Citation,
  retroactivity: Retroactivity,
  /** A value for trials that no authority published. */
  sample: z.optional(z.literal(true)),
});
export type PolicyValue = z.infer<typeof PolicyValue>;

/** A policy pack (政策包): one JSON file per jurisdiction and programme, the form in which staff propose policy. */
export const PolicyPackFile = z.strictObject({
  jurisdiction: z
    .string()
    .check(
      z.refine(
        (text) => isJurisdictionCode(text),
        '六位行政区划代码（GB/T 2260）|a six-digit GB/T 2260 code',
      ),
    ),
  programme: z.string().check(z.minLength(1)),
  values: z.array(PolicyValue).check(z.minLength(1)),
});

declare const checked: unique symbol;
/** A pack whose every value has passed its parameter's schema; only `parsePolicyPack` makes one. */
export type PolicyPack = z.infer<typeof PolicyPackFile> & { readonly [checked]: true };
