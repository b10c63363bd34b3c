import type { Bilingual } from '../../bilingual.ts';
import { GRANTED_STEPS } from '../granted.ts';

/** Sentences of the derivation. Steps are stored in clear: no name, no illness, no place by its name. */
export const TEMPORARY_AID_STEPS: Readonly<Record<string, Bilingual>> = {
  standard: {
    zh: '{kind}临时救助，{residence}：救助基数（低保标准）每人每月{result}元',
    en: '{kind} aid, {residence}: counted in a standard of {result} yuan per person and month',
  },
  'urgent-limit': {
    zh: '急难型救助（{payFirst}）每人不超过{result}个月标准',
    en: 'urgent aid ({payFirst}): at most {result} months of the standard per person',
  },
  'persons-months': {
    zh: '{persons}人 × 每月{standard}元 × {months}个月 = {result}元',
    en: '{persons} persons × {standard} a month × {months} months = {result}',
  },
  'by-month': {
    zh: '一次审批、按月救助：分{months}个月，每月{result}元',
    en: 'decided once, paid over {months} months: {result} each month',
  },
  'hospital-care': {
    zh: '住院照料支出{spend}元，{days}人日，每人每日不超过{perDay}元，计{result}元',
    en: 'hospital care {spend} yuan, {days} days, at most {perDay} a day: {result} counts',
  },
  'care-aided': {
    zh: '住院照料支出{spend}元（{days}人日）已享受护工费补充医疗救助，计{result}元',
    en: 'hospital care {spend} yuan ({days} days) was aided already: {result} counts',
  },
  'within-spend': {
    zh: '按月数{months}元，实际支出{spend}元，取低者{result}元',
    en: '{months} by months, {spend} really spent: the lower, {result}',
  },
  band: {
    zh: '{family}：支出中{part}元 × {percent}% = {result}元',
    en: '{family}: {part} of the spend × {percent}% = {result}',
  },
  'severe-disability': {
    zh: '有重度残疾人的家庭，救助比例增加{percent}%（{reading}），各档合计{result}元',
    en: 'a member is severely disabled: {percent}% more ({reading}), all bands {result}',
  },
  'bands-total': {
    zh: '必需支出{spend}元，各档合计进位后{result}元',
    en: 'spend of {spend}: all bands together, rounded, {result}',
  },
  'months-cap': {
    zh: '不超过{months}个月标准（每月{standard}元，按{per}）即{cap}元：{result}元',
    en: 'at most {months} months of the standard ({standard} a month, per {per}), {cap}: {result}',
  },
  flat: {
    zh: '支出{spend}元，{through}元以内一档，定额（{rule}）{result}元',
    en: 'spend of {spend}, band up to {through}, fixed ({rule}): {result}',
  },
  'year-cap': {
    zh: '本次{amount}元；同一家庭本自然年度累计不超过{cap}元，已获{used}元，本次可给付{result}元',
    en: '{amount} now; at most {cap} per family and calendar year, {used} given before: {result}',
  },
  'case-by-case': {
    zh: '一事一议：按标准可得{ordinary}元，拟定{result}元',
    en: 'case by case: {ordinary} by the rates, {result} set',
  },
  'year-fund': {
    zh: '年度总额：{persons}人 × 每月{standard}元 × 12 × {percent}% = {result}元',
    en: 'for the year: {persons} persons × {standard} a month × 12 × {percent}% = {result}',
  },
  level: {
    zh: '{kind}临时救助{amount}元，由{result}审批',
    en: '{kind} aid of {amount} is decided by the {result}',
  },
  'level-per-capita': {
    zh: '{kind}临时救助{amount}元，{persons}人，人均与{months}个月标准相比，由{result}审批',
    en: '{kind} aid of {amount} for {persons}, per person against {months} months of the standard: decided by the {result}',
  },
  ...GRANTED_STEPS,
};

export const TEMPORARY_AID_WORDS: Readonly<Record<string, Bilingual>> = {
  urgent: { zh: '急难型', en: 'urgent' },
  spending: { zh: '支出型', en: 'spending' },
  urban: { zh: '城镇', en: 'urban' },
  rural: { zh: '农村', en: 'rural' },
  'pay-first': { zh: '先行救助', en: 'paid first' },
  continuing: { zh: '事件后果持续', en: 'continuing effects' },
  ordinary: { zh: '一般情形', en: 'ordinary' },
  tekun: { zh: '特困人员', en: 'family of 特困' },
  dibao: { zh: '低保家庭', en: 'family on 低保' },
  'low-income': { zh: '低收入家庭', en: 'low-income family' },
  other: { zh: '其他家庭', en: 'other family' },
  'percentage-points': { zh: '按百分点计', en: 'percentage points' },
  'share-of-rate': { zh: '按原比例计', en: 'share of the rate' },
  family: { zh: '每户一份标准', en: 'family' },
  person: { zh: '每人一份标准', en: 'person' },
  township: { zh: '乡镇（街道）', en: 'township' },
  district: { zh: '区（县）民政部门', en: 'district' },
};
