import type { Programme } from '../programme.ts';
import { PRICE_SUBSIDY_PARAMETERS } from './parameters.ts';
import { PRICE_SUBSIDY } from './rules.ts';
import { priceSubsidyRunRules } from './run-rules.ts';

/** 困难群众价格临时补贴: for months in which prices rose, to everybody on the rolls of other programmes. */
export const priceSubsidy: Programme = {
  ...priceSubsidyRunRules,
  legalBasis: [
    {
      document: '发改价格规〔2021〕1553号',
      title: '关于进一步健全社会救助和保障标准与物价上涨挂钩联动机制的通知',
    },
  ],
  parameters: PRICE_SUBSIDY_PARAMETERS,
  components: { [PRICE_SUBSIDY]: { zh: '价格临时补贴', en: 'temporary price subsidy' } },
  personFactKinds: ['death-certified', 'identity-class', 'household'],
  enrolmentFactKinds: ['application', 'stop', 'paid-elsewhere'],
};
