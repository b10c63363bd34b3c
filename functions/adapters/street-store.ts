import { contentHash } from '../../domain/canonical.ts';
import type { JurisdictionCode } from '../../domain/ids.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import type { StreetChange, StreetChangeBody } from '../../domain/street/street-history.ts';
import type { DynamoTable } from './dynamo-table.ts';
import { sha256Hex } from './hashing.ts';

/**
 * Streets and communities of a district by their changes, in the operations table:
 *
 *   STREET-CHANGES#<jur>   <00001>   one change, immutable, in the order recorded
 */
type Stamp = { readonly at: string; readonly by: string; readonly request: string };
type Wish = StreetChangeBody & Pick<StreetChange, 'from' | 'document'>;
const TRIES = 20;

export class StreetStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  /** All changes of a district in the order in which they were recorded. */
  async changes(jurisdiction: JurisdictionCode): Promise<StreetChange[]> {
    return (await this.#stored(jurisdiction)).map(({ change }) => change);
  }

  /**
   * Records what `decide` makes of the changes so far, at the next number; when someone was faster, decides again. The same request
   * is told what it recorded.
   */
  async record(
    jurisdiction: JurisdictionCode,
    decide: (changes: readonly StreetChange[]) => Result<Wish>,
    { request, ...stamp }: Stamp,
  ): Promise<Result<StreetChange>> {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const stored = await this.#stored(jurisdiction);
      const before = stored.find((one) => one.request === request);
      if (before) return ok(before.change);
      const wish = decide(stored.map(({ change }) => change));
      if (!wish.ok) return wish;
      const change: StreetChange = { ...wish.value, number: stored.length + 1, ...stamp };
      const c = contentHash(sha256Hex, 'street-change.v1', { ...wish.value, request });
      const sk = String(change.number).padStart(5, '0');
      const put = await this.#table.putNew({ pk: partition(jurisdiction), sk, c, change, request });
      if (put === 'created') return ok(change);
    }
    return refuse(
      refusal(
        'conflict/busy',
        '正有多人登记区划调整，请稍后重试',
        'many people are recording changes: try again',
      ),
    );
  }

  async #stored(jurisdiction: JurisdictionCode): Promise<{ change: StreetChange; request: string }[]> {
    const stored: { change: StreetChange; request: string }[] = [];
    for await (const item of this.#table.query(partition(jurisdiction)))
      stored.push({ change: item['change'] as StreetChange, request: String(item['request']) });
    return stored;
  }
}

const partition = (jurisdiction: JurisdictionCode): string => `STREET-CHANGES#${jurisdiction}`;
