import { invariant } from '../../domain/result.ts';
import type { Shard } from '../../domain/run/manifest.ts';
import type { Run } from '../../domain/run/run.ts';
import type { Phase } from '../adapters/run-store.ts';
import type { RunPorts } from './ports.ts';

/** The shard that a message names. @throws InvariantError when the run has none of that name. */
export function shardOf(run: Run, name: string): Shard {
  const shard = run.manifest.shards.find((candidate) => candidate.shard === name);
  invariant(shard, `run ${run.runId} has no shard ${name}`);
  return shard;
}

/** The shards of a run that have not answered yet, in order. */
export function openShards(run: Run, answers: ReadonlyMap<string, unknown>): string[] {
  return run.manifest.shards.map(({ shard }) => shard).filter((shard) => !answers.has(shard));
}

/** Works out a shard's absolute answer in a phase and writes it, unless it is there: a message comes twice, the work is done once. */
export async function answerOnce(
  { runs }: Pick<RunPorts, 'runs'>,
  { runId }: Run,
  [phase, number, { shard }]: readonly [phase: Phase, number: number, shard: Shard],
  work: () => Promise<object>,
): Promise<void> {
  const answers = await runs.shards(runId, phase, number);
  if (!answers.has(shard)) await runs.putShard(runId, phase, number, shard, await work());
}
