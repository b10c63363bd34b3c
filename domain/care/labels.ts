import type { Bilingual } from '../bilingual.ts';
import { DETERMINED_STEPS, DETERMINED_WORDS } from '../programmes/determined.ts';

/**
 * Sentences of the derivation of both programmes of 特困人员救助供养. Steps are stored in clear: never a birth date, a date of death or where
 * somebody moved to.
 */
const CONDITION_STEPS = {
  'kept-until-funeral': {
    zh: '{month}：已核实去世，丧葬事宜办理完毕前继续供养',
    en: '{month}: death certified; provided for until the funeral is done',
  },
  'ended-after-funeral': {
    zh: '{month}：已核实去世且丧葬事宜办理完毕，供养至{lastMonth}',
    en: '{month}: death certified and the funeral done; provided for through {lastMonth}',
  },
  'ended-after-death': {
    zh: '{month}：已核实去世，供养至{lastMonth}',
    en: '{month}: death certified; provided for through {lastMonth}',
  },
  'away-custody': {
    zh: '{month}：服刑期间不予供养（停发：{rule}）',
    en: '{month}: in custody, nothing is due (stop takes effect: {rule})',
  },
  'away-missing': {
    zh: '{month}：失踪，不予供养（停发：{rule}）',
    en: '{month}: missing, nothing is due (stop takes effect: {rule})',
  },
  'away-moved-out': {
    zh: '{month}：户籍已迁出，不予供养（停发：{rule}）',
    en: '{month}: household registration moved out, nothing is due (stop takes effect: {rule})',
  },
  ground: {
    zh: '{month}：属于救助供养对象：{result}（年龄变化：{rule}；2月29日出生者平年：{leapDay}）',
    en: '{month}: provided for as {result} (a change of age takes effect: {rule}; born 29 February, common years: {leapDay})',
  },
  'ground-as-decided': {
    zh: '{month}：没有出生日期，救助供养对象以认定为准',
    en: '{month}: no birth date on record; who is provided for is as it was decided',
  },
  'no-ground': {
    zh: '{month}：不再属于救助供养对象（成年且已离校，或未达年龄、残疾条件）（年龄变化：{rule}；2月29日出生者平年：{leapDay}）',
    en: '{month}: of no group that is provided for (grown up and out of school, or neither the age nor the disability) (a change of age takes effect: {rule}; born 29 February, common years: {leapDay})',
  },
} as const satisfies Record<string, Bilingual>;

const AMOUNT_STEPS = {
  'basic-standard': {
    zh: '{month}：基本生活标准（{residence}，{setting}）每月{result}元',
    en: '{month}: basic living standard ({residence}, {setting}) {result} yuan a month',
  },
  'pocket-money': {
    zh: '{month}：集中供养，其中零用钱为{standard}元的{percent}%（{rule}，{unit}），{paidBy}：{result}元',
    en: '{month}: in an institution; of it pocket money {percent}% of {standard} ({rule}, {unit}), {paidBy}: {result} yuan',
  },
  'funeral-amount': {
    zh: '{month}：丧葬费为{months}个月基本生活标准（每月{standard}元）：{result}元',
    en: '{month}: funeral, {months} months of the basic living standard ({standard} a month): {result} yuan',
  },
  'care-tier': {
    zh: '{month}：照料护理档次为{result}（依据：{because}）',
    en: '{month}: tier of care {result} (by: {because})',
  },
  'care-standard': {
    zh: '{month}：照料护理标准（{tier}，{setting}）每月{result}元',
    en: '{month}: care standard ({tier}, {setting}) {result} yuan a month',
  },
  'care-percent': {
    zh: '{month}：照料护理标准（{tier}，{setting}）为最低工资{wage}元的{percent}%（{rule}，{unit}）：{result}元',
    en: '{month}: care standard ({tier}, {setting}) {percent}% of the minimum wage of {wage} ({rule}, {unit}): {result} yuan',
  },
} as const satisfies Record<string, Bilingual>;

export const CARE_STEPS = { ...CONDITION_STEPS, ...AMOUNT_STEPS, ...DETERMINED_STEPS };
export type CareStepCode = keyof typeof CARE_STEPS;

/** Words for the options that appear in steps. */
export const CARE_WORDS: Readonly<Record<string, Bilingual>> = {
  ...DETERMINED_WORDS,
  urban: { zh: '城镇', en: 'urban' },
  rural: { zh: '农村', en: 'rural' },
  any: { zh: '不分', en: 'any' },
  institution: { zh: '集中供养', en: 'in an institution' },
  family: { zh: '分散供养', en: 'at home' },
  'handed-on': { zh: '由机构转发本人', en: 'handed on by the institution' },
  person: { zh: '发给本人', en: 'paid to the person' },
  full: { zh: '全自理', en: 'full self-care' },
  half: { zh: '半护理', en: 'half care' },
  none: { zh: '全护理', en: 'full care' },
  confirmed: { zh: '认定结论', en: 'as confirmed' },
  activities: { zh: '六项日常活动', en: 'six activities of daily living' },
  level: { zh: '能力等级', en: 'level of ability' },
  disability: { zh: '残疾等级', en: 'grade of disability' },
  elderly: { zh: '老年人', en: 'elderly' },
  disabled: { zh: '残疾人', en: 'disabled' },
  minor: { zh: '未成年人', en: 'minor' },
  student: { zh: '在校就读', en: 'at school' },
  'application-month': { zh: '申请当月', en: 'month of application' },
  'decision-month': { zh: '批准当月', en: 'month of the decision' },
  'birthday-month': { zh: '生日当月', en: 'month of the birthday' },
  'same-month': { zh: '当月', en: 'same month' },
  'next-month': { zh: '次月', en: 'next month' },
  'feb-28': { zh: '2月28日', en: '28 February' },
  'mar-1': { zh: '3月1日', en: '1 March' },
  basic: { zh: '基本生活费', en: 'basic living' },
  'pocket-money': { zh: '零用钱', en: 'pocket money' },
  funeral: { zh: '丧葬费', en: 'funeral' },
  care: { zh: '照料护理费', en: 'care' },
  exact: { zh: '不进位', en: 'exact' },
  'half-up': { zh: '四舍五入', en: 'half up' },
  'half-even': { zh: '四舍六入五成双', en: 'half even' },
  up: { zh: '向上进位', en: 'rounded up' },
  down: { zh: '舍去尾数', en: 'rounded down' },
  fen: { zh: '到分', en: 'to the fen' },
  jiao: { zh: '到角', en: 'to the jiao' },
  yuan: { zh: '到元', en: 'to the yuan' },
};
