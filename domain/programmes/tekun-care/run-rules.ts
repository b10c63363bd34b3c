import { determinedMonth, firstDeterminedMonth } from '../determined.ts';
import type { RunRules } from '../programme.ts';

/** Names of the parameters are those of ./parameters.ts, by a test. */
export const tekunCareRunRules: RunRules = {
  id: 'tekun-care',
  code: 'TH',
  names: { zh: '特困人员照料护理', en: 'Care of the destitute (tekun)' },
  unit: 'person',
  amountBasis: 'decision',
  parameterNames: ['careStandard', 'minimumWage', 'careMapping', 'stacking'],
  assessMonth: determinedMonth,
  firstMonth: firstDeterminedMonth,
};
