import type { RunState } from '../../domain/run/run.ts';
import type { RunStore } from '../adapters/run-store.ts';
import type { Scope } from '../adapters/sweep-store.ts';

const ENDED: readonly RunState[] = ['dispatched', 'closed', 'void'];

/** From then on a run pays nothing more that it has not released. */
export const hasEnded = (state: RunState): boolean => ENDED.includes(state);

/** The run between start and dispatch; one that is just being started, too: its pointer is written before it is, and outlives it. */
export async function activeRunId(
  runs: Pick<RunStore, 'activePointer' | 'load'>,
  scope: Scope,
): Promise<string | undefined> {
  const active = await runs.activePointer(scope);
  if (!active) return undefined;
  const run = await runs.load(active.runId);
  return run && hasEnded(run.state) ? undefined : active.runId;
}
