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

/** Reads something of each of the 256 buckets, in bucket order. */
export async function ofAllBuckets<T>(read: (bucket: string) => Promise<readonly T[]>): Promise<T[]> {
  const buckets = Array.from({ length: BUCKET_COUNT }, (_, index) => bucketName(index));
  return (await mapBounded(buckets, READS_AT_ONCE, read)).flat();
}

/** The bucket in which everything of an enrolment lies. */
export function bucketOfEnrolment(enrolment: EnrolmentId): Bucket {
  return bucketOf(sha256Hex, subjectOf(enrolment));
}
