import { type Fen, fen, parseYuan, toYuan } from '../money.ts';
import { type BankLayout, lineBreakOf } from './layout.ts';

type LineLayout<Column extends string> = {
  readonly marker?: string | undefined;
  readonly columns: readonly Column[];
};

/** A line of a bank file: its marker, if it has one, and its columns in the layout's order. */
export function writeLine<Column extends string>(
  layout: BankLayout,
  line: LineLayout<Column>,
  values: Readonly<Record<Column, string>>,
): string {
  return writeCells(
    layout,
    line.marker,
    line.columns.map((column) => values[column]),
  );
}

export function writeCells(layout: BankLayout, marker: string | undefined, cells: readonly string[]): string {
  return (marker === undefined ? cells : [marker, ...cells]).join(layout.separator) + lineBreakOf(layout);
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
  const cells = readCells(layout, line.marker, text);
  if (cells?.length !== line.columns.length) return undefined;
  const cellOf = (column: Column) => (cells[line.columns.indexOf(column)] ?? '').trim();
  return Object.fromEntries(known.map((column) => [column, cellOf(column)])) as Record<Column, string>;
}

/** Cells of a decoded line behind its marker; undefined when the marker is another. */
export function readCells(
  layout: BankLayout,
  marker: string | undefined,
  text: string,
): readonly string[] | undefined {
  const cells = splitLine(layout, text);
  if (marker === undefined) return cells;
  return cells[0] === marker ? cells.slice(1) : undefined;
}

/** Cells of a decoded line, its line break removed. */
export function splitLine(layout: BankLayout, text: string): string[] {
  return text.replace(/\r?\n?$/, '').split(layout.separator);
}

/** In yuan or fen, as the layout has it. */
export function amountText(layout: BankLayout, amount: Fen): string {
  return layout.amountUnit === 'yuan' ? toYuan(amount) : String(amount);
}

/** Zero or more; undefined for what is no such amount. Thousands separators, more decimals and full-width digits are none. */
export function readAmount(layout: BankLayout, text: string): Fen | undefined {
  if (layout.amountUnit === 'fen') return /^(?:0|[1-9]\d{0,14})$/.test(text) ? fen(Number(text)) : undefined;
  const amount = parseYuan(text);
  return amount.ok && amount.value >= 0 ? amount.value : undefined;
}

/** With zeros in front, as many as the layout has; "000001" where it does not say. */
export function sequenceText(layout: BankLayout, sequence: number): string {
  return String(sequence).padStart(layout.sequenceDigits ?? 6, '0');
}

/** A sequence or count of at most nine digits, or undefined. */
export function readCount(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

export function concatenate(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
