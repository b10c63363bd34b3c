import type { Bilingual } from '../../bilingual.ts';
import { GRANT_STEPS } from '../../grants/labels.ts';

export const HOUSING_AID_STEPS = GRANT_STEPS;

export const HOUSING_AID_WORDS: Readonly<Record<string, Bilingual>> = {
  repair: { zh: '修缮加固', en: 'repair' },
  rebuild: { zh: '重建', en: 'rebuilding' },
  'housing-spend': { zh: '以实际支出为限', en: 'limited to what was spent' },
};
