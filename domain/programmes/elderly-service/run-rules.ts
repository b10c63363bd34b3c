import type { RunRules } from '../programme.ts';
import { assessMonth, firstMonth } from './rules.ts';

/** Names of the parameters are those of ./parameters.ts, by a test. */
export const elderlyServiceRunRules: RunRules = {
  id: 'elderly-service',
  code: 'YL',
  names: { zh: '养老服务补贴', en: 'Elderly service subsidy' },
  unit: 'person',
  amountBasis: 'rule',
  parameterNames: [
    'serviceAmounts',
    'delivery',
    'serviceAge',
    'ageStart',
    'leapDay',
    'levelChange',
    'stopFrom',
    'resumeFrom',
    'startMonth',
    'requiresDecision',
    'stacking',
  ],
  assessMonth,
  firstMonth,
};
