import { addMonths, type Instant, type Month } from '../../domain/calendar.ts';
import { ImportRequested } from '../../events/imports.ts';
import type { ImportStore } from '../adapters/import-store.ts';
import type { MessageQueues } from '../adapters/message-queues.ts';

export type UnfinishedImport = { readonly request: ImportRequested; readonly lastProgressAt: Instant };

/**
 * Imports of this month and the one before that are not finished and in which nothing has happened since
 * `quietSince`: their messages may be lost. Imports that turn out to be finished are marked so.
 */
export async function unfinishedImports(
  imports: ImportStore,
  now: Instant,
  quietSince: Instant,
): Promise<UnfinishedImport[]> {
  const month: Month = now.slice(0, 7);
  const ids = [...(await imports.unfinished(addMonths(month, -1))), ...(await imports.unfinished(month))];
  const unfinished: UnfinishedImport[] = [];
  for (const importId of ids) {
    const stored = await imports.read(importId);
    if (!stored) continue;
    if (stored.summary || stored.refused) {
      await imports.markFinished(stored.request);
      continue;
    }
    const signs = [stored.request.requestedAt, stored.plan?.at ?? '', ...stored.done.map(({ at }) => at)];
    const lastProgressAt = signs.sort().at(-1) ?? '';
    if (lastProgressAt <= quietSince) unfinished.push({ request: stored.request, lastProgressAt });
  }
  return unfinished;
}

/** Queues the request again: handling it sends what is still to be done. */
export async function resendImport(queues: MessageQueues, unfinished: UnfinishedImport): Promise<void> {
  await queues.send('imports', ImportRequested, unfinished.request);
}
