import type { Bucket } from '../../domain/ids.ts';
import type { Refusal } from '../../domain/result.ts';
import { invariant, ok } from '../../domain/result.ts';
import type { AssessedPayment } from '../../domain/run/assess-payment.ts';
import type { ShardSummary } from '../../domain/run/draft.ts';
import { voidLeftEmpty } from '../../domain/run/left-empty.ts';
import { bucketsOf, type RunManifest, type Shard } from '../../domain/run/manifest.ts';
import type { Run } from '../../domain/run/run.ts';
import { addUp, summarise } from '../../domain/run/summary.ts';
import { countUnusual } from '../../domain/run/unusual.ts';
import { ComputeShard } from '../../events/run.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { PolicyStore } from '../adapters/policy-store.ts';
import { RecoveryStore } from '../adapters/recovery-store.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import { mapBounded } from '../concurrency.ts';
import { type Log, type QueueHandler, queueHandler } from '../middleware/queue.ts';
import { type Environment, processEnvironment, registerFrom, tableFrom } from '../wiring.ts';
import { type LoadedCase, loadBucket } from './load-shard.ts';
import { policiesFrom, type RunStores, runStoresFrom } from './ports.ts';
import { readComputed } from './read-drafts.ts';
import { daysBefore } from './run-findings.ts';
import { answerOnce, shardOf } from './shards.ts';

/** DONE item of a shard: its totals, and the enrolments that could not be assessed, with the reason. */
export type ShardDone = { readonly summary: ShardSummary; readonly refusals: readonly EnrolmentRefusal[] };
export type EnrolmentRefusal = { readonly enrolment: string; readonly refusal: Refusal };

export type ComputePorts = RunStores & {
  readonly register: RegisterStore;
  readonly policies: PolicyStore;
  readonly recoveries: RecoveryStore;
};

const PUTS_AT_ONCE = 16;
/** Reasons kept per shard for people to read; all of them are counted. */
const REFUSALS_KEPT = 50;

/**
 * Assesses one shard: load, decide, record drafts, and as its last act one DONE item from a strong re-read. Whoever finds all
 * shards done concludes the computation. Delivered twice or after a crash it writes the same drafts again, which changes nothing.
 */
export async function computeShard(ports: ComputePorts, message: ComputeShard, log: Log): Promise<void> {
  const run = await ports.runs.load(message.runId);
  invariant(run, `a message about a run without acts: ${message.runId}`);
  if (run.state !== 'computing' || run.draftRevision !== message.revision) {
    log.info('this computation is over', { runId: run.runId, revision: message.revision });
    return;
  }
  if (run.manifest.codeVersion !== ports.settings.codeVersion) {
    await needRecompute(ports, run);
    return;
  }
  const shard = shardOf(run, message.shard);
  await answerOnce(ports, run, ['DONE', run.draftRevision, shard], () => assessShard(ports, run, shard));
  await concludeComputation(ports, run);
}

/** Another version of the code would compute something else: people decide when to compute again. */
async function needRecompute(ports: RunStores, run: Run): Promise<void> {
  const [now, then] = [ports.settings.codeVersion, run.manifest.codeVersion];
  const reason = `程序版本已由 ${then} 变为 ${now} / code version ${now} is not the ${then} of the run`;
  await ports.runs.act(
    run.runId,
    (current) =>
      current.state === 'computing' && current.draftRevision === run.draftRevision
        ? ok({ kind: 'recompute-needed', reason })
        : undefined,
    { at: ports.clock.now(), by: 'system' },
  );
}

async function assessShard(ports: ComputePorts, run: Run, shard: Shard): Promise<ShardDone> {
  const { manifest, draftRevision } = run;
  if (manifest.opening) return (await import('../go-live/draft-opening.ts')).draftOpening(ports, run, shard);
  // Rules and controls come with the first shard, so that a start does without them.
  const [{ assessPayment }, book] = await Promise.all([
    import('../../domain/run/assess-payment.ts'),
    ports.policies.book(manifest.policyHash),
  ]);
  const refusals: EnrolmentRefusal[] = [];
  const accountChangers = new Set<string>();
  const accountsChanged = new Set<string>();
  for (const bucket of bucketsOf(shard)) {
    const assessed: { payment: AssessedPayment; loaded: LoadedCase }[] = [];
    for (const loaded of await loadBucket(ports, manifest, bucket)) {
      const payment = assessPayment(book, manifest, loaded.case);
      if (payment.ok) assessed.push({ payment: payment.value, loaded });
      else refusals.push({ enrolment: loaded.case.enrolment.id, refusal: payment.error });
    }
    await record(
      ports,
      run,
      bucket,
      assessed.map(({ payment }) => payment),
    );
    for (const { payment, loaded } of assessed) {
      if (payment.drafts.every((draft) => draft.fen === 0)) continue;
      for (const changer of loaded.accountChangers) accountChangers.add(changer);
      if (isNewAccount(manifest, loaded)) accountsChanged.add(loaded.case.payee.key);
    }
  }
  const { drafts, ...where } = await readComputed(ports, run, shard);
  const summary = summarise(sha256Hex, shard.shard, draftRevision, drafts, {
    ...where,
    refused: countByCode(refusals),
    accountChangers: [...accountChangers].sort(),
    ...(manifest.controls?.runControls && { unusual: countUnusual(drafts, accountsChanged.size) }),
  });
  return { summary, refusals: refusals.slice(0, REFUSALS_KEPT) };
}

/** Changed in the days before the cut-off that policy looks at; a payee's first account is no change. */
function isNewAccount({ controls, cutOff }: RunManifest, { accountChangedAt }: LoadedCase): boolean {
  const days = controls?.runControls?.accountChanges?.days;
  return days !== undefined && accountChangedAt !== undefined && accountChangedAt >= daysBefore(cutOff, days);
}

async function record(
  ports: RunStores,
  run: Run,
  bucket: Bucket,
  payments: readonly AssessedPayment[],
): Promise<void> {
  const { manifest, runId, draftRevision } = run;
  const drafts = payments.flatMap((payment) => payment.drafts);
  await mapBounded(drafts, PUTS_AT_ONCE, (draft) => ports.drafts.put(runId, draftRevision, bucket, draft));
  if (manifest.parallel) return;
  const at = ports.clock.now();
  for (const { enrolment, proposals } of payments) {
    for (const proposal of proposals)
      await ports.followUps.propose(manifest, { ...proposal, enrolment, runId, at });
  }
}

function countByCode(refusals: readonly EnrolmentRefusal[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { refusal } of refusals) counts[refusal.code] = (counts[refusal.code] ?? 0) + 1;
  return counts;
}

/** Reads all DONE items strongly; with the last one there, the run goes to review. The act's number lets exactly one win. */
export async function concludeComputation(ports: RunStores, run: Run): Promise<void> {
  const done = await ports.runs.shards<ShardDone>(run.runId, 'DONE', run.draftRevision);
  const summaries = run.manifest.shards.flatMap(({ shard }) => done.get(shard)?.summary ?? []);
  if (summaries.length < run.manifest.shards.length) return;
  const shards = summaries.map(({ shard, hash, buckets }) => ({ shard, hash, ...(buckets && { buckets }) }));
  const after = await ports.runs.act(
    run.runId,
    (now) =>
      now.state === 'computing' && now.draftRevision === run.draftRevision
        ? ok({ kind: 'computed', revision: run.draftRevision, shards, totals: addUp(summaries) })
        : undefined,
    { at: ports.clock.now(), by: 'system' },
  );
  if (after.ok) await endLeftEmpty(ports, after.value);
}

/** A run that started by itself with nothing left to pay; by the sweeper where its writer died. */
export async function endLeftEmpty(ports: Pick<RunStores, 'runs' | 'clock'>, run: Run): Promise<void> {
  if (voidLeftEmpty(run))
    await ports.runs.act(run.runId, voidLeftEmpty, { at: ports.clock.now(), by: 'system' });
}

export function computePortsFrom(env: Environment = processEnvironment()): ComputePorts {
  const recoveries = new RecoveryStore(tableFrom('operations', env));
  return { ...runStoresFrom(env), register: registerFrom(env), policies: policiesFrom(env), recoveries };
}

export function computeHandler(ports: () => ComputePorts): QueueHandler {
  return queueHandler(ComputeShard, (message, { log }) => computeShard(ports(), message, log));
}

let ports: ComputePorts | undefined;
// Pure: who imports another part of this module does not bundle its handler.
export const handler = /* @__PURE__ */ computeHandler(() => (ports ??= computePortsFrom()));
