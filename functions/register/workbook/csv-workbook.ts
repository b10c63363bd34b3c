import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Options, parse } from 'csv-parse';
import type { SheetRow } from '../../../domain/register/sheet-cell.ts';
import { type Refusal, refusal } from '../../../domain/result.ts';
import { gb18030Decoder } from '../../adapters/gb18030.ts';
import { type ByteSource, blocks } from './byte-source.ts';
import { RefusedFile, tooLarge } from './refused-file.ts';
import { BOUNDS, type Workbook } from './workbook.ts';

/** A row longer than this is a quote that was opened and never closed. */
const ROW_BYTES_MAX = 20_000;

/**
 * Blank rows count, so that a row has the number that the spreadsheet shows; a stray quote inside a cell is text; rows
 * may be longer or shorter than the headings, which the reading of the row reports.
 */
const CSV_OPTIONS = {
  bom: true,
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  relax_quotes: true,
  max_record_size: ROW_BYTES_MAX,
} as const satisfies Options;

/**
 * Opens a CSV. The encoding is told by the content: UTF-8 where all bytes are, else GB 18030 where all bytes are, which
 * Chinese Excel writes; whether it is one shows in the headings.
 */
export async function openCsv(source: ByteSource): Promise<Workbook> {
  const encoding = (await isUtf8(source)) ? 'utf-8' : 'gb18030';
  if (encoding === 'gb18030') await checkGb18030(source);
  return {
    title: encoding === 'utf-8' ? 'CSV (UTF-8)' : 'CSV (GB18030)',
    system: 1900,
    sheets: [
      {
        name: '',
        hidden: false,
        frame: async () => ({ merges: [], hiddenColumns: [] }),
        rows: () => csvRows(encoding === 'utf-8' ? blocks(source) : fromGb18030(source)),
      },
    ],
  };
}

async function isUtf8(source: ByteSource): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let valid = true;
  for await (const bytes of blocks(source)) {
    if (bytes.includes(0)) throw new RefusedFile(binaryFile());
    try {
      if (valid) decoder.decode(bytes, { stream: true });
    } catch {
      valid = false;
    }
  }
  try {
    if (valid) decoder.decode();
  } catch {
    return false;
  }
  return valid;
}

async function checkGb18030(source: ByteSource): Promise<void> {
  for await (const text of decoded(source)) {
    if (text.includes('\ufffd')) throw new RefusedFile(wrongEncoding());
  }
}

async function* decoded(source: ByteSource): AsyncGenerator<string, void, undefined> {
  const decoder = gb18030Decoder();
  for await (const bytes of blocks(source)) yield decoder.write(bytes);
  yield decoder.end();
}

async function* fromGb18030(source: ByteSource): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const text of decoded(source)) yield Buffer.from(text);
}

async function* csvRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<SheetRow, void, undefined> {
  const parser = parse(CSV_OPTIONS);
  const feeding = pipeline(Readable.from(bytes), parser);
  // Its failure reaches the reader through the parser; here it only must not go unheard.
  feeding.catch(() => {});
  let row = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      row += 1;
      if (row > BOUNDS.rows) throw tooLarge(`超过 ${BOUNDS.rows} 行`, `more than ${BOUNDS.rows} rows`);
      if (record.length > BOUNDS.columns)
        throw tooLarge(
          `第${row}行超过 ${BOUNDS.columns} 列`,
          `row ${row} has more than ${BOUNDS.columns} columns`,
        );
      yield { row, cells: record.map((text) => (text === '' ? undefined : { kind: 'text', text })) };
    }
  } catch (error) {
    throw openQuote(error, row) ?? error;
  }
  await feeding;
}

function openQuote(error: unknown, row: number): RefusedFile | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'CSV_QUOTE_NOT_CLOSED' && code !== 'CSV_MAX_RECORD_SIZE') return undefined;
  return new RefusedFile(
    refusal(
      'invalid/quote',
      `第${row + 1}行起有一个引号没有配对，无法分清各行：请检查该行的双引号后重新上传`,
      `a quote that begins in row ${row + 1} is never closed, so the rows cannot be told apart: correct it and upload the file again`,
      { row: row + 1 },
    ),
  );
}

export function wrongEncoding(): Refusal {
  return refusal(
    'invalid/encoding',
    '文件的文字编码既不是 UTF-8 也不是 GB18030：请在表格软件中另存为 .xlsx 或“CSV UTF-8（逗号分隔）”后重新上传',
    'the text of the file is neither UTF-8 nor GB18030: save it as .xlsx or "CSV UTF-8 (comma delimited)" and upload it again',
  );
}

function binaryFile(): Refusal {
  return refusal(
    'invalid/encoding',
    '文件不是 Excel 工作簿，也不是 UTF-8 或 GB18030 文本：请另存为 .xlsx 或“CSV UTF-8（逗号分隔）”后重新上传',
    'the file is neither an Excel workbook nor text in UTF-8 or GB18030: save it as .xlsx or "CSV UTF-8 (comma delimited)" and upload it again',
  );
}
