import { GrantApplicationStore } from '../adapters/grant-application-store.ts';
import { GrantClaims } from '../adapters/grant-claims.ts';
import { GrantFactStore } from '../adapters/grant-facts.ts';
import { GrantListStore } from '../adapters/grant-list-store.ts';
import { GrantMarks } from '../adapters/grant-marks.ts';
import { GrantWithdrawals } from '../adapters/grant-withdrawals.ts';
import { PolicyStore } from '../adapters/policy-store.ts';
import { SweepStore } from '../adapters/sweep-store.ts';
import { type Clock, type Environment, personalDataFrom, registerFrom, tableFrom } from '../wiring.ts';
import type { ApplicationPorts } from './application-ports.ts';
import { imprestCash } from './imprest-cash.ts';

/** What staff do with applications for grants, over an environment. */
export function applicationsFrom(env: Environment, clock: Clock): ApplicationPorts {
  const operations = tableFrom('operations', env);
  const register = registerFrom(env);
  const policies = new PolicyStore(tableFrom('policy', env));
  return {
    register,
    policies,
    applications: new GrantApplicationStore(operations),
    claims: new GrantClaims(operations),
    facts: new GrantFactStore(tableFrom('register', env), personalDataFrom(env)),
    grantLists: new GrantListStore(operations),
    withdrawals: new GrantWithdrawals(operations),
    marks: new GrantMarks(operations),
    sweeps: new SweepStore(operations),
    clock,
    // It brings the official calendar with it, which few requests need.
    workingDays: async () => {
      const { loadWorkingDays } = await import('../adapters/working-days.ts');
      return loadWorkingDays();
    },
    ...imprestCash({ operations, policies, clock }),
  };
}
