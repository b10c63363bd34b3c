import type { Instant } from '../../domain/calendar.ts';
import type { Checkpoint, SealedRange } from '../../domain/evidence/checkpoint.ts';
import type { JurisdictionCode, RunId } from '../../domain/ids.ts';
import type { RunMovements } from '../../domain/reconciliation/movement.ts';
import type { Refusal } from '../../domain/result.ts';
import type { RunTally } from '../../domain/run/act.ts';
import type { DynamoTable } from './dynamo-table.ts';

/**
 * Closing, sealing and exporting, in the operations table:
 *
 *   RUN#<run>                  CLOSE-REQUEST     the last request to close and, once known, why it was refused
 *   RUN#<run>#TALLY#<request>  <shard>           a shard's entries: counts, sums, root (absolute)
 *   SEAL#<jur>                 <000001>          checkpoints of a bureau's closed runs, one chain (immutable)
 *   EXPORTS                    <export>          an export job and where its file is
 */
export type CloseRequest = {
  readonly request: string;
  readonly by: string;
  readonly at: Instant;
  readonly refusal?: Refusal;
};
export type ShardTally = {
  readonly tally: RunTally;
  readonly range: SealedRange;
  /** By `<period>#<round>` that accrued it. */
  readonly usedByOrigin: Readonly<Record<string, OriginUse>>;
  /** What its entries come to on the account; absent from tallies written before this was kept. */
  readonly movements?: RunMovements;
};
/** What became of money that a period and round accrued, in fen: paid, and no longer owed (冲销). The rest is owed still. */
export type OriginUse = {
  readonly settled: number;
  readonly reversed: number;
  /** Came back after it was settled, whatever became of it since. */
  readonly returned?: number;
  /** Of what is no longer owed: given back to the treasury. */
  readonly surrendered?: number;
  /** Of what is no longer owed: ordered back and paid in to the treasury. */
  readonly recovered?: number;
};
/**
 * The seal of a run: its first and only one, with the figures that the closing act is going to name.
 * `at`: an entry stamped later is not in it.
 */
export type Seal = {
  readonly checkpoint: Checkpoint;
  readonly hash: string;
  readonly tally: RunTally;
  readonly at: Instant;
};
export const EXPORT_FORMATS = ['csv', 'hledger'] as const;
export type ExportJob = {
  readonly exportId: string;
  readonly runId: RunId;
  readonly format: (typeof EXPORT_FORMATS)[number];
  readonly by: string;
  readonly at: Instant;
  readonly state: 'requested' | 'ready';
  readonly objectKey?: string;
  readonly fileName?: string;
  readonly bytes?: number;
  readonly sha256?: string;
  readonly entries?: number;
};

export class ClosingStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  async putRequest(runId: RunId, request: CloseRequest): Promise<void> {
    await this.#table.put({ pk: `RUN#${runId}`, sk: 'CLOSE-REQUEST', request });
  }

  async request(runId: RunId): Promise<CloseRequest | undefined> {
    return (await this.#table.get(`RUN#${runId}`, 'CLOSE-REQUEST'))?.['request'] as CloseRequest | undefined;
  }

  async putTally(runId: RunId, request: string, shard: string, tally: ShardTally): Promise<void> {
    await this.#table.put({ pk: `RUN#${runId}#TALLY#${request}`, sk: shard, tally });
  }

  /** Tallies of the shards that have one, in shard order, read strongly. */
  async tallies(runId: RunId, request: string): Promise<Map<string, ShardTally>> {
    const tallies = new Map<string, ShardTally>();
    for await (const item of this.#table.query(`RUN#${runId}#TALLY#${request}`))
      tallies.set(item.sk, item['tally'] as ShardTally);
    return tallies;
  }

  /** One seal of a bureau's chain by its number. */
  async seal(jurisdiction: JurisdictionCode, sequence: number): Promise<Seal | undefined> {
    const item = await this.#table.get(`SEAL#${jurisdiction}`, sealKey(sequence));
    return item?.['seal'] as Seal | undefined;
  }

  /**
   * The seal of a run if it has one, and the last of the bureau, by one read from the newest back: whoever appends after `last` and
   * finds the number free knows that the run still has none. A chain is short (one a month and programme).
   */
  async chain(jurisdiction: JurisdictionCode, runId: RunId): Promise<{ last?: Seal; own?: Seal }> {
    let last: Seal | undefined;
    for await (const item of this.#table.query(`SEAL#${jurisdiction}`, { descending: true })) {
      const seal = item['seal'] as Seal;
      last ??= seal;
      if (seal.checkpoint.run === runId) return { last, own: seal };
    }
    return { ...(last && { last }) };
  }

  async appendSeal(jurisdiction: JurisdictionCode, seal: Seal): Promise<'created' | 'exists'> {
    return this.#table.putNew({
      pk: `SEAL#${jurisdiction}`,
      sk: sealKey(seal.checkpoint.sequence),
      seal,
    });
  }

  async putExport(job: ExportJob): Promise<void> {
    await this.#table.put({ pk: 'EXPORTS', sk: job.exportId, job });
  }

  async export(exportId: string): Promise<ExportJob | undefined> {
    return (await this.#table.get('EXPORTS', exportId))?.['job'] as ExportJob | undefined;
  }

  async exports(): Promise<ExportJob[]> {
    const jobs: ExportJob[] = [];
    for await (const item of this.#table.query('EXPORTS')) jobs.push(item['job'] as ExportJob);
    return jobs;
  }
}

const sealKey = (sequence: number): string => String(sequence).padStart(6, '0');
