import type { MessageQueues } from '../adapters/message-queues.ts';
import type { SweepStore } from '../adapters/sweep-store.ts';
import { announceAccountFile } from './account-file.ts';
import type { ImportServices } from './import-services.ts';

type Ports = {
  readonly imports: Pick<ImportServices, 'imports' | 'accountFiles'>;
  readonly queues: MessageQueues;
  readonly sweeps: SweepStore;
};

/** Signed files of which nothing was applied since the last look: their messages are lost, or their worker died. */
export async function sweepAccountFiles({ imports, queues, sweeps }: Ports): Promise<number> {
  let mended = 0;
  for (const importId of await imports.accountFiles.unfinished()) {
    const { done } = await imports.accountFiles.read(importId);
    if (!(await sweeps.stands(`account file ${importId}`, String(done.length)))) continue;
    if (await announceAccountFile({ ...imports, queues }, importId)) mended += 1;
  }
  return mended;
}
