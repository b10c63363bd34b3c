import { firstGrantedMonth, grantedMonth } from '../granted.ts';
import type { RunRules } from '../programme.ts';

/** Those of ./parameters.ts, by a test: a run needs their names and not what checks their values. */
const PARAMETER_NAMES = [
  'aidStandard',
  'urgent',
  'spending',
  'hospitalCare',
  'yearCap',
  'aidRounding',
  'eventWindow',
  'whoMayApply',
  'sameCause',
  'townshipDecides',
  'yearFund',
  'caseByCase',
];

/** A run pays the grants that were decided; what works one out is apart (./programme.ts). */
export const temporaryAidRunRules: RunRules = {
  id: 'temporary-aid',
  code: 'LS',
  names: { zh: '临时救助', en: 'Temporary aid' },
  unit: 'person',
  amountBasis: 'decision',
  paidBy: 'grants',
  parameterNames: PARAMETER_NAMES,
  assessMonth: grantedMonth,
  firstMonth: firstGrantedMonth,
};
