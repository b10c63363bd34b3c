import { type BankAnswer, placed, type UnreadableAnswer } from '../../../domain/bank/answer.ts';
import {
  CARD_NAMING,
  type CardColumn,
  cardHeadings,
  checkCardTotal,
  readCardAnswer,
  TOTAL_WORD,
} from '../../../domain/bank/card-sheet.ts';
import type { InstructionLine } from '../../../domain/bank/instruction-file.ts';
import type { ReadInstructionFile } from '../../../domain/bank/instruction-reader.ts';
import { batchNumber, instructionFileOf, parseInstructionFileName } from '../../../domain/bank/layout.ts';
import { SentPlaces } from '../../../domain/bank/sent-places.ts';
import { parseYuan, sumFen } from '../../../domain/money.ts';
import { type DateSystem, type SheetCell, shownText } from '../../../domain/register/sheet-cell.ts';
import { dateText, serialDate } from '../../../domain/register/sheet-dates.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../../../domain/result.ts';
import { openWorkbook } from '../../register/workbook/open-workbook.ts';
import { RefusedFile } from '../../register/workbook/refused-file.ts';
import type { ReadContext, ResultReading } from './bank-format.ts';

type Row = Readonly<Record<CardColumn, string>>;
type CardRows = { readonly rows: readonly Row[]; readonly total?: string };

const HEADING_SEARCH_ROWS = 10;

/** The bank's side, and how a stored workbook is read back. */
export async function readCardInstruction(
  bytes: Uint8Array,
  fileName: string,
): Promise<Result<ReadInstructionFile>> {
  const identity = parseInstructionFileName(CARD_NAMING, fileName);
  if (!identity.ok) return identity;
  const read = await cardRows(bytes, ['sequence', 'name', 'account', 'amount', 'note']);
  if (!read.ok) return read;
  const lines: InstructionLine[] = [];
  for (const [index, row] of read.value.rows.entries()) {
    const amount = parseYuan(row.amount);
    if (!amount.ok || row.sequence !== String(index + 1)) return refuse(wrongSheet(`row ${index + 1}`));
    lines.push({
      sequence: index + 1,
      account: row.account,
      name: row.name,
      fen: amount.value,
      endToEndId: row.note,
      summary: '',
      ...(row.idNumber !== '' && { idNumber: row.idNumber }),
      ...(row.bankName !== '' && { bankName: row.bankName }),
    });
  }
  const totalFen = sumFen(lines.map((line) => line.fen));
  const stated = parseYuan(read.value.total ?? '');
  if (!stated.ok || stated.value !== totalFen) return refuse(wrongSheet('total'));
  return ok({
    jurisdiction: identity.value.jurisdiction,
    batchNumber: batchNumber(identity.value),
    totalFen,
    lines,
  });
}

/** An answer in a workbook, or saved as .xls or CSV: rows in any order, with or without the total row. */
export async function readCardResult(
  bytes: Uint8Array,
  context: ReadContext,
): Promise<Result<ResultReading>> {
  // Platforms let people save the answer in another format: the name before the ending is ours all the same.
  const instructionFile = instructionFileOf(
    CARD_NAMING,
    context.fileName.replace(/\.(?:xls|csv)$/i, '.xlsx'),
  );
  if (!instructionFile.ok) return instructionFile;
  const read = await cardRows(bytes, ['amount', 'status']);
  if (!read.ok) return read;
  const { rows, total } = read.value;
  const stated = rows.map((row, index) => ({ row, answer: readCardAnswer(row, index + 1) }));
  // Platforms that drop our note still have the account: the row is where that account was sent.
  const nameless = stated.some(({ answer }) => !('unreadable' in answer) && answer.endToEndId === '');
  const sent = nameless ? await context.sentLines(instructionFile.value) : ok([]);
  if (!sent.ok) return sent;
  const places = new SentPlaces(sent.value);
  const answers = stated.map(({ row: { account }, answer }): BankAnswer | UnreadableAnswer => {
    if ('unreadable' in answer || answer.endToEndId !== '') return answer;
    return placed(answer, places.of({ sequence: answer.sequence ?? 0, account, fen: answer.fen }));
  });
  const tied = total === undefined ? ok(true) : checkCardTotal(total, answers);
  if (!tied.ok) return tied;
  return ok({ instructionFile: instructionFile.value, namedByUpload: true, answers });
}

/** The rows between the headings and the total row of the first sheet that is not hidden. */
async function cardRows(bytes: Uint8Array, needed: readonly CardColumn[]): Promise<Result<CardRows>> {
  try {
    const source = {
      bytes: bytes.length,
      read: async (from: number, length: number) => bytes.subarray(from, from + length),
    };
    const { sheets, system } = await openWorkbook(source);
    const sheet = sheets.find(({ hidden }) => !hidden);
    if (!sheet) return refuse(wrongSheet('sheet'));
    let columns: ReadonlyMap<CardColumn, number> | undefined;
    const rows: Row[] = [];
    for await (const { row, cells } of sheet.rows()) {
      const texts = cells.map((cell) => shownText(cell).trim());
      if (!columns) {
        columns = cardHeadings(texts, needed);
        if (!columns && row >= HEADING_SEARCH_ROWS) break;
        continue;
      }
      if (texts.every((content) => content === '')) continue;
      const content = rowOf(columns, cells, system);
      if (texts.slice(0, 3).some((shown) => shown.replace(/\s/g, '') === TOTAL_WORD))
        return ok({ rows, total: content.amount });
      rows.push(content);
    }
    return columns ? ok({ rows }) : refuse(wrongSheet('headings'));
  } catch (error) {
    if (error instanceof RefusedFile) return refuse(error.refusal);
    throw error;
  }
}

function rowOf(
  columns: ReadonlyMap<CardColumn, number>,
  cells: readonly (SheetCell | undefined)[],
  system: DateSystem,
): Row {
  const of = (column: CardColumn): string => {
    const cell = cells[columns.get(column) ?? -1];
    if (column !== 'bookedOn') return shownText(cell).trim();
    const day = cell?.kind === 'number' && cell.date ? serialDate(cell.number, system) : undefined;
    return day ?? dateText(shownText(cell).trim());
  };
  return {
    sequence: of('sequence'),
    name: of('name'),
    idNumber: of('idNumber'),
    account: of('account'),
    bankName: of('bankName'),
    amount: of('amount'),
    note: of('note'),
    status: of('status'),
    reason: of('reason'),
    bookedOn: of('bookedOn'),
    serial: of('serial'),
  };
}

/** @param what for developers, in English: prints no cell */
const wrongSheet = (what: string): Refusal =>
  refusal(
    'invalid/result-header',
    '表格不是平台的发放明细或回盘表（缺少金额、结果等列，或明细不完整）：请核对是否选对了文件，或重新从平台下载',
    'this is not the platform’s sheet (columns such as amount and result are missing, or rows are): check that it is the right file, or download it again',
    { what },
  );
