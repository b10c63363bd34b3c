import { beneficiaryViews } from '../run/beneficiary-views.ts';
import { runPortsFrom } from '../run/ports.ts';
import { type Clock, type Environment, processEnvironment, registerFrom } from '../wiring.ts';
import { beneficiaryApi } from './beneficiary-api.ts';
import type { BeneficiaryServices } from './operations/services.ts';

/** The use cases of runs that a beneficiary reaches. */
export function beneficiaryRuns(env: Environment, clock: Clock): BeneficiaryServices['runs'] {
  return beneficiaryViews({ ...runPortsFrom(env, clock), register: registerFrom(env) });
}

/** api-beneficiary: one's own enrolments and payments, and why this amount. */
export const handler = beneficiaryApi(processEnvironment(), beneficiaryRuns);
