import { shownText } from '../../../domain/register/sheet-cell.ts';
import { openWorkbook } from '../../../functions/register/workbook/open-workbook.ts';
import type { ApiClient } from './api-client.ts';
import type { Import } from './prepare.ts';

export type ErrorRow = { readonly row: number; readonly reason: string };

/**
 * The rows that an import sent back, as its error file has them: a list of them in CSV, which numbers them, or the same workbook with
 * the reasons beside its rows.
 */
export async function errorRows(api: ApiClient, done: Import): Promise<ErrorRow[]> {
  if (done.counts?.rejected === 0) return [];
  const bytes = await api.download(async () => {
    const again = await api.call('preparer', 'getImport', { params: { importId: done.importId } });
    return again.errorFileUrl ?? '';
  });
  const read = async (from: number, length: number) => bytes.subarray(from, from + length);
  const { sheets } = await openWorkbook({ bytes: bytes.length, read });
  const errors: ErrorRow[] = [];
  for (const sheet of sheets) {
    let headings: readonly string[] | undefined;
    for await (const { row, cells } of sheet.rows()) {
      const texts = cells.map(shownText);
      const reason = headings && texts[headings.indexOf('原因')];
      if (reason) errors.push({ row: Number(texts[headings?.indexOf('行号') ?? -1] ?? row), reason });
      if (texts.includes('原因')) headings = texts;
    }
  }
  return errors;
}
