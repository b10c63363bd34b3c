import {
  BUCKET_COUNT,
  type Bucket,
  bucketName,
  bucketOf,
  type EnrolmentId,
  subjectOf,
} from '../../domain/ids.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import { mapBounded } from '../concurrency.ts';

const READS_AT_ONCE = 16;

/** All 256, in order. */
export const ALL_BUCKETS: readonly Bucket[] = Array.from({ length: BUCKET_COUNT }, (_, index) =>
  bucketName(index),
);

/** Reads something of each of these buckets, in their order. */
export async function ofBuckets<T>(
  buckets: readonly Bucket[],
  read: (bucket: Bucket) => Promise<readonly T[]>,
): Promise<T[]> {
  return (await mapBounded(buckets, READS_AT_ONCE, read)).flat();
}

/** The bucket in which everything of an enrolment lies. */
export function bucketOfEnrolment(enrolment: EnrolmentId): Bucket {
  return bucketOf(sha256Hex, subjectOf(enrolment));
}
