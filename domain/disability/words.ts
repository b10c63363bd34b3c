/** Identity classes (人员类别): 特困, 低保, 低保边缘或低收入, 其他. */
export const IDENTITY_CLASSES = ['tekun', 'dibao', 'marginal', 'none'] as const;
export type IdentityClass = (typeof IDENTITY_CLASSES)[number];

/** 全自理、半护理、全护理. */
export const CARE_LEVELS = ['full', 'half', 'none'] as const;

/** Those of ./parameters.ts, by a test: a run needs their names and not what checks their values. */
export const DISABILITY_PARAMETER_NAMES = [
  'tiers',
  'rates',
  'base',
  'stableIncome',
  'excludedClasses',
  'classChange',
  'gradeChange',
  'ageChange',
  'leapDay',
  'cardRequired',
  'cardRenewal',
  'regrading',
  'severalCards',
  'workInjuryCare',
  'federationReview',
  'incomeReport',
  'recheck',
  'reapplyAfter',
  'handover',
  'startMonth',
  'requiresDecision',
  'stopFrom',
  'resumeFrom',
  'stacking',
];
