import { BankDeathStore } from '../adapters/bank-death-store.ts';
import { BatchStore } from '../adapters/batch-store.ts';
import { CaseStore } from '../adapters/case-store.ts';
import { ImprestStore } from '../adapters/imprest-store.ts';
import { OpenEventStore } from '../adapters/open-event-store.ts';
import { PolicyProposalStore } from '../adapters/policy-proposal-store.ts';
import { PolicyStore } from '../adapters/policy-store.ts';
import { ProposalStore } from '../adapters/proposal-store.ts';
import { ReviewStore } from '../adapters/review-store.ts';
import { StreetStore } from '../adapters/street-store.ts';
import { SweepStore } from '../adapters/sweep-store.ts';
import { applicationsFrom } from '../grants/applications-from.ts';
import { projectsFrom } from '../venture/execution-from.ts';
import {
  type Clock,
  type Environment,
  processEnvironment,
  queuesFrom,
  registerFrom,
  settingsFrom,
  systemClock,
  tableFrom,
} from '../wiring.ts';
import { householdsOf } from './households.ts';
import type { WorkPorts } from './ports.ts';

/** @param env the Lambda environment; tests hand in their own. */
export function workPortsFrom(
  env: Environment = processEnvironment(),
  clock: Clock = systemClock,
): WorkPorts {
  const operations = tableFrom('operations', env);
  const register = registerFrom(env);
  return {
    register,
    households: householdsOf(register),
    proposals: new ProposalStore(operations),
    reviews: new ReviewStore(operations),
    batches: new BatchStore(operations),
    policyProposals: new PolicyProposalStore(operations),
    cases: new CaseStore(operations),
    bankDeaths: new BankDeathStore(operations),
    openEvents: new OpenEventStore(operations),
    streets: new StreetStore(operations),
    grants: applicationsFrom(env, clock),
    imprest: new ImprestStore(operations),
    venture: projectsFrom(env, clock),
    policies: new PolicyStore(tableFrom('policy', env)),
    queues: queuesFrom(env),
    sweeps: new SweepStore(operations),
    clock,
    settings: settingsFrom(env),
  };
}
