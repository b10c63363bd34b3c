import type { Bilingual } from '../../bilingual.ts';
import { GRANT_STEPS } from '../../grants/labels.ts';

export const EMPLOYER_SOCIAL_INSURANCE_STEPS = {
  ...GRANT_STEPS,
  'employer-test': {
    zh: '{from}至{to}：残疾职工{result}人（清册{proof}，{payrollCount}人），职工{staff}人；不少于{leastEmployees}人且不低于{leastPercent}%',
    en: '{from} to {to}: {result} disabled employees (list {proof}, {payrollCount} persons) of {staff}; at least {leastEmployees} and {leastPercent}% are asked for',
  },
  'share-of-contributions': {
    zh: '单位实缴{contributions}元的{percent}%，计{result}元',
    en: '{percent}% of {contributions} that the employer paid: {result} yuan',
  },
} as const satisfies Record<string, Bilingual>;

export const EMPLOYER_SOCIAL_INSURANCE_WORDS: Readonly<Record<string, Bilingual>> = {
  'person-months': { zh: '参保人月', en: 'months of persons' },
  'insurance-subsidy': { zh: '社保补贴', en: 'subsidy' },
};
