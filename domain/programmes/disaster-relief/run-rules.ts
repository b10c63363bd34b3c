import { oneOffRunRules } from '../../grants/run-rules.ts';

/** Names of the parameters are those of ./parameters.ts, by a test. */
export const disasterReliefRunRules = oneOffRunRules({
  id: 'disaster-relief',
  code: 'ZH',
  names: { zh: '自然灾害生活救助', en: 'Disaster relief' },
  unit: 'person',
  parameterNames: ['reliefRates', 'transitionDaysMax', 'decidedAt'],
});
