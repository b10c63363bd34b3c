import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import { ACCOUNT_FILE_COLUMNS } from './account-file.ts';
import { BUREAU_LIST_COLUMNS } from './bureau-list-columns.ts';
import { CHANGE_COLUMNS } from './change-columns.ts';
import { type Column, DEATH_COLUMNS, REGISTER_COLUMNS, type RowContext } from './columns.ts';
import type { ProgrammeColumns } from './fact-columns.ts';
import { GRANT_LIST_COLUMNS } from './grant-columns.ts';
import { HOUSEHOLD_COLUMNS } from './household-columns.ts';
import { MATCHING_COLUMNS } from './matching-columns.ts';
import { OPENING_COLUMNS } from './opening-columns.ts';
import { PROJECT_COLUMNS } from './project-columns.ts';

/** The kinds of sheet that are read; changes come from streets and enter the register only once accepted. */
export const SHEET_KINDS = [
  'register',
  'deaths',
  'changes',
  'opening',
  'households',
  'accounts',
  'bureau-list',
  'matching',
  'projects',
  'grant-list',
] as const;
export type SheetKind = (typeof SHEET_KINDS)[number];
export type Columns = Readonly<Record<string, Column>>;
export const SHEETS: Readonly<Record<SheetKind, Columns>> = {
  register: REGISTER_COLUMNS,
  deaths: DEATH_COLUMNS,
  households: HOUSEHOLD_COLUMNS,
  changes: CHANGE_COLUMNS,
  opening: OPENING_COLUMNS,
  accounts: ACCOUNT_FILE_COLUMNS,
  'bureau-list': BUREAU_LIST_COLUMNS,
  matching: MATCHING_COLUMNS,
  projects: PROJECT_COLUMNS,
  'grant-list': GRANT_LIST_COLUMNS,
};

/**
 * The columns of a sheet, with those that its programme adds: on the register sheet and on the change reports of streets,
 * which leave empty what stays as it is.
 */
export function sheetColumns(kind: SheetKind, own: ProgrammeColumns = {}): Columns {
  const { note, row, reason, reasonEnglish, ...common } = SHEETS[kind];
  if ((kind !== 'register' && kind !== 'changes') || Object.keys(own).length === 0) return SHEETS[kind];
  if (!note || !row || !reason || !reasonEnglish) return SHEETS[kind];
  const added = kind === 'register' ? own : Object.fromEntries(Object.entries(own).map(withoutRequired));
  return { ...common, ...added, note, row, reason, reasonEnglish };
}

function withoutRequired([id, column]: [string, Column]): [string, Column] {
  const { required, ...rest } = column;
  return [id, required ? rest : column];
}

/** More headings than this is not one of our sheets; a list of grants with the columns of all programmes has half as many. */
const HEADINGS_MAX = 120;

/** What is wrong in one cell, or with a row as a whole (no column). Never repeats what is personal. */
export type RowFault = { readonly column?: string; readonly zh: string; readonly en: string };
export type Cells = readonly string[];
/** What a row says: one text per column id; columns that are absent or empty are left out. */
export type RowValues = Readonly<Record<string, string | undefined>>;

/** The id of a column without a heading: its cells must be empty. */
export const NO_HEADING = '';
/** The id of a usual column that no sheet of ours reads: its cells are left alone. */
export const LEFT_ALONE = '-';
/** 序号 numbers the rows; sex and age follow from the identity number. */
const USUAL_HEADINGS = ['序号', '编号', 'no.', '性别', 'sex', '年龄', 'age'];

/**
 * Which column each cell belongs to, from the heading row; NO_HEADING and LEFT_ALONE for columns of no content.
 * Refusal `invalid/headings` names every missing, unknown and repeated heading at once, and the headings there may be.
 */
export function readHeadings(
  kind: SheetKind,
  cells: Cells,
  own?: ProgrammeColumns,
): Result<readonly string[]> {
  const columns = sheetColumns(kind, own);
  // Lists of other authorities come with columns of their own.
  const strange = kind === 'matching' ? LEFT_ALONE : undefined;
  const ids = cells.map((cell) => columnOf(columns, cell) ?? strange);
  const known = ids.filter((id): id is string => id !== undefined && id !== NO_HEADING && id !== LEFT_ALONE);
  if (known.length === 0 || cells.length > HEADINGS_MAX) return refuse(noHeadingRow(columns));
  const missing = Object.entries(columns).filter(([id, column]) => column.required && !known.includes(id));
  const unknown = cells.filter((_, index) => ids[index] === undefined);
  const repeated = known.filter((id, index) => known.indexOf(id) !== index);
  if (missing.length + unknown.length + repeated.length === 0) return ok(ids.map((id) => id ?? NO_HEADING));
  const part = (zh: string, en: string, names: readonly { zh: string; en: string }[]) =>
    names.length === 0
      ? []
      : [
          {
            zh: `${zh}：${names.map((name) => `“${name.zh}”`).join('、')}`,
            en: `${en}: ${names.map((name) => `"${name.en}"`).join(', ')}`,
          },
        ];
  const parts = [
    ...part(
      '缺少列',
      'missing',
      missing.map(([, column]) => column),
    ),
    ...part('不认识的列', 'unknown', unknown.map(shownHeading)),
    ...part(
      '重复的列',
      'repeated',
      repeated.flatMap((id) => columns[id] ?? []),
    ),
  ];
  return refuse(
    refusal(
      'invalid/headings',
      `表头不正确。${parts.map((each) => each.zh).join('；')}。可用的列：${accepted(columns, 'zh')}。请修改表头后重新上传`,
      `the headings are not right; ${parts.map((each) => each.en).join('; ')}. Columns there may be: ${accepted(columns, 'en')}. Correct the headings and upload the file again`,
      { missing: missing.length, unknown: unknown.length, repeated: repeated.length },
    ),
  );
}

/** Reads every cell of a row and reports every fault, not only the first. */
export function readRow(
  kind: SheetKind,
  columnIds: readonly string[],
  cells: Cells,
  context: RowContext,
  own?: ProgrammeColumns,
): Result<RowValues, readonly RowFault[]> {
  const columns = sheetColumns(kind, own);
  const faults: RowFault[] = [];
  const values: Record<string, string> = {};
  if (cells.slice(columnIds.length).some((cell) => cell.trim() !== '')) {
    faults.push({
      zh: `本行有${cells.length}格，表头只有${columnIds.length}列：请检查是否多了逗号或引号`,
      en: `this row has ${cells.length} cells and the heading ${columnIds.length}: look for a comma or quote too many`,
    });
  }
  for (const [index, id] of columnIds.entries()) {
    if (id === NO_HEADING && (cells[index] ?? '').trim() !== '') {
      faults.push({
        zh: `第${index + 1}列没有表头，此格却有内容：请补上表头或删除内容`,
        en: `column ${index + 1} has no heading, but there is something in it: add the heading or clear the cell`,
      });
    }
    const column = columns[id];
    if (!column || column.ignored) continue;
    const cell = plainCell(cells[index] ?? '');
    if (cell === '') {
      if (column.required) {
        faults.push({ column: column.zh, zh: '此格不能为空', en: `${column.en} must not be empty` });
      }
      continue;
    }
    const parsed = column.parse(cell, context);
    if (parsed.ok) values[id] = parsed.value;
    else faults.push({ column: column.zh, zh: parsed.error.zh, en: `${column.en}: ${parsed.error.en}` });
  }
  return faults.length > 0 ? refuse(faults) : ok(values);
}

/** A row of nothing but empty cells, as spreadsheets leave below a table. */
export function isBlankRow(cells: Cells): boolean {
  return cells.every((cell) => cell.trim() === '');
}

/** A cell without white space around it, and without the apostrophe that keeps it from being a formula. */
export function plainCell(cell: string): string {
  const trimmed = cell.trim();
  return /^'[=+\-@]/.test(trimmed) ? trimmed.slice(1).trim() : trimmed;
}

/** The column that a heading names, whatever its spaces, width, line breaks and remarks in brackets; undefined for none. */
export function columnOf(columns: Columns, heading: string): string | undefined {
  const wanted = comparable(heading);
  if (wanted === '') return NO_HEADING;
  const find = (name: string) =>
    Object.keys(columns).find((id) => {
      const column = columns[id];
      if (!column) return false;
      return [column.zh, column.en, ...(column.aliases ?? [])].some((each) => comparable(each) === name);
    });
  const bare = wanted.replace(/[*＊]/g, '').replace(/\([^()]*\)$/, '');
  return find(wanted) ?? find(bare) ?? (USUAL_HEADINGS.includes(bare) ? LEFT_ALONE : undefined);
}

const comparable = (heading: string): string => heading.normalize('NFKC').replace(/\s/g, '').toLowerCase();

function accepted(columns: Columns, language: 'zh' | 'en'): string {
  const named = Object.values(columns).filter((column) => !column.ignored || column.zh === '备注');
  const mark = language === 'zh' ? '（必填）' : ' (required)';
  return named
    .map((column) => `${column[language]}${column.required ? mark : ''}`)
    .join(language === 'zh' ? '、' : ', ');
}

/** A heading that looks like data may be somebody's number: it is not repeated. */
function shownHeading(heading: string): { zh: string; en: string } {
  const shown = heading.trim().slice(0, 20);
  if (shown === '') return { zh: '（空）', en: '(empty)' };
  return /\d{6}/.test(shown) ? { zh: '（数字）', en: '(digits)' } : { zh: shown, en: shown };
}

function noHeadingRow(columns: Columns): Refusal {
  return refusal(
    'invalid/headings',
    `没有找到表头：请把列名放在数据上方的一行，例如：${accepted(columns, 'zh')}`,
    `no heading row was found: put the names of the columns in a row above the data: ${accepted(columns, 'en')}`,
  );
}
