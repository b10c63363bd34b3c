import * as z from 'zod/mini';
import type { Instant } from '../../domain/calendar.ts';
import type { JurisdictionCode, ProgrammeId } from '../../domain/ids.ts';
import type { DynamoTable } from './dynamo-table.ts';

/**
 * Draws of rolls (提取名册) for programmes that pay whoever stands on the rolls of others, in the operations table:
 *
 *     ROLLS#<run>        <0001>          a draw for a run that is to start: when it was asked for (immutable)
 *     ROLLS#<run>        <0001>#<shard>  how many of a shard stand on rolls, and how many were new or changed (immutable)
 *     ROLLS-OPEN         <run>#<0001>    mark, written before the draw: its shards may not all be done yet
 */
export type DrawOf = {
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  readonly runId: string;
  readonly number: number;
};
export type RollDraw = {
  readonly number: number;
  readonly at: Instant;
  readonly done: readonly { readonly shard: string; readonly at: Instant; readonly standing: number }[];
};

const Draw = z.object({ at: z.string() });
const Done = z.object({ shard: z.string(), at: z.string(), standing: z.int(), written: z.int() });
const Mark = z.object({
  jurisdiction: z.string(),
  programme: z.string(),
  runId: z.string(),
  number: z.int(),
  finished: z.boolean(),
});

export class RollDraws {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  /** The last draw for a run, from one strong read. */
  async last(runId: string): Promise<RollDraw | undefined> {
    let last: RollDraw | undefined;
    for await (const item of this.#table.query(pkOf(runId))) {
      const [number = '', shard] = item.sk.split('#');
      if (shard === undefined) last = { number: Number(number), at: z.parse(Draw, item).at, done: [] };
      else if (last) last = { ...last, done: [...last.done, z.parse(Done, item)] };
    }
    return last;
  }

  /** Begins a draw; whoever else begins the same one has begun it too. */
  async begin(draw: DrawOf, at: Instant): Promise<void> {
    await this.#table.putNew({
      pk: 'ROLLS-OPEN',
      sk: `${draw.runId}#${text(draw.number)}`,
      ...draw,
      finished: false,
    });
    await this.#table.putNew({ pk: pkOf(draw.runId), sk: text(draw.number), at });
  }

  async shardDone(
    { runId, number }: DrawOf,
    shard: string,
    said: { readonly at: Instant; readonly standing: number; readonly written: number },
  ): Promise<void> {
    await this.#table.putNew({ pk: pkOf(runId), sk: `${text(number)}#${shard}`, shard, ...said });
  }

  async open(): Promise<DrawOf[]> {
    const found: DrawOf[] = [];
    for await (const item of this.#table.query('ROLLS-OPEN')) {
      const { finished, ...draw } = z.parse(Mark, item);
      if (!finished) found.push(draw);
    }
    return found;
  }

  async finish(draw: DrawOf): Promise<void> {
    await this.#table.put({
      pk: 'ROLLS-OPEN',
      sk: `${draw.runId}#${text(draw.number)}`,
      ...draw,
      finished: true,
    });
  }
}

const pkOf = (runId: string): string => `ROLLS#${runId}`;
const text = (number: number): string => String(number).padStart(4, '0');
