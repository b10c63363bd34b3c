import { firstGrantedMonth, grantedMonth } from '../granted.ts';
import type { RunRules } from '../programme.ts';

/** Those of ./parameters.ts, by a test: a run needs their names and not what checks their values. */
const PARAMETER_NAMES = [
  'grant',
  'tranches',
  'trancheRounding',
  'stillShort',
  'evaluation',
  'failure',
  'budget',
  'settlement',
  'termination',
  'pool',
  'scoring',
  'lateFiles',
  'projectPeriod',
  'doubleSupport',
  'applicants',
  'publicity',
  'release',
  'unusedAfterYears',
  'banYears',
];

/** A run pays what was released; what a release rests on is apart (./programme.ts and the projects themselves). */
export const ventureFundRunRules: RunRules = {
  id: 'venture-fund',
  code: 'GY',
  names: { zh: '公益创投', en: 'Venture fund for public welfare' },
  unit: 'project',
  amountBasis: 'decision',
  paidBy: 'grants',
  parameterNames: PARAMETER_NAMES,
  assessMonth: grantedMonth,
  firstMonth: firstGrantedMonth,
};
