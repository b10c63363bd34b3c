import type { Batch } from '../../domain/determination/batch.ts';
import {
  addTotals,
  type BatchShardDone,
  batchHash,
  NO_TOTALS,
} from '../../domain/determination/standard-change.ts';
import { ok } from '../../domain/result.ts';
import { type ApplyShard, DeterminationMessage, type ProposeShard } from '../../events/determination.ts';
import type { BatchStore } from '../adapters/batch-store.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { MessageQueues } from '../adapters/message-queues.ts';
import type { Clock } from '../wiring.ts';

type BatchPorts = {
  readonly batches: BatchStore;
  readonly queues: MessageQueues;
  readonly clock: Pick<Clock, 'now'>;
};

/** Queues the shards that have not answered yet. */
export async function sendShards(
  ports: Pick<BatchPorts, 'queues' | 'batches'>,
  { manifest: { batchId, shards } }: Pick<Batch, 'manifest'>,
  phase: 'PROPOSED' | 'APPLIED',
): Promise<number> {
  const done = await ports.batches.shards(batchId, phase);
  const open = shards.filter(({ shard }) => !done.has(shard));
  const messages = open.map(({ shard }): ProposeShard | ApplyShard => ({
    type: phase === 'PROPOSED' ? 'standard-change.propose-shard' : 'standard-change.apply-shard',
    version: 1,
    batch: batchId,
    shard,
  }));
  await ports.queues.sendAll('determinations', DeterminationMessage, messages);
  return open.length;
}

/** With the last shard answered the batch goes to review; the act's number lets exactly one conclude it. */
export async function concludeProposing(
  ports: Pick<BatchPorts, 'batches' | 'clock'>,
  batchId: string,
): Promise<void> {
  const done = await ports.batches.shards<BatchShardDone>(batchId, 'PROPOSED');
  await ports.batches.act(
    batchId,
    (batch) => {
      const { manifest, state } = batch;
      const answers = manifest.shards.flatMap(({ shard }) => done.get(shard) ?? []);
      if (state !== 'proposing' || answers.length < manifest.shards.length) return undefined;
      const totals = answers.map((answer) => answer.totals).reduce(addTotals, NO_TOTALS);
      return ok({ kind: 'proposed', hash: batchHash(sha256Hex, manifest, answers), totals });
    },
    { at: ports.clock.now(), by: 'system' },
  );
}

/** What became of a shard: how many determinations there are, and who was decided on by others in between. */
export type ShardApplied = { readonly applied: number; readonly leftOut: readonly string[] };

/** With the last shard applied the batch is applied; who was left out is in the act by name. */
export async function concludeApplying(
  ports: Pick<BatchPorts, 'batches' | 'clock'>,
  batchId: string,
): Promise<void> {
  const done = await ports.batches.shards<ShardApplied>(batchId, 'APPLIED');
  await ports.batches.act(
    batchId,
    ({ manifest, state }) => {
      const answers = manifest.shards.flatMap(({ shard }) => done.get(shard) ?? []);
      if (state !== 'applying' || answers.length < manifest.shards.length) return undefined;
      const applied = answers.reduce((sum, answer) => sum + answer.applied, 0);
      return ok({ kind: 'applied', applied, leftOut: answers.flatMap(({ leftOut }) => leftOut) });
    },
    { at: ports.clock.now(), by: 'system' },
  );
}
