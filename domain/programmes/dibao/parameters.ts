import * as z from 'zod/mini';
import { INCOME_KINDS, SPENDING_KINDS } from '../../household/household-case.ts';
import type { ParameterSpec } from '../../policy/parameter.ts';
import { leapDaySpec } from '../../policy/practice-spec.ts';
import { ROUNDING_UNITS } from '../../rounding.ts';
import { rateText as rate, yuanText as yuan } from '../../written-values.ts';
import { MONTHLY_PARAMETERS } from '../monthly-parameters.ts';
import { Disabilities, PersonGroup } from './person-groups.ts';

const months = z.int().check(z.minimum(1), z.maximum(12));

/** 城镇 and 农村; the same amount twice where there is one standard for both (城乡统筹). */
const ByResidence = z.strictObject({ urban: yuan, rural: yuan });
export type ByResidence = z.infer<typeof ByResidence>;

/** `exact` is not on offer: a third of a yuan would then stop a household instead of being rounded. */
const roundingRule = z.enum(['half-up', 'half-even', 'up', 'down']);
const unit = z.enum(ROUNDING_UNITS);

/**
 * How the difference (差额) is worked out and where it is rounded.
 * `per-capita-difference`: (standard − per-capita income) × covered persons; rounded once for the household, or for every
 * covered person. `household-total`: standard × covered persons − income of the household, rounded once.
 */
const BaseRule = z.discriminatedUnion('formula', [
  z.strictObject({
    formula: z.literal('per-capita-difference'),
    level: z.enum(['household', 'member']),
    rule: roundingRule,
    unit,
  }),
  z.strictObject({
    formula: z.literal('household-total'),
    level: z.literal('household'),
    rule: roundingRule,
    unit,
  }),
]);
export type BaseRule = z.infer<typeof BaseRule>;

/** Who gets the standard itself instead of a difference (全额享受). */
const FullStandard = z.union([z.literal('none'), z.array(PersonGroup).check(z.minLength(1))]);

/** What becomes of the household's income where somebody gets the full standard; texts do not say. */
const FullStandardIncome = z.strictObject({
  /**
   * `share-of-all` keeps everyone's share of the income, so the share of whoever gets the full standard counts for nobody;
   * `carried-by-others` lays the whole income on the others.
   */
  split: z.enum(['share-of-all', 'carried-by-others']),
  /** Whether an income deduction (收入核减) is given on the ground of a person who already gets the full standard. */
  incomeDeduction: z.enum(['also', 'other-persons-only']),
});

const DeductionReason = z.discriminatedUnion('reason', [
  z.strictObject({
    /** 家庭中有重病或重度残疾人员. */
    reason: z.literal('serious-illness-or-severe-disability'),
    percent: rate,
    /** More where those who must support that person are old: `any` one of those in the household, or `all`. */
    elderlySupporter: z.optional(
      z.strictObject({
        fromAge: z.int().check(z.minimum(1), z.maximum(130)),
        percent: rate,
        who: z.enum(['any', 'all']),
      }),
    ),
  }),
  z.strictObject({
    /** 单亲家庭抚养未成年人或全日制在读学生. */
    reason: z.literal('lone-parent'),
    percent: rate,
    children: z.array(PersonGroup).check(z.minLength(1)),
  }),
]);
export type DeductionReason = z.infer<typeof DeductionReason>;
/** 收入核减: percent of the standard off the household's monthly income; of several reasons only the higher. */
const IncomeDeduction = z.union([z.literal('none'), z.array(DeductionReason).check(z.minLength(1))]);

/** 就业奖励: what is taken off each person's earnings, in percent of the standard. */
const JobReward = z.union([
  z.literal('none'),
  z.strictObject({
    employedPercent: rate,
    flexible: z.strictObject({
      /** Earnings from this percentage of the standard on: `percent` off. */
      fullFrom: rate,
      percent: rate,
      /** From this percentage up to `fullFrom`: counted as exactly this percentage. Below: as earned. */
      bandFrom: rate,
    }),
  }),
]);
export type JobReward = z.infer<typeof JobReward>;

/** 赡养费: (family income − multiple × standard × persons) × percent ÷ families to be supported, never negative. */
const ParentSupport = z.union([z.literal('none'), z.strictObject({ livingMultiple: rate, percent: rate })]);
/** 抚养费: percent of the parent's income per child, up to `severalPercent` for two or more, shared equally. */
const ChildSupport = z.union([z.literal('none'), z.strictObject({ onePercent: rate, severalPercent: rate })]);

/** 刚性支出困难家庭: what is taken off the income of such a household. `none`: not offered. */
const RigidExpenditure = z.union([
  z.literal('none'),
  z.strictObject({ deduct: z.array(z.enum(SPENDING_KINDS)).check(z.minLength(1)), topUps: z.boolean() }),
]);
export type RigidExpenditure = z.infer<typeof RigidExpenditure>;

const when = z.array(PersonGroup).check(z.minLength(1));
const Tier = z.union([
  z.strictObject({ when, percent: rate }),
  z.strictObject({ when, urban: yuan, rural: yuan }),
]);
export type Tier = z.infer<typeof Tier>;

/**
 * 分类施保、增发: a covered person of a tier gets its percent of `topUpStandard`, or its flat amount; one tier per person.
 * Of several the `highest`, or the `first-listed` where classes of persons exclude each other (a class may get "0").
 */
const TopUps = z.union([
  z.literal('none'),
  z.strictObject({
    tiers: z.array(Tier).check(z.minLength(1)),
    overlap: z.enum(['highest', 'first-listed']),
  }),
]);
export type TopUps = z.infer<typeof TopUps>;

/** Rounded for each person, once for all top-ups, or together with the base (which keeps its own rounding). */
const TopUpRounding = z.strictObject({
  order: z.enum(['each-person', 'household', 'with-base']),
  rule: roundingRule,
  unit,
});
export type TopUpRounding = z.infer<typeof TopUpRounding>;

const single = { topUps: z.boolean() };
/** 单人保（按人保）: a person whose family gets none; no difference is worked out. The first class listed counts. */
const SinglePerson = z.union([
  z.literal('none'),
  z.strictObject({ rule: z.literal('flat'), groups: when, urban: yuan, rural: yuan, ...single }),
  z.strictObject({
    rule: z.literal('percent-of-standard'),
    classes: z.array(z.strictObject({ when, percent: rate })).check(z.minLength(1)),
    ...single,
  }),
]);
export type SinglePerson = z.infer<typeof SinglePerson>;

/** 渐退: what is still paid after earnings took the household over the standard. */
const Taper = z.union([
  z.literal('none'),
  z.strictObject({
    /** Each component's percentage of what was last due, step by step: 100 % three times, 50 % three times. */
    rule: z.literal('percent-of-former'),
    steps: z.array(z.strictObject({ months, percent: rate })).check(z.minLength(1)),
    start: z.enum(['same-month', 'next-month']),
  }),
  z.strictObject({
    /** The base as last due, at most standard × covered persons; top-ups worked out anew for those who are left. */
    rule: z.literal('frozen-base'),
    defaultMonths: months,
    maxMonths: months,
    /** Only below this multiple of the standard per person. */
    belowMultiple: rate,
    start: z.enum(['same-month', 'next-month']),
  }),
]);
export type Taper = z.infer<typeof Taper>;

/** 不足X元按X元发: the base of whoever is due anything at all. Off where nobody published one. */
const MinimumPayment = z.union([z.literal('none'), z.strictObject({ atLeast: yuan })]);

/** 低保边缘线: tested against, never paid; has its own dates. */
const MarginalLine = z.union([
  z.strictObject({ rule: z.literal('amount'), urban: yuan, rural: yuan }),
  z.strictObject({ rule: z.literal('multiple-of-standard'), multiple: rate, rounding: roundingRule, unit }),
]);
export type MarginalLine = z.infer<typeof MarginalLine>;

const YUAN: [string, string] = ['元/人/月', 'yuan per person and month'];
const PERCENT: [string, string] = ['%（低保标准）', '% of the standard'];
const MONTHS: [string, string] = ['月、%', 'months, %'];

function amount<T>(
  schema: z.ZodMiniType<T>,
  [zh, en]: [string, string],
  unitNames: [string, string],
): ParameterSpec<T> {
  return { schema, label: { zh, en }, unit: { zh: unitNames[0], en: unitNames[1] }, bearsAmount: true };
}
function option<T>(schema: z.ZodMiniType<T>, [zh, en]: [string, string]): ParameterSpec<T> {
  return { schema, label: { zh, en }, unit: { zh: '选项', en: 'option' }, bearsAmount: false };
}
/** A standard may be changed for some persons and components only; `proposeSchedule` honours that. */
function standard<T>(spec: ParameterSpec<T>): ParameterSpec<T> {
  return { ...spec, scopedRetroactivity: true };
}

/** What a jurisdiction sets for 低保. Nothing has a default: what a place does not do it says with "none". */
export const DIBAO_PARAMETERS = {
  standard: standard(amount(ByResidence, ['低保标准', 'standard (minimum living allowance)'], YUAN)),
  marginalLine: amount(MarginalLine, ['低保边缘线', 'low-income line'], YUAN),
  base: option(BaseRule, ['差额计算与进位', 'difference and its rounding']),
  fullStandard: option(FullStandard, ['全额享受人员', 'who gets the full standard']),
  fullStandardIncome: option(FullStandardIncome, [
    '有全额享受人员时的家庭收入',
    'income beside a full standard',
  ]),
  severeDisability: option(Disabilities, ['重度残疾的界定', 'what counts as severe disability']),
  incomeNotCounted: option(z.array(z.enum(INCOME_KINDS)), ['不计入的收入', 'income that does not count']),
  incomeDeduction: amount(IncomeDeduction, ['收入核减', 'income deduction'], PERCENT),
  jobReward: amount(JobReward, ['就业奖励', 'job reward'], PERCENT),
  parentSupport: amount(ParentSupport, ['赡养费', 'maintenance of parents'], PERCENT),
  childSupport: amount(ChildSupport, ['抚养费', 'maintenance of children'], PERCENT),
  deductibleSpending: option(z.array(z.enum(SPENDING_KINDS)), [
    '低保家庭可扣减的支出',
    'spending taken off the income',
  ]),
  rigidExpenditure: option(RigidExpenditure, ['刚性支出困难家庭', 'households in hardship from spending']),
  topUps: standard(amount(TopUps, ['分类施保（增发）', 'top-ups'], ['元或%', 'yuan or %'])),
  /** What percentages of top-ups are taken of; its own dates where a new standard reaches top-ups later. */
  topUpStandard: standard(
    amount(z.union([z.literal('standard'), ByResidence]), ['分类施保基数', 'base of top-ups'], YUAN),
  ),
  topUpRounding: option(TopUpRounding, ['分类施保进位', 'rounding of top-ups']),
  singlePerson: standard(
    amount(SinglePerson, ['单人保', 'single-person protection'], ['元或%', 'yuan or %']),
  ),
  minimumPayment: amount(
    MinimumPayment,
    ['最低发放额', 'minimum payment'],
    ['元/户/月', 'yuan per household'],
  ),
  taper: amount(Taper, ['救助渐退', 'taper'], MONTHS),
  /** First month of a new enrolment: of the decision, after it, or of the application. */
  startMonth: option(z.enum(['approval-month', 'next-month', 'application-month']), [
    '起发月份',
    'first month',
  ]),
  /** First month of a changed amount. */
  changeMonth: option(z.enum(['decision-month', 'next-month']), ['调整起始', 'change takes effect']),
  /** Ages count from the month of the birthday, or from the month after. */
  ageChange: option(z.enum(['birthday-month', 'next-month']), ['年龄变化起始', 'change of age takes effect']),
  leapDay: leapDaySpec,
  stacking: MONTHLY_PARAMETERS.stacking,
} as const;
export type DibaoParameters = typeof DIBAO_PARAMETERS;
