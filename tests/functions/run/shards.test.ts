import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InvariantError } from '../../../domain/result.ts';
import type { Run } from '../../../domain/run/run.ts';
import { answerOnce, openShards, shardOf } from '../../../functions/run/shards.ts';
import { computed, type Office } from './office.ts';
import { smallOffice } from './whole-month.ts';

let bureau: Office;
let run: Run;
beforeAll(async () => {
  bureau = await smallOffice();
  run = await computed(bureau);
});
afterAll(() => bureau.stop());

describe('shards of a run', () => {
  it('are found by name, and a message about another is a mistake of ours', () => {
    expect(shardOf(run, '50-5f')).toEqual({ shard: '50-5f', first: 80, last: 95 });
    expect(() => shardOf(run, '50-60')).toThrow(InvariantError);
  });

  it('are worked out once: what is written stays as it is', async () => {
    const place = ['CHECK', 7, shardOf(run, '50-5f')] as const;
    const worked: number[] = [];
    for (const count of [1, 2]) {
      await answerOnce(bureau.ports, run, place, async () => {
        worked.push(count);
        return { count };
      });
    }
    expect(worked).toEqual([1]);
    const answers = await bureau.ports.runs.shards(run.runId, 'CHECK', 7);
    expect([...answers]).toEqual([['50-5f', { count: 1 }]]);
    expect(openShards(run, answers)).toEqual(
      run.manifest.shards.map(({ shard }) => shard).filter((shard) => shard !== '50-5f'),
    );
    // Another start of the same phase knows nothing of it.
    expect(openShards(run, await bureau.ports.runs.shards(run.runId, 'CHECK', 8))).toHaveLength(16);
  });
});
