import { type Result, refusal, refuse } from '../../domain/result.ts';
import type { ReportRow } from '../../domain/street/report-rows.ts';
import type { ObjectStore } from '../adapters/object-store.ts';
import type { HttpRefusal } from '../middleware/problem.ts';
import { parseReadRows, type ReadRow } from '../register/read-row.ts';
import { objectSource } from '../register/workbook/byte-source.ts';
import { type ReportContext, readRows } from './read-rows.ts';

/** A few hundred rows, with room for pictures of seals. */
const REPORT_BYTES_MAX = 5_000_000;

/**
 * Reads an uploaded change report, in any format that imports read. Refusals: those of the file as a whole, `limit/file-size`,
 * and `invalid/report-rows`.
 */
export async function readReportSheet(
  files: Pick<ObjectStore, 'head' | 'range'>,
  objectKey: string,
  context: ReportContext,
): Promise<Result<ReportRow[], HttpRefusal>> {
  const head = await files.head(objectKey);
  if (!head || head.bytes > REPORT_BYTES_MAX) {
    const megabytes = REPORT_BYTES_MAX / 1_000_000;
    return refuse(
      refusal(
        'limit/file-size',
        `变动表文件超过 ${megabytes} MB：请删除图片后重新上传`,
        `the report is larger than ${megabytes} MB: remove pictures and upload it again`,
      ),
    );
  }
  const source = objectSource(files, objectKey, head.bytes, head.tag ?? '');
  // Loaded when needed: the readers of spreadsheets stay out of what every other call of the API loads.
  const { splitSheet } = await import('../register/split-sheet.ts');
  const kept = new Map<number, readonly ReadRow[]>();
  const keep = async (chunk: number, _sha256: string, rows: Uint8Array) => {
    kept.set(chunk, parseReadRows(rows));
  };
  const cut = await splitSheet(source, 'changes', keep, context.registerColumns);
  if (!cut.ok) return cut;
  const rows = cut.value.chunks.flatMap(({ chunk }) => kept.get(chunk) ?? []);
  const found = rows.map(({ row, cells, faults }) => ({ pointer: `row ${row}`, cells, faults }));
  return readRows(cut.value.plan.columnIds, found, context);
}
