import { gb18030 } from '../../../../functions/adapters/gb18030.ts';
import { HEADINGS, row, sheet } from '../sheet-fixture.ts';
import { DAY_1900, HEADS, one, person, type UglySheet } from './ugly-sheets.ts';
import { xlsOf } from './xls-fixture.ts';

/** Those that come as .xls or CSV. */
export const OTHER_UGLY_SHEETS: readonly UglySheet[] = [
  {
    what: 'an .xls of Excel 2003 with a title, a merged street, dates, a total',
    bytes: xlsOf(
      one(
        [
          ['示例区高龄津贴名册'],
          HEADS,
          person(1048, { 申请日期: { date: DAY_1900 } }),
          person(1049, { 申请日期: { date: DAY_1900 + 1 }, 街道代码: undefined }),
          person(1050, { 收款账号: 6_217_000_000_001_050 }),
          person(1051, { 开户行: { error: '#N/A' } }),
          person(1052, { 姓名: { formula: 'A1', value: row(1052).split(',')[0]! } }),
          ['合计', '5人'],
        ],
        { merges: ['A1:L1', 'D3:D4'], hiddenRows: [4], hiddenColumns: [5] },
      ),
    ),
    accepted: 3,
    rejected: { 5: '以文本格式重新填写', 6: '公式错误（#N/A）' },
    told: ['文件格式：XLS', '隐藏的行也已读取：第4行', '隐藏的列也已读取：F', '第8行的合计与各行一致'],
  },
  {
    what: 'a CSV of Chinese Excel, in GB18030, with commas left at the ends of lines',
    bytes: Buffer.from(
      gb18030.encode(`${HEADINGS},,\r\n${row(1053, { name: '𬎆老三' })},,\r\n${row(1054)},,\r\n`),
    ),
    accepted: 2,
    told: ['CSV (GB18030)'],
  },
  {
    what: 'a CSV with a title and footers',
    bytes: sheet(['名册,,', '', HEADINGS, row(1055), '合计,1人', '制表人：赵某'], ',,'),
    accepted: 1,
    told: ['第6、7行是合计、表尾'],
  },
  {
    what: 'two rows of headings in a CSV, where nothing says what is merged',
    bytes: Buffer.from(
      `${HEADS.slice(0, 7).join(',')},收款人,,收款账号,开户行,停发月份\r\n,,,,,,,姓名,身份证号,,,\r\n${row(1005)}\r\n`,
    ),
    accepted: 1,
  },
];
