import { careProgrammeParts } from '../../care/programme-parts.ts';
import type { Programme } from '../programme.ts';
import { TEKUN_CARE_PARAMETERS } from './parameters.ts';
import { CARE, TEKUN_CARE_AMOUNTS } from './rules.ts';
import { tekunCareRunRules } from './run-rules.ts';

/** 特困人员照料护理: decided with the basic living, paid to the caregiver or institution under an agreement. */
export const tekunCare: Programme = {
  ...tekunCareRunRules,
  ...careProgrammeParts(TEKUN_CARE_AMOUNTS),
  parameters: TEKUN_CARE_PARAMETERS,
  components: { [CARE]: { zh: '照料护理费', en: 'care' } },
  decidedBy: 'tekun',
};
