import type { Bilingual } from '../bilingual.ts';
import { isPlainDate } from '../calendar.ts';
import { parseYuan, sumFen, toYuan, ZERO } from '../money.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import type { BankAnswer, UnreadableAnswer } from './answer.ts';
import { readCount } from './columns.ts';
import type { FileNaming, ResultStatus } from './layout.ts';
import { classifyReason } from './return-codes.ts';

/**
 * The workbook that 一卡通 platforms take and give back: one sheet, headings in the first row, a total row at the end; the answer is
 * the same sheet with result and reason behind it.
 */
export const CARD_XLSX = 'card-xlsx';
export const CARD_NAMING: FileNaming = {
  fileName: 'YKT_{jurisdiction}_{programme}_{period}{round}_{number}.xlsx',
  resultSuffix: '_HP',
  resultName: 'before-extension',
};
export const CARD_LINES_MAX = 5_000;

/** In the order of the sheet. The note holds the end-to-end id; the identity number is filled where policy says so. */
export const CARD_COLUMNS = {
  sequence: { zh: '序号', en: 'sequence' },
  name: { zh: '姓名', en: 'name' },
  idNumber: { zh: '身份证号', en: 'identity number' },
  account: { zh: '账号', en: 'account' },
  bankName: { zh: '开户行', en: 'bank of the account' },
  amount: { zh: '金额', en: 'amount in yuan' },
  note: { zh: '备注', en: 'note (end-to-end id, to be returned as it is)' },
} as const satisfies Record<string, Bilingual>;
export const CARD_RESULT_COLUMNS = {
  status: { zh: '结果', en: 'result' },
  reason: { zh: '失败原因', en: 'reason' },
  bookedOn: { zh: '入账日期', en: 'booked on' },
  serial: { zh: '流水号', en: 'serial of the bank' },
} as const satisfies Record<string, Bilingual>;
export const TOTAL_WORD = '合计';

export type CardColumn = keyof typeof CARD_COLUMNS | keyof typeof CARD_RESULT_COLUMNS;

/** What platforms call the columns. */
const HEADINGS: Record<CardColumn, readonly string[]> = {
  sequence: ['序号'],
  name: ['姓名', '户名', '账户名', '收款人'],
  idNumber: ['身份证号', '身份证号码', '证件号码'],
  account: ['账号', '银行账号', '卡号', '银行卡号', '社保卡号'],
  bankName: ['开户行', '开户银行'],
  amount: ['金额', '发放金额', '金额（元）', '金额(元)'],
  note: ['备注'],
  status: ['结果', '发放结果', '处理结果', '发放状态', '状态'],
  reason: ['失败原因', '原因', '退回原因'],
  bookedOn: ['入账日期', '发放日期', '到账日期'],
  serial: ['流水号', '银行流水号', '交易流水号'],
};
/** The usual word first. */
export const CARD_STATUS_WORDS: Record<ResultStatus, readonly string[]> = {
  settled: ['成功', '发放成功', '交易成功', '已发放', '已入账'],
  failed: ['失败', '发放失败', '交易失败'],
  pending: ['处理中', '待处理', '发放中'],
  returned: ['退票', '退汇', '退回'],
};

/** Which column of the sheet is which; undefined for a row that is not that of the headings. */
export function cardHeadings(
  texts: readonly string[],
  needed: readonly CardColumn[],
): ReadonlyMap<CardColumn, number> | undefined {
  const places = new Map<CardColumn, number>();
  for (const column of Object.keys(HEADINGS) as CardColumn[]) {
    const found = texts.findIndex((text) => HEADINGS[column].includes(text.replace(/\s/g, '')));
    if (found !== -1) places.set(column, found);
  }
  return needed.every((column) => places.has(column)) ? places : undefined;
}

/** One row of an answer. Cells are text as shown; a row that does not fit is for a person, never a guess. */
export function readCardAnswer(
  cells: Readonly<Record<CardColumn, string>>,
  position: number,
): BankAnswer | UnreadableAnswer {
  const unreadable = { position, unreadable: true } as const;
  const amount = parseYuan(cells.amount);
  const sequence = cells.sequence === '' ? undefined : readCount(cells.sequence);
  const statuses = Object.keys(CARD_STATUS_WORDS) as ResultStatus[];
  const status = statuses.find((candidate) => CARD_STATUS_WORDS[candidate].includes(cells.status));
  if (!amount.ok || amount.value <= 0 || !status) return unreadable;
  if (!/^[0-9A-Z-]{0,35}$/.test(cells.note) || !/^[0-9A-Za-z-]{0,40}$/.test(cells.serial)) return unreadable;
  if (cells.sequence !== '' && (sequence === undefined || sequence < 1)) return unreadable;
  if (sequence === undefined && cells.note === '' && cells.account === '') return unreadable;
  if (cells.bookedOn !== '' && !isPlainDate(cells.bookedOn)) return unreadable;
  const reasoned = status === 'failed' || status === 'returned';
  return {
    position,
    ...(sequence !== undefined && { sequence }),
    endToEndId: cells.note,
    fen: amount.value,
    status,
    ...(reasoned && { reason: classifyReason('', cells.reason) }),
    ...(cells.bookedOn !== '' && { bookedOn: cells.bookedOn }),
    bankSerial: cells.serial,
  };
}

/** Why the total row disagrees with the rows above it. With unreadable rows there is nothing to hold it against. */
export function checkCardTotal(
  total: string,
  answers: readonly (BankAnswer | UnreadableAnswer)[],
): Result<true> {
  const stated = parseYuan(total);
  const fen = sumFen(answers.map((answer) => ('unreadable' in answer ? ZERO : answer.fen)));
  const readable = answers.every((answer) => !('unreadable' in answer));
  if (stated.ok && (!readable || stated.value === fen)) return ok(true);
  return refuse(wrongTotal(stated.ok ? toYuan(stated.value) : '', toYuan(fen)));
}

const wrongTotal = (stated: string, found: string): Refusal =>
  refusal(
    'invalid/result-totals',
    '回盘表的合计金额与明细之和不符：表格不完整或被改动，请重新从平台下载，不要入账',
    'the total row of the answer differs from its rows: it is incomplete or was changed, download it again and post nothing',
    { stated, found },
  );
