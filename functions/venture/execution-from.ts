import { DecidingProjects } from '../adapters/deciding-projects.ts';
import { LedgerStore } from '../adapters/ledger-store.ts';
import { RecoveryStore } from '../adapters/recovery-store.ts';
import { RunStore } from '../adapters/run-store.ts';
import { SweepStore } from '../adapters/sweep-store.ts';
import { VentureCallStore } from '../adapters/venture-call-store.ts';
import { VentureStore } from '../adapters/venture-store.ts';
import { type Clock, type Environment, registerFrom, tableFrom } from '../wiring.ts';
import type { CarryPorts, RegisterPorts } from './carry-out.ts';

/** What decisions on projects need of the register and around it, over an environment. */
export function projectsFrom(env: Environment, clock: Clock): RegisterPorts {
  const operations = tableFrom('operations', env);
  return {
    projects: new VentureStore(operations),
    calls: new VentureCallStore(operations),
    decidingProjects: new DecidingProjects(operations),
    register: registerFrom(env),
    sweeps: new SweepStore(operations),
    clock,
  };
}

/** The same and the books, from which it is seen what is to be given back. */
export function executionFrom(env: Environment, clock: Clock): CarryPorts {
  const operations = tableFrom('operations', env);
  return {
    ...projectsFrom(env, clock),
    recoveries: new RecoveryStore(operations),
    ledger: new LedgerStore(tableFrom('ledger', env)),
    runs: new RunStore(operations),
  };
}
