import type { Bilingual } from '../../bilingual.ts';
import { GRANT_STEPS } from '../../grants/labels.ts';

export const GREEN_BURIAL_STEPS = {
  ...GRANT_STEPS,
  'less-in-life': {
    zh: '奖补{award}元，扣除生前已享有{before}元，计{result}元',
    en: 'award of {award}, less {before} paid in life: {result} yuan',
  },
} as const satisfies Record<string, Bilingual>;

export const GREEN_BURIAL_WORDS: Readonly<Record<string, Bilingual>> = {
  sea: { zh: '海葬', en: 'sea burial' },
  scattering: { zh: '骨灰撒散', en: 'scattering' },
  deep: { zh: '深埋不留标志', en: 'deep burial without a mark' },
  tree: { zh: '树葬', en: 'tree burial' },
  flower: { zh: '花坛葬', en: 'flower bed burial' },
  lawn: { zh: '草坪葬', en: 'lawn burial' },
  wall: { zh: '壁葬', en: 'wall burial' },
  tower: { zh: '塔葬', en: 'tower burial' },
  hall: { zh: '骨灰堂（楼）存放', en: 'columbarium' },
};
