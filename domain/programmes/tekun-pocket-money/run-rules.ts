import { determinedMonth, firstDeterminedMonth } from '../determined.ts';
import type { RunRules } from '../programme.ts';

export const tekunPocketMoneyRunRules: RunRules = {
  id: 'tekun-pocket-money',
  code: 'TL',
  names: { zh: '特困人员零用钱', en: 'Pocket money of the destitute (tekun)' },
  unit: 'person',
  amountBasis: 'decision',
  parameterNames: [],
  assessMonth: determinedMonth,
  firstMonth: firstDeterminedMonth,
};
