import { GREEN_BURIAL_AGREEMENT_COLUMNS } from '../../register/grant-columns.ts';
import type { Programme } from '../programme.ts';
import { GREEN_BURIAL_AGREEMENT_PARAMETERS, GreenBurialAgreementFacts } from './parameters.ts';
import { agreementWithdrawn, IN_LIFE_AWARD, inLifeOccasion, workOutInLife } from './rules.ts';
import { greenBurialAgreementRunRules } from './run-rules.ts';

/** 节地生态安葬生前享有: paid to the living who signed that they will be buried so. */
export const greenBurialAgreement: Programme = {
  ...greenBurialAgreementRunRules,
  legalBasis: [{ document: '民发〔2016〕21号', title: '关于推行节地生态安葬的指导意见' }],
  parameters: GREEN_BURIAL_AGREEMENT_PARAMETERS,
  components: { [IN_LIFE_AWARD]: { zh: '生前奖补', en: 'award in life' } },
  personFactKinds: ['birth-date', 'death-certified', 'death-reported'],
  enrolmentFactKinds: ['application'],
  grant: {
    schema: GreenBurialAgreementFacts,
    columns: GREEN_BURIAL_AGREEMENT_COLUMNS,
    payee: 'person',
    occasion: (facts) => inLifeOccasion(facts as GreenBurialAgreementFacts),
    fromRow: (row) => ({
      agreement: row['agreement'],
      signedOn: row['signedOn'],
      year: Number(row['year']),
      ...(row['withdrawnOn'] !== undefined && { withdrawnOn: row['withdrawnOn'] }),
    }),
    agreement: {
      of: (facts) => (facts as GreenBurialAgreementFacts).agreement,
      withdrawn: (facts, on, view) => agreementWithdrawn(facts as GreenBurialAgreementFacts, on, view),
    },
    workOut: workOutInLife,
  },
};
