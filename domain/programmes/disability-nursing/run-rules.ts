import { disabilityMonth, disabilityStart } from '../../disability/assess.ts';
import type { DisabilityParameters } from '../../disability/parameters.ts';
import { DISABILITY_PARAMETER_NAMES } from '../../disability/words.ts';
import { monthlyReader } from '../monthly.ts';
import type { RunRules } from '../programme.ts';

/** The only component. */
export const COMPONENT = 'nursing';

const read = monthlyReader<DisabilityParameters>();

/** 重度残疾人护理补贴: by grade and need of care, computed every month (国发〔2015〕52号第二条). */
export const disabilityNursingRunRules: RunRules = {
  id: 'disability-nursing',
  code: 'CH',
  names: { zh: '重度残疾人护理补贴', en: 'Care subsidy for persons with severe disabilities' },
  unit: 'person',
  amountBasis: 'rule',
  parameterNames: DISABILITY_PARAMETER_NAMES,
  readsOf: ['dibao'],
  assessMonth: (input) => disabilityMonth(input, read, COMPONENT),
  firstMonth: (input) => disabilityStart(input, read),
};
