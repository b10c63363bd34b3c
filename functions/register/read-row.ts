import * as z from 'zod/mini';
import type { RowFault } from '../../domain/register/sheets.ts';

const ReadRows = z.array(
  z.object({
    row: z.int(),
    cells: z.array(z.string()),
    faults: z.array(z.object({ column: z.optional(z.string()), zh: z.string(), en: z.string() })),
  }),
);

/** A row as read from a sheet, with what is wrong with it. Kept in the bucket only: it holds personal data. */
export type ReadRow = {
  readonly row: number;
  readonly cells: readonly string[];
  readonly faults: readonly RowFault[];
};

/** Rows as they were kept. */
export function parseReadRows(bytes: Uint8Array): ReadRow[] {
  return z.parse(ReadRows, JSON.parse(Buffer.from(bytes).toString())).map(({ row, cells, faults }) => ({
    row,
    cells,
    faults: faults.map(({ column, zh, en }) => ({ ...(column !== undefined && { column }), zh, en })),
  }));
}
