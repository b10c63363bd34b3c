import { DeterminationMessage } from '../../events/determination.ts';
import type { GrantMarks } from '../adapters/grant-marks.ts';
import type { MessageQueues } from '../adapters/message-queues.ts';
import type { SweepStore } from '../adapters/sweep-store.ts';
import type { Clock } from '../wiring.ts';

type Ports = {
  readonly grantMarks: GrantMarks;
  readonly queues: MessageQueues;
  readonly sweeps: SweepStore;
  readonly clock: Clock;
};

/** Decisions on applications whose writer died: whoever may write the register is asked to carry them out. */
export async function sweepApplications({ grantMarks, queues, sweeps, clock }: Ports): Promise<number> {
  let mended = 0;
  for (const { application, at } of await grantMarks.deciding(clock.now())) {
    if (!(await sweeps.stands(`application ${application}`, at))) continue;
    await queues.send('determinations', DeterminationMessage, {
      type: 'grants.finish-application',
      version: 1,
      application,
      markedAt: at,
    });
    mended += 1;
  }
  return mended;
}
