import { CaseStore } from '../adapters/case-store.ts';
import { RelativeStore } from '../adapters/relative-store.ts';
import { StreetStore } from '../adapters/street-store.ts';
import type { MatchingServices } from '../api/operations/services.ts';
import { matchesFrom } from '../register/import-services.ts';
import { policiesFrom, runStoresFrom } from '../run/ports.ts';
import { type Clock, type Environment, registerFrom, tableFrom } from '../wiring.ts';
import { deathReport } from './death-report.ts';

/** What staff do with matching lists and cases, over an environment. */
export function matchingFrom(env: Environment, clock: Clock): MatchingServices {
  const operations = tableFrom('operations', env);
  const register = registerFrom(env);
  const policies = policiesFrom(env);
  const matches = matchesFrom(env);
  return {
    cases: new CaseStore(operations),
    register,
    relatives: new RelativeStore(operations),
    policies,
    changes: new StreetStore(operations),
    clock,
    matches,
    deathReport: (scope) =>
      deathReport({ ...runStoresFrom(env, clock), matches, register, policies, clock }, scope),
    // It brings the official calendar with it, which few requests need.
    workingDays: async () => {
      const { loadWorkingDays } = await import('../adapters/working-days.ts');
      return loadWorkingDays();
    },
  };
}
