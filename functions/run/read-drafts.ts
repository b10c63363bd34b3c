import { type Bucket, type PaymentId, parsePaymentId } from '../../domain/ids.ts';
import type { Draft, DraftedShard } from '../../domain/run/draft.ts';
import { bucketsOf, type Shard } from '../../domain/run/manifest.ts';
import { draftedBuckets, draftedIn, type Run } from '../../domain/run/run.ts';
import { mapBounded } from '../concurrency.ts';
import { bucketOfEnrolment } from './buckets.ts';
import type { RunStores } from './ports.ts';

const READS_AT_ONCE = 16;

/**
 * Drafts of a shard in key order, by strong reads: what DONE, the signatures and dispatch all speak of. Only where DONE says that there are
 * any: the hash that was signed covers what lies there, and a bucket too few would not be what was signed. What lies elsewhere is no
 * draft of the run, for nobody. Apart from compute.ts, so that who sends money does not load what computes it.
 */
export async function readDrafts(ports: Pick<RunStores, 'drafts'>, run: Run, shard: Shard): Promise<Draft[]> {
  return (await inBuckets(ports, run, draftedIn(run, shard))).flat();
}

/** Every bucket of a shard just computed, with what DONE says of where its drafts lie. */
export async function readComputed(
  ports: Pick<RunStores, 'drafts'>,
  run: Run,
  shard: Shard,
): Promise<{ readonly drafts: readonly Draft[] } & Pick<DraftedShard, 'buckets'>> {
  const all = bucketsOf(shard);
  const found = await inBuckets(ports, run, all);
  const buckets = all.filter((_, index) => (found[index] ?? []).length > 0);
  return { drafts: found.flat(), ...(buckets.length < all.length && { buckets }) };
}

/** The draft of a payment, whichever attempt the run carries. */
export async function findDraft(
  { drafts }: Pick<RunStores, 'drafts'>,
  run: Run,
  payment: PaymentId,
): Promise<Draft | undefined> {
  const bucket = bucketOfEnrolment(parsePaymentId(payment).enrolment);
  if (!draftedBuckets(run).includes(bucket)) return undefined;
  return drafts.find(run.runId, run.draftRevision, bucket, payment);
}

const inBuckets = (
  { drafts }: Pick<RunStores, 'drafts'>,
  { runId, draftRevision }: Run,
  buckets: readonly Bucket[],
): Promise<Draft[][]> =>
  mapBounded(buckets, READS_AT_ONCE, (bucket) => drafts.ofBucket(runId, draftRevision, bucket));
