import { BankResultStore } from '../adapters/bank-result-store.ts';
import { BudgetStore } from '../adapters/budget-store.ts';
import { ClosingStore } from '../adapters/closing-store.ts';
import { DraftStore } from '../adapters/draft-store.ts';
import { FollowUpStore } from '../adapters/follow-up-store.ts';
import { LedgerStore } from '../adapters/ledger-store.ts';
import type { MessageQueues } from '../adapters/message-queues.ts';
import { PolicyStore } from '../adapters/policy-store.ts';
import { RunStore } from '../adapters/run-store.ts';
import { SweepStore } from '../adapters/sweep-store.ts';
import {
  type Clock,
  type Environment,
  grantedTable,
  processEnvironment,
  queuesFrom,
  type ServiceSettings,
  settingsFrom,
  systemClock,
  tableFrom,
} from '../wiring.ts';

/** What every step of a run may use. Register and files are apart: few steps need them, and they weigh. */
export type RunPorts = {
  readonly runs: RunStore;
  readonly drafts: DraftStore;
  readonly ledger: LedgerStore;
  readonly budgets: BudgetStore;
  readonly followUps: FollowUpStore;
  readonly results: BankResultStore;
  readonly closings: ClosingStore;
  readonly sweeps: SweepStore;
  readonly queues: MessageQueues;
  readonly clock: Clock;
  readonly settings: ServiceSettings;
};

/** @param env the Lambda environment; tests hand in their own. A function without access to a table never touches it. */
export function runPortsFrom(env: Environment = processEnvironment(), clock: Clock = systemClock): RunPorts {
  const operations = tableFrom('operations', env);
  return {
    runs: new RunStore(operations),
    drafts: new DraftStore(operations),
    ledger: new LedgerStore(grantedTable('ledger', env)),
    budgets: new BudgetStore(operations),
    followUps: new FollowUpStore(operations),
    results: new BankResultStore(operations),
    closings: new ClosingStore(operations),
    sweeps: new SweepStore(operations),
    queues: queuesFrom(env),
    clock,
    settings: settingsFrom(env),
  };
}

export function policiesFrom(env: Environment = processEnvironment()): PolicyStore {
  return new PolicyStore(tableFrom('policy', env));
}
