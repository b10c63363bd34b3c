import { DeterminationMessage } from '../../events/determination.ts';
import type { DecidingCases } from '../adapters/deciding-cases.ts';
import type { MessageQueues } from '../adapters/message-queues.ts';
import type { SweepStore } from '../adapters/sweep-store.ts';
import type { Clock } from '../wiring.ts';

type Ports = {
  readonly decidingCases: DecidingCases;
  readonly queues: MessageQueues;
  readonly sweeps: SweepStore;
  readonly clock: Clock;
};

/** Decisions on cases whose writer died: whoever may write the register is asked to carry them out. */
export async function sweepCases({ decidingCases, queues, sweeps, clock }: Ports): Promise<number> {
  let mended = 0;
  for (const { jurisdiction, programme, caseId, at } of await decidingCases.open(clock.now())) {
    if (!(await sweeps.stands(`case ${jurisdiction}#${caseId}`, at))) continue;
    await queues.send('determinations', DeterminationMessage, {
      type: 'matching.finish-case',
      version: 1,
      jurisdiction,
      programme,
      caseId,
      markedAt: at,
    });
    mended += 1;
  }
  return mended;
}
