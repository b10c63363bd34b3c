import { BUCKET_COUNT, bucketName } from '../../domain/ids.ts';
import type { Run } from '../../domain/run/run.ts';
import { mapBounded } from '../concurrency.ts';

const READS_AT_ONCE = 16;

/** Reads something of each of the 256 buckets, in bucket order. */
export async function ofAllBuckets<T>(read: (bucket: string) => Promise<readonly T[]>): Promise<T[]> {
  const buckets = Array.from({ length: BUCKET_COUNT }, (_, index) => bucketName(index));
  return (await mapBounded(buckets, READS_AT_ONCE, read)).flat();
}

/** The shards of a run that have not answered yet, in order. */
export function openShards(run: Run, answers: ReadonlyMap<string, unknown>): string[] {
  return run.manifest.shards.map(({ shard }) => shard).filter((shard) => !answers.has(shard));
}
