import * as z from 'zod/mini';
import { BYTE_ORDER_MARK, csvLine } from '../../domain/register/csv-cells.ts';
import { type RowFault, SHEETS } from '../../domain/register/sheets.ts';
import { type StoredImport, sumCounts } from '../adapters/import-store.ts';
import type { Log } from '../middleware/queue.ts';
import { errorFileKey, type ImportServices, rejectedRowsKey } from './import-services.ts';
import { RejectedRow } from './rejected-row.ts';

/**
 * Closes an import when all its chunks are done; before that it does nothing. Whoever records the last chunk sees all
 * of them in a strong read; two who both do write the same file and the same summary.
 */
export async function finishImport(services: ImportServices, importId: string, log: Log): Promise<void> {
  const stored = await services.imports.read(importId);
  if (!stored?.plan || stored.done.length < stored.plan.chunks) return;
  const counts = sumCounts(stored.done.map((chunk) => chunk.counts));
  const key = errorFileKey(importId);
  if (counts.rejected > 0) {
    await services.files.put(key, Buffer.from(await errorFile(services, stored), 'utf8'), 'text/csv');
  }
  await services.imports.finish(importId, {
    counts,
    at: services.clock.now(),
    ...(counts.rejected > 0 && { errorFileKey: key }),
  });
  await services.imports.markFinished(stored.request);
  log.info('import finished', { importId, ...counts });
}

/** The rejected rows as given, with row number and reasons, to be mended and uploaded as it is. */
async function errorFile(services: ImportServices, { request, plan, done }: StoredImport): Promise<string> {
  const columns = SHEETS[request.kind];
  const own = ['row', 'reason', 'reasonEnglish'];
  const columnIds = plan?.columnIds ?? [];
  const kept = columnIds.flatMap((id, index) => (own.includes(id) ? [] : [index]));
  const headings = kept.map((index) => plan?.headings[index] ?? '');
  const lines = [BYTE_ORDER_MARK, csvLine([...headings, ...own.map((id) => columns[id]?.zh ?? id)])];
  for (const { chunk, counts } of done) {
    if (counts.rejected === 0) continue;
    const bytes = await services.files.read(rejectedRowsKey(request.importId, chunk));
    if (!bytes) throw new Error(`the rejected rows of chunk ${chunk} are missing`);
    for (const { row, cells, faults } of z.parse(
      z.array(RejectedRow),
      JSON.parse(Buffer.from(bytes).toString()),
    )) {
      const given = kept.map((index) => cells[index] ?? '');
      lines.push(
        csvLine([...given, String(row), faults.map(chinese).join('；'), faults.map(english).join('; ')]),
      );
    }
  }
  return lines.join('');
}

const chinese = ({ column, zh }: Pick<RowFault, 'zh'> & { column?: string | undefined }): string =>
  column === undefined ? zh : `【${column}】${zh}`;
const english = ({ en }: Pick<RowFault, 'en'>): string => en;
