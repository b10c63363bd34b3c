import type { Bilingual } from '../bilingual.ts';
import { fen } from '../money.ts';
import { CARD_COLUMNS, CARD_LINES_MAX, CARD_NAMING, CARD_RESULT_COLUMNS, CARD_XLSX } from './card-sheet.ts';
import { instructionLineText } from './instruction-file.ts';
import { ISO_FORMATS } from './iso20022/catalogue.ts';
import { type BankLayout, resultFileName } from './layout.ts';
import type { INSTRUCTION_LINE_COLUMNS, RESULT_LINE_COLUMNS } from './layout-columns.ts';
import { LAYOUTS } from './layouts.ts';

/** What whoever tells the bank which format it is has to know. */
export type BankFormatEntry = {
  readonly id: string;
  readonly names: Bilingual;
  /** E.g. GBK, or XLSX. */
  readonly encoding: string;
  readonly maxLines: number;
  readonly fileName: string;
  readonly resultFileName: string;
  readonly instructionColumns: readonly Bilingual[];
  readonly resultColumns: readonly Bilingual[];
  /** A line of an instruction file, of somebody who does not exist. */
  readonly example: string;
};

type Column = (typeof INSTRUCTION_LINE_COLUMNS)[number] | (typeof RESULT_LINE_COLUMNS)[number];
const COLUMN_NAMES: Record<Column, Bilingual> = {
  sequence: { zh: '序号', en: 'sequence' },
  account: { zh: '账号', en: 'account' },
  name: { zh: '户名', en: 'name of the holder' },
  amount: { zh: '金额', en: 'amount' },
  'bank-code': { zh: '联行号', en: 'CNAPS number' },
  'cross-bank': { zh: '跨行标识', en: 'other bank' },
  'identity-number': { zh: '身份证号', en: 'identity number' },
  empty: { zh: '（留空）', en: '(empty)' },
  summary: { zh: '摘要', en: 'summary' },
  'end-to-end-id': { zh: '对账码（请原样返回）', en: 'end-to-end id (to be returned as it is)' },
  status: { zh: '结果', en: 'status' },
  'return-code': { zh: '返回码', en: 'return code' },
  reason: { zh: '失败原因', en: 'reason' },
  'booked-on': { zh: '记账日期', en: 'booked on' },
  'bank-serial': { zh: '银行流水号', en: 'serial of the bank' },
};

const NAMES: Readonly<Record<string, Bilingual>> = {
  'pipe-gb18030': { zh: '竖线分隔，首尾行带笔数金额', en: 'pipes, with header and trailer' },
  'comma-total-first-gbk': { zh: '逗号分隔，首行为总笔数总金额', en: 'commas, number and sum first' },
  'pipe-columns-gbk': {
    zh: '竖线分隔，跨行标识、行名、联行号，无首尾行',
    en: 'pipes with marks of other banks, lines only',
  },
  'tab-fen-gb18030': { zh: '制表符分隔，金额为分', en: 'tabs, amounts in fen' },
  'bar-bang-gbk': { zh: '“|!”分隔，按账号和金额对账', en: '"|!", matched by account and amount' },
};

const EXAMPLE = {
  sequence: 1,
  account: '6217000000000000000',
  name: '张三',
  fen: fen(30_000),
  endToEndId: '202612-R-1-GL-7Z3K9QX2M4BT-1',
  summary: '202612高龄津贴',
  bankCode: '102100099996',
};

/** The formats that a run may have; the first is that of a place that sets none. */
export const BANK_FORMATS: readonly BankFormatEntry[] = [
  ...LAYOUTS.map(entryOfLayout),
  cardEntry(),
  ...ISO_FORMATS,
];
export const BANK_FORMAT_IDS: readonly string[] = BANK_FORMATS.map(({ id }) => id);

function entryOfLayout(layout: BankLayout): BankFormatEntry {
  const names = (columns: readonly Column[]) => columns.map((column) => COLUMN_NAMES[column]);
  return {
    id: layout.id,
    names: NAMES[layout.id] ?? { zh: layout.id, en: layout.id },
    encoding: layout.encoding === 'gbk' ? 'GBK' : 'GB 18030',
    maxLines: layout.maxLines,
    fileName: layout.fileName,
    resultFileName: resultFileName(layout, layout.fileName),
    instructionColumns: names(layout.line.columns),
    resultColumns: names(layout.resultLine.columns),
    example: instructionLineText(EXAMPLE, layout).trimEnd(),
  };
}

function cardEntry(): BankFormatEntry {
  const { sequence, name, account, endToEndId } = EXAMPLE;
  const columns = Object.values(CARD_COLUMNS);
  return {
    id: CARD_XLSX,
    names: { zh: '一卡通平台发放明细表（Excel）', en: 'workbook of 一卡通 platforms' },
    encoding: 'XLSX',
    maxLines: CARD_LINES_MAX,
    fileName: CARD_NAMING.fileName,
    resultFileName: resultFileName(CARD_NAMING, CARD_NAMING.fileName),
    instructionColumns: columns,
    resultColumns: [...columns, ...Object.values(CARD_RESULT_COLUMNS)],
    example: [sequence, name, '', account, '示例银行', '300.00', endToEndId].join(' | '),
  };
}
