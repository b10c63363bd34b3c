import { describe, expect, it } from 'vitest';
import { BuildFiles, ComputeShard } from '../../events/run.ts';

const build = (runId: string) => BuildFiles.safeParse({ type: 'run.build-files', version: 1, runId }).success;

describe('a message about a run', () => {
  it.each(['110199.high-age.2026-12.R.1', '110199.high-age.2026-Q4.S12.99'])('takes %s', (runId) => {
    expect(build(runId)).toBe(true);
  });

  it.each([
    '110199.high-age.2026-13.R.1',
    '110199.high-age.2026-1.R.1',
    '110199.high-age.2026-QQ.R.1',
    '110199.high-age.2026-12.S0.1',
    '110199.high-age.2026-12.R.0',
    '110199.high-age.2026-12.R.1 ',
  ])('refuses %j, which is no run', (runId) => {
    expect(build(runId)).toBe(false);
  });

  it('of a shard names the revision and the shard', () => {
    const message = { type: 'run.compute-shard', version: 1, runId: '110199.high-age.2026-12.R.1' };
    expect(ComputeShard.safeParse({ ...message, revision: 1, shard: '00-0f' }).success).toBe(true);
    for (const wrong of [{ revision: 1 }, { shard: '00-0f' }, { revision: 1, shard: '0-f' }])
      expect(ComputeShard.safeParse({ ...message, ...wrong }).success).toBe(false);
  });
});
