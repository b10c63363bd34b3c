import type { ProgrammeColumns } from '../../domain/register/fact-columns.ts';
import { HeadRows } from '../../domain/register/head-rows.ts';
import { type DataRow, SheetReading } from '../../domain/register/read-sheet.ts';
import { type RowClash, SheetAgreement } from '../../domain/register/sheet-agreement.ts';
import type { SheetKind } from '../../domain/register/sheets.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { ImportPlan, PlannedChunk } from '../adapters/import-store.ts';
import { type ByteSource, FileChanged } from './workbook/byte-source.ts';
import { chooseSheet } from './workbook/choose-sheet.ts';
import { damageOf, openWorkbook } from './workbook/open-workbook.ts';
import { RefusedFile } from './workbook/refused-file.ts';

export const ROWS_PER_CHUNK = 250;
/** Chunks on their way to the bucket at once. */
const KEPT_AT_ONCE = 8;
/** Enough of a hash to tell the contents of two rows apart. */
const DIGEST_LENGTH = 24;

export type CutSheet = {
  readonly plan: Omit<ImportPlan, 'at' | 'tag'>;
  readonly chunks: readonly PlannedChunk[];
};
/** Keeps the rows of a chunk; the same chunk may be kept again. */
export type KeepRows = (chunk: number, sha256: string, rows: Uint8Array) => Promise<void>;

/**
 * Reads a spreadsheet from beginning to end and cuts its rows of data into chunks, each kept under the hash of what was
 * read. Checks what concerns the file as a whole: format, encoding, headings, rows that contradict each other; that the file was
 * replaced meanwhile is refused as `conflict/file-changed`. The same
 * bytes always give the same chunks. Only a few chunks are in memory at a time.
 */
export async function splitSheet(
  source: ByteSource,
  kind: SheetKind,
  keep: KeepRows,
  own?: ProgrammeColumns,
): Promise<Result<CutSheet>> {
  try {
    const workbook = await openWorkbook(source);
    const chosen = await chooseSheet(workbook, kind, own);
    if (!chosen.ok) return chosen;
    const { sheet, frame, notes } = chosen.value;
    const reading = new SheetReading(kind, frame, own);
    const cutter = new SheetCutter(kind, frame.headings.columnIds, keep);
    for await (const row of sheet.rows()) {
      const data = reading.see(row);
      if (data) await cutter.see(data);
    }
    const { chunks, rows, width } = await cutter.finish();
    if (rows === 0) return refuse(noRows());
    const { columnIds, texts, rows: headingRows } = frame.headings;
    return ok({
      chunks,
      plan: {
        chunks: chunks.length,
        rows,
        columnIds: [...columnIds],
        headings: [...texts],
        notes: [...notes, ...reading.notes()],
        ...(sheet.path !== undefined && {
          workbook: { sheet: sheet.path, headingRow: headingRows[0]?.row ?? 1, columns: width },
        }),
      },
    });
  } catch (error) {
    if (error instanceof FileChanged) return refuse(fileChanged());
    const cause = damageOf(error);
    if (cause instanceof RefusedFile) return refuse(cause.refusal);
    throw cause;
  }
}

class SheetCutter {
  readonly #keep: KeepRows;
  readonly #agreement: SheetAgreement;
  /** Rows of members get what the row of their head says, so that each stands for itself in its chunk. */
  readonly #heads: HeadRows | undefined;
  readonly #chunks: PlannedChunk[] = [];
  readonly #keeping = new Set<Promise<void>>();
  readonly #failures: unknown[] = [];
  #rows: DataRow[] = [];
  #clashes: RowClash[] = [];
  #count = 0;
  #width: number;

  constructor(kind: SheetKind, columnIds: readonly string[], keep: KeepRows) {
    this.#keep = keep;
    this.#width = columnIds.length;
    this.#heads = kind === 'households' ? new HeadRows(columnIds) : undefined;
    this.#agreement = new SheetAgreement(kind, columnIds, (text) => sha256Hex(text).slice(0, DIGEST_LENGTH));
  }

  async see(given: DataRow): Promise<void> {
    const row = this.#heads ? { ...given, cells: this.#heads.carry(given.cells) } : given;
    this.#count += 1;
    this.#width = Math.max(this.#width, row.cells.length);
    const clash = this.#agreement.see(row.row, row.cells);
    if (clash) this.#clashes.push(clash);
    this.#rows.push(row);
    if (this.#rows.length === ROWS_PER_CHUNK) await this.#cut();
  }

  /** `width` is the number of columns with something in them. */
  async finish(): Promise<{ chunks: PlannedChunk[]; rows: number; width: number }> {
    if (this.#rows.length > 0) await this.#cut();
    await Promise.all(this.#keeping);
    this.#checkKept();
    return { chunks: this.#chunks, rows: this.#count, width: this.#width };
  }

  #checkKept(): void {
    if (this.#failures.length > 0) throw this.#failures[0];
  }

  async #cut(): Promise<void> {
    const rows = this.#rows;
    const bytes = Buffer.from(JSON.stringify(rows));
    const sha256 = sha256Hex(bytes);
    const chunk = this.#chunks.length;
    this.#chunks.push({
      chunk,
      firstRow: rows[0]?.row ?? 0,
      rows: rows.length,
      sha256,
      clashes: this.#clashes,
    });
    this.#rows = [];
    this.#clashes = [];
    const kept: Promise<void> = this.#keep(chunk, sha256, bytes).then(
      () => void this.#keeping.delete(kept),
      (error: unknown) => {
        this.#failures.push(error);
      },
    );
    this.#keeping.add(kept);
    if (this.#keeping.size >= KEPT_AT_ONCE) await Promise.race(this.#keeping);
    this.#checkKept();
  }
}

function fileChanged(): Refusal {
  return refusal(
    'conflict/file-changed',
    '读取期间文件被替换或删除：请重新上传',
    'the file was replaced or deleted while it was read: upload it again',
  );
}

function noRows(): Refusal {
  return refusal(
    'invalid/no-rows',
    '文件只有表头，没有数据行：请填写后重新上传',
    'the file has headings and no rows: fill it in and upload it again',
  );
}
