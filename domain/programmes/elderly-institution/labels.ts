import type { Bilingual } from '../../bilingual.ts';
import { GRANT_STEPS } from '../../grants/labels.ts';
import { SETTLED_STEPS } from '../../grants/settled-labels.ts';

export const ELDERLY_INSTITUTION_STEPS = {
  ...GRANT_STEPS,
  ...SETTLED_STEPS,
  'bed-days': {
    zh: '{month}：入住{days}天，满{fullFrom}天计一个床月，满{halfFrom}天计半个，计{result}个床月',
    en: '{month}: {days} days in the bed; from {fullFrom} days a whole month, from {halfFrom} half of one: {result}',
  },
  'bed-died': {
    zh: '{month}：入住人当月去世（{rule}），计{result}个床月',
    en: '{month}: the resident died in the month ({rule}): {result} of it',
  },
  'bed-rate': {
    zh: '等级“{level}”、机构{stars}星：每床月{rate}元×{months}，计{result}元',
    en: 'level {level}, institution of {stars} stars: {rate} yuan a month × {months} = {result}',
  },
} as const satisfies Record<string, Bilingual>;

export const ELDERLY_INSTITUTION_WORDS: Readonly<Record<string, Bilingual>> = {
  none: { zh: '不计', en: 'not counted' },
  whole: { zh: '计全月', en: 'counted whole' },
  'by-days': { zh: '按实际天数', en: 'by days' },
};
