import type { RunRules } from '../programme.ts';
import { assessMonth, FUNERAL, firstMonth } from './rules.ts';

/** Those of ./parameters.ts, by a test: a run needs their names and not what checks their values. */
const PARAMETER_NAMES = [
  'rates',
  'funeralAid',
  'classChange',
  'leapDay',
  'moveOut',
  'startMonth',
  'requiresDecision',
  'stopFrom',
  'resumeFrom',
  'stacking',
];

/** 优抚定期抚恤补助, by class of recipient. */
export const veteransCareRunRules: RunRules = {
  id: 'veterans-care',
  code: 'YF',
  names: { zh: '优抚定期抚恤补助', en: 'Regular pensions and allowances for veterans and their families' },
  unit: 'person',
  amountBasis: 'rule',
  oneOff: [FUNERAL],
  parameterNames: PARAMETER_NAMES,
  assessMonth,
  firstMonth,
};
