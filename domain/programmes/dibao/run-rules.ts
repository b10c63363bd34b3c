import { determinedMonth, firstDeterminedMonth } from '../determined.ts';
import type { RunRules } from '../programme.ts';

/** Those of ./parameters.ts, by a test: a run needs their names and not what checks their values. */
const PARAMETER_NAMES = [
  'standard',
  'marginalLine',
  'base',
  'fullStandard',
  'fullStandardIncome',
  'severeDisability',
  'incomeNotCounted',
  'incomeDeduction',
  'jobReward',
  'parentSupport',
  'childSupport',
  'deductibleSpending',
  'rigidExpenditure',
  'topUps',
  'topUpStandard',
  'topUpRounding',
  'singlePerson',
  'minimumPayment',
  'taper',
  'startMonth',
  'changeMonth',
  'ageChange',
  'leapDay',
  'stacking',
];

/** A run pays the determination in force; what proposes one is apart (./programme.ts). */
export const dibaoRunRules: RunRules = {
  id: 'dibao',
  code: 'DB',
  names: { zh: '最低生活保障', en: 'Minimum living allowance' },
  unit: 'household',
  amountBasis: 'decision',
  parameterNames: PARAMETER_NAMES,
  assessMonth: determinedMonth,
  firstMonth: firstDeterminedMonth,
};
