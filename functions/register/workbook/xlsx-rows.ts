import type { MergedCells, SheetCell, SheetRow } from '../../../domain/register/sheet-cell.ts';
import type { ByteSource } from './byte-source.ts';
import { malformed, tooLarge } from './refused-file.ts';
import { BOUNDS, cellPlace } from './workbook.ts';
import { cellText, StringCollector, type TextArena } from './xlsx-strings.ts';
import { attribute, XmlScanner } from './xml-scanner.ts';
import { unpacked, type ZipEntry } from './zip-reader.ts';

/** What the cells of every sheet of a workbook refer to. */
export type SheetContext = {
  readonly source: ByteSource;
  readonly strings: TextArena;
  readonly dateStyles: ReadonlySet<number>;
};

/** Hidden columns stand before the rows and merged cells after them: one pass that skips the rows themselves. */
export async function sheetFrame(
  source: ByteSource,
  entry: ZipEntry,
): Promise<{ merges: MergedCells[]; hiddenColumns: number[] }> {
  const merges: MergedCells[] = [];
  const hiddenColumns: number[] = [];
  const scanner = new XmlScanner({
    open: (name, raw) => {
      if (name === 'mergeCell') merges.push(mergedCells(attribute(raw, 'ref') ?? ''));
      if (merges.length > BOUNDS.merges) throw tooLarge('合并单元格过多', 'too many merged cells');
      if (name === 'col' && /^(?:1|true)$/.test(attribute(raw, 'hidden') ?? '')) {
        const last = Math.min(Number(attribute(raw, 'max')), BOUNDS.columns);
        for (let column = Number(attribute(raw, 'min')); column <= last; column += 1)
          hiddenColumns.push(column - 1);
      }
    },
    close: () => {},
  });
  for await (const piece of withoutRows(unpacked(source, entry, BOUNDS.sheetXmlBytes))) scanner.write(piece);
  scanner.end();
  return { merges, hiddenColumns };
}

const ROWS_START = /<(?:\w+:)?sheetData[\s>/]/;
const ROWS_END = /<\/(?:\w+:)?sheetData\s*>/;
const LONGEST_MARK = 64;

/** The XML of a sheet without what stands between the tags of its rows; the marks are ASCII, so bytes are looked at. */
async function* withoutRows(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  let part: 'before' | 'rows' | 'after' = 'before';
  let kept = '';
  for await (const piece of pieces) {
    let text = kept + Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString('latin1');
    kept = '';
    if (part === 'before') {
      const start = ROWS_START.exec(text);
      if (start) {
        yield Buffer.from(text.slice(0, start.index), 'latin1');
        text = text.slice(start.index);
        part = /^<[^>]*\/>/.test(text) ? 'after' : 'rows';
      }
    }
    if (part === 'rows') {
      const end = ROWS_END.exec(text);
      if (end) {
        text = text.slice(end.index + end[0].length);
        part = 'after';
      }
    }
    if (part === 'after') yield Buffer.from(text, 'latin1');
    else if (part === 'rows') kept = text.slice(-LONGEST_MARK);
    else {
      yield Buffer.from(text.slice(0, -LONGEST_MARK), 'latin1');
      kept = text.slice(-LONGEST_MARK);
    }
  }
  if (part === 'before') yield Buffer.from(kept, 'latin1');
}

function mergedCells(reference: string): MergedCells {
  const [from, to = from] = reference.split(':');
  const [first, last] = [cellPlace(from ?? ''), cellPlace(to ?? '')];
  if (!first || !last) throw malformed('merged cells');
  return { top: first.row, left: first.column, bottom: last.row, right: last.column };
}

/** The rows of a sheet as they stream by. */
export async function* sheetRows(
  context: SheetContext,
  entry: ZipEntry,
): AsyncGenerator<SheetRow, void, undefined> {
  const reader = new RowReader(context);
  const scanner = new XmlScanner(reader);
  for await (const piece of unpacked(context.source, entry, BOUNDS.sheetXmlBytes)) {
    scanner.write(piece);
    yield* reader.taken();
  }
  scanner.end();
  yield* reader.taken();
}

class RowReader {
  readonly #context: SheetContext;
  readonly #strings: StringCollector;
  #ready: SheetRow[] = [];
  #filled = 0;
  #row = 0;
  #hidden = false;
  #cells: (SheetCell | undefined)[] = [];
  #column = -1;
  #type = 'n';
  #style = 0;
  #value: string | undefined;
  #inline: string | undefined;
  #formula = false;
  #inValue = false;
  #inInline = false;

  constructor(context: SheetContext) {
    this.#context = context;
    this.#strings = new StringCollector((text) => {
      this.#inline = text;
    });
  }

  /** The rows that are complete. */
  taken(): SheetRow[] {
    const rows = this.#ready;
    this.#ready = [];
    return rows;
  }

  readonly open = (name: string, raw: string): void => {
    if (this.#inInline) this.#strings.open(name);
    else if (name === 'c') this.#openCell(raw);
    else if (name === 'row') this.#openRow(raw);
    else if (name === 'v') {
      this.#inValue = true;
      this.#value = '';
    } else if (name === 'f') this.#formula = true;
    else if (name === 'is') {
      this.#inInline = true;
      this.#strings.open(name);
    }
  };

  readonly text = (raw: string): void => {
    if (this.#inValue) {
      this.#value += raw;
      if ((this.#value?.length ?? 0) > BOUNDS.cellCharacters * 8) throw malformed('length of a value');
    } else if (this.#inInline) this.#strings.text(raw);
  };

  readonly close = (name: string): void => {
    if (this.#inInline) {
      this.#strings.close(name);
      if (name === 'is') this.#inInline = false;
    } else if (name === 'v') this.#inValue = false;
    else if (name === 'c') this.#closeCell();
    else if (name === 'row') this.#closeRow();
  };

  #openRow(raw: string): void {
    const row = Number(attribute(raw, 'r') ?? this.#row + 1);
    if (!Number.isInteger(row) || row <= this.#row || row > 1_048_576) throw malformed('order of rows');
    this.#row = row;
    this.#hidden = /^(?:1|true)$/.test(attribute(raw, 'hidden') ?? '');
    this.#cells = [];
    this.#column = -1;
  }

  #closeRow(): void {
    if (this.#cells.length === 0) return;
    this.#filled += 1;
    if (this.#filled > BOUNDS.rows) throw tooLarge(`超过 ${BOUNDS.rows} 行`, `more than ${BOUNDS.rows} rows`);
    this.#ready.push({ row: this.#row, cells: this.#cells, ...(this.#hidden && { hidden: true as const }) });
    this.#cells = [];
  }

  #openCell(raw: string): void {
    const reference = attribute(raw, 'r');
    const place = reference === undefined ? undefined : cellPlace(reference);
    if (reference !== undefined && place?.row !== this.#row) throw malformed('place of a cell');
    const column = place?.column ?? this.#column + 1;
    if (column <= this.#column) throw malformed('order of cells');
    this.#column = column;
    this.#type = attribute(raw, 't') ?? 'n';
    this.#style = Number(attribute(raw, 's') ?? 0);
    this.#value = undefined;
    this.#inline = undefined;
    this.#formula = false;
  }

  #closeCell(): void {
    const cell = this.#cell();
    if (!cell || (cell.kind === 'text' && cell.text === '')) return;
    if (this.#column >= BOUNDS.columns)
      throw tooLarge(
        `第${this.#row}行超过 ${BOUNDS.columns} 列`,
        `row ${this.#row} has more than ${BOUNDS.columns} columns`,
      );
    while (this.#cells.length < this.#column) this.#cells.push(undefined);
    this.#cells.push(cell);
  }

  #cell(): SheetCell | undefined {
    const value = this.#value;
    if (this.#type === 'inlineStr') return this.#inline === undefined ? undefined : textCell(this.#inline);
    if (value === undefined || (value === '' && this.#type !== 'str'))
      return this.#formula ? { kind: 'no-value' } : undefined;
    switch (this.#type) {
      case 's': {
        const text = this.#context.strings.at(Number(value));
        if (text === undefined) throw malformed('number of a shared string');
        return textCell(text);
      }
      case 'str':
        return textCell(cellText(value));
      case 'b':
        return { kind: 'boolean', value: value.trim() === '1' || value.trim() === 'true' };
      case 'e':
        return { kind: 'error', shown: cellText(value) };
      case 'd':
        return textCell(cellText(value).replace('T', ' '));
      default:
        return this.#number(Number(value));
    }
  }

  #number(number: number): SheetCell {
    if (!Number.isFinite(number)) throw malformed('a number');
    return this.#context.dateStyles.has(this.#style)
      ? { kind: 'number', number, date: true }
      : { kind: 'number', number };
  }
}

const textCell = (text: string): SheetCell => ({ kind: 'text', text });
