import type { Statement } from '../../domain/bank/statement.ts';
import { type StatementLayout, USUAL_STATEMENT } from '../../domain/bank/statement-layout.ts';
import { readStatementTable } from '../../domain/bank/statement-table.ts';
import { checkStatement } from '../../domain/reconciliation/check-statement.ts';
import { shownText } from '../../domain/register/sheet-cell.ts';
import { serialDate } from '../../domain/register/sheet-dates.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import { loadGb18030 } from '../adapters/text-tables.ts';

/**
 * Reads an uploaded statement by what its bytes are: ISO 20022 (camt.053, camt.054), a workbook, or text with a separator. Every
 * statement in it is of the account asked for and adds up, or the file is refused as a whole.
 */
export async function readStatementFile(
  bytes: Uint8Array,
  account: string,
  layout: StatementLayout = USUAL_STATEMENT,
): Promise<Result<readonly Statement[]>> {
  const read = await readAny(bytes, account, layout);
  if (!read.ok) return read;
  for (const statement of read.value) {
    if (statement.account !== account) return refuse(otherAccount());
    const wrong = checkStatement(statement);
    if (wrong) return refuse(wrong);
  }
  return read;
}

async function readAny(
  bytes: Uint8Array,
  account: string,
  layout: StatementLayout,
): Promise<Result<readonly Statement[]>> {
  const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1').replace(/^ï»¿/, '').trimStart();
  if (start.startsWith('<?xml') || start.startsWith('<Document')) {
    const { readStatements } = await import('./formats/iso20022.ts');
    return readStatements(bytes);
  }
  const rows = isWorkbook(bytes) ? await workbookRows(bytes) : ok(await textRows(bytes, layout));
  if (!rows.ok) return rows;
  const statement = readStatementTable(rows.value, layout, account);
  return statement.ok ? ok([statement.value]) : statement;
}

type Rows = readonly (readonly string[])[];

const SIGNATURES = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
] as const;
const isWorkbook = (bytes: Uint8Array): boolean =>
  SIGNATURES.some((signature) => signature.every((byte, index) => bytes[index] === byte));

/** The first sheet that is not hidden. */
async function workbookRows(bytes: Uint8Array): Promise<Result<Rows>> {
  const { damageOf, openWorkbook } = await import('../register/workbook/open-workbook.ts');
  const { RefusedFile } = await import('../register/workbook/refused-file.ts');
  try {
    const source = {
      bytes: bytes.length,
      read: async (from: number, length: number) => bytes.subarray(from, from + length),
    };
    const { sheets, system } = await openWorkbook(source);
    const rows: string[][] = [];
    for await (const { cells } of sheets.find(({ hidden }) => !hidden)?.rows() ?? []) {
      rows.push(
        Array.from(cells, (cell) =>
          cell?.kind === 'number' && cell.date ? (serialDate(cell.number, system) ?? '') : shownText(cell),
        ),
      );
    }
    return ok(rows);
  } catch (error) {
    const cause = damageOf(error);
    if (cause instanceof RefusedFile) return refuse(cause.refusal);
    throw cause;
  }
}

/** UTF-8 where every byte is, else GB 18030. Decoded first and split afterwards: a separator may be half of a character. */
async function textRows(bytes: Uint8Array, layout: StatementLayout): Promise<Rows> {
  const lines = (await decoded(bytes)).split(/\r\n|\n|\r/);
  const separator =
    layout.separators.find((one) =>
      lines.some(
        (line) =>
          line.includes(one) && layout.headings.date.some((word) => cellsOf(line, one).includes(word)),
      ),
    ) ?? ',';
  return lines.map((line) => cellsOf(line, separator));
}

async function decoded(bytes: Uint8Array): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return (await loadGb18030()).decode(bytes);
  }
}

/** Cells in quotation marks may hold the separator; two of them are one. */
function cellsOf(line: string, separator: string): string[] {
  if (!line.includes('"')) return line.split(separator).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? '';
    if (character === '"' && quoted && line[at + 1] === '"') {
      cell += character;
      at += 1;
    } else if (character === '"') quoted = !quoted;
    else if (!quoted && line.startsWith(separator, at)) {
      cells.push(cell.trim());
      cell = '';
      at += separator.length - 1;
    } else cell += character;
  }
  return [...cells, cell.trim()];
}

const otherAccount = () =>
  refusal(
    'conflict/other-account',
    '对账单不是所选账号的：请核对文件和账号',
    'the statement is of another account than the one chosen: check file and account',
  );
