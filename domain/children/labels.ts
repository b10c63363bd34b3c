import type { Bilingual } from '../bilingual.ts';
import { MONTHLY_STEPS, MONTHLY_WORDS } from '../programmes/monthly-labels.ts';

/**
 * Sentences of the derivation. Steps are stored in clear: they hold the month from which an age counts, and never a birth date, a date
 * of death or who adopted a child.
 */
export const CHILD_STEPS = {
  ...MONTHLY_STEPS,
  'guardianship-ended': {
    zh: '{month}：{event}，发放至{lastMonth}（停发：{rule}）',
    en: '{month}: {event}; paid through {lastMonth} (stop takes effect: {rule})',
  },
  'of-child-age': {
    zh: '{month}：未满{years}周岁（至{since}前，满龄停发：{rule}；2月29日出生者平年：{leapDay}）',
    en: '{month}: under {years} (until {since}; coming of age takes effect: {rule}; born 29 February, common years: {leapDay})',
  },
  'of-age': {
    zh: '{month}：已满{years}周岁，自{since}起不再发放（满龄停发：{rule}）',
    en: '{month}: {years} years old, nothing is due from {since} on (coming of age takes effect: {rule})',
  },
  'of-age-in-study': {
    zh: '{month}：已满{years}周岁（自{since}起），仍在校就读，继续发放（升学间隔不超过{gap}个月）',
    en: '{month}: {years} years old (from {since}) and still in study, so it goes on (breaks of at most {gap} months between schools)',
  },
  'of-age-not-in-study': {
    zh: '{month}：已满{years}周岁（自{since}起）且未连续在校就读，不再发放（升学间隔不超过{gap}个月）',
    en: '{month}: {years} years old (from {since}) and not in study without a break, nothing is due (breaks of at most {gap} months between schools)',
  },
  'review-overdue': {
    zh: '{month}：{due}应复核而未按期复核，本月停发且不补发',
    en: '{month}: the review due in {due} was not done in time, nothing is due and nothing is paid later',
  },
  category: {
    zh: '{month}：儿童类别{code} {nameZh}（变更：{rule}）',
    en: '{month}: category {code}, {nameEn} (a change takes effect: {rule})',
  },
  'standard-linked': {
    zh: '{month}：按{programme}基本生活标准执行',
    en: '{month}: by the standard of {programme}',
  },
  'child-amount': {
    zh: '{month}：{setting}标准每月{standard}元，按{percent}%发放，{result}元',
    en: '{month}: {setting}, {standard} yuan a month, of which {percent} %: {result} yuan',
  },
  'interim-aid': {
    zh: '{month}：审核确认前给予临时生活补贴（自{since}起，最长月数：{limit}），标准{standard}元的{percent}%，{result}元',
    en: '{month}: interim aid until the confirmation (from {since}; most months: {limit}), {percent} % of {standard} yuan: {result} yuan',
  },
  'settlement-aid': {
    zh: '{month}：依{document}成年安置，一次性安置补助{result}元',
    en: '{month}: settled as an adult by {document}, once {result} yuan',
  },
} as const satisfies Record<string, Bilingual>;
export type ChildStepCode = keyof typeof CHILD_STEPS;

/** Words for options, classes and events that appear in steps. */
export const CHILD_WORDS: Readonly<Record<string, Bilingual>> = {
  ...MONTHLY_WORDS,
  adopted: { zh: '被收养', en: 'adopted' },
  'parent-found': { zh: '查找到生父母或监护人', en: 'a parent or guardian was found' },
  'parents-able': { zh: '父母恢复抚养能力', en: 'the parents are able again' },
  '-': { zh: '不限', en: 'no limit' },
  'feb-28': { zh: '2月28日', en: '28 February' },
  'mar-1': { zh: '3月1日', en: '1 March' },
  'month-start': { zh: '当月1日', en: 'first day of the month' },
  family: { zh: '家庭养育（散居）', en: 'in a family' },
  institution: { zh: '机构养育', en: 'in an institution' },
  orphan: { zh: '孤儿', en: 'orphans' },
  'unattended-child': { zh: '事实无人抚养儿童', en: 'children nobody cares for' },
  'standard-rate': { zh: '按标准', en: 'at the standard' },
  'percentage-rate': { zh: '按标准的比例', en: 'at a percentage of the standard' },
  'own-rate': { zh: '按本类别标准', en: 'at the rate of the category' },
};
