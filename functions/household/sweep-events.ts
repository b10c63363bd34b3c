import { DeterminationMessage } from '../../events/determination.ts';
import type { MessageQueues } from '../adapters/message-queues.ts';
import type { OpenEventStore } from '../adapters/open-event-store.ts';
import type { SweepStore } from '../adapters/sweep-store.ts';
import type { Clock } from '../wiring.ts';

type Ports = {
  readonly openEvents: OpenEventStore;
  readonly queues: MessageQueues;
  readonly sweeps: SweepStore;
  readonly clock: Clock;
};

/** Events of households whose writer died: whoever may open personal data is asked to finish them. */
export async function sweepHouseholdEvents({ openEvents, queues, sweeps, clock }: Ports): Promise<number> {
  let mended = 0;
  for (const { household, number, at } of await openEvents.open(clock.now())) {
    if (!(await sweeps.stands(`household-event ${household}#${number}`, at))) continue;
    await queues.send('determinations', DeterminationMessage, {
      type: 'household.finish-event',
      version: 1,
      household,
      number,
      markedAt: at,
    });
    mended += 1;
  }
  return mended;
}
