import type { Bilingual } from '../../bilingual.ts';
import { GRANT_STEPS } from '../../grants/labels.ts';

export const ELDERLY_CONSTRUCTION_STEPS = GRANT_STEPS;

export const ELDERLY_CONSTRUCTION_WORDS: Readonly<Record<string, Bilingual>> = {
  new: { zh: '新建床位', en: 'new beds' },
  extended: { zh: '改扩建床位', en: 'beds added by extension' },
  leased: { zh: '租赁改造床位', en: 'beds in leased buildings' },
};
