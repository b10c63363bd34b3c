import { GREEN_BURIAL_COLUMNS } from '../../register/grant-columns.ts';
import type { Programme } from '../programme.ts';
import { GREEN_BURIAL_PARAMETERS, GreenBurialFacts } from './parameters.ts';
import { BURIAL_AWARD, workOutGreenBurial } from './rules.ts';
import { greenBurialRunRules } from './run-rules.ts';

/** 节地生态安葬奖补（逝后）: the subject is the decedent, the handler is paid. 生前享有 is a programme of its own. */
export const greenBurial: Programme = {
  ...greenBurialRunRules,
  legalBasis: [
    { document: '国务院令第225号', title: '殡葬管理条例' },
    { document: '民发〔2016〕21号', title: '关于推行节地生态安葬的指导意见' },
  ],
  parameters: GREEN_BURIAL_PARAMETERS,
  components: { [BURIAL_AWARD]: { zh: '节地生态安葬奖补', en: 'green burial award' } },
  personFactKinds: [],
  enrolmentFactKinds: ['application'],
  grant: {
    schema: GreenBurialFacts,
    columns: GREEN_BURIAL_COLUMNS,
    payee: 'person',
    oncePerSubject: true,
    occasion: () => 'burial',
    fromRow: (row) => ({ diedOn: row['diedOn'], buriedOn: row['buriedOn'], way: row['way'] }),
    workOut: workOutGreenBurial,
  },
};
