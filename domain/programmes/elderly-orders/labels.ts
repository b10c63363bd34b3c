import type { Bilingual } from '../../bilingual.ts';
import { GRANT_STEPS } from '../../grants/labels.ts';
import { SETTLED_STEPS } from '../../grants/settled-labels.ts';

export const ELDERLY_ORDERS_STEPS = {
  ...GRANT_STEPS,
  ...SETTLED_STEPS,
  'order-amount': {
    zh: '订单{order}：{month}服务，订单金额{result}元',
    en: 'order {order}: served in {month}, {result} yuan as stated',
  },
  'order-hours': {
    zh: '订单{order}：{month}服务，{hours}小时×{rate}元，计{result}元',
    en: 'order {order}: served in {month}, {hours} hours at {rate} yuan: {result}',
  },
  'within-allowance': {
    zh: '{month}服务额度{allowance}元，本单前尚可用{left}元（未用额度：{rule}）',
    en: 'allowance of {month} {allowance} yuan; {left} left before this order (unused allowance: {rule})',
  },
} as const satisfies Record<string, Bilingual>;

export const ELDERLY_ORDERS_WORDS: Readonly<Record<string, Bilingual>> = {
  lapses: { zh: '当月有效', en: 'lapses with its month' },
  carries: { zh: '可结转', en: 'carries over' },
};
