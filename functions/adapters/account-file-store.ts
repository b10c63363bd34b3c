import * as z from 'zod/mini';
import type { Instant } from '../../domain/calendar.ts';
import type { DynamoTable } from './dynamo-table.ts';

/**
 * Confirmed files of changed accounts (银行批量换卡), in the operations table; the file itself is an import:
 *
 *     ACCOUNT-FILE#<import>   CONFIRM     the second signature on the hash of the file (immutable)
 *     ACCOUNT-FILE#<import>   DONE#<n>    what became of the lines of a chunk (immutable)
 *     ACCOUNT-HASH#<j>        <hash>      the one import by which these lines were confirmed (immutable)
 *     ACCOUNT-FILES           <import>    list of confirmed files, marked when applied (projection)
 */
export type AppliedChunk = {
  readonly chunk: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: readonly { readonly row: number; readonly zh: string; readonly en: string }[];
};
export type FileConfirmation = { readonly by: string; readonly at: Instant; readonly hash: string };

const ConfirmationSchema = z.object({ by: z.string(), at: z.string(), hash: z.string() });
const AppliedChunkSchema = z.object({
  chunk: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  refused: z.array(z.object({ row: z.int(), zh: z.string(), en: z.string() })),
});

export class AccountFileStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  /** Gives the lines with a hash to one import: 'taken' when they were confirmed as another one before. */
  async claimHash(jurisdiction: string, hash: string, importId: string): Promise<'ours' | 'taken'> {
    const put = await this.#table.putNewOrSame({ pk: `ACCOUNT-HASH#${jurisdiction}`, sk: hash, c: importId });
    return put.outcome === 'divergent' ? 'taken' : 'ours';
  }

  /** The second signature, once: 'divergent' when somebody else gave it. Listed first, so that the sweeper finds it. */
  async confirm(
    importId: string,
    { by, at, hash }: FileConfirmation,
  ): Promise<'created' | 'same' | 'divergent'> {
    await this.#table.putNew({ pk: 'ACCOUNT-FILES', sk: importId, finished: false });
    const put = await this.#table.putNewOrSame({ pk: pk(importId), sk: 'CONFIRM', c: by, by, at, hash });
    return put.outcome;
  }

  async chunkDone(importId: string, applied: AppliedChunk): Promise<void> {
    await this.#table.putNew({
      pk: pk(importId),
      sk: `DONE#${String(applied.chunk).padStart(6, '0')}`,
      ...applied,
    });
  }

  /** The signature and what was applied so far, from one strong read. */
  async read(importId: string): Promise<{ confirmed?: FileConfirmation; done: readonly AppliedChunk[] }> {
    let confirmed: FileConfirmation | undefined;
    const done: AppliedChunk[] = [];
    for await (const item of this.#table.query(pk(importId))) {
      if (item.sk === 'CONFIRM') confirmed = z.parse(ConfirmationSchema, item);
      else done.push(z.parse(AppliedChunkSchema, item));
    }
    return { done, ...(confirmed && { confirmed }) };
  }

  async unfinished(): Promise<string[]> {
    const found: string[] = [];
    for await (const item of this.#table.query('ACCOUNT-FILES'))
      if (item['finished'] !== true) found.push(item.sk);
    return found;
  }

  async markFinished(importId: string): Promise<void> {
    await this.#table.put({ pk: 'ACCOUNT-FILES', sk: importId, finished: true });
  }
}

const pk = (importId: string): string => `ACCOUNT-FILE#${importId}`;
