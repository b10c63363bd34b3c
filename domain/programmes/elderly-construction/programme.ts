import { ELDERLY_CONSTRUCTION_COLUMNS } from '../../register/elderly-columns.ts';
import type { Programme } from '../programme.ts';
import { ELDERLY_CONSTRUCTION_PARAMETERS, ElderlyConstructionFacts } from './parameters.ts';
import { CONSTRUCTION, workOutConstruction } from './rules.ts';
import { elderlyConstructionRunRules } from './run-rules.ts';

/** 养老机构建设（一次性床位）补贴: for new beds, once for a project, in several payments. */
export const elderlyConstruction: Programme = {
  ...elderlyConstructionRunRules,
  legalBasis: [
    {
      document: '中华人民共和国主席令第七十二号',
      title: '中华人民共和国老年人权益保障法',
      article: '第四十二条',
    },
  ],
  parameters: ELDERLY_CONSTRUCTION_PARAMETERS,
  components: { [CONSTRUCTION]: { zh: '床位建设补贴', en: 'subsidy for new beds' } },
  personFactKinds: [],
  enrolmentFactKinds: ['application'],
  grant: {
    schema: ElderlyConstructionFacts,
    columns: ELDERLY_CONSTRUCTION_COLUMNS,
    payee: 'organisation',
    occasion: (facts) => `project ${(facts as ElderlyConstructionFacts).project}`,
    fromRow: (row) => ({
      project: row['project'],
      building: row['building'],
      beds: Number(row['beds']),
      openedOn: row['openedOn'],
    }),
    workOut: workOutConstruction,
  },
};
