import type { BudgetStore } from '../adapters/budget-store.ts';
import type { MessageQueues } from '../adapters/message-queues.ts';
import type { PolicyProposalStore } from '../adapters/policy-proposal-store.ts';
import type { PolicyStore } from '../adapters/policy-store.ts';
import type { SweepStore } from '../adapters/sweep-store.ts';
import type { Clock, ServiceSettings } from '../wiring.ts';

/** What proposing and deciding policy may use. */
export type PolicyPorts = {
  readonly policyProposals: PolicyProposalStore;
  readonly policies: PolicyStore;
  readonly queues: MessageQueues;
  readonly sweeps: SweepStore;
  readonly clock: Clock;
  readonly settings: ServiceSettings;
};

/** What showing an effect beside the budget may use as well. */
export type PolicyDeskPorts = PolicyPorts & { readonly budgets: Pick<BudgetStore, 'load'> };
