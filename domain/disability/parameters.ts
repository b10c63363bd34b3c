import * as z from 'zod/mini';
import { DISABILITY_KINDS, INCOME_KINDS, RESIDENCES } from '../household/household-case.ts';
import { leapDaySpec, moneySpec, OPTION, practiceSpec, wholeBetween } from '../policy/practice-spec.ts';
import { MONTHLY_PARAMETERS } from '../programmes/monthly-parameters.ts';
import { ROUNDING_UNITS } from '../rounding.ts';
import { rateText as rate, yuanText as yuan } from '../written-values.ts';
import { HARDSHIPS, SERVICES } from './fact-values.ts';
import { RecheckWindows } from './recheck-windows.ts';
import { CARE_LEVELS, IDENTITY_CLASSES } from './words.ts';

const slug = z
  .string()
  .check(z.regex(/^[a-z][a-z0-9-]{0,39}$/, '小写字母、数字和连字符|lower-case letters, digits, hyphens'));
const startOrNext = z.enum(['same-month', 'next-month']);
const age = wholeBetween(0, 130);
const some = <T>(of: z.ZodMiniType<T>) => z.array(of).check(z.minLength(1));

/**
 * 残疾档次: which grades and kinds form a tier that rates speak of (重度 = 1、2级和3级智力、精神). Of a disability card the first tier that
 * fits; with `card: service` of a card for those disabled in service (残疾军人证、伤残人民警察证).
 */
const Tier = z.union([
  z.strictObject({
    tier: slug,
    card: z.literal('service'),
    services: z.optional(some(z.enum(SERVICES))),
    grades: some(wholeBetween(1, 10)),
  }),
  z.strictObject({
    tier: slug,
    /** All kinds when absent. */
    kinds: z.optional(some(z.enum(DISABILITY_KINDS))),
    grades: some(wholeBetween(1, 4)),
  }),
]);
export type Tier = z.infer<typeof Tier>;

const Amount = z.union([
  yuan,
  z.strictObject({ urban: yuan, rural: yuan }),
  /**
   * A linked rate: so many per cent of the 低保 standard that the place has for the month, or of the base that the programme sets
   * (`base`). It steps in the month in which that does.
   */
  z.strictObject({
    percent: rate,
    of: z.enum(['dibao-standard', 'base']),
    rule: z.enum(['half-up', 'half-even', 'up', 'down']),
    unit: z.enum(ROUNDING_UNITS),
  }),
  /** 补差: the 低保 standard less what the person has of his own (`stableIncome`), never negative. */
  z.strictObject({ rule: z.literal('standard-less-income') }),
]);
export type Amount = z.infer<typeof Amount>;

/** One line of the table: everything it names must hold. A `class` is its name in steps and for stacking rules (`when`). */
const Rate = z.strictObject({
  class: slug,
  /** Any of the tiers; every tier when absent. */
  tiers: z.optional(some(slug)),
  identity: z.optional(some(z.enum(IDENTITY_CLASSES))),
  /** At least so old: 60 for 年满60周岁. */
  fromAge: z.optional(age),
  /** At most so old: 15 for 未满16周岁. */
  throughAge: z.optional(age),
  /** 无业: no work of any kind. */
  employment: z.optional(z.literal('none')),
  /** 无收入, or an income of his own below the 低保 standard. */
  income: z.optional(z.enum(['none', 'below-standard'])),
  hardship: z.optional(some(z.enum(HARDSHIPS))),
  residence: z.optional(z.enum(RESIDENCES)),
  /** 生活自理能力. */
  selfCare: z.optional(some(z.enum(CARE_LEVELS))),
  amount: Amount,
});
export type Rate = z.infer<typeof Rate>;

/** 补贴标准: of several lines that fit the first listed, or the one that gives most. */
const Rates = z.strictObject({ overlap: z.enum(['first-listed', 'highest']), rows: some(Rate) });
export type Rates = z.infer<typeof Rates>;

/** 定期核查: whoever was not checked within the last window that has closed is stopped from the month after it. */
const Recheck = z.strictObject({
  windows: RecheckWindows,
  /** Windows that closed before this month are asked about only of those of whom a check is on record: others were checked outside this system. */
  since: z.string().check(z.regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, '月份|a month written YYYY-MM')),
  /** A check after the window: due again from its month, or the months between are paid back. */
  late: z.enum(['from-review-month', 'back-pay']),
});
export type Recheck = z.infer<typeof Recheck>;

const INTERRUPTIONS = ['custody', 'missing', 'moved-out', 'card-cancelled'] as const;
export type Interruption = (typeof INTERRUPTIONS)[number];

/** What a jurisdiction sets for 困难残疾人生活补贴 and 重度残疾人护理补贴 (国发〔2015〕52号；民发〔2021〕70号). */
export const DISABILITY_PARAMETERS = {
  tiers: practiceSpec(some(Tier), '残疾档次', 'tiers of disability', OPTION),
  rates: moneySpec(Rates, '补贴标准', 'rates', ['元/人/月或%', 'yuan per person and month, or %']),
  /** What percentages of `base` are taken of, e.g. the province's lowest 低保 standard. Asked for only where a rate names it. */
  base: moneySpec(z.strictObject({ urban: yuan, rural: yuan }), '补贴基数', 'base of percentages', [
    '元/人/月',
    'yuan per person and month',
  ]),
  /** Incomes of his own that count as stable; `employment` is what work brings. Asked for only where a rate looks at incomes. */
  stableIncome: practiceSpec(
    some(z.enum([...INCOME_KINDS, 'employment'])),
    '计入的本人稳定收入',
    'own incomes that count',
    OPTION,
  ),
  /** Nobody of these classes gets it (特困人员). Not set: no class is left out. */
  excludedClasses: practiceSpec(
    some(z.enum(IDENTITY_CLASSES)),
    '不享受的人员类别',
    'classes left out',
    OPTION,
  ),
  /** A better or worse class, work, income: from the month itself, or the month after (退出低保次月停发). */
  classChange: practiceSpec(
    z.strictObject({ gained: startOrNext, lost: startOrNext }),
    '人员类别变更起始',
    'change of class takes effect',
    OPTION,
  ),
  /** Another grade: more severe or less, from the month of the card or the month after. */
  gradeChange: practiceSpec(
    z.strictObject({ higher: startOrNext, lower: startOrNext }),
    '等级变更起始',
    'change of grade takes effect',
    OPTION,
  ),
  /** Ages count from the month of the birthday, or from the month after. */
  ageChange: practiceSpec(z.enum(['birthday-month', 'next-month']), '年龄变化起始', 'change of age', OPTION),
  leapDay: leapDaySpec,
  /** Whether a card must be on record for the month. Not set: months before the first card and the first grade on record are taken by that grade. */
  cardRequired: practiceSpec(z.boolean(), '须登记残疾人证', 'a card must be on record', OPTION),
  /**
   * 换证: a new card after a lapse counts from the month of its issue; up to so many of the months before it are paid back, at the new
   * grade. Not set: none is.
   */
  cardRenewal: practiceSpec(
    z.strictObject({
      backPayMonths: wholeBetween(0, 24),
      after: some(z.enum(['expired', 'frozen', 'cancelled'])),
    }),
    '换证补发',
    'back pay on a new card',
    ['月', 'months'],
  ),
  /** 重新评定期间: the grade before goes on, also when the card lapses meanwhile; or nothing special. */
  regrading: practiceSpec(z.enum(['keep-old', 'as-recorded']), '评定期间', 'while graded again', OPTION),
  /** 持多种证件: of a disability card and a service card the one that gives more, or the disability card. Not set: the one that gives more. */
  severalCards: practiceSpec(z.enum(['highest', 'disability-card']), '多证择一', 'of several cards', OPTION),
  workInjuryCare: practiceSpec(z.enum(['excluded', 'allowed']), '工伤生活护理费', 'work injury care', OPTION),
  /** 残联审核: nothing is due before it is on record. */
  federationReview: practiceSpec(
    z.enum(['required', 'not-required']),
    '残联审核',
    "review by the disabled persons' federation",
    OPTION,
  ),
  /** 收入核对报告: stops when the last one on record, or an application after it, is older. Not set, or none on record: nobody looks. */
  incomeReport: practiceSpec(
    z.strictObject({ validMonths: wholeBetween(1, 60), classes: z.optional(some(slug)) }),
    '收入报告有效期',
    'validity of income reports',
    ['月', 'months'],
  ),
  /** Not set: no windows. */
  recheck: practiceSpec(Recheck, '定期核查', 'windows of re-checks', OPTION),
  /** Stops after which a new application is needed (刑满释放后重新申请). Not set: none. */
  reapplyAfter: practiceSpec(
    some(z.enum(INTERRUPTIONS)),
    '须重新申请的情形',
    'needs a new application',
    OPTION,
  ),
  /** 区间迁移: who came from another district is due from the month after the last one paid there, whenever they applied here. */
  handover: practiceSpec(
    z.enum(['month-after-old', 'by-application']),
    '迁移衔接',
    'move between districts',
    OPTION,
  ),
  startMonth: MONTHLY_PARAMETERS.startMonth,
  requiresDecision: MONTHLY_PARAMETERS.requiresDecision,
  stopFrom: MONTHLY_PARAMETERS.stopFrom,
  resumeFrom: MONTHLY_PARAMETERS.resumeFrom,
  stacking: MONTHLY_PARAMETERS.stacking,
} as const;
export type DisabilityParameters = typeof DISABILITY_PARAMETERS;
