import type { JurisdictionCode } from '../../domain/ids.ts';
import { underway } from '../../domain/imprest/fund.ts';
import { DeterminationMessage } from '../../events/determination.ts';
import type { ImprestStore } from '../adapters/imprest-store.ts';
import type { LedgerStore } from '../adapters/ledger-store.ts';
import type { MessageQueues } from '../adapters/message-queues.ts';
import type { RecoveryStore } from '../adapters/recovery-store.ts';
import type { Scope, SweepStore } from '../adapters/sweep-store.ts';
import type { Clock } from '../wiring.ts';
import { noteReceived } from './settle.ts';

type Ports = {
  readonly imprest: ImprestStore;
  readonly ledger: Pick<LedgerStore, 'ofEnrolment'>;
  readonly recoveries: RecoveryStore;
  readonly queues: MessageQueues;
  readonly sweeps: SweepStore;
  readonly clock: Clock;
};

/** A mark stays while the decision that it was written for may still be written. */
const DECIDING_SECONDS = 900;

/**
 * Replenishments underway: whoever may write the register is asked for grants whose writer died, and what the bank has settled reaches
 * the fund. Done once everything that was decided has arrived.
 */
export async function sweepImprest(ports: Ports, { jurisdiction, programme }: Scope): Promise<number> {
  if (programme !== 'imprest') return 0;
  let mended = 0;
  for (const open of await ports.imprest.open(jurisdiction)) {
    const there = await ports.imprest.get(jurisdiction, open.fund);
    if (!there.ok) continue;
    const before = there.value;
    const missing = before.replenishments.some(
      ({ decided, recorded }) => decided?.outcome === 'approved' && !recorded,
    );
    if (missing) {
      mended += await askToFinish(ports, jurisdiction, open.fund, before.sequence);
      continue;
    }
    const after = await noteReceived({ ...ports, recovery: ports }, before);
    if (!after.ok) continue;
    if (after.value.sequence > before.sequence) mended += 1;
    const old = Date.parse(ports.clock.now()) - Date.parse(open.at) > DECIDING_SECONDS * 1_000;
    if (underway(after.value) === 0 && old) await ports.imprest.settleOpen(jurisdiction, open);
  }
  return mended;
}

async function askToFinish(
  { queues, sweeps }: Ports,
  jurisdiction: JurisdictionCode,
  fund: string,
  sequence: number,
): Promise<number> {
  if (!(await sweeps.stands(`imprest ${jurisdiction} ${fund}`, String(sequence)))) return 0;
  await queues.send('determinations', DeterminationMessage, {
    type: 'imprest.finish-replenishment',
    version: 1,
    jurisdiction,
    fund,
  });
  return 1;
}
