import type { Bilingual } from '../../bilingual.ts';
import { GRANT_STEPS } from '../../grants/labels.ts';

export const FUNERAL_STEPS = {
  ...GRANT_STEPS,
  'basic-item': {
    zh: '{item}：实收{charged}元，最高减免{cap}元，减免{result}元',
    en: '{item}: charged {charged}, at most {cap}: {result} yuan',
  },
  'not-a-basic-item': {
    zh: '{item}：实收{charged}元，不在基本服务项目内，减免{result}元',
    en: '{item}: charged {charged}, not on the list of basic services: {result} yuan',
  },
  'no-other-funeral-money': {
    zh: '已核对不得重复享受的丧葬待遇{result}类，均无',
    en: 'none of the {result} kinds of other funeral money that exclude it',
  },
} as const satisfies Record<string, Bilingual>;

export const FUNERAL_WORDS: Readonly<Record<string, Bilingual>> = {
  transport: { zh: '遗体接运', en: 'transport' },
  disinfection: { zh: '遗体消毒', en: 'disinfection' },
  storage: { zh: '遗体存放', en: 'storage' },
  farewell: { zh: '告别厅', en: 'farewell hall' },
  cremation: { zh: '遗体火化', en: 'cremation' },
  urn: { zh: '骨灰盒', en: 'urn' },
  'urn-keeping': { zh: '骨灰寄存', en: 'keeping of the urn' },
  'funeral-total': { zh: '各项合计', en: 'all services' },
};
