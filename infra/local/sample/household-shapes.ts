import type { PlainDate } from '../../../domain/calendar.ts';
import { BYTE_ORDER_MARK, csvLine } from '../../../domain/register/csv-cells.ts';
import {
  HEAD_COLUMNS,
  HOUSEHOLD_COLUMNS,
  type HouseholdColumn,
} from '../../../domain/register/household-columns.ts';
import { columnLetters } from '../../../domain/register/sheet-notes.ts';
import { gb18030 } from '../../../functions/adapters/gb18030.ts';
import type { HouseholdLine } from './household-mistakes.ts';
import { HOUSEHOLD_SHEET, type HouseholdCells } from './household-rows.ts';
import type { FixtureCell } from './workbook-content.ts';
import { xlsxOf } from './xlsx-writer.ts';

/** A sheet as a street keeps it: its bytes, and where each of the lines stands, as a spreadsheet counts rows. */
export type Shaped = { readonly ending: string; readonly bytes: Buffer; readonly rows: readonly number[] };
/** Lays the lines of one street out in its own way. @param title what stands above them */
export type Shape = (lines: readonly HouseholdLine[], title: string) => Shaped;

const heading = (column: HouseholdColumn): string => HOUSEHOLD_COLUMNS[column].zh;
const HEADINGS = HOUSEHOLD_SHEET.map(heading);
const LAST_COLUMN = columnLetters(HEADINGS.length - 1);
const isHead = ({ cells }: HouseholdLine): boolean =>
  cells.relation === '户主' && cells.headIdNumber !== undefined;

type Writing = {
  /** 2024-03-05 in the street's own spelling. */
  readonly date: (date: PlainDate) => FixtureCell;
  /** Amounts as numbers and not as text. */
  readonly numbers?: boolean;
  /** 张三 as 张 三, to line up with names of three characters. */
  readonly apart?: boolean;
};
const AMOUNTS: readonly HouseholdColumn[] = [
  'wage',
  'pension',
  'maintenance',
  'transfer',
  'otherIncome',
  'operatingIncome',
  'propertyIncome',
];
const NAMES: readonly HouseholdColumn[] = ['headName', 'name', 'payeeName'];

function written({ cells, asNumber }: HouseholdLine, { date, numbers, apart }: Writing): FixtureCell[] {
  return HOUSEHOLD_SHEET.map((column) => {
    const text = cells[column] ?? '';
    if (text === '') return undefined;
    if (column === asNumber) return Number(text);
    if (column === 'appliedOn') return /^\d{4}-02-30$/.test(text) ? text : date(text);
    if (numbers && AMOUNTS.includes(column) && /^\d+\.\d\d$/.test(text)) return Number(text);
    if (apart && NAMES.includes(column) && /^\p{Script=Han}{2}$/u.test(text))
      return Array.from(text).join('　');
    return text;
  });
}

const dotted = (date: PlainDate): string => parts(date).join('.');
const inChinese = (date: PlainDate): string => {
  const [year, month, day] = parts(date);
  return `${year}年${month}月${day}日`;
};
const serial = (date: PlainDate) => ({ date: Date.parse(date) / 86_400_000 + 25_569 });
const parts = (date: PlainDate): number[] => date.split('-').map(Number);
const people = (lines: readonly HouseholdLine[]): string => `${lines.length}人`;
const footer = (): FixtureCell[][] => [
  ['制表人：', undefined, '审核：', undefined, '负责人：'],
  ['填报日期：2026年11月10日'],
];

/** Rows `first`, first + 1, … */
const rowsFrom = (first: number, lines: readonly HouseholdLine[]): number[] =>
  lines.map((_, index) => first + index);

/** A title, head rows with member rows below that leave the household out, 合计 and who made it. */
const plain: Shape = (lines, title) => ({
  ending: 'xlsx',
  bytes: xlsxOf({
    sheets: [
      {
        name: '低保名册',
        rows: [
          [title],
          ['填报单位（盖章）：', undefined, undefined, '单位：元'],
          HEADINGS,
          ...lines.map((line) => written(line, { date: dotted })),
          ['合计', people(lines)],
          ...footer(),
        ],
        merges: [`A1:${LAST_COLUMN}1`, 'A2:C2'],
      },
    ],
  }),
  rows: rowsFrom(4, lines),
});

/** What is of the household in cells merged over all its members. */
const merged: Shape = (lines, title) => {
  const rows = [[title], HEADINGS, ...lines.map((line) => written(line, { date: serial, numbers: true }))];
  const starts = lines.flatMap((line, index) => (isHead(line) ? [index] : []));
  const merges = starts.flatMap((start, n) => {
    const last = (starts[n + 1] ?? lines.length) - 1;
    if (last === start) return [];
    return HOUSEHOLD_SHEET.flatMap((column, index) => {
      const letters = columnLetters(index);
      return Object.hasOwn(HEAD_COLUMNS, column) ? [`${letters}${start + 3}:${letters}${last + 3}`] : [];
    });
  });
  return {
    ending: 'xlsx',
    bytes: xlsxOf({ sheets: [{ name: '名册', rows, merges: [`A1:${LAST_COLUMN}1`, ...merges] }] }),
    rows: rowsFrom(3, lines),
  };
};

const GROUPS: readonly [group: string, columns: readonly HouseholdColumn[]][] = [
  ['户主', ['headName', 'headIdNumber']],
  ['成员', ['name', 'idNumber']],
  ['残疾', ['disabilityKind', 'disabilityGrade']],
  ['领款人', ['payeeName', 'payeeIdNumber']],
];

/** Headings in two rows, those of a group below the group's. */
const grouped: Shape = (lines, title) => {
  const merges: string[] = [];
  const upper: FixtureCell[] = [];
  const lower: FixtureCell[] = [];
  for (const [index, column] of HOUSEHOLD_SHEET.entries()) {
    const letters = columnLetters(index);
    const [group, columns] = GROUPS.find(([, each]) => each.includes(column)) ?? [];
    lower.push(group ? heading(column).slice(group.length) : undefined);
    if (!group) merges.push(`${letters}2:${letters}3`);
    const isFirst = columns?.[0] === column;
    if (isFirst) merges.push(`${letters}2:${columnLetters(index + 1)}2`);
    upper.push(group ? (isFirst ? group : undefined) : heading(column));
  }
  const rows = [[title], upper, lower, ...lines.map((line) => written(line, { date: inChinese }))];
  return {
    ending: 'xlsx',
    bytes: xlsxOf({
      sheets: [
        { rows, merges: [`A1:${LAST_COLUMN}1`, ...merges] },
        { name: 'Sheet2', rows: [] },
      ],
    }),
    rows: rowsFrom(4, lines),
  };
};

const PAGE = 20;

/** 小计 after every page, names spaced to line up. */
const subtotalled: Shape = (lines, title) => {
  const rows: FixtureCell[][] = [[title], HEADINGS];
  const places: number[] = [];
  for (const [index, line] of lines.entries()) {
    places.push(rows.push(written(line, { date: dotted, apart: true })));
    if ((index + 1) % PAGE === 0) rows.push(['小计', `${PAGE}人`]);
  }
  rows.push(['合计', people(lines)], ...footer());
  return {
    ending: 'xlsx',
    bytes: xlsxOf({ sheets: [{ rows, merges: [`A1:${LAST_COLUMN}1`] }] }),
    rows: places,
  };
};

/** The CSV of an old system: GB18030, the household repeated in the row of every member. */
const repeated: Shape = (lines) => {
  let ofHead: HouseholdCells = {};
  const body = lines.map((line) => {
    if (isHead(line)) ofHead = line.cells;
    const carried = Object.fromEntries(
      HOUSEHOLD_SHEET.filter((column) => Object.hasOwn(HEAD_COLUMNS, column)).map((column) => [
        column,
        ofHead[column],
      ]),
    );
    const cells: HouseholdCells = { ...carried, ...line.cells };
    return csvLine(HOUSEHOLD_SHEET.map((column) => cells[column] ?? ''));
  });
  return {
    ending: 'csv',
    bytes: Buffer.from(gb18030.encode(csvLine(HEADINGS) + body.join(''))),
    rows: rowsFrom(2, lines),
  };
};

/** 序号, sex and age that nobody asked for; the headings again on every page. */
const numbered: Shape = (lines, title) => {
  const headings = ['序号', ...HEADINGS, '性别', '年龄'];
  const rows: FixtureCell[][] = [[title], headings];
  const places: number[] = [];
  for (const [index, line] of lines.entries()) {
    if (index > 0 && index % PAGE === 0) rows.push([`第${index / PAGE}页`], headings);
    const sex = Number(line.cells.idNumber?.charAt(16)) % 2 === 1 ? '男' : '女';
    places.push(rows.push([index + 1, ...written(line, { date: inChinese, numbers: true }), sex, 50]));
  }
  return { ending: 'xlsx', bytes: xlsxOf({ sheets: [{ rows, merges: ['A1:F1'] }] }), rows: places };
};

/** Texts within the cells, notes in a sheet of their own, a hidden column and a hidden row. */
const hidden: Shape = (lines, title) => ({
  ending: 'xlsx',
  bytes: xlsxOf(
    {
      sheets: [
        { name: '填表说明', rows: [['请按户填写，户主在前'], ['金额单位：元']] },
        {
          name: '11月',
          rows: [[title], [], HEADINGS, ...lines.map((line) => written(line, { date: serial }))],
          merges: [`A1:${LAST_COLUMN}1`],
          hiddenRows: [4],
          hiddenColumns: [HOUSEHOLD_SHEET.indexOf('certificate')],
        },
      ],
    },
    { inline: true },
  ),
  rows: rowsFrom(4, lines),
});

/** CSV in UTF-8 under a title, with 合计 at the end. */
const titled: Shape = (lines, title) => {
  const ends = ','.repeat(HEADINGS.length - 1);
  const body = lines.map(({ cells }) => csvLine(HOUSEHOLD_SHEET.map((column) => cells[column] ?? '')));
  const text = `${BYTE_ORDER_MARK}${title}${ends}\r\n${csvLine(HEADINGS)}${body.join('')}合计,${people(lines)}${ends.slice(1)}\r\n`;
  return { ending: 'csv', bytes: Buffer.from(text, 'utf8'), rows: rowsFrom(3, lines) };
};

/** The way of every street, in the order of SAMPLE_STREETS. */
export const SHAPES: readonly Shape[] = [
  plain,
  merged,
  grouped,
  subtotalled,
  repeated,
  numbered,
  hidden,
  titled,
];
