import type { GrantApplicationStore } from '../adapters/grant-application-store.ts';
import type { ImprestStore } from '../adapters/imprest-store.ts';
import type { LedgerStore } from '../adapters/ledger-store.ts';
import type { PolicyStore } from '../adapters/policy-store.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import type { RunStore } from '../adapters/run-store.ts';
import type { SweepStore } from '../adapters/sweep-store.ts';
import type { FinishPorts } from '../grants/carry-out-grant.ts';
import type { RecoveryPorts } from '../recovery/recovery-ports.ts';
import type { Clock } from '../wiring.ts';

/** What imprest funds (备用金) need. */
export type ImprestPorts = {
  readonly imprest: ImprestStore;
  readonly applications: Pick<GrantApplicationStore, 'load'>;
  /** What carries decisions on applications out. */
  readonly grants: FinishPorts;
  readonly ledger: Pick<LedgerStore, 'ofEnrolment'>;
  readonly policies: Pick<PolicyStore, 'current'>;
  readonly register: RegisterStore;
  readonly runs: Pick<RunStore, 'activePointer' | 'load'>;
  /** What is paid back to the treasury is an order over replenishments. */
  readonly recovery: RecoveryPorts;
  readonly sweeps: SweepStore;
  readonly clock: Clock;
};

/** A fund of a jurisdiction. */
export type FundAddress = { readonly jurisdiction: string; readonly fund: string };
/** Who asks, under what name of a request. */
export type Asked = { readonly by: string; readonly request: string };
