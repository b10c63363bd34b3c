import { CHILD_PARAMETER_NAMES } from '../../children/parameter-names.ts';
import { childMonth, firstChildMonth, SETTLEMENT_AID } from '../../children/rules.ts';
import type { RunRules } from '../programme.ts';

export const orphanRunRules: RunRules = {
  id: 'orphan',
  code: 'GE',
  names: { zh: '孤儿基本生活费', en: 'Living allowance of orphans' },
  unit: 'person',
  amountBasis: 'rule',
  noPublicity: true,
  oneOff: [SETTLEMENT_AID],
  parameterNames: CHILD_PARAMETER_NAMES,
  readsOf: ['unattended-child'],
  assessMonth: childMonth,
  firstMonth: firstChildMonth,
};
