import * as z from 'zod/mini';
import { dateFact, optionFact } from '../../grants/fact-fields.ts';
import { amountText, DECIDED_AT } from '../../grants/parameter-specs.ts';
import { moneySpec, OPTION, practiceSpec, wholeBetween } from '../../policy/practice-spec.ts';

/** 海葬、骨灰撒散、深埋不留标志、树葬、花坛葬、草坪葬、壁葬、塔葬、骨灰堂（楼）存放. */
export const BURIAL_WAYS = [
  'sea',
  'scattering',
  'deep',
  'tree',
  'flower',
  'lawn',
  'wall',
  'tower',
  'hall',
] as const;

export const GREEN_BURIAL_PARAMETERS = {
  burialAwards: moneySpec(
    z.partialRecord(z.enum(BURIAL_WAYS), amountText),
    '各安葬方式奖补标准（每例）',
    'award by way of burial, each',
  ),
  /** Whether what the decedent received in life for the same promise is taken off (生前享有). */
  inLifeDeducted: practiceSpec(z.boolean(), '扣除生前已享有的奖补', 'less what was paid in life', OPTION),
  applyWithin: practiceSpec(
    z.union([z.literal('none'), wholeBetween(1, 36)]),
    '申请期限（安葬后）',
    'to be applied for within, from the burial',
    ['月', 'months'],
  ),
  decidedAt: DECIDED_AT,
} as const;

/** The subject is the decedent; who is paid is the handler (经办人). */
export const GreenBurialFacts = z.strictObject({
  diedOn: dateFact('死亡日期', 'day of death'),
  buriedOn: dateFact('安葬日期', 'day of burial'),
  way: optionFact(
    BURIAL_WAYS,
    '安葬方式：海葬、撒散、深埋、树葬、花坛葬、草坪葬、壁葬、塔葬、骨灰堂',
    'way of burial',
  ),
});
export type GreenBurialFacts = z.infer<typeof GreenBurialFacts>;
