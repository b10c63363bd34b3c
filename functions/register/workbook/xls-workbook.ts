import type { DateSystem, MergedCells, SheetCell, SheetRow } from '../../../domain/register/sheet-cell.ts';
import { type BiffRecord, RECORD, records, rkNumber, StringReader } from './biff-records.ts';
import { readCompoundFile } from './compound-file.ts';
import { encrypted, malformed, otherFormat, tooLarge, withMacros } from './refused-file.ts';
import { BOUNDS, isBuiltInDateFormat, isDateFormat, type Workbook, type WorkbookSheet } from './workbook.ts';
import { TextArena } from './xlsx-strings.ts';

const BIFF8 = 0x0600;
const WORKSHEET = 0;
/** Excel 97–2003 has so many rows. */
const ROWS_MAX = 65_536;
/** Cells in memory at once, of one sheet. */
const CELLS_MAX = 4_000_000;

/** Opens an .xls of Excel 97–2003 (BIFF8), which is read as a whole. Older ones, macros and passwords are refused. */
export function openXls(file: Buffer): Workbook {
  const container = readCompoundFile(file);
  if (container.names.has('EncryptedPackage')) throw encrypted();
  if (['_VBA_PROJECT_CUR', '_VBA_PROJECT', 'VBA'].some((name) => container.names.has(name)))
    throw withMacros();
  const stream = container.stream('Workbook');
  if (!stream) {
    if (container.names.has('Book'))
      throw otherFormat('Excel 5.0/95 的旧工作簿', 'an old workbook of Excel 5.0 or 95');
    throw otherFormat('Word 等其他程序的文件', 'a file of Word or another program');
  }
  const globals = readGlobals(stream);
  return {
    title: 'XLS',
    system: globals.system,
    sheets: globals.sheets.map(({ name, hidden, at }): WorkbookSheet => {
      let read: Sheet | undefined;
      const sheet = () => {
        read ??= readSheet(stream, at, globals);
        return read;
      };
      return {
        name,
        hidden,
        frame: async () => ({ merges: sheet().merges, hiddenColumns: sheet().hiddenColumns }),
        rows: () => sheet().rows,
      };
    }),
  };
}

type Globals = {
  readonly system: DateSystem;
  readonly strings: TextArena;
  readonly dateFormats: readonly boolean[];
  readonly sheets: readonly { readonly name: string; readonly hidden: boolean; readonly at: number }[];
};

function readGlobals(stream: Buffer): Globals {
  let system: DateSystem = 1900;
  let strings = new TextArena();
  const formats = new Map<number, boolean>();
  const dateFormats: boolean[] = [];
  const sheets: Globals['sheets'][number][] = [];
  let waiting: Buffer[] | undefined;
  for (const { type, data } of records(stream, 0)) {
    if (type === RECORD.continue) {
      waiting?.push(data);
      continue;
    }
    if (waiting) strings = readStrings(waiting);
    waiting = undefined;
    if (type === RECORD.beginOfFile && data.readUInt16LE(0) !== BIFF8)
      throw otherFormat('Excel 95 或更早的旧工作簿', 'an old workbook of Excel 95 or before');
    if (type === RECORD.filePass) throw encrypted();
    if (type === RECORD.date1904 && data.readUInt16LE(0) === 1) system = 1904;
    if (type === RECORD.format) formats.set(data.readUInt16LE(0), isDateFormat(stringAt(data, 2)));
    if (type === RECORD.extendedFormat) {
      const id = data.readUInt16LE(2);
      dateFormats.push(formats.get(id) ?? isBuiltInDateFormat(id));
    }
    if (type === RECORD.boundSheet && data.readUInt8(5) === WORKSHEET)
      sheets.push({
        name: shortString(data, 6),
        hidden: (data.readUInt8(4) & 3) !== 0,
        at: data.readUInt32LE(0),
      });
    if (type === RECORD.sharedStrings) waiting = [data];
  }
  if (sheets.length === 0) throw malformed('no worksheet');
  if (sheets.length > BOUNDS.sheets)
    throw tooLarge(`超过 ${BOUNDS.sheets} 个工作表`, `more than ${BOUNDS.sheets} sheets`);
  return { system, strings, dateFormats, sheets };
}

function readStrings(parts: readonly Buffer[]): TextArena {
  const arena = new TextArena();
  const [first, ...rest] = parts;
  if (!first || first.length < 8) throw malformed('shared strings');
  const reader = new StringReader([first.subarray(8), ...rest]);
  const count = first.readUInt32LE(4);
  for (let n = 0; n < count; n += 1) arena.add(reader.richString());
  return arena;
}

type Sheet = {
  readonly rows: readonly SheetRow[];
  readonly merges: MergedCells[];
  readonly hiddenColumns: number[];
};

function readSheet(stream: Buffer, at: number, globals: Globals): Sheet {
  const collector = new CellCollector();
  const merges: MergedCells[] = [];
  const hiddenColumns: number[] = [];
  /** A formula whose result is a text: the text is in the next record of strings. */
  let formulaAt: { row: number; column: number } | undefined;
  let depth = 0;
  for (const record of records(stream, at)) {
    const { type, data } = record;
    if (type === RECORD.beginOfFile) depth += 1;
    if (type === RECORD.endOfFile) depth -= 1;
    if (depth !== 1) continue;
    if (type === RECORD.string && formulaAt) {
      collector.put(formulaAt.row, formulaAt.column, { kind: 'text', text: stringAt(data, 0) });
      formulaAt = undefined;
    } else if (type === RECORD.formula) formulaAt = putFormula(collector, data, globals);
    else if (type === RECORD.mergeCells) merges.push(...mergedIn(data));
    else if (type === RECORD.columnInfo && (data.readUInt16LE(8) & 1) !== 0) {
      const last = Math.min(data.readUInt16LE(2), BOUNDS.columns - 1);
      for (let column = data.readUInt16LE(0); column <= last; column += 1) hiddenColumns.push(column);
    } else if (type === RECORD.row && (data.readUInt16LE(12) & 0x20) !== 0)
      collector.hide(data.readUInt16LE(0));
    else putCell(collector, record, globals);
  }
  return { rows: collector.rows(), merges, hiddenColumns };
}

function putCell(collector: CellCollector, { type, data }: BiffRecord, globals: Globals): void {
  const place = () => [data.readUInt16LE(0), data.readUInt16LE(2)] as const;
  const number = (value: number, format: number): SheetCell =>
    globals.dateFormats[format]
      ? { kind: 'number', number: value, date: true }
      : { kind: 'number', number: value };
  switch (type) {
    case RECORD.labelSharedString: {
      const text = globals.strings.at(data.readUInt32LE(6));
      if (text === undefined) throw malformed('number of a shared string');
      collector.put(...place(), { kind: 'text', text });
      return;
    }
    case RECORD.label:
    case RECORD.richString:
      collector.put(...place(), { kind: 'text', text: stringAt(data, 6) });
      return;
    case RECORD.number:
      collector.put(...place(), number(data.readDoubleLE(6), data.readUInt16LE(4)));
      return;
    case RECORD.rk:
      collector.put(...place(), number(rkNumber(data.readInt32LE(6)), data.readUInt16LE(4)));
      return;
    case RECORD.multipleRk: {
      const [row, first] = place();
      for (let n = 0; 4 + n * 6 + 6 <= data.length - 2; n += 1)
        collector.put(
          row,
          first + n,
          number(rkNumber(data.readInt32LE(6 + n * 6)), data.readUInt16LE(4 + n * 6)),
        );
      return;
    }
    case RECORD.booleanOrError:
      collector.put(...place(), booleanOrError(data.readUInt8(6), data.readUInt8(7) === 1));
      return;
    default:
  }
}

/** The place of the cell when its text is still to come. */
function putFormula(
  collector: CellCollector,
  data: Buffer,
  globals: Globals,
): { row: number; column: number } | undefined {
  const [row, column, format] = [data.readUInt16LE(0), data.readUInt16LE(2), data.readUInt16LE(4)];
  if (data.readUInt16LE(12) !== 0xffff) {
    const number = data.readDoubleLE(6);
    collector.put(row, column, {
      kind: 'number',
      number,
      ...(globals.dateFormats[format] && { date: true }),
    });
    return undefined;
  }
  const kind = data.readUInt8(6);
  if (kind === 0) return { row, column };
  if (kind === 1 || kind === 2) collector.put(row, column, booleanOrError(data.readUInt8(8), kind === 2));
  return undefined;
}

const ERRORS: Readonly<Record<number, string>> = {
  0x00: '#NULL!',
  0x07: '#DIV/0!',
  0x0f: '#VALUE!',
  0x17: '#REF!',
  0x1d: '#NAME?',
  0x24: '#NUM!',
  0x2a: '#N/A',
};
const booleanOrError = (value: number, error: boolean): SheetCell =>
  error ? { kind: 'error', shown: ERRORS[value] ?? '#ERROR' } : { kind: 'boolean', value: value === 1 };

function mergedIn(data: Buffer): MergedCells[] {
  const count = data.readUInt16LE(0);
  if (2 + count * 8 > data.length) throw malformed('merged cells');
  return Array.from({ length: count }, (_, n) => {
    const [top, bottom, left, right] = [0, 2, 4, 6].map((field) => data.readUInt16LE(2 + n * 8 + field)) as [
      number,
      number,
      number,
      number,
    ];
    return { top: top + 1, bottom: bottom + 1, left, right };
  });
}

const stringAt = (data: Buffer, at: number): string => new StringReader([data.subarray(at)]).richString();

/** A string with a length of one byte: the name of a sheet. */
function shortString(data: Buffer, at: number): string {
  const wide = (data.readUInt8(at + 1) & 1) !== 0;
  const end = at + 2 + data.readUInt8(at) * (wide ? 2 : 1);
  return data.toString(wide ? 'utf16le' : 'latin1', at + 2, end);
}

/** Cells by row, in whatever order their records come. */
class CellCollector {
  readonly #rows = new Map<number, (SheetCell | undefined)[]>();
  readonly #hidden = new Set<number>();
  #count = 0;

  put(row: number, column: number, cell: SheetCell): void {
    if (cell.kind === 'text' && cell.text === '') return;
    this.#count += 1;
    if (row >= ROWS_MAX || column >= BOUNDS.columns) throw malformed('place of a cell');
    if (this.#count > CELLS_MAX) throw tooLarge(`超过 ${CELLS_MAX} 格`, `more than ${CELLS_MAX} cells`);
    const cells = this.#rows.get(row) ?? [];
    while (cells.length < column) cells.push(undefined);
    cells[column] = cell;
    this.#rows.set(row, cells);
  }

  hide(row: number): void {
    this.#hidden.add(row);
  }

  rows(): SheetRow[] {
    return [...this.#rows]
      .sort(([a], [b]) => a - b)
      .map(([row, cells]) => ({
        row: row + 1,
        cells,
        ...(this.#hidden.has(row) && { hidden: true as const }),
      }));
  }
}
