import { oneOffRunRules } from '../../grants/run-rules.ts';

/** Names of the parameters are those of ./parameters.ts, by a test. */
export const electricityAidRunRules = oneOffRunRules({
  id: 'electricity-aid',
  code: 'DF',
  names: { zh: '困难群众电费补助', en: 'Electricity aid' },
  unit: 'person',
  parameterNames: ['electricityAid', 'electricityRounding', 'decidedAt'],
});
