import { describe, expect, it } from 'vitest';
import { canonicalJson, type Json } from '../../../domain/canonical.ts';
import { BUCKET_COUNT } from '../../../domain/ids.ts';
import { InvariantError } from '../../../domain/result.ts';
import {
  bucketsOf,
  manifestHash,
  parseRunId,
  planShards,
  type RunManifest,
  runIdOf,
} from '../../../domain/run/manifest.ts';
import { codeOf, manifestOf, must, sha256 } from './samples.ts';

describe('shards', () => {
  it.each([1, 2, 4, 8, 16, 64, 128, 256])('%d of them hold every bucket exactly once, in order', (count) => {
    const shards = planShards(count);
    expect(shards.length).toBe(count);
    const buckets = shards.flatMap(bucketsOf);
    expect(buckets.length).toBe(BUCKET_COUNT);
    expect(buckets).toEqual([...new Set(buckets)].sort());
  });

  it('are named by their ends', () => {
    expect(
      planShards(8)
        .map(({ shard }) => shard)
        .slice(0, 2),
    ).toEqual(['00-1f', '20-3f']);
    expect(planShards(1)[0]).toEqual({ shard: '00-ff', first: 0, last: 255 });
  });

  it.each([0, -2, 3, 100, 512])('%d of them do not divide the buckets', (count) => {
    expect(() => planShards(count)).toThrow(InvariantError);
  });
});

describe('run ids', () => {
  it.each([
    ['110199.high-age.2026-12.R.1', { period: '2026-12', round: 'R', start: 1 }],
    ['110199.high-age.2026-Q4.S1.2', { period: '2026-Q4', round: 'S1', start: 2 }],
    ['110199.high-age.2026-H1.S99.99', { period: '2026-H1', round: 'S99', start: 99 }],
    ['110199.high-age.2026-Y.R.10', { period: '2026-Y', round: 'R', start: 10 }],
  ])('%s', (text, parts) => {
    const read = must(parseRunId(text));
    expect(read).toEqual({ jurisdiction: '110199', programme: 'high-age', ...parts });
    expect(runIdOf(read, read.start)).toBe(text);
  });

  it.each([
    '',
    '110199.high-age.2026-12.R',
    '110199.high-age.2026-12.R.0',
    '110199.high-age.2026-12.R.100',
    '110199.high-age.2026-12.S0.1',
    '110199.high-age.2026-12.S100.1',
    '110199.high-age.2026-12.X.1',
    '110199.high-age.2026-00.R.1',
    '110199.high-age.2026-13.R.1',
    '110199.high-age.2026-Q5.R.1',
    '110199.high-age.2026-1.R.1',
    '11019.high-age.2026-12.R.1',
    '110199.HighAge.2026-12.R.1',
    ' 110199.high-age.2026-12.R.1',
    '110199.high-age.2026-12.R.1.1',
  ])('%j is no run', (text) => {
    expect(codeOf(parseRunId(text))).toBe('missing/run');
  });
});

describe('manifest hash', () => {
  const manifest = manifestOf({
    previous: {
      runId: '110199.high-age.2026-11.R.1',
      period: '2026-11',
      cutOff: '2026-10-25T16:00:00.000Z',
      policyHash: 'b'.repeat(64),
    },
    earlierPeriods: ['2026-10', '2026-11'],
  });

  it('is the same for the same manifest, in whatever order its members are', () => {
    const reordered = Object.fromEntries(Object.entries(manifest).toReversed()) as RunManifest;
    expect(manifestHash(sha256, reordered)).toBe(manifestHash(sha256, manifest));
    expect(manifestHash(sha256, manifest)).toBe(
      sha256(`run-manifest.v1\n${canonicalJson(manifest as unknown as Json)}`),
    );
  });

  it.each(Object.keys(manifest) as (keyof RunManifest)[])('changes with %s', (key) => {
    const other = { ...manifest, [key]: key === 'demoMode' ? !manifest.demoMode : 'other' };
    expect(manifestHash(sha256, other as RunManifest)).not.toBe(manifestHash(sha256, manifest));
  });
});
