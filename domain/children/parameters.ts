import * as z from 'zod/mini';
import { STUDENT_LEVELS } from '../household/household-case.ts';
import type { ParameterSpec } from '../policy/parameter.ts';
import { leapDaySpec, moneySpec, OPTION, practiceSpec, wholeBetween } from '../policy/practice-spec.ts';
import { MONTHLY_PARAMETERS } from '../programmes/monthly-parameters.ts';
import { ROUNDING_UNITS } from '../rounding.ts';
import { dateText, rateText as rate, yuanText as yuan } from '../written-values.ts';

const startOrNext = z.enum(['same-month', 'next-month']);

/** Yuan a month for a child in an institution (机构养育、集中) and for one in a family (散居、社会散居). */
const BySetting = z.strictObject({ family: yuan, institution: yuan });
export type BySetting = z.infer<typeof BySetting>;

/** 基本生活标准: amounts of its own, or those of another programme for children, with that programme's dates. */
const Standard = z.union([BySetting, z.strictObject({ linkedTo: z.enum(['orphan', 'unattended-child']) })]);
export type Standard = z.infer<typeof Standard>;

const rounding = z.strictObject({
  rule: z.enum(['half-up', 'half-even', 'up', 'down']),
  unit: z.enum(ROUNDING_UNITS),
});
const share = { percent: rate, rounding };

/**
 * One category (儿童类别) by the code of the national system of child welfare, e.g. 201 散居孤儿, 202 机构养育孤儿, 300 感染艾滋病.
 * Without `share` it gets the standard, else a percentage of it, or an amount that was published as such.
 */
const Category = z.strictObject({
  code: z.string().check(z.regex(/^[0-9A-Za-z][0-9A-Za-z-]{0,19}$/, '类别代码|the code of a category')),
  names: z.strictObject({ zh: z.string().check(z.minLength(1)), en: z.string().check(z.minLength(1)) }),
  /** Where a child of the category lives, if the code says it; otherwise the register does. */
  setting: z.optional(z.enum(['family', 'institution'])),
  share: z.optional(z.union([z.strictObject(share), z.strictObject({ amounts: BySetting })])),
});
export type Category = z.infer<typeof Category>;

const Categories = z.array(Category).check(
  z.minLength(1),
  z.refine(
    (rows) => new Set(rows.map(({ code }) => code)).size === rows.length,
    '每个类别代码只列一次|each code once',
  ),
);

/** Levels of full-time study with which somebody who has come of age goes on (年满18周岁仍在校就读的，至毕业). */
const Study = z.union([z.literal('none'), z.array(z.enum(STUDENT_LEVELS)).check(z.minLength(1))]);
export type Study = z.infer<typeof Study>;

/** 临时生活补贴 for a child whose confirmation is pending: percent of the standard from the grant on, where limited for so many months. */
const InterimAid = z.union([
  z.literal('none'),
  z.strictObject({ ...share, from: startOrNext, monthsMax: z.optional(wholeBetween(1, 36)) }),
]);
export type InterimAid = z.infer<typeof InterimAid>;

/** 成年安置: once, when a settlement as an adult is on record: an amount, or so many months of what the child got. */
const SettlementAid = z.union([
  z.literal('none'),
  z.strictObject({ amount: yuan, paidIn: startOrNext }),
  z.strictObject({ months: wholeBetween(1, 36), paidIn: startOrNext }),
]);
export type SettlementAid = z.infer<typeof SettlementAid>;

/** 被收养、查找到生父母（监护人）、父母恢复抚养能力. */
export const GUARDIANSHIP_EVENTS = ['adopted', 'parent-found', 'parents-able'] as const;

/** What a jurisdiction sets for each of the programmes for children; every value may differ from programme to programme. */
export const CHILD_PARAMETERS = {
  standard: moneySpec(Standard, '基本生活标准', 'standard', ['元/人/月', 'yuan per person and month']),
  categories: moneySpec(Categories, '儿童类别', 'categories of children', ['类别', 'categories']),
  /** The category and setting that count for a month: as of the end of the month before, of its first day, or of its last day. */
  categoryChange: practiceSpec(
    z.enum(['next-month', 'month-start', 'same-month']),
    '类别和养育方式变更起始',
    'change of category or setting takes effect',
    OPTION,
  ),
  startMonth: MONTHLY_PARAMETERS.startMonth,
  requiresDecision: MONTHLY_PARAMETERS.requiresDecision,
  stopFrom: MONTHLY_PARAMETERS.stopFrom,
  resumeFrom: MONTHLY_PARAMETERS.resumeFrom,
  /** Beside death, a decided stop and a move handed over, what stops it: registration elsewhere, custody, going missing; all where nobody set it. */
  stopsOn: practiceSpec(
    z.array(z.enum(['registration', 'custody', 'missing'])),
    '停发情形',
    'what stops it',
    OPTION,
  ),
  /** 年满若干周岁: nothing for the month of the birthday itself on, or for the month after on. */
  endAge: practiceSpec(
    z.strictObject({ years: wholeBetween(1, 30), ends: startOrNext }),
    '停发年龄',
    'age at which it ends',
    ['周岁', 'years'],
  ),
  leapDay: leapDaySpec,
  study: practiceSpec(Study, '在校就读延续', 'goes on while in study', OPTION),
  /** A break between two schools (升学间隔) of at most so many months ends nothing, once the next one has begun; 0 where nobody set it. */
  studyGap: practiceSpec(wholeBetween(0, 12), '升学间隔', 'break between two schools', ['月', 'months']),
  /** Changes of guardianship that end it; others leave it as it is. */
  endsOn: practiceSpec(
    z.array(z.enum(GUARDIANSHIP_EVENTS)),
    '终止的监护变化',
    'changes of guardianship that end it',
    OPTION,
  ),
  /**
   * A review that is overdue holds the money (which is paid once it is recorded), stops it until the review (the months between are
   * lost), or does nothing. `hold` where nobody set it.
   */
  overdueReview: practiceSpec(
    z.enum(['hold', 'stop', 'nothing']),
    '逾期未复核的处理',
    'what an overdue review does',
    OPTION,
  ),
  /** 新增对象凭据, as for other programmes, but never publicity (不设置公示环节). */
  entryPapers: practiceSpec(
    z.strictObject({
      since: dateText,
      papers: z.array(z.literal('check-report')).check(z.minLength(1), z.maxLength(1)),
    }),
    '新增对象发放前须有的凭据',
    'papers of newcomers before they are paid',
    OPTION,
  ),
  interimAid: moneySpec(InterimAid, '临时生活补贴', 'interim aid', ['%', 'per cent']),
  settlementAid: moneySpec(SettlementAid, '成年安置补助', 'aid at settlement as an adult', [
    '元或月数',
    'yuan or months',
  ]),
  /** 中央财政补助 by region, kept to be read: no rule looks at it. */
  centralSubsidy: practiceSpec(
    z.strictObject({ east: yuan, middle: yuan, west: yuan }),
    '中央财政补助（仅供参考）',
    'subsidy of the central government (information only)',
    ['元/人/月', 'yuan per person and month'],
  ),
  stacking: MONTHLY_PARAMETERS.stacking,
} as const satisfies Record<string, ParameterSpec<never> | ParameterSpec>;

export type ChildParameters = typeof CHILD_PARAMETERS;
