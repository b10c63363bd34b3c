import type { Bilingual } from '../../bilingual.ts';
import { GRANTED_STEPS } from '../granted.ts';

/** Sentences of the derivation of a replenishment. */
export const IMPREST_STEPS: Readonly<Record<string, Bilingual>> = {
  replenishment: {
    zh: '备用金第{number}次补足：已报销凭证{vouchers}元，年度最低规模差额{floorLack}元，补足{result}元',
    en: 'replenishment {number}: vouchers posted {vouchers}, lacking to the floor {floorLack}; {result} is paid',
  },
  ...GRANTED_STEPS,
};
export const IMPREST_WORDS: Readonly<Record<string, Bilingual>> = {};
