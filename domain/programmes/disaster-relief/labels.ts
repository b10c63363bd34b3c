import type { Bilingual } from '../../bilingual.ts';
import { GRANT_STEPS } from '../../grants/labels.ts';

export const DISASTER_RELIEF_STEPS = GRANT_STEPS;

/** Names of the kinds of relief: of the components, and in steps. */
export const RELIEF_NAMES = {
  bereaved: { zh: '遇难人员家属抚慰金', en: 'to families of the dead' },
  evacuated: { zh: '紧急转移安置救助', en: 'for those evacuated' },
  transition: { zh: '过渡期生活救助', en: 'living aid in transition' },
  'house-collapsed': { zh: '倒塌和严重损坏住房补助', en: 'for a collapsed or badly damaged house' },
  'house-damaged': { zh: '一般损坏住房补助', en: 'for a damaged house' },
  drought: { zh: '旱灾临时生活困难救助', en: 'aid in drought' },
  'winter-spring': { zh: '冬春临时生活困难救助', en: 'aid in winter and spring' },
} as const satisfies Record<string, Bilingual>;
