import type { staffContracts } from '../contracts/staff.ts';
import type { Operations } from '../operation.ts';
import { accountFiles } from './account-files.ts';
import { administration } from './administration.ts';
import { assessments } from './assessments.ts';
import { bankDeskOperations } from './bank-desk.ts';
import { bankFormats } from './bank-formats.ts';
import { budgets } from './budgets.ts';
import { calendar } from './calendar.ts';
import { cases } from './cases.ts';
import { controls } from './controls.ts';
import { delegations } from './delegations.ts';
import { determinations } from './determinations.ts';
import { disclosures } from './disclosures.ts';
import { filesIn } from './files.ts';
import { grantApplications } from './grant-applications.ts';
import { grantLists } from './grant-lists.ts';
import { households } from './households.ts';
import { imprest } from './imprest.ts';
import { matching } from './matching.ts';
import { objections } from './objections.ts';
import { openPayments } from './open-payments.ts';
import { openings } from './openings.ts';
import { outsidePayments } from './outside-payments.ts';
import { papers } from './papers.ts';
import { parallelRuns } from './parallel.ts';
import { payees } from './payees.ts';
import { persons } from './persons.ts';
import { policyOperations } from './policy.ts';
import { reconciliation } from './reconciliation.ts';
import { recoveries } from './recoveries.ts';
import { reviews } from './reviews.ts';
import { runViews } from './run-views.ts';
import { runActs } from './runs.ts';
import type { StaffServices } from './services.ts';
import { statisticsOperations } from './statistics.ts';
import { streetReports } from './street-reports.ts';
import { streets } from './streets.ts';
import { venture } from './venture.ts';
import { ventureExecution } from './venture-execution.ts';
import { ventureOrganisations } from './venture-organisations.ts';

export const staffOperations: Operations<'staff', typeof staffContracts, StaffServices> = {
  ...accountFiles,
  ...grantLists,
  ...administration,
  ...assessments,
  ...policyOperations,
  ...budgets,
  ...bankFormats,
  ...calendar,
  ...delegations,
  ...determinations,
  ...reviews,
  ...filesIn,
  ...payees,
  ...households,
  ...persons,
  ...runActs,
  ...runViews,
  ...reconciliation,
  ...bankDeskOperations,
  ...outsidePayments,
  ...openPayments,
  ...recoveries,
  ...statisticsOperations,
  ...openings,
  ...parallelRuns,
  ...streetReports,
  ...streets,
  ...papers,
  ...controls,
  ...disclosures,
  ...objections,
  ...matching,
  ...cases,
  ...venture,
  ...ventureExecution,
  ...ventureOrganisations,
  ...grantApplications,
  ...imprest,
};
