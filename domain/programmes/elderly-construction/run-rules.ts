import { oneOffRunRules } from '../../grants/run-rules.ts';

/** Names of the parameters are those of ./parameters.ts, by a test. */
export const elderlyConstructionRunRules = oneOffRunRules({
  id: 'elderly-construction',
  code: 'YC',
  names: { zh: '养老机构建设补贴', en: 'Construction subsidy of elderly homes' },
  unit: 'organisation',
  parameterNames: ['constructionRates', 'constructionParts', 'bedsLeast', 'decidedAt'],
});
