import type { Draft } from '../../domain/run/draft.ts';
import { bucketsOf, type RunManifest, type Shard } from '../../domain/run/manifest.ts';
import { mapBounded } from '../concurrency.ts';
import type { RunStores } from './ports.ts';

const READS_AT_ONCE = 16;

/**
 * Drafts of a shard in key order, by strong reads: what DONE, the signatures and dispatch all speak of. Apart from compute.ts, so that
 * who sends money does not load what computes it.
 */
export async function readDrafts(
  ports: Pick<RunStores, 'drafts'>,
  manifest: RunManifest,
  revision: number,
  shard: Shard,
): Promise<Draft[]> {
  const buckets = await mapBounded(bucketsOf(shard), READS_AT_ONCE, (bucket) =>
    ports.drafts.ofBucket(manifest.runId, revision, bucket),
  );
  return buckets.flat();
}
