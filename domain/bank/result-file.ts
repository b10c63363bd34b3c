import { isPlainDate, type PlainDate } from '../calendar.ts';
import { type Fen, parseYuan, sumFen, toYuan, ZERO } from '../money.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import type { BankAnswer } from './answer.ts';
import { readCount, readLine, splitLine, spreadDate } from './columns.ts';
import {
  type BankLayout,
  batchNumber,
  type FileIdentity,
  parseInstructionFileName,
  RESULT_HEADER_COLUMNS,
  RESULT_LINE_COLUMNS,
  RESULT_STATUSES,
  type ResultStatus,
} from './layout.ts';
import { classifyReason } from './return-codes.ts';

/**
 * Reads what the bank answers (回盘), one decoded line at a time, so that a file of any size can be read in chunks (see
 * RESULT_LINE_BREAK in layout.ts). Refusals print no cell: when a bank shifts its columns, any cell may hold a name.
 */
export type ResultHeader = {
  readonly batchNumber: string;
  readonly resultDate: PlainDate;
  /** Name of the instruction file that is answered. */
  readonly instructionFile: string;
  readonly identity: FileIdentity;
};

/** One answered payment. Account, name and reason are the bank's and may be personal: never logged, never in a message. */
export type ResultLine = {
  readonly sequence: number;
  readonly account: string;
  readonly name: string;
  /** More than zero; compared with the payment by the caller. */
  readonly fen: Fen;
  readonly status: ResultStatus;
  /** The bank's own code, empty when it gives none; see `classifyReason`. */
  readonly returnCode: string;
  readonly reason: string;
  /** Day of the credit, or of the return; always there when settled or returned. */
  readonly bookedOn?: PlainDate;
  readonly bankSerial: string;
  /** Empty when the bank does not carry it; the sequence identifies the payment then. */
  readonly endToEndId: string;
};

/** What a line says without what it says of persons; the bank's sentence becomes our code here, and is not kept. */
export function answerOfLine(line: ResultLine, position: number): BankAnswer {
  const { sequence, endToEndId, fen, status, bookedOn, bankSerial } = line;
  const reasoned = status === 'failed' || status === 'returned';
  return {
    position,
    sequence,
    endToEndId,
    fen,
    status,
    ...(reasoned && { reason: classifyReason(line.returnCode, line.reason) }),
    ...(bookedOn !== undefined && { bookedOn }),
    bankSerial,
  };
}

type StatusTotals = Readonly<Record<ResultStatus, { readonly count: number; readonly fen: Fen }>>;

export type ResultTrailer = {
  readonly lines: number;
  readonly totals: StatusTotals;
  /** SHA-256 of every byte before the trailer, lower-case hex. */
  readonly digest: string;
};

/** What was read, to compare with the trailer: absolute values per chunk, summed at the end. */
export type ResultTally = {
  /** All lines between header and trailer, the unreadable ones included. */
  readonly lines: number;
  readonly unreadable: number;
  readonly totals: StatusTotals;
};

export type ResultLineKind = 'header' | 'line' | 'trailer' | 'blank' | 'unknown';

/** What a decoded line is, by its marker. Text editors and old file systems leave blank lines and 0x1A at the end. */
export function resultLineKind(text: string, layout: BankLayout): ResultLineKind {
  if (text.replaceAll('\u001a', '').trim() === '') return 'blank';
  const marker = splitLine(layout, text)[0];
  if (marker === layout.resultHeader.marker) return 'header';
  if (marker === layout.resultLine.marker) return 'line';
  return marker === layout.resultTrailer.marker ? 'trailer' : 'unknown';
}

/** The first line. Jurisdiction, batch number and file name must say the same. */
export function parseResultHeader(text: string, layout: BankLayout): Result<ResultHeader> {
  const cells = readLine(layout, layout.resultHeader, RESULT_HEADER_COLUMNS, text);
  if (!cells) return refuse(wrongHeader('columns'));
  const versioned = layout.resultHeader.columns.includes('layout-version');
  if (versioned && cells['layout-version'] !== layout.version) return refuse(wrongHeader('layout-version'));
  const resultDate = spreadDate(cells['result-date']);
  if (!isPlainDate(resultDate)) return refuse(wrongHeader('result-date'));
  const identity = parseInstructionFileName(layout, cells['instruction-file']);
  if (!identity.ok) return refuse(wrongHeader('instruction-file'));
  if (identity.value.jurisdiction !== cells.jurisdiction) return refuse(wrongHeader('jurisdiction'));
  if (batchNumber(identity.value) !== cells['batch-number']) return refuse(wrongHeader('batch-number'));
  return ok({
    batchNumber: cells['batch-number'],
    resultDate,
    instructionFile: cells['instruction-file'],
    identity: identity.value,
  });
}

/** One line between header and trailer; nothing is repaired, a line that does not fit becomes an exception. */
export function parseResultLine(text: string, layout: BankLayout): Result<ResultLine> {
  const cells = readLine(layout, layout.resultLine, RESULT_LINE_COLUMNS, text);
  if (!cells) {
    const found = splitLine(layout, text).length;
    return refuse(
      refusal(
        'invalid/result-columns',
        `回盘行应有${layout.resultLine.columns.length + 1}列，现有${found}列：请向银行核实该行`,
        `a result line has ${layout.resultLine.columns.length + 1} columns, this has ${found}: ask the bank about it`,
        { expected: layout.resultLine.columns.length + 1, found },
      ),
    );
  }
  const sequence = readCount(cells.sequence);
  if (sequence === undefined || sequence < 1) return refuse(wrongCell('sequence'));
  const amount = parseYuan(cells.amount);
  if (!amount.ok || amount.value <= 0) return refuse(wrongCell('amount', sequence));
  const status = RESULT_STATUSES.find((candidate) => layout.statusCodes[candidate] === cells.status);
  if (!status) return refuse(wrongCell('status', sequence));
  if (!/^[0-9A-Za-z._-]{0,20}$/.test(cells['return-code'])) return refuse(wrongCell('return-code', sequence));
  if (!/^[0-9A-Za-z-]{0,40}$/.test(cells['bank-serial'])) return refuse(wrongCell('bank-serial', sequence));
  if (!/^[0-9A-Z-]{0,35}$/.test(cells['end-to-end-id'])) return refuse(wrongCell('end-to-end-id', sequence));
  const bookedOn = cells['booked-on'] === '' ? undefined : spreadDate(cells['booked-on']);
  const moneyMoved = status === 'settled' || status === 'returned';
  if (bookedOn === undefined ? moneyMoved : !isPlainDate(bookedOn)) {
    return refuse(wrongCell('booked-on', sequence));
  }
  return ok({
    sequence,
    account: cells.account,
    name: cells.name,
    fen: amount.value,
    status,
    returnCode: cells['return-code'],
    reason: cells.reason,
    ...(bookedOn === undefined ? {} : { bookedOn }),
    bankSerial: cells['bank-serial'],
    endToEndId: cells['end-to-end-id'],
  });
}

/** The last line: number of lines, then count and sum per status in the layout's order, then the digest. */
export function parseResultTrailer(text: string, layout: BankLayout): Result<ResultTrailer> {
  const [marker, ...cells] = splitLine(layout, text);
  const { statuses } = layout.resultTrailer;
  const lines = readCount(cells[0] ?? '');
  const digest = cells.at(-1) ?? '';
  if (
    marker !== layout.resultTrailer.marker ||
    cells.length !== 2 + 2 * statuses.length ||
    lines === undefined ||
    !/^[0-9a-f]{64}$/.test(digest)
  ) {
    return refuse(wrongTrailer());
  }
  const totals = emptyTotals();
  for (const [index, status] of statuses.entries()) {
    const count = readCount(cells[1 + 2 * index] ?? '');
    const sum = parseYuan(cells[2 + 2 * index] ?? '');
    if (count === undefined || !sum.ok || sum.value < 0) return refuse(wrongTrailer());
    totals[status] = { count, fen: sum.value };
  }
  return ok({ lines, totals, digest });
}

/** Counts and sums what was read from one chunk, or from a whole file. */
export function tallyResultLines(lines: Iterable<Result<ResultLine>>): ResultTally {
  const totals = emptyTotals();
  let count = 0;
  let unreadable = 0;
  for (const line of lines) {
    count += 1;
    if (!line.ok) {
      unreadable += 1;
      continue;
    }
    const { status, fen } = line.value;
    totals[status] = { count: totals[status].count + 1, fen: sumFen([totals[status].fen, fen]) };
  }
  return { lines: count, unreadable, totals };
}

/** The tally of a file from those of its chunks. */
export function sumTallies(tallies: Iterable<ResultTally>): ResultTally {
  const totals = emptyTotals();
  let lines = 0;
  let unreadable = 0;
  for (const tally of tallies) {
    lines += tally.lines;
    unreadable += tally.unreadable;
    for (const status of RESULT_STATUSES) {
      totals[status] = {
        count: totals[status].count + tally.totals[status].count,
        fen: sumFen([totals[status].fen, tally.totals[status].fen]),
      };
    }
  }
  return { lines, unreadable, totals };
}

/**
 * Why a file disagrees with its own trailer, or undefined. With unreadable lines only the number of lines can be
 * compared: the unreadable ones are exceptions of their own, and the readable ones stay good.
 */
export function checkResultTrailer(trailer: ResultTrailer, read: ResultTally): Refusal | undefined {
  if (trailer.lines !== read.lines) {
    return refusal(
      'invalid/result-line-count',
      `回盘文件尾行写明${trailer.lines}笔，实有${read.lines}笔：文件不完整，请重新从银行下载`,
      `the trailer of the result file says ${trailer.lines} lines, there are ${read.lines}: the file is incomplete, download it from the bank again`,
      { stated: trailer.lines, found: read.lines },
    );
  }
  if (read.unreadable > 0) return undefined;
  const status = RESULT_STATUSES.find((candidate) => {
    const [stated, found] = [trailer.totals[candidate], read.totals[candidate]];
    return stated.count !== found.count || stated.fen !== found.fen;
  });
  if (!status) return undefined;
  const [stated, found] = [trailer.totals[status], read.totals[status]];
  return refusal(
    'invalid/result-totals',
    `回盘文件尾行的${STATUS_NAMES[status]}笔数或金额与明细合计不符：请向银行核实，不要入账`,
    `count or sum of ${status} lines in the trailer of the result file differs from its lines: ask the bank, post nothing`,
    {
      status,
      stated: toYuan(stated.fen),
      statedCount: stated.count,
      found: toYuan(found.fen),
      foundCount: found.count,
    },
  );
}

/** How staff call each status. */
const STATUS_NAMES: Record<ResultStatus, string> = {
  settled: '成功',
  failed: '失败',
  pending: '处理中',
  returned: '退票',
};

function emptyTotals(): Record<ResultStatus, { count: number; fen: Fen }> {
  const nothing = { count: 0, fen: ZERO };
  return { settled: nothing, failed: nothing, pending: nothing, returned: nothing };
}

/** How staff call what a header or line holds. */
const CELL_NAMES = {
  columns: '列数',
  jurisdiction: '行政区划',
  'batch-number': '批次号',
  'result-date': '回盘日期',
  'instruction-file': '报盘文件名',
  'layout-version': '格式版本',
  sequence: '序号',
  amount: '金额',
  status: '状态',
  'return-code': '返回码',
  'booked-on': '记账日期',
  'bank-serial': '银行流水号',
  'end-to-end-id': '对账码',
} as const;

function wrongHeader(column: keyof typeof CELL_NAMES): Refusal {
  return refusal(
    'invalid/result-header',
    `回盘文件首行的“${CELL_NAMES[column]}”与格式或报盘文件不符：请核对是否选对了文件，或重新从银行下载`,
    `column "${column}" of the first line of the result file does not fit the layout or the instruction file: check that it is the right file, or download it again`,
    { column },
  );
}

function wrongCell(column: keyof typeof CELL_NAMES, sequence?: number): Refusal {
  const where = sequence === undefined ? '' : `第${sequence}笔的`;
  return refusal(
    `invalid/result-${column}`,
    `回盘行${where}“${CELL_NAMES[column]}”不符合格式：请向银行核实该笔，不作任何猜测`,
    `column "${column}" of the result line${sequence === undefined ? '' : ` for payment ${sequence}`} does not fit the layout: ask the bank about it, nothing is guessed`,
    sequence === undefined ? { column } : { column, sequence },
  );
}

function wrongTrailer(): Refusal {
  return refusal(
    'invalid/result-trailer',
    '回盘文件没有完整的尾行（笔数、各状态笔数和金额、摘要值）：文件不完整，请重新从银行下载',
    'the result file has no complete trailer (lines, count and sum per status, digest): it is incomplete, download it from the bank again',
  );
}
