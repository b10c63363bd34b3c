import { isPlainDate, type PlainDate } from '../calendar.ts';
import type { Fen } from '../money.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import type { BankAnswer } from './answer.ts';
import { readAmount, readCount, readLine, splitLine } from './columns.ts';
import {
  type BankLayout,
  batchNumber,
  type FileIdentity,
  instructionFileOf,
  parseInstructionFileName,
  RESULT_STATUSES,
  type ResultStatus,
  readDate,
} from './layout.ts';
import { RESULT_HEADER_COLUMNS, RESULT_LINE_COLUMNS } from './layout-columns.ts';
import { classifyReason } from './return-codes.ts';

/**
 * Reads what the bank answers (回盘), one decoded line at a time, so that a file of any size can be read in chunks (see
 * RESULT_LINE_BREAK in layout.ts). Refusals print no cell: when a bank shifts its columns, any cell may hold a name.
 */
export type ResultHeader = {
  readonly batchNumber: string;
  readonly resultDate?: PlainDate;
  /** Name of the instruction file that is answered. */
  readonly instructionFile: string;
  /** Only the name of the upload said so. */
  readonly namedByUpload?: true;
  readonly identity: FileIdentity;
};

/** One answered payment. Account, name and reason are the bank's and may be personal: never logged, never in a message. */
export type ResultLine = {
  /** From 1; 0 where the layout has no such column. */
  readonly sequence: number;
  readonly account: string;
  readonly name: string;
  /** More than zero; compared with the payment by the caller. */
  readonly fen: Fen;
  readonly status: ResultStatus;
  /** The bank's own code, empty when it gives none; see `classifyReason`. */
  readonly returnCode: string;
  readonly reason: string;
  /** Day of the credit, or of the return; there when settled or returned, if the layout has it. */
  readonly bookedOn?: PlainDate;
  readonly bankSerial: string;
  /** Empty when the bank does not carry it; the sequence, or else account and amount identify the payment then. */
  readonly endToEndId: string;
};

/** What a line says without what it says of persons; the bank's sentence becomes our code here, and is not kept. */
export function answerOfLine(line: ResultLine, position: number): BankAnswer {
  const { sequence, endToEndId, fen, status, bookedOn, bankSerial } = line;
  const reasoned = status === 'failed' || status === 'returned';
  return {
    position,
    ...(sequence > 0 && { sequence }),
    endToEndId,
    fen,
    status,
    ...(reasoned && { reason: classifyReason(line.returnCode, line.reason) }),
    ...(bookedOn !== undefined && { bookedOn }),
    bankSerial,
  };
}

/** Nothing: text editors and old file systems leave blank lines and 0x1A at the end. */
export const isBlankLine = (text: string): boolean => text.replaceAll('\u001a', '').trim() === '';

/**
 * The first line, where the layout has one. What it says of jurisdiction, batch and file must be the same.
 * @param uploadName name of the uploaded file: says which file is answered where the header does not
 */
export function parseResultHeader(text: string, layout: BankLayout, uploadName = ''): Result<ResultHeader> {
  const { resultHeader } = layout;
  const cells = resultHeader && readLine(layout, resultHeader, RESULT_HEADER_COLUMNS, text);
  if (resultHeader && !cells) return refuse(wrongHeader('columns'));
  const said = (column: (typeof RESULT_HEADER_COLUMNS)[number]) =>
    resultHeader?.columns.includes(column) ? cells?.[column] : undefined;
  const version = said('layout-version');
  if (version !== undefined && version !== layout.version) return refuse(wrongHeader('layout-version'));
  const date = said('result-date');
  const resultDate = date === undefined ? undefined : readDate(layout, date);
  if (resultDate !== undefined && !isPlainDate(resultDate)) return refuse(wrongHeader('result-date'));
  const stated = said('instruction-file');
  const instructionFile = stated === undefined ? instructionFileOf(layout, uploadName) : ok(stated);
  if (!instructionFile.ok) return instructionFile;
  const identity = parseInstructionFileName(layout, instructionFile.value);
  if (!identity.ok) return refuse(wrongHeader('instruction-file'));
  const [jurisdiction, batch] = [said('jurisdiction'), said('batch-number')];
  if (jurisdiction !== undefined && identity.value.jurisdiction !== jurisdiction)
    return refuse(wrongHeader('jurisdiction'));
  if (batch !== undefined && batchNumber(identity.value) !== batch)
    return refuse(wrongHeader('batch-number'));
  return ok({
    batchNumber: batchNumber(identity.value),
    ...(resultDate !== undefined && { resultDate }),
    instructionFile: instructionFile.value,
    ...(stated === undefined && { namedByUpload: true }),
    identity: identity.value,
  });
}

/** One line between header and trailer; nothing is repaired, a line that does not fit becomes an exception. */
export function parseResultLine(text: string, layout: BankLayout): Result<ResultLine> {
  const cells = readLine(layout, layout.resultLine, RESULT_LINE_COLUMNS, text);
  if (!cells) {
    const found = splitLine(layout, text).length;
    const expected = layout.resultLine.columns.length + (layout.resultLine.marker === undefined ? 0 : 1);
    return refuse(
      refusal(
        'invalid/result-columns',
        `回盘行应有${expected}列，现有${found}列：请向银行核实该行`,
        `a result line has ${expected} columns, this has ${found}: ask the bank about it`,
        { expected, found },
      ),
    );
  }
  const { columns } = layout.resultLine;
  const sequence = columns.includes('sequence') ? readCount(cells.sequence) : 0;
  if (sequence === undefined || (sequence < 1 && columns.includes('sequence')))
    return refuse(wrongCell('sequence'));
  const amount = readAmount(layout, cells.amount);
  if (amount === undefined || amount === 0) return refuse(wrongCell('amount', sequence));
  const status = RESULT_STATUSES.find((candidate) => layout.statusCodes[candidate].includes(cells.status));
  if (!status) return refuse(wrongCell('status', sequence));
  if (!/^[0-9A-Za-z._-]{0,20}$/.test(cells['return-code'])) return refuse(wrongCell('return-code', sequence));
  if (!/^[0-9A-Za-z-]{0,40}$/.test(cells['bank-serial'])) return refuse(wrongCell('bank-serial', sequence));
  if (!/^[0-9A-Z-]{0,35}$/.test(cells['end-to-end-id'])) return refuse(wrongCell('end-to-end-id', sequence));
  const bookedOn = cells['booked-on'] === '' ? undefined : readDate(layout, cells['booked-on']);
  const dated = (status === 'settled' || status === 'returned') && columns.includes('booked-on');
  if (bookedOn === undefined ? dated : !isPlainDate(bookedOn)) {
    return refuse(wrongCell('booked-on', sequence));
  }
  return ok({
    sequence,
    account: cells.account,
    name: cells.name,
    fen: amount,
    status,
    returnCode: cells['return-code'],
    reason: cells.reason,
    ...(bookedOn === undefined ? {} : { bookedOn }),
    bankSerial: cells['bank-serial'],
    endToEndId: cells['end-to-end-id'],
  });
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

function wrongCell(column: keyof typeof CELL_NAMES, sequence = 0): Refusal {
  const where = sequence === 0 ? '' : `第${sequence}笔的`;
  return refusal(
    `invalid/result-${column}`,
    `回盘行${where}“${CELL_NAMES[column]}”不符合格式：请向银行核实该笔，不作任何猜测`,
    `column "${column}" of the result line${sequence === 0 ? '' : ` for payment ${sequence}`} does not fit the layout: ask the bank about it, nothing is guessed`,
    sequence === 0 ? { column } : { column, sequence },
  );
}
