import type { Bilingual } from '../bilingual.ts';
import { GRANTED_STEPS } from '../programmes/granted.ts';

/** Steps that programmes of one-off grants share; each adds its own. */
export const GRANT_STEPS = {
  ...GRANTED_STEPS,
  'flat-amount': {
    zh: '{item}：按标准给付{result}元',
    en: '{item}: the standard amount, {result} yuan',
  },
  'count-times-rate': {
    zh: '{item}：{count}×{rate}元＝{result}元',
    en: '{item}: {count} × {rate} yuan = {result}',
  },
  'limited-to': {
    zh: '{item}：{amount}元，以{limit}元为限，计{result}元',
    en: '{item}: {amount} yuan, at most {limit}: {result}',
  },
  'paid-in-parts': {
    zh: '{total}元分{count}次给付，自决定当月起每{every}个月一次，每次{result}元（尾差计入最后一次）',
    en: '{total} yuan in {count} payments, one every {every} months from the month of decision, {result} each (what does not divide is in the last)',
  },
} as const satisfies Record<string, Bilingual>;
export type GrantStepCode = keyof typeof GRANT_STEPS;
