import { AccountChanges } from '../adapters/account-changes.ts';
import { VentureCallStore } from '../adapters/venture-call-store.ts';
import { VentureStore } from '../adapters/venture-store.ts';
import { policiesFrom } from '../run/ports.ts';
import { type Clock, type Environment, registerFrom, tableFrom } from '../wiring.ts';
import type { IntakePorts } from './ports.ts';

/** What staff do between a call and signed contracts, over an environment. */
export function ventureFrom(env: Environment, clock: Clock): IntakePorts {
  const operations = tableFrom('operations', env);
  const register = registerFrom(env);
  return {
    projects: new VentureStore(operations),
    calls: new VentureCallStore(operations),
    register,
    accountChanges: new AccountChanges(register),
    policies: policiesFrom(env),
    clock,
    // It brings the official calendar with it, which few requests need.
    workingDays: async () => {
      const { loadWorkingDays } = await import('../adapters/working-days.ts');
      return loadWorkingDays();
    },
  };
}
