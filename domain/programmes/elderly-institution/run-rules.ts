import { oneOffRunRules } from '../../grants/run-rules.ts';

/** Names of the parameters are those of ./parameters.ts, by a test. The enrolment is that of the institution. */
export const elderlyInstitutionRunRules = oneOffRunRules({
  id: 'elderly-institution',
  code: 'YJ',
  names: { zh: '养老机构运营补贴', en: 'Subsidy for beds of elderly homes' },
  unit: 'organisation',
  parameterNames: [
    'bedRates',
    'institutionStars',
    'bedMonth',
    'deathMonth',
    'levelProof',
    'bedRounding',
    'decidedAt',
  ],
});
