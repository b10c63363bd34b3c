import { oneOffRunRules } from '../../grants/run-rules.ts';

/** Names of the parameters are those of ./parameters.ts, by a test. */
export const greenBurialRunRules = oneOffRunRules({
  id: 'green-burial',
  code: 'JD',
  names: { zh: '节地生态安葬奖补', en: 'Green burial award' },
  unit: 'person',
  afterDeath: true,
  parameterNames: ['burialAwards', 'inLifeDeducted', 'applyWithin', 'decidedAt'],
});
