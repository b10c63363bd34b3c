import { determinedMonth, firstDeterminedMonth } from '../determined.ts';
import type { RunRules } from '../programme.ts';

/** A run pays the determination in force; what proposes one is apart (./programme.ts). Names are those of ./parameters.ts, by a test. */
export const tekunRunRules: RunRules = {
  id: 'tekun',
  code: 'TK',
  names: { zh: '特困人员基本生活', en: 'Basic living of the destitute (tekun)' },
  unit: 'person',
  amountBasis: 'decision',
  parameterNames: [
    'standard',
    'pocketMoney',
    'funeral',
    'groups',
    'ageChange',
    'leapDay',
    'startMonth',
    'changeMonth',
    'deathEnd',
    'stopFrom',
    'stacking',
  ],
  assessMonth: determinedMonth,
  firstMonth: firstDeterminedMonth,
};
