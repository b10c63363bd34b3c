import { accountFileContracts } from './account-files.ts';
import { administrationContracts } from './administration.ts';
import { assessmentContracts } from './assessments.ts';
import { bankDeskContracts } from './bank-desk.ts';
import { bankFormatContracts } from './bank-formats.ts';
import { budgetContracts } from './budgets.ts';
import { calendarContracts } from './calendar.ts';
import { caseContracts } from './cases.ts';
import type { ContractsOf } from './contract.ts';
import { controlContracts } from './controls.ts';
import { delegationContracts } from './delegations.ts';
import { determinationContracts } from './determinations.ts';
import { disclosureContracts } from './disclosures.ts';
import { grantApplicationContracts } from './grant-applications.ts';
import { grantListContracts } from './grant-lists.ts';
import { householdContracts } from './households.ts';
import { imprestContracts } from './imprest.ts';
import { matchingContracts } from './matching.ts';
import { objectionContracts } from './objections.ts';
import { openPaymentContracts } from './open-payments.ts';
import { openingContracts } from './openings.ts';
import { outsidePaymentContracts } from './outside-payments.ts';
import { paperContracts } from './papers.ts';
import { parallelContracts } from './parallel.ts';
import { payeeContracts } from './payees.ts';
import { personContracts } from './persons.ts';
import { policyContracts } from './policy.ts';
import { reconciliationContracts } from './reconciliation.ts';
import { recoveryContracts } from './recoveries.ts';
import { reviewContracts } from './reviews.ts';
import { runContracts } from './runs.ts';
import { statisticsContracts } from './statistics.ts';
import { streetReportContracts } from './street-reports.ts';
import { streetContracts } from './streets.ts';
import { ventureContracts } from './venture.ts';
import { ventureExecutionContracts } from './venture-execution.ts';

/** Everything that finance staff and administrators do. */
export const staffContracts = {
  ...accountFileContracts,
  ...grantListContracts,
  ...administrationContracts,
  ...assessmentContracts,
  ...policyContracts,
  ...budgetContracts,
  ...bankFormatContracts,
  ...calendarContracts,
  ...delegationContracts,
  ...determinationContracts,
  ...reviewContracts,
  ...payeeContracts,
  ...householdContracts,
  ...personContracts,
  ...runContracts,
  ...reconciliationContracts,
  ...bankDeskContracts,
  ...outsidePaymentContracts,
  ...openPaymentContracts,
  ...recoveryContracts,
  ...statisticsContracts,
  ...openingContracts,
  ...parallelContracts,
  ...streetReportContracts,
  ...streetContracts,
  ...paperContracts,
  ...controlContracts,
  ...disclosureContracts,
  ...objectionContracts,
  ...matchingContracts,
  ...caseContracts,
  ...ventureContracts,
  ...ventureExecutionContracts,
  ...grantApplicationContracts,
  ...imprestContracts,
} as const satisfies ContractsOf<'staff'>;
