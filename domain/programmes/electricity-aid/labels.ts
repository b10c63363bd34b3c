import type { Bilingual } from '../../bilingual.ts';
import { GRANT_STEPS } from '../../grants/labels.ts';

export const ELECTRICITY_AID_STEPS = {
  ...GRANT_STEPS,
  'free-units': {
    zh: '{category}：每月免费{units}度×{price}元/度×{months}个月，计{result}元',
    en: '{category}: {units} free kWh a month at {price} yuan for {months} months: {result}',
  },
} as const satisfies Record<string, Bilingual>;

export const ELECTRICITY_AID_WORDS: Readonly<Record<string, Bilingual>> = {
  dibao: { zh: '低保户', en: 'dibao household' },
  tekun: { zh: '特困户', en: 'tekun household' },
  marginal: { zh: '低保边缘户', en: 'low-income household' },
};
