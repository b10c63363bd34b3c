import * as z from 'zod/mini';
import type { Instant } from '../../domain/calendar.ts';
import { canonicalJson } from '../../domain/canonical.ts';
import { type Refusal, type RefusalCode, refusal } from '../../domain/result.ts';
import { ImportRequested } from '../../events/imports.ts';
import { mapBounded } from '../concurrency.ts';
import type { DynamoTable, Item } from './dynamo-table.ts';
import { sha256Hex } from './hashing.ts';
import { StagedRowStore } from './staged-row-store.ts';

/**
 * Imports in the operations table. Every item is immutable but the one in the list of imports:
 *
 *     IMPORT#<id>  REQUEST        who asked for what
 *     IMPORT#<id>  CHUNK#<n>      rows, hash and clashing rows of a chunk
 *     IMPORT#<id>  PLAN           columns and number of chunks: the cutting is complete
 *     IMPORT#<id>  DONE#<n>       counts of a chunk that was recorded
 *     IMPORT#<id>  REFUSED        why the file as a whole was refused
 *     IMPORT#<id>  SUMMARY        totals of all chunks
 *     IMPORTS#<YYYY-MM>  <id>     list of the imports of a month, marked when finished: a projection
 */
export class ImportStore {
  readonly #table: DynamoTable;
  /** Rows of opening sheets, which wait to be signed. */
  readonly staged: StagedRowStore;

  constructor(table: DynamoTable) {
    this.#table = table;
    this.staged = new StagedRowStore(table);
  }

  /** Remembers a request; the same one again changes nothing. 'divergent': the id was used for another request. */
  async request(message: ImportRequested): Promise<'created' | 'same' | 'divergent'> {
    const { importId } = message;
    const month = message.requestedAt.slice(0, 7);
    await this.#table.putNew({ pk: `IMPORTS#${month}`, sk: importId, finished: false });
    const c = sha256Hex(canonicalJson(message));
    const put = await this.#table.putNewOrSame({ pk: pk(importId), sk: 'REQUEST', c, message });
    return put.outcome;
  }

  /**
   * Writes the chunks, then the plan: where there is a plan, every chunk is there. 'divergent': other chunks were planned
   * before a crash, from another file under the same name; no plan is written.
   */
  async plan(
    importId: string,
    plan: ImportPlan,
    chunks: readonly PlannedChunk[],
  ): Promise<'planned' | 'divergent'> {
    const outcomes = await mapBounded(chunks, WRITTEN_AT_ONCE, (chunk) =>
      this.#table.putNewOrSame({
        pk: pk(importId),
        sk: `CHUNK#${number(chunk.chunk)}`,
        c: sha256Hex(canonicalJson(chunk)),
        ...chunk,
      }),
    );
    if (outcomes.some(({ outcome }) => outcome === 'divergent')) return 'divergent';
    await this.#table.putNew({ pk: pk(importId), sk: 'PLAN', ...plan });
    return 'planned';
  }

  async refuse(importId: string, reason: Refusal, at: Instant): Promise<void> {
    await this.#table.putNew({ pk: pk(importId), sk: 'REFUSED', refusal: reason, at });
  }

  async chunk(importId: string, chunk: number): Promise<PlannedChunk | undefined> {
    const item = await this.#table.get(pk(importId), `CHUNK#${number(chunk)}`);
    return item && z.parse(PlannedChunkSchema, item);
  }

  async chunkDone(importId: string, done: DoneChunk): Promise<void> {
    await this.#table.putNew({ pk: pk(importId), sk: `DONE#${number(done.chunk)}`, ...done });
  }

  async finish(importId: string, summary: ImportSummary): Promise<void> {
    await this.#table.putNew({ pk: pk(importId), sk: 'SUMMARY', ...summary });
  }

  /** Marks the import in the list of its month, so that nobody looks for work in it again. */
  async markFinished(request: ImportRequested): Promise<void> {
    const month = request.requestedAt.slice(0, 7);
    await this.#table.put({ pk: `IMPORTS#${month}`, sk: request.importId, finished: true });
  }

  /** Everything about an import except its chunks' plans, from one strong read. */
  async read(importId: string): Promise<StoredImport | undefined> {
    let request: ImportRequested | undefined;
    let found: Omit<StoredImport, 'request'> = { done: [] };
    for await (const item of this.#table.query(pk(importId), { between: ['DONE#', 'SUMMARY'] })) {
      if (item.sk === 'REQUEST') request = z.parse(ImportRequested, item['message']);
      else found = withItem(found, item);
    }
    return request && { request, ...found };
  }

  /** What is shown of an import. */
  async get(importId: string): Promise<ImportStatus | undefined> {
    const stored = await this.read(importId);
    if (!stored) return undefined;
    const { request, plan, refused, summary, done } = stored;
    const counts = summary?.counts ?? sumCounts(done.map((chunk) => chunk.counts));
    const base = {
      importId,
      request,
      counts,
      chunks: plan?.chunks ?? 0,
      chunksDone: done.length,
      notes: plan?.notes ?? [],
    };
    if (summary) {
      const { errorFileKey } = summary;
      return { ...base, state: 'done', ...(errorFileKey !== undefined && { errorFileKey }) };
    }
    if (refused) return { ...base, state: 'refused', refusal: refused.refusal };
    if (plan) return { ...base, state: 'importing' };
    const { items } = await this.#table.page(pk(importId), { begins: 'CHUNK#', limit: 1 });
    return { ...base, state: items.length > 0 ? 'splitting' : 'received' };
  }

  /** Imports of a month that are not marked as finished, oldest id first. */
  async unfinished(month: string): Promise<string[]> {
    const ids: string[] = [];
    for await (const item of this.#table.query(`IMPORTS#${month}`)) {
      if (item['finished'] !== true) ids.push(item.sk);
    }
    return ids;
  }
}

const WRITTEN_AT_ONCE = 16;
const Natural = z.int().check(z.nonnegative());
const PlannedChunkSchema = z.object({
  chunk: Natural,
  /** Row of the sheet, as the spreadsheet numbers it. */
  firstRow: Natural,
  rows: Natural,
  /** Of the rows as kept in the bucket. */
  sha256: z.string(),
  clashes: z.array(
    z.object({
      row: Natural,
      firstRow: Natural,
      kind: z.enum(['repeat', 'subject', 'name', 'account', 'household', 'project', 'occasion']),
    }),
  ),
});
export type PlannedChunk = z.infer<typeof PlannedChunkSchema>;

const ImportPlanSchema = z.object({
  chunks: Natural,
  rows: Natural,
  /** Column id of each cell, and the headings as written. */
  columnIds: z.array(z.string()),
  headings: z.array(z.string()),
  /** What was left out, rewritten or looks wrong in the sheet as a whole. */
  notes: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string() })),
  /** Version of the upload that was read. */
  tag: z.string(),
  /** Of an .xlsx: where in the archive the sheet lies, its first row of headings, its columns with content. */
  workbook: z.optional(z.object({ sheet: z.string(), headingRow: Natural, columns: Natural })),
  at: z.string(),
});
export type ImportPlan = z.infer<typeof ImportPlanSchema>;

const CountsSchema = z.object({
  /** created + changed + unchanged + unmatched. */
  accepted: Natural,
  created: Natural,
  changed: Natural,
  unchanged: Natural,
  /** Deaths of people who are not in the register. */
  unmatched: Natural,
  rejected: Natural,
  /** Changes of account that wait for a second person. */
  accountChanges: Natural,
});
export type ImportCounts = z.infer<typeof CountsSchema>;
export const NO_COUNTS: ImportCounts = {
  accepted: 0,
  created: 0,
  changed: 0,
  unchanged: 0,
  unmatched: 0,
  rejected: 0,
  accountChanges: 0,
};

const DoneChunkSchema = z.object({ chunk: Natural, counts: CountsSchema, at: z.string() });
export type DoneChunk = z.infer<typeof DoneChunkSchema>;

const SummarySchema = z.object({
  counts: CountsSchema,
  errorFileKey: z.optional(z.string()),
  at: z.string(),
});
export type ImportSummary = z.infer<typeof SummarySchema>;

const RefusalSchema = z.object({
  code: z.string(),
  zh: z.string(),
  en: z.string(),
  detail: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
});

export type StoredImport = {
  readonly request: ImportRequested;
  readonly plan?: ImportPlan;
  readonly refused?: { readonly refusal: Refusal; readonly at: Instant };
  readonly summary?: ImportSummary;
  readonly done: readonly DoneChunk[];
};
type ImportState = 'received' | 'splitting' | 'importing' | 'done' | 'refused';
export type ImportStatus = {
  readonly importId: string;
  readonly state: ImportState;
  readonly request: ImportRequested;
  readonly counts: ImportCounts;
  readonly chunks: number;
  readonly chunksDone: number;
  readonly notes: ImportPlan['notes'];
  readonly refusal?: Refusal;
  /** The sheet, or its rejected rows, with reasons; absent when there were none. */
  readonly errorFileKey?: string;
};

export function sumCounts(all: readonly ImportCounts[]): ImportCounts {
  const total = { ...NO_COUNTS };
  for (const counts of all) {
    total.accepted += counts.accepted;
    total.created += counts.created;
    total.changed += counts.changed;
    total.unchanged += counts.unchanged;
    total.unmatched += counts.unmatched;
    total.rejected += counts.rejected;
    total.accountChanges += counts.accountChanges;
  }
  return total;
}

const pk = (importId: string): string => `IMPORT#${importId}`;
const number = (chunk: number): string => String(chunk).padStart(6, '0');

function withItem(found: Omit<StoredImport, 'request'>, item: Item): Omit<StoredImport, 'request'> {
  if (item.sk === 'PLAN') return { ...found, plan: z.parse(ImportPlanSchema, item) };
  if (item.sk === 'SUMMARY') return { ...found, summary: z.parse(SummarySchema, item) };
  if (item.sk === 'REFUSED') {
    const { code, zh, en, detail } = z.parse(RefusalSchema, item['refusal']);
    const at = z.parse(z.string(), item['at']);
    return { ...found, refused: { refusal: refusal(code as RefusalCode, zh, en, detail), at } };
  }
  return { ...found, done: [...found.done, z.parse(DoneChunkSchema, item)] };
}
