import { careProgrammeParts } from '../../care/programme-parts.ts';
import type { Programme } from '../programme.ts';
import { TEKUN_PARAMETERS } from './parameters.ts';
import { BASIC, FUNERAL, POCKET_MONEY, TEKUN_AMOUNTS } from './rules.ts';
import { tekunRunRules } from './run-rules.ts';

/** 特困人员基本生活: one written decision covers it, care and pocket money; each is an enrolment with a payee of its own. */
export const tekun: Programme = {
  ...tekunRunRules,
  ...careProgrammeParts(TEKUN_AMOUNTS),
  parameters: TEKUN_PARAMETERS,
  components: {
    [BASIC]: { zh: '基本生活费', en: 'basic living' },
    [POCKET_MONEY]: { zh: '零用钱', en: 'pocket money' },
    [FUNERAL]: { zh: '丧葬费', en: 'funeral' },
  },
  decidedWith: ['tekun-care', 'tekun-pocket-money'],
};
