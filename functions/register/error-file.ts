import { BYTE_ORDER_MARK, csvLine } from '../../domain/register/csv-cells.ts';
import { type RowFault, SHEETS } from '../../domain/register/sheets.ts';
import { invariant } from '../../domain/result.ts';
import type { StoredImport } from '../adapters/import-store.ts';
import { errorFileKey, type ImportServices, rejectedRowsKey } from './import-services.ts';
import { parseReadRows, type ReadRow } from './read-row.ts';
import { annotatedXlsx, XLSX_TYPE } from './workbook/annotate-xlsx.ts';
import { FileChanged, objectSource } from './workbook/byte-source.ts';

/**
 * Writes what is to be mended, in a form that can be uploaded as it is: of an .xlsx the same sheet with the reasons
 * beside the rows, of other formats (and when the upload is gone) a CSV of the rejected rows with their reasons.
 *
 * @returns its key
 */
export async function writeErrorFile(services: ImportServices, stored: StoredImport): Promise<string> {
  const { importId } = stored.request;
  const workbook = await annotatedUpload(services, stored);
  const format = workbook ? 'xlsx' : 'csv';
  const bytes = workbook ?? Buffer.from(await csvOfRejected(services, stored), 'utf8');
  const key = errorFileKey(importId, format);
  await services.files.put(key, bytes, workbook ? XLSX_TYPE : 'text/csv');
  return key;
}

async function annotatedUpload(
  services: ImportServices,
  stored: StoredImport,
): Promise<Uint8Array | undefined> {
  const { request, plan } = stored;
  const head = plan?.workbook && (await services.files.head(request.objectKey));
  if (!plan?.workbook || !head || head.tag !== plan.tag) return undefined;
  const columns = SHEETS[request.kind];
  const place = (id: 'reason' | 'reasonEnglish', otherwise: number) => {
    const found = plan.columnIds.indexOf(id);
    return { column: found === -1 ? otherwise : found, heading: columns[id]?.zh ?? id };
  };
  const zh = place('reason', plan.workbook.columns);
  const en = place('reasonEnglish', Math.max(plan.workbook.columns, zh.column + 1));
  const reasons = new Map<number, { zh: string; en: string }>();
  for await (const { row, faults } of rejectedRows(services, stored)) reasons.set(row, reasonsOf(faults));
  try {
    return await annotatedXlsx(objectSource(services.files, request.objectKey, head.bytes, plan.tag), {
      sheet: plan.workbook.sheet,
      headingRow: plan.workbook.headingRow,
      columns: [
        { ...zh, reasons: (row) => reasons.get(row)?.zh },
        { ...en, reasons: (row) => reasons.get(row)?.en },
      ],
    });
  } catch (error) {
    if (error instanceof FileChanged) return undefined;
    throw error;
  }
}

async function csvOfRejected(services: ImportServices, stored: StoredImport): Promise<string> {
  const columns = SHEETS[stored.request.kind];
  const own = ['row', 'reason', 'reasonEnglish'];
  const columnIds = stored.plan?.columnIds ?? [];
  const kept = columnIds.flatMap((id, index) => (own.includes(id) ? [] : [index]));
  const headings = kept.map((index) => stored.plan?.headings[index] ?? '');
  const lines = [BYTE_ORDER_MARK, csvLine([...headings, ...own.map((id) => columns[id]?.zh ?? id)])];
  for await (const { row, cells, faults } of rejectedRows(services, stored)) {
    const given = kept.map((index) => cells[index] ?? '');
    const { zh, en } = reasonsOf(faults);
    lines.push(csvLine([...given, String(row), zh, en]));
  }
  return lines.join('');
}

async function* rejectedRows(
  { files }: ImportServices,
  { request, done }: StoredImport,
): AsyncGenerator<ReadRow, void, undefined> {
  for (const { chunk, counts } of done) {
    if (counts.rejected === 0) continue;
    const bytes = await files.read(rejectedRowsKey(request.importId, chunk));
    invariant(bytes, `the rejected rows of chunk ${chunk} are missing`);
    yield* parseReadRows(bytes);
  }
}

function reasonsOf(faults: readonly RowFault[]): { zh: string; en: string } {
  return {
    zh: faults.map(({ column, zh }) => (column === undefined ? zh : `【${column}】${zh}`)).join('；'),
    en: faults.map(({ en }) => en).join('; '),
  };
}
