import { disabilityMonth, disabilityStart } from '../../disability/assess.ts';
import type { DisabilityParameters } from '../../disability/parameters.ts';
import { DISABILITY_PARAMETER_NAMES } from '../../disability/words.ts';
import { monthlyReader } from '../monthly.ts';
import type { RunRules } from '../programme.ts';

/** The only component. */
export const COMPONENT = 'living';

const read = monthlyReader<DisabilityParameters>();

/** 困难残疾人生活补贴: by class of household and grade, computed every month (国发〔2015〕52号第二条). */
export const disabilityLivingRunRules: RunRules = {
  id: 'disability-living',
  code: 'CS',
  names: { zh: '困难残疾人生活补贴', en: 'Living subsidy for persons with disabilities in hardship' },
  unit: 'person',
  amountBasis: 'rule',
  parameterNames: DISABILITY_PARAMETER_NAMES,
  readsOf: ['dibao'],
  assessMonth: (input) => disabilityMonth(input, read, COMPONENT),
  firstMonth: (input) => disabilityStart(input, read),
};
