import type { Batch } from '../../domain/determination/batch.ts';
import type { ReviewTask } from '../../domain/determination/review.ts';
import type {
  BatchProposal,
  BatchRefusal,
  BatchShardDone,
} from '../../domain/determination/standard-change.ts';
import { BUCKET_COUNT, bucketName } from '../../domain/ids.ts';
import type { Result } from '../../domain/result.ts';
import type { EnrolmentAddress } from '../adapters/register-store.ts';
import type { Scope } from '../adapters/sweep-store.ts';
import type { Page, PageRequest } from '../run/pages.ts';
import {
  approveStandardChange,
  type BatchPorts,
  type BatchStart,
  batchInScope,
  startBatch,
  voidStandardChange,
} from './batch.ts';
import { type ListTasksPorts, openTasks } from './list-review-tasks.ts';
import { closeWithoutChange, type ReviewPorts } from './review-tasks.ts';

type By = { readonly by: string; readonly request: string };

/** What the HTTP operations need of review tasks and changes of standard. */
export type ReviewService = {
  readonly openTasks: (
    scope: Scope,
    asked: PageRequest & { readonly street?: string | undefined },
  ) => Promise<Page<ReviewTask>>;
  readonly closeTask: (
    address: EnrolmentAddress,
    seen: { readonly task: number; readonly causes: number },
    by: By & { readonly reason: string },
  ) => Promise<Result<ReviewTask>>;
  readonly startBatch: (scope: Scope, start: BatchStart, by: By) => Promise<Result<Batch>>;
  readonly batches: (scope: Scope) => Promise<readonly Batch[]>;
  readonly batch: (place: Pick<Scope, 'jurisdiction'>, batchId: string) => Promise<Result<Batch>>;
  /** Shards that have answered in the phase that the batch is in. */
  readonly progress: (batch: Batch) => Promise<{ readonly done: number; readonly of: number }>;
  readonly refusals: (batch: Batch) => Promise<readonly BatchRefusal[]>;
  /** Proposals after a bucket, whole buckets at a time until there are `limit`. */
  readonly proposals: (
    batch: Batch,
    page: { readonly limit: number; readonly afterBucket?: string },
  ) => Promise<{ readonly proposals: readonly BatchProposal[]; readonly next?: string }>;
  readonly approveBatch: (
    place: Pick<Scope, 'jurisdiction'>,
    batchId: string,
    seen: { readonly hash: string; readonly document: string; readonly decidedOn: string },
    by: string,
  ) => Promise<Result<Batch>>;
  readonly voidBatch: (
    place: Pick<Scope, 'jurisdiction'>,
    batchId: string,
    reason: string,
    by: string,
  ) => Promise<Result<Batch>>;
};

export function reviewService(ports: BatchPorts & ReviewPorts & ListTasksPorts): ReviewService {
  const { batches } = ports;
  return {
    openTasks: (scope, asked) => openTasks(ports, scope, asked),
    closeTask: (address, seen, by) => closeWithoutChange(ports, address, seen, by),
    startBatch: (scope, start, by) => startBatch(ports, scope, start, by),
    batches: async (scope) => {
      const ids = await batches.listed(scope);
      const loaded = await Promise.all(ids.map((id) => batches.load(id)));
      return loaded
        .filter((batch) => batch !== undefined)
        .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
    },
    batch: (place, batchId) => batchInScope(ports, place, batchId),
    progress: async ({ manifest, state }) => {
      const phase = state === 'applying' || state === 'applied' ? 'APPLIED' : 'PROPOSED';
      const done = await batches.shards(manifest.batchId, phase);
      return { done: done.size, of: manifest.shards.length };
    },
    refusals: async ({ manifest }) => {
      const done = await batches.shards<BatchShardDone>(manifest.batchId, 'PROPOSED');
      return [...done.values()].flatMap(({ refusals }) => refusals);
    },
    proposals: async ({ manifest }, { afterBucket, limit }) => {
      const found: BatchProposal[] = [];
      for (let index = 0; index < BUCKET_COUNT; index += 1) {
        const bucket = bucketName(index);
        if (afterBucket !== undefined && bucket <= afterBucket) continue;
        found.push(...(await batches.proposals(manifest.batchId, bucket)));
        if (found.length >= limit && index < BUCKET_COUNT - 1) return { proposals: found, next: bucket };
      }
      return { proposals: found };
    },
    approveBatch: (place, batchId, seen, by) => approveStandardChange(ports, place, batchId, seen, by),
    voidBatch: (place, batchId, reason, by) => voidStandardChange(ports, place, batchId, reason, by),
  };
}
