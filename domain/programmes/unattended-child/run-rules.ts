import { CHILD_PARAMETER_NAMES } from '../../children/parameter-names.ts';
import { childMonth, firstChildMonth, SETTLEMENT_AID } from '../../children/rules.ts';
import type { RunRules } from '../programme.ts';

export const unattendedChildRunRules: RunRules = {
  id: 'unattended-child',
  code: 'SW',
  names: { zh: '事实无人抚养儿童基本生活补贴', en: 'Living subsidy of children nobody cares for' },
  unit: 'person',
  amountBasis: 'rule',
  noPublicity: true,
  oneOff: [SETTLEMENT_AID],
  parameterNames: CHILD_PARAMETER_NAMES,
  readsOf: ['orphan'],
  assessMonth: childMonth,
  firstMonth: firstChildMonth,
};
