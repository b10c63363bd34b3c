import type { Programme } from '../programme.ts';
import { TemporaryAidFacts } from './facts.ts';
import { TEMPORARY_AID_PARAMETERS } from './parameters.ts';
import { temporaryAidRunRules } from './run-rules.ts';
import { IMPREST_CASH, SPENDING, URGENT, workOut } from './work-out.ts';

/** 临时救助: help at once in an emergency, or after spending that a family cannot bear; worked out for one application. */
export const temporaryAid: Programme = {
  ...temporaryAidRunRules,
  legalBasis: [
    { document: '国务院令第649号', title: '社会救助暂行办法', article: '第四十七条至第四十八条' },
    { document: '民发〔2018〕23号', title: '民政部 财政部关于进一步加强和改进临时救助工作的意见' },
  ],
  parameters: TEMPORARY_AID_PARAMETERS,
  components: {
    [URGENT]: { zh: '急难型临时救助', en: 'urgent aid' },
    [SPENDING]: { zh: '支出型临时救助', en: 'aid for spending' },
    [IMPREST_CASH]: { zh: '备用金现金救助', en: 'cash from the imprest fund' },
  },
  personFactKinds: [],
  enrolmentFactKinds: ['application'],
  grant: { schema: TemporaryAidFacts, payee: 'person', counts: 'family', workOut },
};
