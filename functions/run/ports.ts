import { BankDeathStore } from '../adapters/bank-death-store.ts';
import { BankProgressStore } from '../adapters/bank-progress-store.ts';
import { BankResultStore } from '../adapters/bank-result-store.ts';
import { BankStatementStore } from '../adapters/bank-statement-store.ts';
import { BudgetStore } from '../adapters/budget-store.ts';
import { CaseHolds } from '../adapters/case-holds.ts';
import { ClosingStore } from '../adapters/closing-store.ts';
import { DraftStore } from '../adapters/draft-store.ts';
import { FollowUpStore } from '../adapters/follow-up-store.ts';
import { LedgerStore } from '../adapters/ledger-store.ts';
import type { MessageQueues } from '../adapters/message-queues.ts';
import { OutsidePaymentStore } from '../adapters/outside-payment-store.ts';
import { PolicyStore } from '../adapters/policy-store.ts';
import { RelativeStore } from '../adapters/relative-store.ts';
import { RunStore } from '../adapters/run-store.ts';
import { StagedRowStore } from '../adapters/staged-row-store.ts';
import { StreetReportStore } from '../adapters/street-report-store.ts';
import { StreetStore } from '../adapters/street-store.ts';
import { SweepStore } from '../adapters/sweep-store.ts';
import { UnclaimedStore } from '../adapters/unclaimed-store.ts';
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

/** What every step of a run may use. Queues, register and files are apart: not every function needs them, and they weigh. */
export type RunStores = {
  readonly runs: RunStore;
  readonly drafts: DraftStore;
  readonly ledger: LedgerStore;
  readonly budgets: BudgetStore;
  readonly followUps: FollowUpStore;
  readonly results: BankResultStore;
  readonly statements: BankStatementStore;
  readonly progress: BankProgressStore;
  readonly closings: ClosingStore;
  readonly cases: CaseHolds;
  readonly relatives: RelativeStore;
  readonly outside: OutsidePaymentStore;
  readonly unclaimed: UnclaimedStore;
  readonly bankDeaths: BankDeathStore;
  readonly sweeps: SweepStore;
  readonly staged: StagedRowStore;
  readonly streets: StreetStore;
  readonly streetReports: StreetReportStore;
  readonly clock: Clock;
  readonly settings: ServiceSettings;
};
/** For steps that also announce. */
export type RunPorts = RunStores & { readonly queues: MessageQueues };

/** @param env the Lambda environment; tests hand in their own. A function without access to a table never touches it. */
export function runStoresFrom(
  env: Environment = processEnvironment(),
  clock: Clock = systemClock,
): RunStores {
  const operations = tableFrom('operations', env);
  return {
    runs: new RunStore(operations),
    drafts: new DraftStore(operations),
    ledger: new LedgerStore(grantedTable('ledger', env)),
    budgets: new BudgetStore(operations),
    followUps: new FollowUpStore(operations),
    results: new BankResultStore(operations),
    statements: new BankStatementStore(operations),
    progress: new BankProgressStore(operations),
    closings: new ClosingStore(operations),
    cases: new CaseHolds(operations),
    relatives: new RelativeStore(operations),
    outside: new OutsidePaymentStore(operations),
    unclaimed: new UnclaimedStore(operations),
    bankDeaths: new BankDeathStore(operations),
    sweeps: new SweepStore(operations),
    staged: new StagedRowStore(operations),
    streets: new StreetStore(operations),
    streetReports: new StreetReportStore(operations),
    clock,
    settings: settingsFrom(env),
  };
}

/** The same with the queues. */
export function runPortsFrom(env: Environment = processEnvironment(), clock: Clock = systemClock): RunPorts {
  return { ...runStoresFrom(env, clock), queues: queuesFrom(env) };
}

export function policiesFrom(env: Environment = processEnvironment()): PolicyStore {
  return new PolicyStore(tableFrom('policy', env));
}
