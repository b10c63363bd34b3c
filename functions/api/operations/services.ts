import type { Result } from '../../../domain/result.ts';
import type { WorkingDays } from '../../../domain/working-days.ts';
import type { AccountChanges } from '../../adapters/account-changes.ts';
import type { AccountFileStore } from '../../adapters/account-file-store.ts';
import type { DisclosureStore } from '../../adapters/disclosure-store.ts';
import type { GrantListStore } from '../../adapters/grant-list-store.ts';
import type { StoredEvent } from '../../adapters/household-event-store.ts';
import type { ImportStore } from '../../adapters/import-store.ts';
import type { MatchStore } from '../../adapters/match-store.ts';
import type { MessageQueues } from '../../adapters/message-queues.ts';
import type { ObjectStore } from '../../adapters/object-store.ts';
import type { PolicyStore } from '../../adapters/policy-store.ts';
import type { RegisterStore } from '../../adapters/register-store.ts';
import type { SigningAuthorityStore } from '../../adapters/signing-authority-store.ts';
import type { StaffStore } from '../../adapters/staff-store.ts';
import type { StreetReportStore } from '../../adapters/street-report-store.ts';
import type { StreetRows } from '../../adapters/street-rows.ts';
import type { StreetStore } from '../../adapters/street-store.ts';
import type { Scope } from '../../adapters/sweep-store.ts';
import type { UploadRecords } from '../../adapters/upload-records.ts';
import type { BankDesk } from '../../bank/bank-desk.ts';
import type { BudgetService } from '../../budget/budget-service.ts';
import type { ReviewService } from '../../determination/review-service.ts';
import type { DeterminationService } from '../../determination/service.ts';
import type { Comparisons } from '../../go-live/compare-list.ts';
import type { Openings } from '../../go-live/start-opening.ts';
import type { ApplicationPorts } from '../../grants/application-ports.ts';
import type { MyGrants } from '../../grants/my-grants.ts';
import type { EventRequest } from '../../household/household-events.ts';
import type { ImprestPorts } from '../../imprest/ports.ts';
import type { CasePorts } from '../../matching/cases.ts';
import type { PaidAfterDeath } from '../../matching/death-report.ts';
import type { PolicyDeskPorts } from '../../policy/ports.ts';
import type { RecoveryPorts } from '../../recovery/recovery-ports.ts';
import type { AuditViews, BeneficiaryViews, RunService, RunViews } from '../../run/service.ts';
import type { StatementPorts } from '../../statement/load-statement.ts';
import type { StatisticsPorts } from '../../statistics/statistics.ts';
import type { OpenLists, Surrenders } from '../../unpaid/service.ts';
import type { CarryPorts } from '../../venture/carry-out.ts';
import type { IntakePorts } from '../../venture/ports.ts';
import type { Clock } from '../../wiring.ts';

/** Streets' change reports, their rows, and the policy that says when they are locked. */
export type StreetServices = {
  readonly reports: StreetReportStore;
  readonly rows: StreetRows;
  readonly changes: StreetStore;
  readonly policies: Pick<PolicyStore, 'current' | 'packs'>;
};
/** Matching lists, the cases that they open, relatives of staff, and the calendar that deadlines go by. */
export type MatchingServices = CasePorts & {
  readonly matches: MatchStore;
  readonly deathReport: (scope: Scope) => Promise<readonly PaidAfterDeath[]>;
  readonly workingDays: () => Promise<WorkingDays>;
};
/** What the operations of each audience may use. */
export type StaffServices = {
  readonly runs: Omit<RunService, keyof AuditViews | keyof BeneficiaryViews> &
    Openings &
    Comparisons &
    Surrenders &
    BankDesk &
    BudgetService &
    OpenLists;
  readonly determinations: DeterminationService;
  readonly recordHouseholdEvent: (request: EventRequest) => Promise<Result<StoredEvent>>;
  readonly reviews: ReviewService;
  readonly policy: PolicyDeskPorts;
  readonly register: RegisterStore;
  readonly accountChanges: AccountChanges;
  readonly accountFiles: AccountFileStore;
  readonly grantLists: GrantListStore;
  readonly staff: StaffStore;
  readonly authorities: SigningAuthorityStore;
  readonly uploads: UploadRecords;
  readonly disclosures: DisclosureStore;
  readonly imports: ImportStore;
  readonly files: Pick<ObjectStore, 'head' | 'put' | 'range' | 'read' | 'uploadLink' | 'downloadLink'>;
  readonly streets: StreetServices;
  readonly matching: MatchingServices;
  readonly venture: IntakePorts;
  /** 履约: projects after their signature. */
  readonly execution: CarryPorts;
  readonly grants: ApplicationPorts;
  readonly imprest: ImprestPorts;
  readonly recoveries: RecoveryPorts & { readonly policies: Pick<PolicyStore, 'current'> };
  readonly statistics: StatisticsPorts;
  readonly statements: StatementPorts;
  readonly queues: MessageQueues;
  readonly clock: Clock;
};
export type AuditServices = {
  readonly runs: Pick<RunService, keyof AuditViews | keyof RunViews>;
  readonly staff: Pick<StaffStore, 'namesOf'>;
  readonly files: Pick<ObjectStore, 'downloadLink'>;
};
export type BeneficiaryServices = {
  readonly runs: BeneficiaryViews;
  readonly grants: MyGrants;
  readonly statements: StatementPorts;
};
