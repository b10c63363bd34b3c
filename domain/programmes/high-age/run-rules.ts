import type { RunRules } from '../programme.ts';
import { HIGH_AGE_PARAMETERS } from './parameters.ts';
import { assessMonth, firstMonth } from './rules.ts';

export const highAgeRunRules: RunRules = {
  id: 'high-age',
  code: 'GL',
  names: { zh: '高龄津贴', en: 'High-age allowance' },
  unit: 'person',
  amountBasis: 'rule',
  parameterNames: Object.keys(HIGH_AGE_PARAMETERS),
  assessMonth,
  firstMonth,
};
