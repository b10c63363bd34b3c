import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod/mini';
import type { Instant } from '../../domain/calendar.ts';
import { canonicalJson } from '../../domain/canonical.ts';
import {
  applyBatchAct,
  type Batch,
  type BatchAct,
  type BatchActBody,
  foldBatch,
} from '../../domain/determination/batch.ts';
import type { BatchProposal } from '../../domain/determination/standard-change.ts';
import type { Bucket } from '../../domain/ids.ts';
import { invariant, ok, type Result, refusal, refuse } from '../../domain/result.ts';
import type { DynamoTable, Item } from './dynamo-table.ts';
import type { Scope } from './sweep-store.ts';

/**
 * Batch re-determinations (批量调标) in the operations table:
 *
 *   BATCH#<batch>            ACT#<000001>   one immutable act; the batch is the fold of its acts
 *   BATCH#<batch>#<phase>    <shard>        absolute answer of a shard (PROPOSED, APPLIED)
 *   BP#<batch>#<bucket>      <enrolment>    what it would determine for one enrolment, deflated, immutable
 *   BATCHES#<j>#<p>          <batch>        list, written before the first act
 *   BATCH-ACTIVE#<j>#<p>     BATCH          the one batch of a programme that is neither applied nor void
 */
export type BatchPhase = 'PROPOSED' | 'APPLIED';
/** `at`: when it was claimed, so that a claim whose start died is told from one whose start is under way. */
export type ActiveBatch = { readonly batchId: string; readonly version: number; readonly at: Instant };

/** Two who act at once compete for one number; the loser looks again, this often. */
const TRIES = 20;

export class BatchStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  async load(batchId: string): Promise<Batch | undefined> {
    const acts: BatchAct[] = [];
    for await (const item of this.#table.query(batchKey(batchId), { begins: 'ACT#' }))
      acts.push(item['act'] as BatchAct);
    return foldBatch(acts);
  }

  async append(batchId: string, act: BatchAct): Promise<'appended' | 'taken'> {
    const sk = `ACT#${String(act.sequence).padStart(6, '0')}`;
    const put = await this.#table.putNew({ pk: batchKey(batchId), sk, act });
    return put === 'created' ? 'appended' : 'taken';
  }

  /** Load, decide, append; when somebody was faster, again from what they did. Undefined: nothing is left to do. */
  async act(
    batchId: string,
    decide: (batch: Batch) => Result<BatchActBody> | undefined,
    stamp: { readonly at: Instant; readonly by: string },
  ): Promise<Result<Batch>> {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const batch = await this.load(batchId);
      if (!batch) return refuse(noBatch(batchId));
      const decision = decide(batch);
      if (!decision) return ok(batch);
      if (!decision.ok) return decision;
      const act: BatchAct = { ...decision.value, sequence: batch.sequence + 1, ...stamp };
      if ((await this.append(batchId, act)) === 'appended') return ok(applyBatchAct(batch, act));
    }
    return refuse(busy());
  }

  async list(scope: Scope, batchId: string): Promise<void> {
    await this.#table.putNew({ pk: `BATCHES#${scope.jurisdiction}#${scope.programme}`, sk: batchId });
  }

  async listed(scope: Scope): Promise<string[]> {
    const ids: string[] = [];
    for await (const item of this.#table.query(`BATCHES#${scope.jurisdiction}#${scope.programme}`))
      ids.push(item.sk);
    return ids;
  }

  async active(scope: Scope): Promise<ActiveBatch | undefined> {
    const item = await this.#table.get(activeKey(scope), 'BATCH');
    return item && z.parse(ActiveSchema, item);
  }

  async setActive(
    scope: Scope,
    claim: Omit<ActiveBatch, 'version'>,
    before: ActiveBatch | undefined,
  ): Promise<'written' | 'conflict'> {
    const version = before?.version ?? 0;
    const item = { pk: activeKey(scope), sk: 'BATCH', ...claim, version: version + 1 };
    return this.#table.putIfVersion(item, version);
  }

  /** Writes a proposal once. One that came out differently the second time is a bug, never overwritten. */
  async putProposal(batchId: string, bucket: Bucket, proposal: BatchProposal): Promise<void> {
    const json = canonicalJson(proposal);
    const item = {
      pk: proposalsKey(batchId, bucket),
      sk: proposal.enrolment,
      b: deflateRawSync(json, { level: 9 }),
    };
    if ((await this.#table.putNew(item)) === 'created') return;
    const existing = await this.#table.get(item.pk, item.sk);
    invariant(
      existing && inflate(existing) === json,
      `the proposal of ${proposal.enrolment} came out differently a second time`,
    );
  }

  /** Proposals of a bucket in order of enrolments, by strong reads. */
  async proposals(batchId: string, bucket: Bucket): Promise<BatchProposal[]> {
    const found: BatchProposal[] = [];
    for await (const item of this.#table.query(proposalsKey(batchId, bucket)))
      found.push(JSON.parse(inflate(item)) as BatchProposal);
    return found;
  }

  /** One shard's absolute answer; the first one stays. */
  async putShard(batchId: string, phase: BatchPhase, shard: string, answer: object): Promise<void> {
    await this.#table.putNew({ pk: `${batchKey(batchId)}#${phase}`, sk: shard, answer });
  }

  async shards<T>(batchId: string, phase: BatchPhase): Promise<Map<string, T>> {
    const answers = new Map<string, T>();
    for await (const item of this.#table.query(`${batchKey(batchId)}#${phase}`))
      answers.set(item.sk, item['answer'] as T);
    return answers;
  }
}

const ActiveSchema = z.object({ batchId: z.string(), version: z.int(), at: z.string() });
const batchKey = (batchId: string): string => `BATCH#${batchId}`;
const proposalsKey = (batchId: string, bucket: Bucket): string => `BP#${batchId}#${bucket}`;
const activeKey = ({ jurisdiction, programme }: Scope): string => `BATCH-ACTIVE#${jurisdiction}#${programme}`;

function inflate(item: Item): string {
  return inflateRawSync(z.parse(z.instanceof(Uint8Array), item['b'])).toString('utf8');
}

export const noBatch = (batchId: string) =>
  refusal('missing/batch', '没有这次批量调标', 'there is no such batch', { batchId });

const busy = () =>
  refusal('conflict/busy', '有人正在同时操作，请稍后重试', 'others are acting on this at once: try again');
