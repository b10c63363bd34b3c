import { DecidingProjects } from '../adapters/deciding-projects.ts';
import { FollowUpStore } from '../adapters/follow-up-store.ts';
import { LedgerStore } from '../adapters/ledger-store.ts';
import { RecoveryStore } from '../adapters/recovery-store.ts';
import { RunStore } from '../adapters/run-store.ts';
import { SweepStore } from '../adapters/sweep-store.ts';
import { VentureCallStore } from '../adapters/venture-call-store.ts';
import { VentureStore } from '../adapters/venture-store.ts';
import {
  type Clock,
  type Environment,
  processEnvironment,
  registerFrom,
  systemClock,
  tableFrom,
} from '../wiring.ts';
import type { CarryPorts } from './carry-out.ts';

/** What decisions on projects need, over an environment. */
export function executionFrom(
  env: Environment = processEnvironment(),
  clock: Clock = systemClock,
): CarryPorts {
  const operations = tableFrom('operations', env);
  return {
    projects: new VentureStore(operations),
    calls: new VentureCallStore(operations),
    decidingProjects: new DecidingProjects(operations),
    register: registerFrom(env),
    recoveries: new RecoveryStore(operations),
    ledger: new LedgerStore(tableFrom('ledger', env)),
    runs: new RunStore(operations),
    followUps: new FollowUpStore(operations),
    sweeps: new SweepStore(operations),
    clock,
  };
}
