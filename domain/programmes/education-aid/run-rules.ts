import { oneOffRunRules } from '../../grants/run-rules.ts';

/** Names of the parameters are those of ./parameters.ts, by a test. */
export const educationAidRunRules = oneOffRunRules({
  id: 'education-aid',
  code: 'JY',
  names: { zh: '困难群众教育救助', en: 'Education aid' },
  unit: 'person',
  parameterNames: ['educationRates', 'educationParts', 'decidedAt'],
});
