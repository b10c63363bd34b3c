import { canonicalJson } from '../../domain/canonical.ts';
import type { OpeningRow } from '../../domain/go-live/opening.ts';
import { type Bucket, bucketOf, subjectOf } from '../../domain/ids.ts';
import type { DynamoTable, Item } from './dynamo-table.ts';
import { sha256Hex } from './hashing.ts';

/**
 * Rows of an opening sheet that wait to be signed, in the operations table; nothing personal is in them:
 *
 *   STAGED#<import>#<bucket>   <enrolment>#<month>   written once; another row for the same month is refused
 */
export class StagedRowStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  /** Undefined once it stands there; otherwise the row of the sheet that says something of the same month already. */
  async put(importId: string, row: OpeningRow): Promise<number | undefined> {
    const written = await this.#table.putNewOrSame({
      pk: partition(importId, bucketOf(sha256Hex, subjectOf(row.enrolment))),
      sk: `${row.enrolment}#${row.month}`,
      c: sha256Hex(canonicalJson(row)),
      staged: row,
    });
    if (written.outcome !== 'divergent') return undefined;
    // The same row delivered again may meet a register that has changed in between: what was staged first stays.
    const { row: before } = rowOf(written.existing);
    return before === row.row ? undefined : before;
  }

  /** The staged rows of a bucket, by enrolment and month. */
  async ofBucket(importId: string, bucket: Bucket): Promise<OpeningRow[]> {
    const rows: OpeningRow[] = [];
    for await (const item of this.#table.query(partition(importId, bucket))) rows.push(rowOf(item));
    return rows;
  }
}

const partition = (importId: string, bucket: Bucket): string => `STAGED#${importId}#${bucket}`;
const rowOf = (item: Item): OpeningRow => item['staged'] as OpeningRow;
