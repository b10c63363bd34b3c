import { oneOffRunRules } from '../../grants/run-rules.ts';

/** Apart from the award after death: here a death ends what is paid, there it is what it is paid for. */
export const greenBurialAgreementRunRules = oneOffRunRules({
  id: 'green-burial-agreement',
  code: 'JX',
  names: { zh: '节地生态安葬生前奖补', en: 'Green burial award in life' },
  unit: 'person',
  parameterNames: ['inLifeAward', 'agreementAge', 'withdrawal', 'decidedAt'],
});
