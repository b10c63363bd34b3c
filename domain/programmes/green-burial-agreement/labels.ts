import type { Bilingual } from '../../bilingual.ts';
import { GRANT_STEPS } from '../../grants/labels.ts';

export const GREEN_BURIAL_AGREEMENT_STEPS = {
  ...GRANT_STEPS,
  'agreement-once': {
    zh: '生前节地生态安葬协议{agreement}（{signedOn}签订），一次性享有；退出的：{withdrawal}',
    en: 'green burial agreement {agreement} of {signedOn}, paid once; on withdrawal: {withdrawal}',
  },
  'agreement-year': {
    zh: '生前节地生态安葬协议{agreement}（{signedOn}签订），享有{result}年度；退出或去世的自次年起终止，退出的：{withdrawal}',
    en: 'green burial agreement {agreement} of {signedOn}, for {result}; ends with the year of a withdrawal or death; on withdrawal: {withdrawal}',
  },
  'agreement-withdrawn': {
    zh: '签约人于{withdrawnOn}退出协议{agreement}，{result}年度的生前奖补撤销；退出的：{withdrawal}',
    en: 'the signatory withdrew from agreement {agreement} on {withdrawnOn}: the award for {result} is withdrawn; on withdrawal: {withdrawal}',
  },
} as const satisfies Record<string, Bilingual>;

export const GREEN_BURIAL_AGREEMENT_WORDS: Readonly<Record<string, Bilingual>> = {
  'in-life-award': { zh: '生前奖补', en: 'award in life' },
  keep: { zh: '已领取的不追回', en: 'what was paid is kept' },
  recover: { zh: '已领取的予以追回', en: 'what was paid is recovered' },
};
