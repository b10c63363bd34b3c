import { GrantApplicationStore } from '../adapters/grant-application-store.ts';
import { ImprestStore } from '../adapters/imprest-store.ts';
import { LedgerStore } from '../adapters/ledger-store.ts';
import { PolicyStore } from '../adapters/policy-store.ts';
import { RunStore } from '../adapters/run-store.ts';
import { SweepStore } from '../adapters/sweep-store.ts';
import { applicationsFrom } from '../grants/applications-from.ts';
import type { RecoveryPorts } from '../recovery/recovery-ports.ts';
import { type Clock, type Environment, registerFrom, tableFrom } from '../wiring.ts';
import type { ImprestPorts } from './ports.ts';

/** What staff do with imprest funds, over an environment. */
export function imprestFrom(env: Environment, clock: Clock, recovery: RecoveryPorts): ImprestPorts {
  const operations = tableFrom('operations', env);
  return {
    imprest: new ImprestStore(operations),
    applications: new GrantApplicationStore(operations),
    grants: applicationsFrom(env, clock),
    ledger: new LedgerStore(tableFrom('ledger', env)),
    policies: new PolicyStore(tableFrom('policy', env)),
    register: registerFrom(env),
    runs: new RunStore(operations),
    recovery,
    sweeps: new SweepStore(operations),
    clock,
  };
}
