import type { Options } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import type { Cells } from '../../domain/register/sheets.ts';
import { type Refusal, refusal } from '../../domain/result.ts';

/** A row longer than this is a quote that was opened and never closed. */
const ROW_BYTES_MAX = 20_000;

/**
 * How a sheet is read, as a whole and chunk by chunk alike. Blank rows count, so that a row has the number that the
 * spreadsheet shows; a stray quote inside a cell is text; rows may be longer or shorter than the headings, which the
 * reading of the row reports.
 */
export const CSV_OPTIONS = {
  info: true,
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  relax_quotes: true,
  max_record_size: ROW_BYTES_MAX,
} as const satisfies Options;

/** The rows of a chunk, whose boundaries lie between rows. */
export function parseRows(bytes: Uint8Array): Cells[] {
  const rows: { record: string[] }[] = parse(Buffer.from(bytes), CSV_OPTIONS) as never;
  return rows.map(({ record }) => record);
}

/** The refusal for what the CSV parser and the decoder throw about a file; undefined for any other failure. */
export function fileRefusal(error: unknown, row: number): Refusal | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    return refusal(
      'invalid/encoding',
      `文件不是 UTF-8 编码（第${row}行之后有无法识别的字节）：请在表格软件中另存为“CSV UTF-8（逗号分隔）”后重新上传`,
      `the file is not UTF-8 (bytes after row ${row} cannot be read): save it as "CSV UTF-8 (comma delimited)" and upload it again`,
      { row },
    );
  }
  if (code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE') {
    return refusal(
      'invalid/quote',
      `第${row + 1}行起有一个引号没有配对，无法分清各行：请检查该行的双引号后重新上传`,
      `a quote that begins in row ${row + 1} is never closed, so the rows cannot be told apart: correct it and upload the file again`,
      { row: row + 1 },
    );
  }
  return undefined;
}
