import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import type { ObjectStore } from '../adapters/object-store.ts';
import { parseReadRows, type ReadRow } from '../register/read-row.ts';
import { splitSheet } from '../register/split-sheet.ts';
import { objectSource } from '../register/workbook/byte-source.ts';
import { RefusedFile } from '../register/workbook/refused-file.ts';

/** What one request can compare within its time and memory: more than any district has on one programme's list. */
const LIST_BYTES_MAX = 10_000_000;
export const LIST_ROWS_MAX = 20_000;

/** The bureau's own list as read: `cells` of a row are in the order of `columnIds`. */
export type BureauList = { readonly columnIds: readonly string[]; readonly rows: readonly ReadRow[] };

/** Refusals: `limit/file-size`, `limit/list-rows`, `conflict/file-changed`, and those of the sheet as a whole. */
export async function readBureauList(
  files: Pick<ObjectStore, 'head' | 'range'>,
  objectKey: string,
): Promise<Result<BureauList>> {
  const head = await files.head(objectKey);
  if (!head || head.bytes > LIST_BYTES_MAX) return refuse(tooManyBytes());
  const source = objectSource(files, objectKey, head.bytes, head.tag ?? '');
  const chunks = new Map<number, readonly ReadRow[]>();
  let count = 0;
  const cut = await splitSheet(source, 'bureau-list', async (chunk, _sha256, bytes) => {
    const rows = parseReadRows(bytes);
    count += rows.length;
    if (count > LIST_ROWS_MAX) throw new RefusedFile(tooManyRows());
    chunks.set(chunk, rows);
  });
  if (!cut.ok) return cut;
  const rows = [...chunks].sort(([a], [b]) => a - b).flatMap(([, found]) => found);
  return ok({ columnIds: cut.value.plan.columnIds, rows });
}

const tooManyBytes = () =>
  refusal(
    'limit/file-size',
    `名册文件超过 ${LIST_BYTES_MAX / 1_000_000} MB：请删除图片和多余的工作表后重新上传`,
    `the list is larger than ${LIST_BYTES_MAX / 1_000_000} MB: delete pictures and other sheets and upload it again`,
  );

const tooManyRows = () =>
  refusal(
    'limit/list-rows',
    `名册超过 ${LIST_ROWS_MAX} 行：请只保留本项目本期的发放名单后重新上传`,
    `the list has more than ${LIST_ROWS_MAX} rows: keep only who is paid by this programme in this period and upload it again`,
    { rowsMax: LIST_ROWS_MAX },
  );
