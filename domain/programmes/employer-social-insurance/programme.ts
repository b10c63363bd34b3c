import { monthsInCommon } from '../../grants/dates.ts';
import { EMPLOYER_COLUMNS } from '../../register/grant-columns.ts';
import type { Programme } from '../programme.ts';
import { EMPLOYER_SOCIAL_INSURANCE_PARAMETERS, EmployerSocialInsuranceFacts } from './parameters.ts';
import { INSURANCE_SUBSIDY, workOutInsurance } from './rules.ts';
import { employerSocialInsuranceRunRules } from './run-rules.ts';

/** 残疾人集中就业企业社会保险补贴: to companies, for what they paid for their disabled employees. */
export const employerSocialInsurance: Programme = {
  ...employerSocialInsuranceRunRules,
  legalBasis: [{ document: '国务院令第488号', title: '残疾人就业条例' }],
  parameters: EMPLOYER_SOCIAL_INSURANCE_PARAMETERS,
  components: { [INSURANCE_SUBSIDY]: { zh: '社会保险补贴', en: 'social insurance subsidy' } },
  personFactKinds: [],
  enrolmentFactKinds: ['application'],
  grant: {
    schema: EmployerSocialInsuranceFacts,
    columns: EMPLOYER_COLUMNS,
    payee: 'organisation',
    occasion: (facts) => {
      const { from, to } = facts as EmployerSocialInsuranceFacts;
      return `${from} ${to}`;
    },
    overlaps: (one, other) =>
      monthsInCommon(one as EmployerSocialInsuranceFacts, other as EmployerSocialInsuranceFacts),
    fromRow: (row) => ({
      from: row['from'],
      to: row['to'],
      employees: Number(row['employees']),
      personMonths: Number(row['personMonths']),
      staff: Number(row['staff']),
      contributions: row['contributions'],
      payrollCount: Number(row['payrollCount']),
      proof: row['proof'],
    }),
    workOut: workOutInsurance,
  },
};
