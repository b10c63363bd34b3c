import {
  CARD_COLUMNS,
  CARD_LINES_MAX,
  CARD_NAMING,
  CARD_RESULT_COLUMNS,
  CARD_STATUS_WORDS,
  TOTAL_WORD,
} from '../../../domain/bank/card-sheet.ts';
import {
  checkPayable,
  type InstructionLine,
  type LineRefusal,
  type PayableLine,
} from '../../../domain/bank/instruction-file.ts';
import {
  batchNumber,
  instructionFileName,
  parseInstructionFileName,
  resultFileName,
} from '../../../domain/bank/layout.ts';
import { type Fen, sumFen, toYuan } from '../../../domain/money.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse } from '../../../domain/result.ts';
import { sha256Hex } from '../../adapters/hashing.ts';
import { STYLE, type WrittenCell, writeWorkbook } from '../../register/workbook/sheet-writer.ts';
import type { BankFormat, InstructionInput, ResultInput, StatedLine, WrittenFile } from './bank-format.ts';
import { readCardInstruction, readCardResult } from './card-xlsx-reader.ts';

/** The workbook of 一卡通 platforms; see domain/bank/card-sheet.ts. */
export function cardXlsx(id: string): BankFormat {
  return {
    id,
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    maxLines: CARD_LINES_MAX,
    instructionFileName: (identity) => instructionFileName(CARD_NAMING, identity),
    identityOf: (name) => parseInstructionFileName(CARD_NAMING, name),
    checkLine,
    writeInstruction,
    readInstruction: readCardInstruction,
    readResult: readCardResult,
    writeResult,
  };
}

function checkLine(line: PayableLine): Refusal | undefined {
  const wrong = checkPayable(line, '');
  if (wrong || isXmlText(line.name)) return wrong;
  return refusal(
    'invalid/bank-line-encoding',
    '户名中有不能写入表格的字符：请更正户名',
    'the name has a character that a workbook cannot hold: correct the name',
    { field: 'name' },
  );
}

/** Half of a character and the two places that are none; control characters are refused before. */
const isXmlText = (text: string): boolean => text.isWellFormed() && !/[\ufffe\uffff]/.test(text);

function writeInstruction(input: InstructionInput): Result<WrittenFile, readonly LineRefusal[]> {
  const { lines, period, jurisdiction, programmeCode, round, fileNumber, payDate } = input;
  invariant(
    lines.length > 0 && lines.length <= CARD_LINES_MAX,
    `a workbook has 1 to ${CARD_LINES_MAX} payments, not ${lines.length}`,
  );
  invariant(
    lines.every((line, index) => line.sequence === index + 1) &&
      new Set(lines.map((line) => line.endToEndId)).size === lines.length,
    'sequences run from 1 without gaps, and no end-to-end id occurs twice',
  );
  const refused = lines.flatMap((line) => {
    const reason = checkLine(line);
    return reason ? [{ endToEndId: line.endToEndId, reason }] : [];
  });
  if (refused.length > 0) return refuse(refused);
  const identity = {
    jurisdiction,
    programmeCode,
    compactPeriod: period.replace('-', ''),
    round,
    fileNumber,
    payDate,
  };
  const totalFen = sumFen(lines.map((line) => line.fen));
  const bytes = sheetOf(Object.values(CARD_COLUMNS), lines.map(lineCells), totalFen);
  return ok({
    fileName: instructionFileName(CARD_NAMING, identity),
    batchNumber: batchNumber(identity),
    bytes,
    count: lines.length,
    totalFen,
    sha256: sha256Hex(bytes),
  });
}

function writeResult({ instructionFile, answer, lines }: ResultInput): ReturnType<BankFormat['writeResult']> {
  const columns = [...Object.values(CARD_COLUMNS), ...Object.values(CARD_RESULT_COLUMNS)];
  const total = sumFen(lines.map((line) => line.fen));
  return {
    fileName: resultFileName(CARD_NAMING, instructionFile, answer),
    bytes: sheetOf(columns, lines.map(statedCells), total),
  };
}

function sheetOf(
  columns: readonly { readonly zh: string }[],
  rows: readonly (readonly WrittenCell[])[],
  totalFen: Fen,
): Uint8Array {
  const headings = columns.map(({ zh }): WrittenCell => ({ text: zh, style: STYLE.heading }));
  const total = Object.keys(CARD_COLUMNS).map((column): WrittenCell => {
    if (column === 'amount') return { amount: toYuan(totalFen) };
    return text(column === 'sequence' ? TOTAL_WORD : '');
  });
  return writeWorkbook([{ name: '发放明细', rows: [headings, ...rows, total] }]);
}

const text = (content: string): WrittenCell => ({ text: content, style: STYLE.text });

function lineCells(line: InstructionLine): WrittenCell[] {
  return [
    text(String(line.sequence)),
    text(line.name),
    text(line.idNumber ?? ''),
    text(line.account),
    text(isXmlText(line.bankName ?? '') ? (line.bankName ?? '') : ''),
    { amount: toYuan(line.fen) },
    text(line.endToEndId),
  ];
}

function statedCells(line: StatedLine): WrittenCell[] {
  const { sequence, account, name, fen, endToEndId } = line;
  return [
    ...lineCells({ sequence, account, name, fen, endToEndId, summary: '' }),
    text(CARD_STATUS_WORDS[line.status][0] ?? ''),
    text(line.reason),
    text(line.bookedOn ?? ''),
    text(line.bankSerial),
  ];
}
