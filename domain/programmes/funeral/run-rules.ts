import { oneOffRunRules } from '../../grants/run-rules.ts';

/** Names of the parameters are those of ./parameters.ts, by a test. */
export const funeralRunRules = oneOffRunRules({
  id: 'funeral',
  code: 'BZ',
  names: { zh: '惠民殡葬补助', en: 'Basic funeral services' },
  unit: 'person',
  afterDeath: true,
  parameterNames: [
    'basicItems',
    'totalCap',
    'residency',
    'settlement',
    'excludedBy',
    'applyWithin',
    'decidedAt',
  ],
});
