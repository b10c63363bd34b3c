import type { Bucket } from '../../domain/ids.ts';
import type { Draft, DraftedShard } from '../../domain/run/draft.ts';
import { bucketsOf, type Shard } from '../../domain/run/manifest.ts';
import { draftedIn, type Run } from '../../domain/run/run.ts';
import { mapBounded } from '../concurrency.ts';
import type { RunStores } from './ports.ts';

const READS_AT_ONCE = 16;

/**
 * Drafts of a shard in key order, by strong reads: what DONE, the signatures and dispatch all speak of. Only where DONE says that there are
 * any: the hash that was signed covers what lies there, and a bucket too few would not be what was signed. Apart from compute.ts, so
 * that who sends money does not load what computes it.
 */
export async function readDrafts(ports: Pick<RunStores, 'drafts'>, run: Run, shard: Shard): Promise<Draft[]> {
  return (await ofBuckets(ports, run, draftedIn(run, shard))).flat();
}

/** Every bucket of a shard just computed, with what DONE says of where its drafts lie. */
export async function readComputed(
  ports: Pick<RunStores, 'drafts'>,
  run: Run,
  shard: Shard,
): Promise<{ readonly drafts: readonly Draft[] } & Pick<DraftedShard, 'buckets'>> {
  const all = bucketsOf(shard);
  const found = await ofBuckets(ports, run, all);
  const buckets = all.filter((_, index) => (found[index] ?? []).length > 0);
  return { drafts: found.flat(), ...(buckets.length < all.length && { buckets }) };
}

const ofBuckets = (
  { drafts }: Pick<RunStores, 'drafts'>,
  { runId, draftRevision }: Run,
  buckets: readonly Bucket[],
): Promise<Draft[][]> =>
  mapBounded(buckets, READS_AT_ONCE, (bucket) => drafts.ofBucket(runId, draftRevision, bucket));
