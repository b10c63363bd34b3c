import type { CaseKnowledge } from '../../domain/determination/cases.ts';
import type { EnrolmentId } from '../../domain/ids.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import type { BankDeathStore } from '../adapters/bank-death-store.ts';
import type { BatchStore } from '../adapters/batch-store.ts';
import type { CaseStore } from '../adapters/case-store.ts';
import type { ImprestStore } from '../adapters/imprest-store.ts';
import type { MessageQueues } from '../adapters/message-queues.ts';
import type { OpenEventStore } from '../adapters/open-event-store.ts';
import type { PolicyProposalStore } from '../adapters/policy-proposal-store.ts';
import type { PolicyStore } from '../adapters/policy-store.ts';
import type { ProposalStore } from '../adapters/proposal-store.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import type { ReviewStore } from '../adapters/review-store.ts';
import type { StreetStore } from '../adapters/street-store.ts';
import type { SweepStore } from '../adapters/sweep-store.ts';
import type { FinishPorts } from '../grants/carry-out-grant.ts';
import type { WithdrawalPorts } from '../grants/withdraw-row.ts';
import type { RegisterPorts } from '../venture/carry-out.ts';
import type { Clock, ServiceSettings } from '../wiring.ts';

/** What the register knows of the households of some enrolments; one without a household on record is missing from the answer. */
export type Households = {
  readonly of: (enrolments: readonly DecidedFor[]) => Promise<ReadonlyMap<EnrolmentId, CaseKnowledge>>;
};
/** What an enrolment has to say of itself for it. */
export type DecidedFor = Pick<EnrolmentDocument, 'id' | 'subject' | 'jurisdiction' | 'programme' | 'facts'>;

/** What proposing and deciding may use. */
export type DeterminationPorts = {
  readonly register: RegisterStore;
  readonly households: Households;
  readonly proposals: ProposalStore;
  readonly policies: PolicyStore;
  readonly queues: MessageQueues;
  readonly sweeps: SweepStore;
  readonly clock: Clock;
  readonly settings: ServiceSettings;
};

/** What the work on queues, and everything around review tasks, changes of standard and events of households, may use as well. */
export type WorkPorts = DeterminationPorts & {
  readonly reviews: ReviewStore;
  readonly batches: BatchStore;
  readonly policyProposals: PolicyProposalStore;
  readonly cases: CaseStore;
  readonly openEvents: OpenEventStore;
  readonly bankDeaths: BankDeathStore;
  readonly streets: StreetStore;
  readonly grants: FinishPorts & WithdrawalPorts;
  readonly imprest: ImprestStore;
  readonly venture: RegisterPorts;
};
