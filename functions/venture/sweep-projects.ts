import { DeterminationMessage } from '../../events/determination.ts';
import type { DecidingProjects } from '../adapters/deciding-projects.ts';
import type { LedgerStore } from '../adapters/ledger-store.ts';
import type { MessageQueues } from '../adapters/message-queues.ts';
import type { RecoveryStore } from '../adapters/recovery-store.ts';
import type { RunStore } from '../adapters/run-store.ts';
import type { SweepStore } from '../adapters/sweep-store.ts';
import type { VentureStore } from '../adapters/venture-store.ts';
import type { Clock } from '../wiring.ts';
import { recoverOwed } from './carry-out.ts';

type Ports = {
  readonly ventureProjects: VentureStore;
  readonly decidingProjects: DecidingProjects;
  readonly recoveries: RecoveryStore;
  readonly ledger: LedgerStore;
  readonly runs: RunStore;
  readonly queues: MessageQueues;
  readonly sweeps: SweepStore;
  readonly clock: Clock;
};

/**
 * Decisions on projects whose writer died. What is to be given back is proposed here, from the ledger; whoever may write the register is
 * asked for the rest, and takes the mark away after it.
 */
export async function sweepProjects(ports: Ports): Promise<number> {
  let mended = 0;
  for (const { project, at } of await ports.decidingProjects.open(ports.clock.now())) {
    if (!(await ports.sweeps.stands(`project ${project}`, at))) continue;
    const found = await ports.ventureProjects.load(project);
    if (found) await recoverOwed(ports, found);
    await ports.queues.send('determinations', DeterminationMessage, {
      type: 'venture.finish-project',
      version: 1,
      project,
      markedAt: at,
    });
    mended += 1;
  }
  return mended;
}
