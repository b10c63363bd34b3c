import { monthOf } from '../../calendar.ts';
import { ELDERLY_INSTITUTION_COLUMNS } from '../../register/elderly-columns.ts';
import type { Programme } from '../programme.ts';
import { BedMonthFacts, ELDERLY_INSTITUTION_PARAMETERS } from './parameters.ts';
import { BED, workOutBedMonth } from './rules.ts';
import { elderlyInstitutionRunRules } from './run-rules.ts';

/** 养老机构运营（床位）补贴: for occupied beds, reported by the institution every month and verified; a resident counts once in a month. */
export const elderlyInstitution: Programme = {
  ...elderlyInstitutionRunRules,
  legalBasis: [
    {
      document: '中华人民共和国主席令第七十二号',
      title: '中华人民共和国老年人权益保障法',
      article: '第四十二条',
    },
  ],
  parameters: ELDERLY_INSTITUTION_PARAMETERS,
  components: { [BED]: { zh: '床位运营补贴', en: 'subsidy for occupied beds' } },
  personFactKinds: ['death-certified', 'care-level'],
  enrolmentFactKinds: ['application'],
  grant: {
    schema: BedMonthFacts,
    columns: ELDERLY_INSTITUTION_COLUMNS,
    payee: 'organisation',
    occasion: (facts) => monthOf((facts as BedMonthFacts).from),
    settlement: { oncePer: 'person' },
    fromRow: ({ payeeIdNumber, bedLevel, bedFrom, bedTo }) => ({
      institution: payeeIdNumber,
      level: bedLevel,
      from: bedFrom,
      to: bedTo,
    }),
    workOut: workOutBedMonth,
  },
};
