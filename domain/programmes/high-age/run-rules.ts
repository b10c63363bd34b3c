import type { RunRules } from '../programme.ts';
import { assessMonth, firstMonth } from './rules.ts';

/** Those of ./parameters.ts, by a test: a run needs their names and not what checks their values. */
const PARAMETER_NAMES = [
  'bands',
  'bandStart',
  'leapDay',
  'lateApplication',
  'requiresApplication',
  'stopFrom',
  'resumeFrom',
  'classChange',
  'stacking',
];

export const highAgeRunRules: RunRules = {
  id: 'high-age',
  code: 'GL',
  names: { zh: '高龄津贴', en: 'High-age allowance' },
  unit: 'person',
  amountBasis: 'rule',
  parameterNames: PARAMETER_NAMES,
  assessMonth,
  firstMonth,
};
