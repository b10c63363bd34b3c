import { isPlainDate, type PlainDate } from '../calendar.ts';
import { type Fen, parseYuan, sumFen } from '../money.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import { readCount, readLine, spreadDate } from './columns.ts';
import type { InstructionLine } from './instruction-file.ts';
import {
  type BankLayout,
  INSTRUCTION_HEADER_COLUMNS,
  INSTRUCTION_LINE_COLUMNS,
  INSTRUCTION_TRAILER_COLUMNS,
  LINE_BREAK,
  RESULT_LINE_BREAK,
} from './layout.ts';
import type { Sha256OfBytes, TextCodec } from './text-codec.ts';

/** An instruction file as the bank reads it. */
export type ReadInstructionFile = {
  readonly jurisdiction: string;
  readonly batchNumber: string;
  readonly payDate: PlainDate;
  readonly payerAccount: string;
  readonly totalFen: Fen;
  readonly lines: readonly InstructionLine[];
};

/**
 * Reads an instruction file: the bank's side of `writeInstructionFile`, for the bank simulator and for checking that a
 * stored file says what was approved. Digest, count and sum must agree; the first disagreement refuses the file.
 */
export function readInstructionFile(
  bytes: Uint8Array,
  layout: BankLayout,
  codec: TextCodec,
  sha256: Sha256OfBytes,
): Result<ReadInstructionFile> {
  // The last line break but one ends the body: the trailer has one at its end.
  const bodyEnd = bytes.lastIndexOf(RESULT_LINE_BREAK, bytes.length - 2) + 1;
  const trailer = readLine(
    layout,
    layout.trailer,
    INSTRUCTION_TRAILER_COLUMNS,
    codec.decode(bytes.subarray(bodyEnd)),
  );
  if (!trailer) return refuse(wrong('trailer'));
  const digested = layout.trailer.columns.includes('digest');
  if (digested && trailer.digest !== sha256(bytes.subarray(0, bodyEnd))) return refuse(wrong('digest'));
  const [headerText = '', ...lineTexts] = codec
    .decode(bytes.subarray(0, bodyEnd))
    .slice(0, -LINE_BREAK.length)
    .split(LINE_BREAK);
  const header = readLine(layout, layout.header, INSTRUCTION_HEADER_COLUMNS, headerText);
  const versioned = layout.header.columns.includes('layout-version');
  if (!header || (versioned && header['layout-version'] !== layout.version)) return refuse(wrong('header'));
  const payDate = spreadDate(header['pay-date']);
  if (!isPlainDate(payDate)) return refuse(wrong('header'));
  const lines: InstructionLine[] = [];
  for (const [index, text] of lineTexts.entries()) {
    const line = readInstructionLine(text, layout);
    if (!line || line.sequence !== index + 1) return refuse(wrong('line', index + 1));
    lines.push(line);
  }
  const totalFen = sumFen(lines.map((line) => line.fen));
  for (const { count, total } of [header, trailer]) {
    const stated = parseYuan(total);
    if (readCount(count) !== lines.length || !stated.ok || stated.value !== totalFen) {
      return refuse(wrong('totals'));
    }
  }
  return ok({
    jurisdiction: header.jurisdiction,
    batchNumber: header['batch-number'],
    payDate,
    payerAccount: header['payer-account'],
    totalFen,
    lines,
  });
}

function readInstructionLine(text: string, layout: BankLayout): InstructionLine | undefined {
  const cells = readLine(layout, layout.line, INSTRUCTION_LINE_COLUMNS, text);
  if (!cells) return undefined;
  const sequence = readCount(cells.sequence);
  const amount = parseYuan(cells.amount);
  if (sequence === undefined || !amount.ok) return undefined;
  return {
    sequence,
    account: cells.account,
    name: cells.name,
    fen: amount.value,
    endToEndId: cells['end-to-end-id'],
    summary: cells.summary,
    ...(cells['bank-code'] === '' ? {} : { bankCode: cells['bank-code'] }),
  };
}

type Part = 'header' | 'line' | 'trailer' | 'digest' | 'totals';
const PART_NAMES: Record<Part, string> = {
  header: '首行',
  line: '明细行',
  trailer: '尾行',
  digest: '摘要值',
  totals: '合计笔数或金额',
};

function wrong(part: Part, sequence?: number) {
  return refusal(
    `invalid/instruction-file-${part}`,
    `报盘文件的${PART_NAMES[part]}${sequence === undefined ? '' : `（第${sequence}笔）`}与格式或内容不符：文件不完整或被改动，请重新下载`,
    `the ${part} of the instruction file${sequence === undefined ? '' : ` (payment ${sequence})`} does not fit: the file is incomplete or was changed, download it again`,
    sequence === undefined ? undefined : { sequence },
  );
}
