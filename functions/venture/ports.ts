import type { WorkingDays } from '../../domain/working-days.ts';
import type { AccountChanges } from '../adapters/account-changes.ts';
import type { PolicyStore } from '../adapters/policy-store.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import type { VentureCallStore } from '../adapters/venture-call-store.ts';
import type { VentureStore } from '../adapters/venture-store.ts';
import type { Clock } from '../wiring.ts';

/** What filing an application needs, from a form or from a row of a sheet. */
export type FilingPorts = {
  readonly projects: VentureStore;
  readonly calls: VentureCallStore;
  readonly register: RegisterStore;
  readonly accountChanges: AccountChanges;
  readonly clock: Clock;
};
/** What the way from a call to signed contracts needs. */
export type IntakePorts = FilingPorts & {
  readonly policies: Pick<PolicyStore, 'current'>;
  /** Loaded at first use: the official calendar is large. */
  readonly workingDays: () => Promise<WorkingDays>;
};
/** Who acts, where, and the name of the request: asked twice under one name, an act is done once. */
export type By = { readonly jurisdiction: string; readonly by: string; readonly request?: string };

export const VENTURE = 'venture-fund';
