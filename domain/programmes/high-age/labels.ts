import type { Bilingual } from '../../bilingual.ts';
import { MONTHLY_STEPS, MONTHLY_WORDS, STOP_STEPS } from '../monthly-labels.ts';

/**
 * Sentences of the derivation. Steps are stored in clear, so they hold the least that lets a person check an amount:
 * the month from which an age band applies, the month of application, the class. Never a birth date, a date of death or
 * where somebody moved to.
 */
export const HIGH_AGE_STEPS = {
  'under-age': {
    zh: '{month}：尚未到起发年龄（自{since}起可享受），本月不发',
    en: '{month}: below the starting age (eligible from {since}), nothing is due',
  },
  'start-without-application': {
    zh: '无须申请，自符合条件的{eligibleFrom}起计发',
    en: 'no application needed: due from {eligibleFrom}, the month of eligibility',
  },
  'start-in-time': {
    zh: '{applicationMonth}申请，未晚于符合条件的{eligibleFrom}，自{result}起计发',
    en: 'applied in {applicationMonth}, not after {eligibleFrom}, the month of eligibility: due from {result}',
  },
  'start-late-within': {
    zh: '{applicationMonth}申请，晚于符合条件的{eligibleFrom}但未超过{limit}个月（{count}），自{result}起计发',
    en: 'applied in {applicationMonth}, after {eligibleFrom}, the month of eligibility, but within {limit} months ({count}): due from {result}',
  },
  'start-late-over': {
    zh: '{applicationMonth}申请，晚于符合条件的{eligibleFrom}超过{limit}个月（{count}），自申请当月{result}起计发',
    en: 'applied in {applicationMonth}, more than {limit} months ({count}) after {eligibleFrom}, the month of eligibility: due from {result}, the month of application',
  },
  'start-back-to-eligibility': {
    zh: '{applicationMonth}申请，补发至符合条件的{eligibleFrom}，自{result}起计发',
    en: 'applied in {applicationMonth}, with back pay to {eligibleFrom}, the month of eligibility: due from {result}',
  },
  'start-application-month': {
    zh: '{applicationMonth}申请（{eligibleFrom}起符合条件），自申请当月{result}起计发',
    en: 'applied in {applicationMonth} (eligible since {eligibleFrom}): due from {result}, the month of application',
  },
  ...STOP_STEPS,
  'not-started': MONTHLY_STEPS['not-started'],
  'age-band': {
    zh: '{month}：自{since}起属{fromAge}周岁档（起始：{bandStart}；2月29日出生者平年：{leapDay}）',
    en: '{month}: in the band from age {fromAge} since {since} (starts: {bandStart}; born 29 February, common years: {leapDay})',
  },
  'identity-class': {
    zh: '{month}：人员类别为{result}（以{asOf}为准，变更：{rule}）',
    en: '{month}: identity class {result} (as of {asOf}; a change takes effect: {rule})',
  },
  amount: {
    zh: '{month}：{fromAge}周岁档{class}标准每月{result}元',
    en: '{month}: band from age {fromAge}, {class}: {result} yuan a month',
  },
} as const satisfies Record<string, Bilingual>;
export type HighAgeStepCode = keyof typeof HIGH_AGE_STEPS;

/** Words for the options and classes that appear in steps. */
export const HIGH_AGE_WORDS: Readonly<Record<string, Bilingual>> = {
  ...MONTHLY_WORDS,
  tekun: { zh: '特困', en: 'destitute (tekun)' },
  dibao: { zh: '低保', en: 'minimum living allowance (dibao)' },
  marginal: { zh: '低保边缘', en: 'low-income margin' },
  none: { zh: '其他', en: 'other' },
  everyone: { zh: '统一', en: 'everyone' },
  'from-eligibility-month': {
    zh: '自符合条件当月起按月计',
    en: 'counted in months from the month of eligibility',
  },
  'day-exact': { zh: '按日计', en: 'counted to the day' },
  'birthday-month': { zh: '生日当月', en: 'month of the birthday' },
  'month-start': { zh: '当月1日', en: 'first day of the month' },
  'feb-28': { zh: '2月28日', en: '28 February' },
  'mar-1': { zh: '3月1日', en: '1 March' },
};
