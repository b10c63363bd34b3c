import { oneOffRunRules } from '../../grants/run-rules.ts';

/** Names of the parameters are those of ./parameters.ts, by a test. */
export const employerSocialInsuranceRunRules = oneOffRunRules({
  id: 'employer-social-insurance',
  code: 'SB',
  names: { zh: '残疾人集中就业企业社保补贴', en: 'Social insurance of disabled employees' },
  unit: 'organisation',
  parameterNames: ['insuranceShare', 'employerTest', 'insuranceRounding', 'decidedAt'],
});
