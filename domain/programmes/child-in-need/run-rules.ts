import { CHILD_PARAMETER_NAMES } from '../../children/parameter-names.ts';
import { childMonth, firstChildMonth, SETTLEMENT_AID } from '../../children/rules.ts';
import type { RunRules } from '../programme.ts';

export const childInNeedRunRules: RunRules = {
  id: 'child-in-need',
  code: 'KT',
  names: { zh: '困境儿童生活费', en: 'Living allowance of children in need' },
  unit: 'person',
  amountBasis: 'rule',
  noPublicity: true,
  oneOff: [SETTLEMENT_AID],
  parameterNames: CHILD_PARAMETER_NAMES,
  readsOf: ['orphan', 'unattended-child'],
  assessMonth: childMonth,
  firstMonth: firstChildMonth,
};
