import { programmeById } from '../../domain/programmes/index.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import { ImportChunk, type ImportRequested } from '../../events/imports.ts';
import type { ImportPlan } from '../adapters/import-store.ts';
import type { Log } from '../middleware/queue.ts';
import { refuseChangedFile } from './changed-file.ts';
import { type ImportServices, readRowsKey } from './import-services.ts';
import { type CutSheet, type KeepRows, splitSheet } from './split-sheet.ts';
import { objectSource } from './workbook/byte-source.ts';

/** 50 MB: as text, some 400,000 rows. */
const SHEET_BYTES_MAX = 50_000_000;

/**
 * Handles a request to import: checks the file as a whole, writes the plan of its chunks and sends a message for each
 * chunk that is not done. Doing it again continues where it stopped.
 */
export async function startImport(
  services: ImportServices,
  request: ImportRequested,
  log: Log,
): Promise<void> {
  const { importId } = request;
  const outcome = await services.imports.request(request);
  if (outcome === 'divergent') {
    log.warn('this import id was used for another request', { importId });
    throw new Error(`import ${importId} was requested with other content before`);
  }
  const stored = await services.imports.read(importId);
  if (stored?.summary || stored?.refused) {
    await services.imports.markFinished(request);
    return;
  }
  if (!stored?.plan) {
    const cut = await cutObject(services, request);
    if (!cut.ok) {
      await services.imports.refuse(importId, cut.error, services.clock.now());
      await services.imports.markFinished(request);
      log.info('import refused', { importId, code: cut.error.code });
      return;
    }
    const plan = { ...cut.value.plan, at: services.clock.now() };
    if ((await services.imports.plan(importId, plan, cut.value.chunks)) === 'divergent') {
      await refuseChangedFile(services, request);
      return;
    }
    log.info('import planned', { importId, rows: plan.rows, chunks: plan.chunks });
  }
  await sendOpenChunks(services, importId);
}

/** Sends a message for every planned chunk that is not done. */
async function sendOpenChunks(services: ImportServices, importId: string): Promise<void> {
  const stored = await services.imports.read(importId);
  if (!stored?.plan) return;
  const done = new Set(stored.done.map(({ chunk }) => chunk));
  const chunks = Array.from({ length: stored.plan.chunks }, (_, chunk) => chunk);
  const open = chunks.filter((chunk) => !done.has(chunk));
  // With all chunks done only the summary is missing: any one of them, delivered again, writes it.
  const sent = open.length > 0 ? open : [0];
  await services.queues.sendAll(
    'imports',
    ImportChunk,
    sent.map((chunk) => ({ type: 'import.chunk', version: 1, importId, chunk }) as const),
  );
}

type Cut = { readonly plan: Omit<ImportPlan, 'at'>; readonly chunks: CutSheet['chunks'] };

async function cutObject(services: ImportServices, request: ImportRequested): Promise<Result<Cut>> {
  const programme = programmeById(request.programme);
  if (!programme.ok && request.kind !== 'matching') return programme;
  const head = await services.files.head(request.objectKey);
  if (!head) {
    return refuse(
      refusal(
        'missing/object',
        '没有找到上传的文件：请重新上传后再提交导入',
        'the uploaded file was not found: upload it again and request the import again',
      ),
    );
  }
  const size = checkSize(head.bytes);
  if (!size.ok) return size;
  const tag = head.tag ?? '';
  const source = objectSource(services.files, request.objectKey, head.bytes, tag);
  const own = programme.ok ? programme.value.registerColumns : undefined;
  const keep: KeepRows = (chunk, sha256, rows) =>
    services.files.put(readRowsKey(request.importId, chunk, sha256), rows, 'application/json');
  const cut = await splitSheet(source, request.kind, keep, own);
  if (!cut.ok) return cut;
  return ok({ plan: { ...cut.value.plan, tag }, chunks: cut.value.chunks });
}

function checkSize(bytes: number): Result<number> {
  if (bytes === 0) {
    return refuse(
      refusal(
        'invalid/empty-file',
        '文件是空的（0 字节）：请检查导出是否成功后重新上传',
        'the file is empty (0 bytes): check that it was exported and upload it again',
      ),
    );
  }
  if (bytes > SHEET_BYTES_MAX) {
    const megabytes = SHEET_BYTES_MAX / 1_000_000;
    return refuse(
      refusal(
        'limit/file-size',
        `文件超过 ${megabytes} MB：请按街道拆分成几个文件分别上传`,
        `the file is larger than ${megabytes} MB: split it by street and upload the parts`,
        { bytes, bytesMax: SHEET_BYTES_MAX },
      ),
    );
  }
  return ok(bytes);
}
