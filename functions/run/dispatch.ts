import { invariant } from '../../domain/result.ts';
import { concludeVerification, type ShardCheck } from '../../domain/run/money-commands.ts';
import type { Run } from '../../domain/run/run.ts';
import { BuildFiles, DispatchMessage, ReleaseShard, VerifyShard } from '../../events/run.ts';
import type { PolicyStore } from '../adapters/policy-store.ts';
import { RecoveryStore } from '../adapters/recovery-store.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import { type Log, type QueueHandler, queueHandler } from '../middleware/queue.ts';
import { type Environment, processEnvironment, registerFrom, tableFrom } from '../wiring.ts';
import { policiesFrom, type RunPorts, runPortsFrom } from './ports.ts';
import { releaseShard, type ShardReleased } from './release-shard.ts';
import { answerOnce, shardOf } from './shards.ts';
import { checkShard } from './verify-shard.ts';

export type DispatchPorts = RunPorts & {
  readonly register: RegisterStore;
  readonly recoveries: RecoveryStore;
  readonly policies: PolicyStore;
};

/** Verifies or releases one shard. A message for a phase that is over does nothing; the last shard of a phase concludes it. */
export async function dispatchShard(ports: DispatchPorts, message: DispatchMessage, log: Log): Promise<void> {
  const run = await ports.runs.load(message.runId);
  invariant(run, `a message about a run without acts: ${message.runId}`);
  const due = message.type === 'run.verify-shard' ? 'verifying' : 'releasing';
  if (run.state !== due || run.revision !== message.revision) {
    log.info('this phase is over', { runId: run.runId, revision: message.revision, state: run.state });
    return;
  }
  const shard = shardOf(run, message.shard);
  if (due === 'verifying') {
    await answerOnce(ports, run, ['CHECK', run.sequence, shard], () => checkShard(ports, run, shard));
    await concludeChecks(ports, run);
  } else {
    await answerOnce(ports, run, ['RELEASED', run.revision, shard], () => releaseShard(ports, run, shard));
    await concludeRelease(ports, run);
  }
}

/** Checks are kept per start of dispatch (the act's number): an earlier start that failed says nothing about this one. */
export async function concludeChecks(ports: RunPorts, run: Run): Promise<void> {
  const checks = await ports.runs.shards<ShardCheck>(run.runId, 'CHECK', run.sequence);
  const all = run.manifest.shards.flatMap(({ shard }) => checks.get(shard) ?? []);
  if (all.length < run.manifest.shards.length) return;
  const after = await ports.runs.act(
    run.runId,
    (now) =>
      now.state === 'verifying' && now.sequence === run.sequence ? concludeVerification(now, all) : undefined,
    { at: ports.clock.now(), by: 'system' },
  );
  if (after.ok && after.value.state === 'releasing') await sendRelease(ports, after.value);
}

export async function concludeRelease(ports: RunPorts, run: Run): Promise<void> {
  const released = await ports.runs.shards<ShardReleased>(run.runId, 'RELEASED', run.revision);
  if (run.manifest.shards.every(({ shard }) => released.has(shard))) {
    await ports.queues.send('files', BuildFiles, { type: 'run.build-files', version: 1, runId: run.runId });
  }
}

export async function sendVerify(
  ports: Pick<RunPorts, 'queues'>,
  run: Run,
  only?: readonly string[],
): Promise<void> {
  const messages = shardsOf(run, only).map(
    (shard): VerifyShard => ({
      type: 'run.verify-shard',
      version: 1,
      runId: run.runId,
      revision: run.revision,
      shard,
    }),
  );
  await ports.queues.sendAll('dispatch', VerifyShard, messages);
}

export async function sendRelease(
  ports: Pick<RunPorts, 'queues'>,
  run: Run,
  only?: readonly string[],
): Promise<void> {
  const messages = shardsOf(run, only).map(
    (shard): ReleaseShard => ({
      type: 'run.release-shard',
      version: 1,
      runId: run.runId,
      revision: run.revision,
      shard,
    }),
  );
  await ports.queues.sendAll('dispatch', ReleaseShard, messages);
}

function shardsOf(run: Run, only: readonly string[] | undefined): string[] {
  return run.manifest.shards.map(({ shard }) => shard).filter((shard) => !only || only.includes(shard));
}

export function dispatchPortsFrom(env: Environment = processEnvironment()): DispatchPorts {
  const recoveries = new RecoveryStore(tableFrom('operations', env));
  return { ...runPortsFrom(env), register: registerFrom(env), recoveries, policies: policiesFrom(env) };
}

export function dispatchHandler(ports: () => DispatchPorts): QueueHandler {
  return queueHandler(DispatchMessage, (message, { log }) => dispatchShard(ports(), message, log));
}

let ports: DispatchPorts | undefined;
// Pure: who imports another part of this module does not bundle its handler.
export const handler = /* @__PURE__ */ dispatchHandler(() => (ports ??= dispatchPortsFrom()));
