import type { Programme } from '../programme.ts';
import { IMPREST_PARAMETERS } from './parameters.ts';
import { ADVANCE, imprestRunRules } from './run-rules.ts';

/** 临时救助备用金 of townships: cash for emergencies, replenished against vouchers. */
export const imprest: Programme = {
  ...imprestRunRules,
  legalBasis: [
    { document: '国务院令第649号', title: '社会救助暂行办法', article: '第四十八条' },
    { document: '民发〔2018〕23号', title: '民政部 财政部关于进一步加强和改进临时救助工作的意见' },
  ],
  parameters: IMPREST_PARAMETERS,
  components: { [ADVANCE]: { zh: '备用金补足', en: 'replenishment of the imprest fund' } },
  personFactKinds: [],
  enrolmentFactKinds: ['application'],
};
