import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { type RowClash, SheetAgreement } from '../../domain/register/sheet-agreement.ts';
import { type Cells, isBlankRow, readHeadings, type SheetKind } from '../../domain/register/sheets.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import { runningSha256 } from '../adapters/hashing.ts';
import type { ImportPlan, PlannedChunk } from '../adapters/import-store.ts';
import { CSV_OPTIONS, fileRefusal } from './csv-rows.ts';

export const ROWS_PER_CHUNK = 250;
export type CutSheet = { readonly plan: Omit<ImportPlan, 'at'>; readonly chunks: readonly PlannedChunk[] };

/** Stops the reading of a file that is refused; carries the refusal out of the stream. */
class RefusedFile extends Error {
  override readonly name = 'RefusedFile';
  readonly refusal: Refusal;
  constructor(reason: Refusal) {
    super(reason.code);
    this.refusal = reason;
  }
}

/**
 * Reads a sheet once from beginning to end and cuts it into chunks of rows by their bytes, each with its hash. Checks
 * what concerns the file as a whole: encoding, headings, quotes, rows that contradict each other. The same bytes always
 * give the same chunks.
 */
export async function splitSheet(
  stream: Readable | AsyncIterable<Uint8Array>,
  kind: SheetKind,
): Promise<Result<CutSheet>> {
  const cutter = new SheetCutter(kind);
  try {
    await pipeline(
      cutter.watch(stream),
      parse({ ...CSV_OPTIONS, bom: true }),
      async (rows: AsyncIterable<ParsedRow>) => {
        for await (const { record, info } of rows) cutter.see(record, info.bytes);
      },
    );
    return cutter.finish();
  } catch (error) {
    if (error instanceof RefusedFile) return refuse(error.refusal);
    const reason = fileRefusal(error, cutter.row);
    if (reason) return refuse(reason);
    throw error;
  }
}

type ParsedRow = { readonly record: string[]; readonly info: { readonly bytes: number } };

class SheetCutter {
  readonly #kind: SheetKind;
  readonly #bytes = new ByteHashes();
  readonly #chunks: PlannedChunk[] = [];
  #headings: Cells = [];
  #columnIds: readonly string[] = [];
  #agreement: SheetAgreement | undefined;
  #clashes: RowClash[] = [];
  #firstRow = 2;
  #firstByte = 0;
  #lastRowEnd = 0;
  #filled = 0;
  /** Rows read so far, the headings included. */
  row = 0;

  constructor(kind: SheetKind) {
    this.#kind = kind;
  }

  /** Passes the bytes on, checking that they are UTF-8 without NUL. */
  async *watch(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    for await (const bytes of stream) {
      decoder.decode(bytes, { stream: true });
      if (bytes.includes(0)) throw new RefusedFile(binaryFile());
      this.#bytes.append(bytes);
      yield bytes;
    }
    decoder.decode();
  }

  see(cells: Cells, end: number): void {
    this.row += 1;
    this.#lastRowEnd = end;
    if (this.row === 1) {
      this.#readHeadings(cells, end);
      return;
    }
    if (!isBlankRow(cells)) {
      this.#filled += 1;
      const clash = this.#agreement?.see(this.row, cells);
      if (clash) this.#clashes.push(clash);
    }
    if (this.row - this.#firstRow + 1 === ROWS_PER_CHUNK) this.#cut();
  }

  finish(): Result<CutSheet> {
    if (this.row >= this.#firstRow) this.#cut();
    if (this.#filled === 0) return refuse(noRows());
    const plan = {
      chunks: this.#chunks.length,
      rows: this.#filled,
      columnIds: [...this.#columnIds],
      headings: [...this.#headings],
    };
    return ok({ plan, chunks: this.#chunks });
  }

  #readHeadings(cells: Cells, end: number): void {
    const columnIds = readHeadings(this.#kind, cells);
    if (!columnIds.ok) throw new RefusedFile(columnIds.error);
    this.#headings = cells;
    this.#columnIds = columnIds.value;
    this.#agreement = new SheetAgreement(this.#kind, columnIds.value);
    this.#bytes.take(end);
    this.#firstByte = end;
  }

  #cut(): void {
    const end = this.#lastRowEnd;
    this.#chunks.push({
      chunk: this.#chunks.length,
      firstByte: this.#firstByte,
      lastByte: end - 1,
      firstRow: this.#firstRow,
      rows: this.row - this.#firstRow + 1,
      sha256: this.#bytes.take(end),
      clashes: this.#clashes,
    });
    this.#firstByte = end;
    this.#firstRow = this.row + 1;
    this.#clashes = [];
  }
}

/** Hashes of consecutive ranges of a stream whose ends become known only after the bytes have passed. */
class ByteHashes {
  #waiting: Uint8Array[] = [];
  #position = 0;

  append(bytes: Uint8Array): void {
    this.#waiting.push(bytes);
  }

  /** SHA-256 of the bytes from the last end to this one. */
  take(end: number): string {
    const hash = runningSha256();
    let left = end - this.#position;
    while (left > 0) {
      const first = this.#waiting.shift();
      if (!first) throw new Error('the CSV parser is ahead of its input');
      const taken = first.subarray(0, left);
      hash.update(taken);
      left -= taken.length;
      if (taken.length < first.length) this.#waiting.unshift(first.subarray(taken.length));
    }
    this.#position = end;
    return hash.hex();
  }
}

function noRows(): Refusal {
  return refusal(
    'invalid/no-rows',
    '文件只有表头，没有数据行：请填写后重新上传',
    'the file has headings and no rows: fill it in and upload it again',
  );
}

function binaryFile(): Refusal {
  return refusal(
    'invalid/encoding',
    '文件不是文本文件（可能是 Excel 工作簿或 UTF-16 文本）：请另存为“CSV UTF-8（逗号分隔）”后重新上传',
    'the file is not text (perhaps an Excel workbook or UTF-16): save it as "CSV UTF-8 (comma delimited)" and upload it again',
  );
}
