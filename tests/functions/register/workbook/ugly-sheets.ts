import type { Fixture, FixtureCell } from '../../../../infra/local/sample/workbook-content.ts';
import { xlsxOf } from '../../../../infra/local/sample/xlsx-writer.ts';
import { HEADINGS, idNumber, type RowFields, row } from '../sheet-fixture.ts';

/** A spreadsheet as bureaus send them, and what must become of it. */
export type UglySheet = {
  readonly what: string;
  readonly bytes: Buffer;
  /** Rows that are taken. */
  readonly accepted: number;
  /** Row of the sheet → words of its reason. */
  readonly rejected?: Readonly<Record<number, string>>;
  /** Words of what is told of the sheet as a whole. */
  readonly told?: readonly string[];
};
/** A file that is refused as a whole. */
export type RefusedSheet = { readonly what: string; readonly bytes: Buffer; readonly code: string };

export const HEADS: readonly string[] = HEADINGS.split(',');
const place = (heading: string): number => HEADS.indexOf(heading);

/** Cells of the n-th person; `typed` replaces cells by their heading. */
export function person(
  n: number,
  typed: Readonly<Record<string, FixtureCell>> = {},
  fields: RowFields = {},
): FixtureCell[] {
  const cells: FixtureCell[] = row(n, fields)
    .split(',')
    .map((text) => (text === '' ? undefined : text));
  for (const [heading, cell] of Object.entries(typed)) cells[place(heading)] = cell;
  return cells;
}
export const one = (
  rows: Fixture['sheets'][number]['rows'],
  rest: Partial<Fixture['sheets'][number]> = {},
): Fixture => ({
  sheets: [{ rows, ...rest }],
});
/** 2024-03-05. */
export const DAY_1900 = 45_356;

/** Those that come as .xlsx. */
export const UGLY_XLSX: readonly UglySheet[] = [
  {
    what: 'title rows above the headings',
    bytes: xlsxOf(
      one(
        [
          ['示例区高龄津贴发放名册'],
          ['填报单位：示例街道', undefined, '2026年11月'],
          [],
          HEADS,
          person(1001),
          person(1002),
        ],
        { merges: ['A1:L1', 'A2:B2'] },
      ),
    ),
    accepted: 2,
    told: ['表头在第4行，其上第1、2行为标题'],
  },
  {
    what: 'two rows of headings, merged',
    bytes: xlsxOf(
      one(
        [
          ['高龄津贴名册'],
          [...HEADS.slice(0, 7), '收款人', undefined, '收款账号', '开户行', '停发月份'],
          [
            ...Array.from({ length: 7 }, () => undefined),
            '姓名',
            '身份证号',
            undefined,
            undefined,
            undefined,
          ],
          person(1003),
          person(1004, {}, { payee: '王儿', payeeId: idNumber(500, '19700101') }),
        ],
        { merges: ['A1:L1', 'A2:A3', 'B2:B3', 'H2:I2'] },
      ),
    ),
    accepted: 2,
    told: ['表头在第2、3行'],
  },
  {
    what: 'merged cells over several rows',
    bytes: xlsxOf(
      one(
        [
          HEADS,
          person(1006, { 街道代码: '110199007', 街道名称: '合并街道' }),
          person(1007, { 街道代码: undefined, 街道名称: undefined }),
          person(1008, { 街道代码: undefined, 街道名称: undefined }),
          person(1009, { 街道代码: undefined }),
        ],
        { merges: ['D2:D4', 'E2:E4'] },
      ),
    ),
    accepted: 3,
    rejected: { 5: '【街道代码】此格不能为空' },
    told: ['合并单元格的内容已填到所含各行：第3、4行'],
  },
  {
    what: 'blank rows, totals and the lines of those who made the sheet',
    bytes: xlsxOf(
      one([
        HEADS,
        person(1010),
        ['小计', '1人'],
        [],
        [' ', undefined, '　'],
        person(1011),
        ['小 计', undefined, undefined, '１人'],
        ['合计：2人'],
        ['制表人：赵某', undefined, '审核：钱某', undefined, '负责人：'],
        ['填报日期：2026年11月20日'],
        ['2026年11月20日'],
        ['注：本表一式三份'],
      ]),
    ),
    accepted: 2,
    told: ['第3、7、8、9、10、11、12行是合计、表尾', '跳过空白行1行', '第8行的合计与各行一致'],
  },
  {
    what: 'a total that does not agree with the rows',
    bytes: xlsxOf(one([HEADS, person(1012), person(1013), ['总计', 3]])),
    accepted: 2,
    told: ['第4行的合计与各行不一致：人数写的是3，读到各行共2'],
  },
  {
    what: 'the headings again on every page',
    bytes: xlsxOf(one([HEADS, person(1014), ['第1页，共2页'], HEADS, person(1015), ['第 2 页']])),
    accepted: 2,
    told: ['第3、4、6行是合计、表尾或重复的表头'],
  },
  {
    what: 'names spaced to line up',
    bytes: xlsxOf(
      one([
        HEADS,
        person(1016, { 姓名: '张 三' }),
        person(1017, { 姓名: '李　四' }),
        person(1018, { 姓名: '阿依古丽 麦麦提' }),
        person(1019, { 姓名: ' 欧 阳 娜 娜 ' }),
      ]),
    ),
    accepted: 4,
    told: ['姓名中间用于对齐的空格已去掉：第2、3、5行'],
  },
  {
    what: 'dates in every spelling',
    bytes: xlsxOf(
      one([
        HEADS,
        person(1020, { 申请日期: '2024.3.5' }),
        person(1021, { 申请日期: '2024/3/5' }),
        person(1022, { 申请日期: '2024年3月5日' }),
        person(1023, { 申请日期: '20240305' }),
        person(1024, { 申请日期: { date: DAY_1900 } }),
        person(1025, { 申请日期: { date: DAY_1900 + 1.5 } }),
        person(1026, { 申请日期: DAY_1900 }),
        person(1027, { 申请日期: 20_240_305 }),
        person(1028, { 申请日期: 2024 }),
        person(1029, { 申请日期: '2024.2.30' }),
        person(1030, { 申请日期: 2024.3 }),
        person(1031, { 申请日期: '２０２４．３．５' }),
      ]),
    ),
    accepted: 8,
    rejected: { 10: '不能确定是哪一天', 11: 'YYYY-MM-DD', 12: '不能确定是哪一天', 13: 'YYYY-MM-DD' },
  },
  {
    what: 'the calendar of old Macs',
    bytes: xlsxOf({
      ...one([HEADS, person(1032, { 申请日期: { date: DAY_1900 - 1_462 } })]),
      date1904: true,
    }),
    accepted: 1,
  },
  {
    what: 'identity and account numbers stored as numbers',
    bytes: xlsxOf(
      one([
        HEADS,
        person(1033, { 身份证号: Number(idNumber(1033).slice(0, 17)) * 10 }),
        person(1034, { 收款账号: 6_217_000_000_001_034 }),
        person(1035, { 收款账号: 62_170_000_103 }),
        person(1036, { 手机号: 13_800_001_036, 街道代码: 110_199_001 }),
      ]),
    ),
    accepted: 1,
    rejected: {
      2: '【身份证号】此格存为数字',
      3: '【收款账号】此格存为数字，末尾几位或开头的0可能已经丢失，不能补正：请把该列设为文本格式，对照证件或存折以文本格式重新填写',
      4: '【收款账号】此格存为数字',
    },
  },
  {
    what: 'headings with remarks are known, digits in full width are refused and not repaired',
    bytes: xlsxOf(
      one([
        HEADS.map((heading) =>
          heading === '身份证号' ? '身份证号（必填）' : heading === '姓名' ? '姓 名*' : heading,
        ),
        person(1037),
        person(1060, { 身份证号: wide(idNumber(1060)) }),
        person(1061, { 街道代码: '１１０１９９００１' }),
      ]),
    ),
    accepted: 1,
    rejected: { 3: '【身份证号】', 4: '【街道代码】' },
  },
  {
    what: 'formulas: results taken, errors and formulas never computed refused',
    bytes: xlsxOf(
      one([
        HEADS,
        person(1038, { 街道代码: { formula: 'A1&"001"', value: '110199001' } }),
        person(1039, { 开户行: { error: '#N/A' } }),
        person(1040, { 人员类别: { formula: 'VLOOKUP(A1,X!A:B,2)' } }),
      ]),
    ),
    accepted: 1,
    rejected: { 3: '公式错误（#N/A）', 4: '公式没有计算结果' },
  },
  {
    what: 'hidden rows and columns',
    bytes: xlsxOf(one([HEADS, person(1041), person(1042)], { hiddenRows: [3], hiddenColumns: [2] })),
    accepted: 2,
    told: ['隐藏的行也已读取：第3行', '隐藏的列也已读取：C'],
  },
  {
    what: 'several sheets, the first of notes',
    bytes: xlsxOf({
      sheets: [
        { name: '填表说明', rows: [['请按说明填写'], ['1. 姓名与证件一致']] },
        { name: '旧表', hidden: true, rows: [HEADS, person(1043)] },
        { name: '11月', rows: [HEADS, person(1044)] },
        { name: '110199194001150011', rows: [['x']] },
      ],
    }),
    accepted: 1,
    told: ['导入的是工作表“11月”，未导入：“填表说明”、“旧表”、“…”'],
  },
  {
    what: 'columns that nobody asked for, and a cell under no heading',
    bytes: xlsxOf(
      one([
        ['序号', ...HEADS, '性别', undefined, undefined],
        [1, ...person(1045), '女'],
        [2, ...person(1046), '男', undefined, '多余'],
      ]),
    ),
    accepted: 1,
    rejected: { 3: '表头只有14列' },
    told: ['未导入的列：“序号”、“性别”'],
  },
  {
    what: 'inline texts, a prefix of its own and no cell references',
    bytes: xlsxOf(one([HEADS, person(1047)]), {
      inline: true,
      parts: (parts) => {
        const path = 'xl/worksheets/sheet1.xml';
        const xml = (parts.get(path) ?? '').replace(/ r="[A-Z]+\d+"/g, '').replace(/ r="\d+"/g, '');
        const prefixed = xml.replace(/<(\/?)(?=[a-z])/gi, '<$1x:').replace('xmlns=', 'xmlns:x=');
        parts.set(path, prefixed);
      },
    }),
    accepted: 1,
  },
  {
    what: 'cells that would be formulas elsewhere',
    bytes: xlsxOf(
      one([
        [...HEADS, '备注'],
        [...person(1056, { 街道代码: 'x' }), '=HYPERLINK("http://x")'],
      ]),
    ),
    accepted: 0,
    rejected: { 2: '【街道代码】' },
  },
];

function wide(text: string): string {
  return text.replace(/[0-9X]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
}
