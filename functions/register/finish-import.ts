import { sumCounts } from '../adapters/import-store.ts';
import type { Log } from '../middleware/queue.ts';
import { writeErrorFile } from './error-file.ts';
import type { ImportServices } from './import-services.ts';

/**
 * Closes an import when all its chunks are done; before that it does nothing. Whoever records the last chunk sees all
 * of them in a strong read; two who both do write the same file and the same summary.
 */
export async function finishImport(services: ImportServices, importId: string, log: Log): Promise<void> {
  const stored = await services.imports.read(importId);
  if (!stored?.plan || stored.done.length < stored.plan.chunks) return;
  const counts = sumCounts(stored.done.map((chunk) => chunk.counts));
  const key = counts.rejected > 0 ? await writeErrorFile(services, stored) : undefined;
  await services.imports.finish(importId, {
    counts,
    at: services.clock.now(),
    ...(key !== undefined && { errorFileKey: key }),
  });
  await services.imports.markFinished(stored.request);
  log.info('import finished', { importId, ...counts });
}
