import type { RecoveryStore } from '../adapters/recovery-store.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import type { RunPorts } from '../run/ports.ts';

/** What acting on recovery orders needs. */
export type RecoveryPorts = Pick<RunPorts, 'ledger' | 'runs' | 'queues' | 'followUps' | 'clock'> & {
  readonly recoveries: RecoveryStore;
  readonly register: RegisterStore;
};
