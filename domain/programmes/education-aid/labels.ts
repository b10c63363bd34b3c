import type { Bilingual } from '../../bilingual.ts';
import { GRANT_STEPS } from '../../grants/labels.ts';

export const EDUCATION_AID_STEPS = GRANT_STEPS;

export const EDUCATION_AID_WORDS: Readonly<Record<string, Bilingual>> = {
  preschool: { zh: '学前', en: 'preschool' },
  compulsory: { zh: '义务教育', en: 'compulsory school' },
  'high-school': { zh: '普通高中', en: 'high school' },
  vocational: { zh: '中等职业学校', en: 'vocational school' },
  college: { zh: '专科', en: 'college' },
  undergraduate: { zh: '本科', en: 'undergraduate' },
  master: { zh: '硕士研究生', en: 'master' },
};
