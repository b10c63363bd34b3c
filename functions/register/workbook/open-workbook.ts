import { type ByteSource, blocks } from './byte-source.ts';
import { COMPOUND_SIGNATURE } from './compound-file.ts';
import { openCsv } from './csv-workbook.ts';
import { malformed, otherFormat, tooLarge } from './refused-file.ts';
import type { Workbook } from './workbook.ts';
import { openXls } from './xls-workbook.ts';
import { openXlsx } from './xlsx-workbook.ts';

/** An .xls is read as a whole; 65,536 full rows have some 20 MB. */
const XLS_BYTES_MAX = 40_000_000;

/**
 * Opens a spreadsheet by what its bytes are, whatever its name. Throws RefusedFile for what cannot be read, also from
 * the reading of sheets.
 */
export async function openWorkbook(source: ByteSource): Promise<Workbook> {
  const start = Buffer.from(await source.read(0, Math.min(512, source.bytes)));
  if (start.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) return openXlsx(source);
  if (start.subarray(0, 8).equals(COMPOUND_SIGNATURE)) return openXls(await whole(source));
  const text = start
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
    .toLowerCase();
  if (/^<(?:html|!doctype|table|head|meta|div)/.test(text))
    throw otherFormat(
      '网页表格（有的系统导出时命名为 .xls）',
      'a web page (which some systems export under the name .xls)',
    );
  if (text.startsWith('<?xml')) throw otherFormat('XML 文件', 'an XML file');
  if (text.startsWith('%pdf')) throw otherFormat('PDF 文件', 'a PDF file');
  return openCsv(source);
}

async function whole(source: ByteSource): Promise<Buffer> {
  if (source.bytes > XLS_BYTES_MAX) {
    const megabytes = XLS_BYTES_MAX / 1_000_000;
    throw tooLarge(
      `.xls 超过 ${megabytes} MB，可改存为 .xlsx`,
      `an .xls of more than ${megabytes} MB; .xlsx takes less`,
    );
  }
  const parts: Uint8Array[] = [];
  for await (const block of blocks(source)) parts.push(block);
  return Buffer.concat(parts);
}

/** Reads beyond the end of a record or sector are faults of the file. */
export function damageOf(error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_OUT_OF_RANGE' || code === 'ERR_BUFFER_OUT_OF_BOUNDS')
    return malformed('a number in a record');
  return error instanceof Error ? error : new Error(String(error));
}
