import { oneOffRunRules } from '../../grants/run-rules.ts';

/** Names of the parameters are those of ./parameters.ts, by a test. */
export const housingAidRunRules = oneOffRunRules({
  id: 'housing-aid',
  code: 'ZF',
  names: { zh: '困难群众住房救助', en: 'Housing aid' },
  unit: 'person',
  parameterNames: ['housingRates', 'housingLimit', 'decidedAt'],
});
