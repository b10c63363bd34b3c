import type { RunRules } from '../programme.ts';
import { assessMonth, firstMonth, isSetOff, payWithin } from './rules.ts';

/** Names of the parameters are those of ./parameters.ts, by a test. */
export const priceSubsidyRunRules: RunRules = {
  id: 'price-subsidy',
  code: 'JG',
  names: { zh: '困难群众价格临时补贴', en: 'Temporary price subsidy' },
  unit: 'person',
  amountBasis: 'rule',
  parameterNames: [
    'indices',
    'priceTrigger',
    'priceStandard',
    'priceRounding',
    'priceLeast',
    'rolls',
    'payWithinDays',
    'stopFrom',
    'resumeFrom',
  ],
  assessMonth,
  firstMonth,
  isSetOff,
  payWithin,
};
