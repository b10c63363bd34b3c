import { DISABILITY_COLUMNS } from '../../disability/columns.ts';
import { DISABILITY_PARAMETERS } from '../../disability/parameters.ts';
import {
  DISABILITY_ENROLMENT_FACTS,
  DISABILITY_LAW,
  DISABILITY_PERSON_FACTS,
} from '../../disability/programme-parts.ts';
import type { Programme } from '../programme.ts';
import { COMPONENT, disabilityLivingRunRules } from './run-rules.ts';

export const disabilityLiving: Programme = {
  ...disabilityLivingRunRules,
  legalBasis: DISABILITY_LAW,
  parameters: DISABILITY_PARAMETERS,
  components: { [COMPONENT]: { zh: '生活补贴', en: 'living subsidy' } },
  personFactKinds: DISABILITY_PERSON_FACTS,
  enrolmentFactKinds: DISABILITY_ENROLMENT_FACTS,
  registerColumns: DISABILITY_COLUMNS,
};
