import { oneOffRunRules } from '../../grants/run-rules.ts';

/** Names of the parameters are those of ./parameters.ts, by a test. The enrolment is that of who served. */
export const elderlyOrdersRunRules = oneOffRunRules({
  id: 'elderly-orders',
  code: 'YD',
  names: { zh: '养老服务订单结算', en: 'Settlement of elderly service orders' },
  unit: 'organisation',
  parameterNames: ['orderPricing', 'unusedAllowance', 'orderWithinMonths', 'decidedAt'],
});
