import type { Column } from './columns.ts';
import { dateText, monthText, serialDate } from './sheet-dates.ts';

/** What a spreadsheet stores in a cell, before anyone says which column it stands in. */
export type SheetCell =
  | { readonly kind: 'text'; readonly text: string }
  /** `date`: the cell shows the number as a date. */
  | { readonly kind: 'number'; readonly number: number; readonly date?: true }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** An error of a formula, as shown: #N/A. */
  | { readonly kind: 'error'; readonly shown: string }
  /** A formula that was never computed. */
  | { readonly kind: 'no-value' };

/** One row as the spreadsheet numbers it, from 1; cells from column A, undefined where nothing was entered. */
export type SheetRow = {
  readonly row: number;
  readonly cells: readonly (SheetCell | undefined)[];
  readonly hidden?: true;
};

/** Cells shown as one; the first row and column hold the value. Rows from 1, columns from 0, all included. */
export type MergedCells = {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
};

/** Day one of a workbook's serial numbers: 1900-01-01 (Windows), or 1904-01-02 (old Macs, where day nought is a day). */
export type DateSystem = 1900 | 1904;

/** A cell as text for its column; `change` says what was done to it, `fault` why it cannot be taken. */
export type CellReading = {
  readonly text: string;
  readonly change?: 'name-spaces';
  readonly fault?: { readonly zh: string; readonly en: string };
};

/** Numbers have fifteen exact digits. */
const EXACT_BELOW = 1e15;

/** The text of a cell regardless of its column: for headings, total rows and footers. */
export function shownText(cell: SheetCell | undefined): string {
  if (!cell || cell.kind === 'no-value') return '';
  if (cell.kind === 'text') return cell.text;
  if (cell.kind === 'number') return numberText(cell.number);
  return cell.kind === 'boolean' ? (cell.value ? 'TRUE' : 'FALSE') : cell.shown;
}

/** A number as a spreadsheet shows it: fifteen digits, without the noise of binary fractions. */
export function numberText(number: number): string {
  return String(Number(number.toPrecision(15)));
}

/**
 * Reads a cell for its column. Dates of every spelling and alignment spaces in short Chinese names are rewritten; digits
 * and amounts never: what a number cannot hold exactly is refused here, how a text spells it is for the column.
 */
export function readCell(
  column: Column | undefined,
  cell: SheetCell | undefined,
  system: DateSystem,
): CellReading {
  if (!cell) return { text: '' };
  if (cell.kind === 'error') return formulaError(cell.shown);
  if (cell.kind === 'no-value') return neverComputed();
  if (cell.kind === 'number') return numberCell(column, cell, system);
  return textCell(column, shownText(cell));
}

function numberCell(
  column: Column | undefined,
  { number, date }: Extract<SheetCell, { kind: 'number' }>,
  system: DateSystem,
): CellReading {
  const content = column?.content;
  if (content === 'long-digits') return digitsAsNumber();
  if (content === 'date' || content === 'month') {
    const day = dayOfNumber(number, date, system);
    if (day !== undefined) return { text: content === 'date' ? day : day.slice(0, 7) };
    if (content === 'month' && isYearMonth(number)) return { text: monthText(String(number)) };
    return notADate();
  }
  if (date) {
    const day = serialDate(number, system);
    return { text: day ?? numberText(number) };
  }
  if (content !== 'amount' && Math.abs(number) >= EXACT_BELOW) return digitsAsNumber();
  return { text: numberText(number) };
}

/**
 * Numbers that are shown as dates are days since the start of the workbook's calendar. A number that is not may be one
 * whose format was lost (1927 to 2099), or a date written as eight digits; anything else could mean several days.
 */
function dayOfNumber(number: number, shownAsDate: true | undefined, system: DateSystem): string | undefined {
  if (shownAsDate) return serialDate(number, system);
  if (!Number.isInteger(number)) return undefined;
  if (number >= 10_000 && number <= 73_050) return serialDate(number, system);
  const text = String(number);
  const day = /^(?:19|20)\d{6}$/.test(text) ? dateText(text) : text;
  return day === text ? undefined : day;
}

const isYearMonth = (number: number): boolean => /^(?:19|20)\d{4}$/.test(String(number));

function textCell(column: Column | undefined, given: string): CellReading {
  const text = given.replaceAll('\u0000', '').trim();
  if (column?.content === 'date') return { text: dateText(text) };
  if (column?.content === 'month') return { text: monthText(text) };
  if (column?.content === 'name') return nameCell(text);
  // Digits and amounts as typed: full-width digits and thousands separators are for the column to refuse, not to repair.
  return { text };
}

/**
 * 张 三 is 张三: two or three Chinese characters, or single characters each set apart, were spaced to line up. A space
 * between longer parts may stand for the dot of a minority name, and stays.
 */
function nameCell(text: string): CellReading {
  const parts = text.split(/[\s\u3000\u00a0]+/u);
  if (parts.length === 1) return { text };
  const joined = parts.join('');
  const length = Array.from(joined).length;
  const apart = parts.every((part) => Array.from(part).length === 1);
  const short = length <= 3 || (apart && length <= 4);
  if (!short || !/^\p{Script=Han}+$/u.test(joined)) return { text };
  return { text: joined, change: 'name-spaces' };
}

const digitsAsNumber = (): CellReading => ({
  text: '',
  fault: {
    zh: '此格存为数字，末尾几位或开头的0可能已经丢失，不能补正：请把该列设为文本格式，对照证件或存折以文本格式重新填写',
    en: 'is stored as a number, so its last digits or leading zeros may be lost and cannot be restored: format the column as text and type it again from the document',
  },
});

const formulaError = (shown: string): CellReading => ({
  text: '',
  fault: {
    zh: `此格是公式错误（${shown.slice(0, 10)}）：请填写实际内容`,
    en: `is the error of a formula (${shown.slice(0, 10)}): enter the content itself`,
  },
});

const neverComputed = (): CellReading => ({
  text: '',
  fault: {
    zh: '此格的公式没有计算结果：请在表格软件中打开并保存，或直接填写内容',
    en: 'is a formula that was never computed: open and save the file in a spreadsheet program, or enter the content itself',
  },
});

const notADate = (): CellReading => ({
  text: '',
  fault: {
    zh: '此格的数字不能确定是哪一天：请写作 YYYY-MM-DD 或设为日期格式',
    en: 'is a number that names no certain day: write YYYY-MM-DD or format it as a date',
  },
});
