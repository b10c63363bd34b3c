import type { Bilingual } from '../../bilingual.ts';
import { MONTHLY_STEPS, MONTHLY_WORDS } from '../monthly-labels.ts';

export const PRICE_SUBSIDY_STEPS = {
  ...MONTHLY_STEPS,
  'index-reached': {
    zh: '{month}：居民消费价格同比{cpi}%（启动{cpiFrom}%），食品价格同比{food}%（启动{foodFrom}%），达到启动条件（{combine}）',
    en: '{month}: consumer prices {cpi}% (from {cpiFrom}%), food {food}% (from {foodFrom}%): reached ({combine})',
  },
  'index-not-reached': {
    zh: '{month}：居民消费价格同比{cpi}%（启动{cpiFrom}%），食品价格同比{food}%（启动{foodFrom}%），未达到启动条件（{combine}），本月不发',
    en: '{month}: consumer prices {cpi}% (from {cpiFrom}%), food {food}% (from {foodFrom}%): not reached ({combine}), nothing is due',
  },
  'on-roll': {
    zh: '{month}：在“{result}”名册内；同时在多个名册的只发一份',
    en: '{month}: on the roll of {result}; who is on several is paid once',
  },
  'on-no-roll': {
    zh: '{month}：不在任何一个补贴对象名册内，本月不发',
    en: '{month}: on none of the rolls that count; nothing is due',
  },
  'standard-times-index': {
    zh: '当地保障标准{standard}元×低收入居民基本生活费用价格指数同比{scpi}%，取整（{rule}，{unit}），计{result}元',
    en: 'standard {standard} yuan × SCPI {scpi}%, rounded ({rule}, {unit}): {result} yuan',
  },
  'price-least': {
    zh: '不足每月最低补贴{least}元，按{result}元',
    en: 'below the least for a month, {least} yuan: {result}',
  },
} as const satisfies Record<string, Bilingual>;

export const PRICE_SUBSIDY_WORDS: Readonly<Record<string, Bilingual>> = {
  ...MONTHLY_WORDS,
  either: { zh: '任一', en: 'either' },
  both: { zh: '同时', en: 'both' },
  'half-up': { zh: '四舍五入', en: 'half up' },
  'half-even': { zh: '四舍六入五成双', en: 'half even' },
  up: { zh: '进一', en: 'up' },
  down: { zh: '舍去', en: 'down' },
  fen: { zh: '分', en: 'fen' },
  jiao: { zh: '角', en: 'jiao' },
  yuan: { zh: '元', en: 'yuan' },
  tekun: { zh: '特困人员', en: '特困' },
  dibao: { zh: '低保对象', en: '低保' },
  marginal: { zh: '低保边缘', en: '低保边缘' },
};
