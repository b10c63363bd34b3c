import { parse } from 'csv-parse/sync';
import type { ApiClient } from './api-client.ts';
import type { Import } from './prepare.ts';

export type ErrorRow = { readonly row: number; readonly reason: string };

/** The rows that an import sent back, as its error file has them. */
export async function errorRows(api: ApiClient, done: Import): Promise<ErrorRow[]> {
  if (done.counts?.rejected === 0) return [];
  const bytes = await api.download(async () => {
    const again = await api.call('preparer', 'getImport', { params: { importId: done.importId } });
    return again.errorFileUrl ?? '';
  });
  const [headings = [], ...rows] = parse(Buffer.from(bytes), { bom: true, relax_column_count: true });
  const [row, reason] = [headings.indexOf('行号'), headings.indexOf('原因')];
  return rows.map((cells) => ({ row: Number(cells[row]), reason: cells[reason] ?? '' }));
}
