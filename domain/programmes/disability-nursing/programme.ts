import { DISABILITY_COLUMNS } from '../../disability/columns.ts';
import { DISABILITY_PARAMETERS } from '../../disability/parameters.ts';
import {
  DISABILITY_ENROLMENT_FACTS,
  DISABILITY_LAW,
  DISABILITY_PERSON_FACTS,
} from '../../disability/programme-parts.ts';
import type { Programme } from '../programme.ts';
import { COMPONENT, disabilityNursingRunRules } from './run-rules.ts';

export const disabilityNursing: Programme = {
  ...disabilityNursingRunRules,
  legalBasis: DISABILITY_LAW,
  parameters: DISABILITY_PARAMETERS,
  components: { [COMPONENT]: { zh: '护理补贴', en: 'care subsidy' } },
  personFactKinds: DISABILITY_PERSON_FACTS,
  enrolmentFactKinds: DISABILITY_ENROLMENT_FACTS,
  registerColumns: DISABILITY_COLUMNS,
};
