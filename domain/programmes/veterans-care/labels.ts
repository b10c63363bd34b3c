import type { Bilingual } from '../../bilingual.ts';
import { MONTHLY_STEPS, MONTHLY_WORDS } from '../monthly-labels.ts';

/** Sentences of 优抚. Never a date of death or where somebody moved to. */
export const VETERANS_CARE_STEPS = {
  ...MONTHLY_STEPS,
  'no-class': {
    zh: '{month}：没有优抚对象类别登记，本月不发',
    en: '{month}: no class of recipient on record, nothing is due',
  },
  'class-not-listed': {
    zh: '{month}：当地标准没有类别“{class}”，本月不发',
    en: '{month}: the place has no rate for class "{class}", nothing is due',
  },
  'under-age': {
    zh: '{month}：类别“{class}”须年满{fromAge}周岁，本月不发',
    en: '{month}: class "{class}" is due from age {fromAge} on, nothing is due',
  },
  class: {
    zh: '{month}：类别“{class}”（变更：{rule}）',
    en: '{month}: class "{class}" (a change takes effect: {rule})',
  },
  'stopped-moved-year': {
    zh: '{month}：户籍已迁出，由迁出地发放至当年12月，本月不发',
    en: '{month}: moved elsewhere, paid here through December of that year, nothing is due',
  },
  amount: { zh: '{month}：{class}标准每月{result}元', en: '{month}: {class}, {result} yuan a month' },
  'amount-per-year': {
    zh: '{month}：{class}每服役一年{perYear}元，服役{years}年，每月{result}元',
    en: '{month}: {class}, {perYear} yuan for each of {years} years of service: {result} yuan a month',
  },
  'funeral-aid': {
    zh: '{month}：已核实去世，增发{months}个月（每月{monthly}元）作为丧葬补助，共{result}元',
    en: '{month}: death certified, {months} more months of {monthly} yuan as funeral aid: {result} yuan',
  },
  'funeral-cause-missing': {
    zh: '{month}：丧葬补助须依死亡原因确定，尚未登记，暂无应发',
    en: '{month}: the funeral aid depends on the cause of death, which is not on record: nothing is due of it yet',
  },
} as const satisfies Record<string, Bilingual>;

export const VETERANS_CARE_WORDS: Readonly<Record<string, Bilingual>> = {
  ...MONTHLY_WORDS,
  'martyr-family': { zh: '烈士遗属', en: 'family of a martyr' },
  'duty-death-family': { zh: '因公牺牲军人遗属', en: 'family of a soldier who died on duty' },
  'illness-death-family': { zh: '病故军人遗属', en: 'family of a soldier who died of illness' },
  'disabled-war': { zh: '因战残疾军人', en: 'soldier disabled in war' },
  'disabled-duty': { zh: '因公残疾军人', en: 'soldier disabled on duty' },
  'disabled-illness': { zh: '因病残疾军人', en: 'soldier disabled by illness' },
  demobilised: { zh: '在乡复员军人', en: 'demobilised soldier' },
  'war-participant': { zh: '参战退役人员', en: 'veteran of a war' },
  'retired-rural': { zh: '60周岁以上农村籍退役士兵', en: 'rural retired soldier aged 60 and over' },
};
