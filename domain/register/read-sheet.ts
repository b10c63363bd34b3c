import { parseYuan, toYuan } from '../money.ts';
import { shownCell } from '../shown-cell.ts';
import type { ProgrammeColumns } from './fact-columns.ts';
import type { Headings } from './find-headings.ts';
import {
  type DateSystem,
  type MergedCells,
  readCell,
  type SheetCell,
  type SheetRow,
  shownText,
} from './sheet-cell.ts';
import { columnLetters, note, noteRows, type SheetNote } from './sheet-notes.ts';
import { type Columns, LEFT_ALONE, type RowFault, type SheetKind, sheetColumns } from './sheets.ts';
import { peopleStated, type SideRow, sideRow } from './side-rows.ts';

/** A row of data: the text of each cell for its column, and what is wrong with cells whatever they should say. */
export type DataRow = {
  /** As the spreadsheet numbers it, from 1. */
  readonly row: number;
  readonly cells: readonly string[];
  readonly faults: readonly RowFault[];
};

/** What is known of a sheet before its rows are read. */
export type SheetFrame = {
  readonly headings: Headings;
  readonly merges: readonly MergedCells[];
  readonly hiddenColumns: readonly number[];
  readonly system: DateSystem;
};

/**
 * Reads the rows of a sheet below its headings, in order: tells data from totals and footers, carries merged cells down,
 * reads cells for their columns, and keeps account of all that was left out or rewritten.
 */
export class SheetReading {
  readonly #columns: Columns;
  readonly #frame: SheetFrame;
  readonly #merged: CarriedDown;
  readonly #sums: Sums;
  readonly #rows = {
    hidden: [] as number[],
    skipped: [] as number[],
    carried: [] as number[],
    joined: [] as number[],
  };
  #blank = 0;
  #notes: SheetNote[] = [];

  constructor(kind: SheetKind, frame: SheetFrame, own?: ProgrammeColumns) {
    this.#columns = sheetColumns(kind, own);
    this.#frame = frame;
    this.#merged = new CarriedDown(frame.merges);
    this.#sums = new Sums(this.#columns, frame.headings.columnIds);
  }

  /** Undefined for rows that are not data. */
  see(given: SheetRow): DataRow | undefined {
    const { headings } = this.#frame;
    const last = headings.rows.at(-1)?.row ?? 0;
    if (given.row <= last) return undefined;
    const shown = given.cells.map(shownText);
    if (shown.every((text) => text.trim() === '')) {
      this.#blank += 1;
      return undefined;
    }
    const side = sideRow(
      shown,
      headings.rows.map(({ texts }) => texts),
    );
    if (side) {
      this.#skip(given.row, side, given.cells);
      return undefined;
    }
    if (given.hidden) this.#rows.hidden.push(given.row);
    return this.#read(given);
  }

  /** Everything worth telling, once all rows were seen. */
  notes(): SheetNote[] {
    const { headings, hiddenColumns } = this.#frame;
    const left = headings.texts.filter((_, index) => headings.columnIds[index] === LEFT_ALONE);
    const rows = this.#rows;
    const hidden = hiddenColumns.filter((column) => column < headings.columnIds.length).map(columnLetters);
    const list = (names: readonly string[]) => names.map((name) => `“${shownCell(name.trim())}”`);
    return [
      ...noteRows('titles', headings.titleRows, ({ zh, en }) => ({
        zh: `表头在第${headings.rows.map(({ row }) => row).join('、')}行，其上${zh}为标题，未导入`,
        en: `the headings are in row ${headings.rows.map(({ row }) => row).join(' and ')}; ${en} above them are titles and were not imported`,
      })),
      ...(left.length > 0
        ? [
            note(
              'left-alone',
              `未导入的列：${list(left).join('、')}`,
              `columns not imported: ${list(left).join(', ')}`,
            ),
          ]
        : []),
      ...(hidden.length > 0
        ? [
            note(
              'hidden-columns',
              `隐藏的列也已读取：${hidden.join('、')}`,
              `hidden columns were read as well: ${hidden.join(', ')}`,
            ),
          ]
        : []),
      ...noteRows('hidden-rows', rows.hidden, ({ zh, en }) => ({
        zh: `隐藏的行也已读取：${zh}`,
        en: `hidden rows were read as well: ${en}`,
      })),
      ...(this.#blank > 0
        ? [note('blank-rows', `跳过空白行${this.#blank}行`, `${this.#blank} blank rows were skipped`)]
        : []),
      ...noteRows('skipped-rows', rows.skipped, ({ zh, en }) => ({
        zh: `${zh}是合计、表尾或重复的表头，未作为数据导入`,
        en: `${en}: totals, footers or the headings again, not imported as data`,
      })),
      ...this.#notes,
      ...noteRows('merged-cells', rows.carried, ({ zh, en }) => ({
        zh: `合并单元格的内容已填到所含各行：${zh}`,
        en: `what merged cells say was carried down to ${en}`,
      })),
      ...noteRows('names-joined', rows.joined, ({ zh, en }) => ({
        zh: `姓名中间用于对齐的空格已去掉：${zh}`,
        en: `spaces that line up names were taken out in ${en}`,
      })),
    ];
  }

  #read({ row, cells }: SheetRow): DataRow {
    const { columnIds } = this.#frame.headings;
    const carried = this.#merged.carry(row, cells, (index) => this.#carries(columnIds[index]));
    if (carried.filled) this.#rows.carried.push(row);
    const faults: RowFault[] = [];
    const changes = new Set<string>();
    const texts = carried.cells.map((cell, index) => {
      const column = this.#columns[columnIds[index] ?? ''];
      if (!column || column.ignored) return shownText(cell).trim();
      const { text, change, fault } = readCell(column, cell, this.#frame.system);
      if (change) changes.add(change);
      if (fault) faults.push({ column: column.zh, zh: fault.zh, en: `${column.en} ${fault.en}` });
      return text;
    });
    if (changes.has('name-spaces')) this.#rows.joined.push(row);
    this.#sums.add(texts);
    return { row, cells: texts, faults };
  }

  /** An amount that is shown once for several rows is one amount. */
  #carries(columnId: string | undefined): boolean {
    const column = this.#columns[columnId ?? ''];
    return column !== undefined && !column.ignored && column.content !== 'amount';
  }

  #skip(row: number, side: SideRow, cells: SheetRow['cells']): void {
    this.#rows.skipped.push(row);
    if (side !== 'total' && side !== 'subtotal') return;
    const texts = cells.map((cell, index) => {
      const column = this.#columns[this.#frame.headings.columnIds[index] ?? ''];
      return column?.content === 'amount' ? readCell(column, cell, this.#frame.system).text : shownText(cell);
    });
    this.#notes.push(...this.#sums.compare(row, texts));
  }
}

/** The value of merged cells, carried from their first row to the others. Rows come in order. */
class CarriedDown {
  readonly #merges: readonly MergedCells[];
  readonly #carried = new Map<number, { bottom: number; cell: SheetCell | undefined }>();
  #next = 0;

  constructor(merges: readonly MergedCells[]) {
    this.#merges = merges.filter(({ top, bottom }) => bottom > top).sort((a, b) => a.top - b.top);
  }

  carry(
    row: number,
    given: SheetRow['cells'],
    carries: (column: number) => boolean,
  ): { cells: SheetRow['cells']; filled: boolean } {
    for (let merge = this.#merges[this.#next]; merge && merge.top <= row; merge = this.#merges[this.#next]) {
      this.#next += 1;
      if (merge.top === row && carries(merge.left))
        this.#carried.set(merge.left, { bottom: merge.bottom, cell: given[merge.left] });
    }
    const cells = [...given];
    let filled = false;
    for (const [column, { bottom, cell }] of this.#carried) {
      if (row > bottom) this.#carried.delete(column);
      else if (cell !== undefined && cells[column] === undefined) {
        while (cells.length < column) cells.push(undefined);
        cells[column] = cell;
        filled = true;
      }
    }
    return { cells, filled };
  }
}

/** Counts and sums of the rows so far, and since the last 小计, to hold against what total rows say. */
class Sums {
  readonly #amounts: readonly { readonly index: number; readonly zh: string; readonly en: string }[];
  readonly #names: number;
  #all: number[];
  #part: number[];

  constructor(columns: Columns, columnIds: readonly string[]) {
    this.#amounts = columnIds.flatMap((id, index) => {
      const column = columns[id];
      return column?.content === 'amount' ? [{ index, zh: column.zh, en: column.en }] : [];
    });
    this.#names = columnIds.findIndex((id) => columns[id]?.content === 'name');
    // Rows first, then one sum of fen for each column of amounts.
    this.#all = [0, ...this.#amounts.map(() => 0)];
    this.#part = [...this.#all];
  }

  add(texts: readonly string[]): void {
    const row = [1, ...this.#amounts.map(({ index }) => fenOf(texts[index]) ?? 0)];
    this.#all = this.#all.map((sum, n) => sum + (row[n] ?? 0));
    this.#part = this.#part.map((sum, n) => sum + (row[n] ?? 0));
  }

  compare(row: number, texts: readonly string[]): SheetNote[] {
    const people = peopleStated(texts) ?? this.#bareCount(texts);
    const stated = [people, ...this.#amounts.map(({ index }) => fenOf(texts[index]))];
    const notes = stated.flatMap((value, n) => {
      if (value === undefined) return [];
      const [all, part] = [this.#all[n] ?? 0, this.#part[n] ?? 0];
      const agrees = value === all || value === part;
      return [agrees ? agreement(row) : difference(row, this.#amounts[n - 1], value, all, part)];
    });
    this.#part = this.#part.map(() => 0);
    const wrong = notes.filter(({ code }) => code === 'total-differs');
    return wrong.length > 0 ? wrong : notes.slice(0, 1);
  }

  /** A number under the names, or right after the word 合计, unless it is an amount. */
  #bareCount(texts: readonly string[]): number | undefined {
    const word = texts.findIndex((text) => text.trim() !== '');
    for (const index of [this.#names, word + 1]) {
      const text = (texts[index] ?? '').trim();
      const isAmount = this.#amounts.some((amount) => amount.index === index);
      if (!isAmount && /^\d{1,7}$/.test(text)) return Number(text);
    }
    return undefined;
  }
}

function fenOf(text: string | undefined): number | undefined {
  const amount = text === undefined ? undefined : parseYuan(text.trim());
  return amount?.ok ? amount.value : undefined;
}

function agreement(row: number): SheetNote {
  return note('total-agrees', `第${row}行的合计与各行一致`, `the totals in row ${row} agree with the rows`);
}

function difference(
  row: number,
  amount: { zh: string; en: string } | undefined,
  stated: number,
  all: number,
  part: number,
): SheetNote {
  const shown = (value: number) => (amount ? toYuan(value as Parameters<typeof toYuan>[0]) : String(value));
  const [zh, en] = amount ? [`“${amount.zh}”`, `"${amount.en}"`] : ['人数', 'people'];
  const since = part === all ? '' : `，上次小计以来为${shown(part)}`;
  const sinceEnglish = part === all ? '' : ` (${shown(part)} since the last subtotal)`;
  return note(
    'total-differs',
    `第${row}行的合计与各行不一致：${zh}写的是${shown(stated)}，读到各行共${shown(all)}${since}。请核对是否有漏行`,
    `the total in row ${row} differs from the rows: ${en} says ${shown(stated)}, the rows that were read make ${shown(all)}${sinceEnglish}; look for missing rows`,
  );
}
