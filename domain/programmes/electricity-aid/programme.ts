import { monthsInCommon } from '../../grants/dates.ts';
import { ELECTRICITY_COLUMNS } from '../../register/grant-columns.ts';
import type { Programme } from '../programme.ts';
import { ELECTRICITY_AID_PARAMETERS, ElectricityAidFacts } from './parameters.ts';
import { ELECTRICITY, workOutElectricity } from './rules.ts';
import { electricityAidRunRules } from './run-rules.ts';

/** 专项救助（电费）: to households on low income, a period at a time. */
export const electricityAid: Programme = {
  ...electricityAidRunRules,
  legalBasis: [{ document: '发改价格〔2011〕2617号', title: '关于居民生活用电试行阶梯电价的指导意见' }],
  parameters: ELECTRICITY_AID_PARAMETERS,
  components: { [ELECTRICITY]: { zh: '电费补助', en: 'electricity aid' } },
  personFactKinds: [],
  enrolmentFactKinds: ['application'],
  grant: {
    schema: ElectricityAidFacts,
    columns: ELECTRICITY_COLUMNS,
    payee: 'person',
    counts: 'family',
    occasion: (facts) => {
      const { from, to } = facts as ElectricityAidFacts;
      return `${from} ${to}`;
    },
    overlaps: (one, other) => monthsInCommon(one as ElectricityAidFacts, other as ElectricityAidFacts),
    fromRow: (row) => ({ from: row['from'], to: row['to'], category: row['category'] }),
    workOut: workOutElectricity,
  },
};
