import type { DateSystem, MergedCells, SheetRow } from '../../../domain/register/sheet-cell.ts';

/** A spreadsheet file opened for reading, whatever its format. */
export type Workbook = {
  /** What the format is called to people: XLSX, CSV（GB18030）. */
  readonly title: string;
  readonly system: DateSystem;
  readonly sheets: readonly WorkbookSheet[];
};

export type WorkbookSheet = {
  /** Empty in a format that has no sheets. */
  readonly name: string;
  readonly hidden: boolean;
  /** Where the sheet lies in an .xlsx archive. */
  readonly path?: string;
  /** What stands beside the rows; read before them. */
  readonly frame: () => Promise<{
    readonly merges: readonly MergedCells[];
    /** From 0, of the first 256. */
    readonly hiddenColumns: readonly number[];
  }>;
  /** From the top, in order; rows without anything may be left out. Can be read again. */
  readonly rows: () => AsyncIterable<SheetRow> | Iterable<SheetRow>;
};

/** Bounds of what is read, in every format. */
export const BOUNDS = {
  /** Rows with something in them. */
  rows: 200_000,
  columns: 256,
  sheets: 100,
  merges: 200_000,
  /** Of one cell, as in Excel. */
  cellCharacters: 32_767,
  sharedStrings: 4_000_000,
  sharedStringBytes: 128_000_000,
  sheetXmlBytes: 600_000_000,
  partBytes: 8_000_000,
} as const;

/** B7 as row 7, column 1. */
export function cellPlace(reference: string): { row: number; column: number } | undefined {
  const [, letters, digits] = /^\$?([A-Za-z]{1,3})\$?(\d{1,7})$/.exec(reference) ?? [];
  if (letters === undefined || digits === undefined) return undefined;
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return { row: Number(digits), column: column - 1 };
}

/** Whether a number format shows a date: letters of year, month or day outside quotes, colours and escapes. */
export function isDateFormat(code: string): boolean {
  const plain = code
    .replace(/"[^"]*"/g, (quoted) => (/[年月日]/.test(quoted) ? 'y' : ''))
    .replace(/\\.|_.|\*./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .split(';')[0];
  return plain !== undefined && !/general/i.test(plain) && /[ymdhs年月日]/i.test(plain);
}

/** Formats that have a number and no code in the file; 27–36 and 50–58 are dates of Chinese and Japanese Excel. */
export function isBuiltInDateFormat(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}
