import { SigningAuthorityStore } from '../adapters/signing-authority-store.ts';
import { loadWorkingDays } from '../adapters/working-days.ts';
import { bankDesk } from '../bank/bank-desk.ts';
import { budgetService } from '../budget/budget-service.ts';
import { runActions } from '../run/actions.ts';
import { followUps } from '../run/follow-ups.ts';
import { outsidePayments } from '../run/outside-payments.ts';
import { policyAndBudget } from '../run/policy-and-budget.ts';
import { policiesFrom, runPortsFrom } from '../run/ports.ts';
import { runViews } from '../run/views.ts';
import { openList } from '../unpaid/open-payments.ts';
import { surrenders } from '../unpaid/surrenders.ts';
import {
  type Clock,
  type Environment,
  filesFrom,
  processEnvironment,
  registerFrom,
  tableFrom,
} from '../wiring.ts';
import type { StaffServices } from './operations/services.ts';
import { staffApi } from './staff-api.ts';

/** The use cases of runs that staff reach. */
export function staffRuns(env: Environment, clock: Clock): StaffServices['runs'] {
  const authorities = new SigningAuthorityStore(tableFrom('operations', env));
  const ports = { ...runPortsFrom(env, clock), policies: policiesFrom(env), authorities };
  return {
    ...runActions(ports),
    ...runViews(ports),
    ...followUps(ports),
    ...outsidePayments(ports),
    ...surrenders(ports),
    ...bankDesk(ports),
    openList: (jurisdiction, programme) =>
      openList({ ...ports, workingDays: loadWorkingDays }, jurisdiction, programme),
    lastLook: (jurisdiction) => ports.sweeps.lastLook(jurisdiction),
    ...policyAndBudget(ports),
    ...budgetService(ports),
    // It brings the reading of spreadsheets with it, which a start does not need.
    compareList: async (run, list, unmasked) => {
      const { compareList } = await import('../go-live/compare-list.ts');
      const files = filesFrom(env);
      return compareList({ ...ports, register: registerFrom(env), files }, run, list, unmasked);
    },
  };
}

/** api-staff: what finance staff and administrators do. */
export const handler = staffApi(processEnvironment(), staffRuns);
