import { isPlainDate, type PlainDate } from '../calendar.ts';
import { type Fen, sumFen } from '../money.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import { readAmount, readCount, readLine } from './columns.ts';
import type { InstructionLine } from './instruction-file.ts';
import {
  type BankLayout,
  batchNumber,
  lineBreakOf,
  parseInstructionFileName,
  RESULT_LINE_BREAK,
  readDate,
} from './layout.ts';
import {
  INSTRUCTION_HEADER_COLUMNS,
  INSTRUCTION_LINE_COLUMNS,
  INSTRUCTION_TRAILER_COLUMNS,
} from './layout-columns.ts';
import type { Sha256OfBytes, TextCodec } from './text-codec.ts';

/** An instruction file as the bank reads it. What neither the file nor its name says is left out. */
export type ReadInstructionFile = {
  readonly jurisdiction: string;
  readonly batchNumber: string;
  readonly payDate?: PlainDate;
  readonly payerAccount?: string;
  readonly totalFen: Fen;
  /** Summary and end-to-end id are empty where the layout has no such column. */
  readonly lines: readonly InstructionLine[];
};

type Header = Readonly<Record<(typeof INSTRUCTION_HEADER_COLUMNS)[number], string>>;

/**
 * Reads an instruction file: the bank's side of `writeInstructionFile`, for the bank simulator, for checking that a
 * stored file says what was approved, and for matching answers by account. Digest, count and sum must agree where the layout has
 * them; the first disagreement refuses the file.
 * @param fileName for layouts whose header does not say which file this is
 */
export function readInstructionFile(
  bytes: Uint8Array,
  layout: BankLayout,
  codec: TextCodec,
  sha256: Sha256OfBytes,
  fileName?: string,
): Result<ReadInstructionFile> {
  const identity = fileName === undefined ? undefined : parseInstructionFileName(layout, fileName);
  if (identity?.ok === false) return identity;
  // The last line break but one ends the body: the trailer has one at its end.
  const bodyEnd = layout.trailer ? bytes.lastIndexOf(RESULT_LINE_BREAK, bytes.length - 2) + 1 : bytes.length;
  const texts = codec
    .decode(bytes.subarray(0, bodyEnd))
    .slice(0, -lineBreakOf(layout).length)
    .split(lineBreakOf(layout));
  const totals: Totals[] = [];
  if (layout.trailer) {
    const text = codec.decode(bytes.subarray(bodyEnd));
    const trailer = readLine(layout, layout.trailer, INSTRUCTION_TRAILER_COLUMNS, text);
    if (!trailer) return refuse(wrong('trailer'));
    const digested = layout.trailer.columns.includes('digest');
    if (digested && trailer.digest !== sha256(bytes.subarray(0, bodyEnd))) return refuse(wrong('digest'));
    totals.push(trailer);
  }
  let header: Header | undefined;
  if (layout.header) {
    header = readHeader(layout, texts.shift() ?? '');
    if (!header) return refuse(wrong('header'));
    if (layout.header.columns.includes('count')) totals.push(header);
  }
  const lines: InstructionLine[] = [];
  for (const [index, text] of texts.entries()) {
    const line = readInstructionLine(text, layout, index + 1);
    if (!line) return refuse(wrong('line', index + 1));
    lines.push(line);
  }
  const totalFen = sumFen(lines.map((line) => line.fen));
  if (!totals.every((stated) => agrees(layout, stated, lines.length, totalFen)))
    return refuse(wrong('totals'));
  const named = identity?.value;
  const payDate = header?.['pay-date'] ? readDate(layout, header['pay-date']) : named?.payDate;
  return ok({
    jurisdiction: header?.jurisdiction || (named?.jurisdiction ?? ''),
    batchNumber: header?.['batch-number'] || (named ? batchNumber(named) : ''),
    ...(payDate !== undefined && { payDate }),
    ...(header?.['payer-account'] && { payerAccount: header['payer-account'] }),
    totalFen,
    lines,
  });
}

type Totals = { readonly count: string; readonly total: string };

function agrees(layout: BankLayout, { count, total }: Totals, lines: number, totalFen: Fen): boolean {
  return readCount(count) === lines && (total === '' || readAmount(layout, total) === totalFen);
}

function readHeader(layout: BankLayout, text: string): Header | undefined {
  if (!layout.header) return undefined;
  const { columns } = layout.header;
  const header = readLine(layout, layout.header, INSTRUCTION_HEADER_COLUMNS, text);
  if (!header || (columns.includes('layout-version') && header['layout-version'] !== layout.version))
    return undefined;
  return columns.includes('pay-date') && !isPlainDate(readDate(layout, header['pay-date']))
    ? undefined
    : header;
}

function readInstructionLine(text: string, layout: BankLayout, place: number): InstructionLine | undefined {
  const cells = readLine(layout, layout.line, INSTRUCTION_LINE_COLUMNS, text);
  if (!cells) return undefined;
  const numbered = layout.line.columns.includes('sequence');
  const fen = readAmount(layout, cells.amount);
  if ((numbered && readCount(cells.sequence) !== place) || fen === undefined) return undefined;
  return {
    sequence: place,
    account: cells.account,
    name: cells.name,
    fen,
    endToEndId: cells['end-to-end-id'],
    summary: cells.summary,
    ...(cells['bank-code'] !== '' && { bankCode: cells['bank-code'] }),
    ...(cells['identity-number'] !== '' && { idNumber: cells['identity-number'] }),
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
