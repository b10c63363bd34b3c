import type { Recipients } from '../../domain/budget/recipients.ts';
import type { Month } from '../../domain/calendar.ts';
import type { JurisdictionCode } from '../../domain/ids.ts';
import type { Run } from '../../domain/run/run.ts';
import type { RunStores } from '../run/ports.ts';
import type { FundingRequest } from '../run/service.ts';
import { type BudgetDesk, type BudgetPorts, budgetDesk } from './budget-desk.ts';
import { countRecipients, fundingSummary } from './funding-request.ts';
import { budgetReport, type ProgrammeReport, type ReportQuery } from './report.ts';

/** Budgets beside the runs that draw them: acts, the close of a year, and what is printed for the finance bureau. */
export type BudgetService = BudgetDesk & {
  budgetReport: (query: ReportQuery) => Promise<readonly ProgrammeReport[]>;
  fundingSummary: (jurisdiction: JurisdictionCode, month: Month) => Promise<readonly FundingRequest[]>;
  countRecipients: (run: Run) => Promise<Recipients>;
};

export const budgetService = (ports: BudgetPorts & Pick<RunStores, 'ledger' | 'drafts'>): BudgetService => ({
  ...budgetDesk(ports),
  budgetReport: (query) => budgetReport(ports, query),
  fundingSummary: (jurisdiction, month) => fundingSummary(ports, jurisdiction, month),
  countRecipients: (run) => countRecipients(ports, run),
});
