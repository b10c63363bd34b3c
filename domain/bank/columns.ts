import { type BankLayout, LINE_BREAK } from './layout.ts';

type LineLayout<Column extends string> = { readonly marker: string; readonly columns: readonly Column[] };

/** A line of a bank file: its marker and its columns in the layout's order. */
export function writeLine<Column extends string>(
  layout: BankLayout,
  line: LineLayout<Column>,
  values: Readonly<Record<Column, string>>,
): string {
  return [line.marker, ...line.columns.map((column) => values[column])].join(layout.separator) + LINE_BREAK;
}

/**
 * The columns of a decoded line by name, or undefined when the marker or the number of columns is another. Columns that
 * the layout does not have are empty.
 * @param known every column that a line of this kind may have
 */
export function readLine<Column extends string>(
  layout: BankLayout,
  line: LineLayout<Column>,
  known: readonly Column[],
  text: string,
): Readonly<Record<Column, string>> | undefined {
  const [marker, ...cells] = splitLine(layout, text);
  if (marker !== line.marker || cells.length !== line.columns.length) return undefined;
  const cellOf = (column: Column) => (cells[line.columns.indexOf(column)] ?? '').trim();
  return Object.fromEntries(known.map((column) => [column, cellOf(column)])) as Record<Column, string>;
}

/** Cells of a decoded line, its line break removed. */
export function splitLine(layout: BankLayout, text: string): string[] {
  return text.replace(/\r?\n?$/, '').split(layout.separator);
}

/** A bank's date without hyphens as a plain date; the caller checks that it exists. */
export function spreadDate(text: string): string {
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}

/** Six digits, as in "000001". */
export function sequenceText(sequence: number): string {
  return String(sequence).padStart(6, '0');
}

/** A sequence or count of at most nine digits, or undefined. */
export function readCount(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

export function concatenate(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
