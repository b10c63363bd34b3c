import { programmeById } from '../../domain/programmes/index.ts';
import { DeterminationMessage } from '../../events/determination.ts';
import type { BatchStore } from '../adapters/batch-store.ts';
import type { MessageQueues } from '../adapters/message-queues.ts';
import type { ProposalStore } from '../adapters/proposal-store.ts';
import type { Scope, SweepStore } from '../adapters/sweep-store.ts';
import type { Clock } from '../wiring.ts';
import { concludeApplying, concludeProposing, sendShards } from './batch-conclude.ts';
import { REVIEW_SHARDS } from './review-shards.ts';

export type DeterminationSweep = {
  readonly batches: BatchStore;
  readonly proposals: Pick<ProposalStore, 'unfinished'>;
  readonly queues: MessageQueues;
  readonly sweeps: SweepStore;
  readonly clock: Clock;
};

/** Enrolments are looked at again this often, for facts whose message was lost. */
const LOOK_MINUTES = 15;

/**
 * What should be queued for the determinations of a programme: shards of a batch that did not move since the last look, and, every
 * quarter of an hour, decisions without their determination and a look at all its enrolments.
 */
export async function sweepDeterminations(ports: DeterminationSweep, scope: Scope): Promise<number> {
  const programme = programmeById(scope.programme);
  // Grants are decided one by one on applications of their own: there is nothing to look at again.
  if (!programme.ok || programme.value.amountBasis !== 'decision' || programme.value.paidBy) return 0;
  const mended = await sweepBatch(ports, scope);
  const slot = Math.floor(Date.parse(ports.clock.now()) / (LOOK_MINUTES * 60_000));
  const look = `reviews ${scope.jurisdiction}#${scope.programme}`;
  if (await ports.sweeps.stands(look, String(slot))) return mended;
  const { jurisdiction, programme: id } = scope;
  const about = { version: 1, jurisdiction, programme: id } as const;
  const unfinished = await ports.proposals.unfinished(scope);
  await ports.queues.sendAll('determinations', DeterminationMessage, [
    ...unfinished.map(
      (enrolment) => ({ type: 'determination.finish-decision', ...about, enrolment }) as const,
    ),
    ...REVIEW_SHARDS.map(({ shard }) => ({ type: 'determination.review-shard', ...about, shard }) as const),
  ]);
  return mended + unfinished.length;
}

async function sweepBatch(ports: DeterminationSweep, scope: Scope): Promise<number> {
  const active = await ports.batches.active(scope);
  const batch = active && (await ports.batches.load(active.batchId));
  if (!batch || (batch.state !== 'proposing' && batch.state !== 'applying')) return 0;
  const phase = batch.state === 'proposing' ? 'PROPOSED' : 'APPLIED';
  const { batchId } = batch.manifest;
  const done = await ports.batches.shards(batchId, phase);
  if (!(await ports.sweeps.stands(`batch ${batchId}`, `${phase} ${done.size}`))) return 0;
  const open = await sendShards(ports, batch, phase);
  if (open === 0) await (phase === 'PROPOSED' ? concludeProposing : concludeApplying)(ports, batchId);
  return 1;
}
