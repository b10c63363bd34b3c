import * as z from 'zod/mini';
import { dateFact, textFact } from '../../grants/fact-fields.ts';
import { amountText, DECIDED_AT, roundingRule } from '../../grants/parameter-specs.ts';
import { moneySpec, OPTION, practiceSpec, wholeBetween } from '../../policy/practice-spec.ts';

const level = z
  .string()
  .check(
    z.regex(/^[a-z0-9][a-z0-9-]{0,19}$/, '小写字母、数字和连字符|lower-case letters, digits and hyphens'),
  );
/** 0: no grade yet. */
const stars = wholeBetween(0, 5);

export const ELDERLY_INSTITUTION_PARAMETERS = {
  /** The first line that fits the resident's level and the institution's grade; of every grade where it names none. */
  bedRates: moneySpec(
    z
      .array(
        z.strictObject({
          levels: z.array(level).check(z.minLength(1)),
          stars: z.optional(z.array(stars).check(z.minLength(1))),
          amount: amountText,
        }),
      )
      .check(z.minLength(1)),
    '床位运营补贴标准',
    'amounts for an occupied bed',
    ['元/床·月', 'yuan per bed and month'],
  ),
  /** Grades (星级评定) of institutions by their credit code; one that is not named gets nothing. */
  institutionStars: moneySpec(
    z.record(z.string().check(z.regex(/^[0-9A-Z]{18}$/)), stars),
    '养老机构星级',
    'grades of institutions',
    ['星', 'stars'],
  ),
  /** Days from which a month counts whole, and from which it counts half; whether the day of leaving is one of them. */
  bedMonth: moneySpec(
    z.strictObject({
      fullFromDays: wholeBetween(1, 31),
      halfFromDays: z.union([z.literal('none'), wholeBetween(1, 30)]),
      leavingDay: z.enum(['counted', 'not-counted']),
    }),
    '床月折算',
    'what counts as a month of a bed',
    ['天', 'days'],
  ),
  /** The month in which a resident dies: by the days until then, whole, or not at all. */
  deathMonth: practiceSpec(
    z.enum(['by-days', 'whole', 'none']),
    '入住人当月去世',
    'month of a death',
    OPTION,
  ),
  /** The level that the sheet states, or only the one on record for the last day. */
  levelProof: practiceSpec(z.enum(['stated', 'register']), '等级依据', 'proof of the level', OPTION),
  bedRounding: practiceSpec(roundingRule, '取整', 'rounding', ['规则', 'rule']),
  decidedAt: DECIDED_AT,
} as const;

/** The subject is the resident; the institution is paid into its corporate account. */
export const BedMonthFacts = z.strictObject({
  /** Its unified social credit code, which its grade goes by. */
  institution: textFact('养老机构统一社会信用代码', 'credit code of the institution'),
  level: level.check(
    z.meta({ description: '入住老人的等级（政策库中的等级） / level of the resident, as policy names it' }),
  ),
  from: dateFact('当月入住起日', 'first day of the month in the bed'),
  to: dateFact('当月入住止日（含）', 'last day of the month in the bed'),
});
export type BedMonthFacts = z.infer<typeof BedMonthFacts>;
