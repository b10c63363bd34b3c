import type { Bilingual } from '../../bilingual.ts';
import { MONTHLY_STEPS, MONTHLY_WORDS } from '../monthly-labels.ts';

export const ELDERLY_SERVICE_STEPS = {
  ...MONTHLY_STEPS,
  'under-age': {
    zh: '{month}：{since}起年满{age}周岁，本月不发',
    en: '{month}: {age} years of age from {since} on; nothing is due',
  },
  'service-class': {
    zh: '{month}：类别“{class}”，照护等级“{level}”（变更起始：{rule}）',
    en: '{month}: class {class}, level of care {level} (change takes effect: {rule})',
  },
  'service-amount': {
    zh: '{component}：类别“{classes}”、照护等级“{levels}”的标准每月{result}元',
    en: '{component}: {result} yuan a month for class {classes} and level {levels}',
  },
  'no-service-amount': {
    zh: '{month}：类别“{class}”、照护等级“{level}”没有补贴标准，本月不发',
    en: '{month}: no amount for class {class} and level {level}; nothing is due',
  },
  'given-as-orders': {
    zh: '{month}：本月服务额度{result}元，凭核验的服务订单结算给服务单位，不发现金',
    en: '{month}: {result} yuan for services, settled to the companies for verified orders; never cash',
  },
} as const satisfies Record<string, Bilingual>;
export type ElderlyServiceStepCode = keyof typeof ELDERLY_SERVICE_STEPS;

export const ELDERLY_SERVICE_WORDS: Readonly<Record<string, Bilingual>> = {
  ...MONTHLY_WORDS,
  'month-start': { zh: '每月1日', en: 'first of the month' },
  service: { zh: '养老服务补贴', en: 'service subsidy' },
  care: { zh: '护理补贴', en: 'care subsidy' },
  tekun: { zh: '特困', en: '特困' },
  dibao: { zh: '低保', en: '低保' },
  marginal: { zh: '低保边缘（低收入）', en: 'low income' },
  none: { zh: '无', en: 'none' },
  every: { zh: '不限', en: 'any' },
};
