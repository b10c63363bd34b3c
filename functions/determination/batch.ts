import { type Month, monthOf, type PlainDate } from '../../domain/calendar.ts';
import { approveBatch, type Batch, voidBatch } from '../../domain/determination/batch.ts';
import type { BatchManifest } from '../../domain/determination/standard-change.ts';
import { programmeById } from '../../domain/programmes/index.ts';
import { invariant, ok, type Result, refusal, refuse } from '../../domain/result.ts';
import { planShards } from '../../domain/run/manifest.ts';
import { type BatchStore, noBatch } from '../adapters/batch-store.ts';
import type { Scope } from '../adapters/sweep-store.ts';
import { isAbandoned } from '../instants.ts';
import { sendShards } from './batch-conclude.ts';
import type { DeterminationPorts } from './ports.ts';
import { historyFromOf } from './work-out.ts';

export type BatchPorts = DeterminationPorts & { readonly batches: BatchStore };

/** As many as a run has: a district's households are spread over parallel workers. */
const SHARD_COUNT = 16;

/** What a change of standard is started with. `through` is the month of the next payment, this month by default. */
export type BatchStart = {
  readonly document: string;
  readonly issuedOn: PlainDate;
  readonly through?: Month | undefined;
};

/**
 * Starts a batch re-determination: freezes policy and cut-off, and fans out by shard. One batch of a programme at a time. Asked
 * again under the same name it is the same batch.
 *
 * Refusals: `invalid/programme`, `policy/not-by-decision`, `invalid/issue-date`, `conflict/batch-active`, those of the policy book.
 */
export async function startBatch(
  ports: BatchPorts,
  scope: Scope,
  start: BatchStart,
  { by, request }: { readonly by: string; readonly request: string },
): Promise<Result<Batch>> {
  const batchId = `sc-${request}`;
  const before = await ports.batches.load(batchId);
  if (before) return ok(before);
  const manifest = await planBatch(ports, scope, start, batchId);
  if (!manifest.ok) return manifest;
  const claimed = await claim(ports, scope, batchId);
  if (!claimed.ok) return claimed;
  await ports.sweeps.remember(scope);
  await ports.batches.list(scope, batchId);
  const act = {
    kind: 'started',
    manifest: manifest.value,
    request,
    sequence: 1,
    at: ports.clock.now(),
    by,
  } as const;
  await ports.batches.append(batchId, act);
  const batch = await ports.batches.load(batchId);
  invariant(batch, 'a batch that was just started');
  await sendShards(ports, batch, 'PROPOSED');
  return ok(batch);
}

async function planBatch(
  ports: BatchPorts,
  scope: Scope,
  { document, issuedOn, through }: BatchStart,
  batchId: string,
): Promise<Result<BatchManifest>> {
  const programme = programmeById(scope.programme);
  if (!programme.ok) return programme;
  if (!programme.value.propose) return refuse(notByDecision(scope.programme));
  const knownOn = ports.clock.today();
  if (issuedOn > knownOn) return refuse(notIssuedYet(issuedOn, knownOn));
  const cutOff = new Date(
    Date.parse(ports.clock.now()) - ports.settings.cutOffMarginSeconds * 1000,
  ).toISOString();
  const frozen = await ports.policies.freeze();
  if (!frozen.ok) return frozen;
  const month = through ?? monthOf(knownOn);
  const historyFrom = historyFromOf(frozen.value.book, scope, month, knownOn);
  if (!historyFrom.ok) return historyFrom;
  return ok({
    batchId,
    ...scope,
    document,
    issuedOn,
    through: month,
    policyHash: frozen.value.hash,
    knownOn,
    cutOff,
    historyFrom: historyFrom.value,
    shards: planShards(SHARD_COUNT),
    codeVersion: ports.settings.codeVersion,
  });
}

/**
 * The active batch gives way once it is applied or void, and a claim without a batch once it is abandoned. A start made again claims
 * anew, so that nobody who thought it dead takes its place while it goes on.
 */
async function claim(ports: BatchPorts, scope: Scope, batchId: string): Promise<Result<true>> {
  const active = await ports.batches.active(scope);
  const at = ports.clock.now();
  if (active && active.batchId !== batchId) {
    const other = await ports.batches.load(active.batchId);
    const ended = other ? other.state === 'applied' || other.state === 'void' : isAbandoned(active.at, at);
    if (!ended) return refuse(batchActive(active.batchId));
  }
  if ((await ports.batches.setActive(scope, { batchId, at }, active)) === 'written') return ok(true);
  const faster = (await ports.batches.active(scope))?.batchId ?? '';
  return faster === batchId ? ok(true) : refuse(batchActive(faster));
}

/** Approved once for the hash that was read, then applied by shard. Refusals: those of `approveBatch`, `missing/batch`. */
export async function approveStandardChange(
  ports: BatchPorts,
  scope: Pick<Scope, 'jurisdiction'>,
  batchId: string,
  seen: { readonly hash: string; readonly document: string; readonly decidedOn: PlainDate },
  by: string,
): Promise<Result<Batch>> {
  const found = await batchInScope(ports, scope, batchId);
  if (!found.ok) return found;
  const { approval, manifest } = found.value;
  const mine = approval?.by === by && approval.document === seen.document && found.value.hash === seen.hash;
  const approved = mine
    ? found
    : await ports.batches.act(
        manifest.batchId,
        (batch) => approveBatch(batch, seen, by, ports.clock.today()),
        { at: ports.clock.now(), by },
      );
  if (approved.ok && approved.value.state === 'applying') await sendShards(ports, approved.value, 'APPLIED');
  return approved;
}

/** Asked again by the same person with the same reason it is the same void. Refusals: those of `voidBatch`, `missing/batch`. */
export async function voidStandardChange(
  ports: Pick<BatchPorts, 'batches' | 'clock'>,
  scope: Pick<Scope, 'jurisdiction'>,
  batchId: string,
  reason: string,
  by: string,
): Promise<Result<Batch>> {
  const found = await batchInScope(ports, scope, batchId);
  if (!found.ok) return found;
  const stamp = { at: ports.clock.now(), by };
  const isDone = (batch: Batch) => batch.voidedBy === by && batch.reason === reason;
  return ports.batches.act(batchId, (batch) => (isDone(batch) ? undefined : voidBatch(batch, reason)), stamp);
}

/** A batch of another place or programme does not exist from here. */
export async function batchInScope(
  { batches }: Pick<BatchPorts, 'batches'>,
  { jurisdiction }: Pick<Scope, 'jurisdiction'>,
  batchId: string,
): Promise<Result<Batch>> {
  const batch = await batches.load(batchId);
  return batch?.manifest.jurisdiction === jurisdiction ? ok(batch) : refuse(noBatch(batchId));
}

const notByDecision = (programme: string) =>
  refusal(
    'policy/not-by-decision',
    '该项目按规则逐月计发，标准变动由批次直接计算补发，不作批量调标',
    'this programme follows from rules: a run finds the difference by itself, and there is no batch',
    { programme },
  );

const notIssuedYet = (issuedOn: PlainDate, today: PlainDate) =>
  refusal(
    'invalid/issue-date',
    `文件印发日期 ${issuedOn} 晚于今天 ${today}`,
    `the document’s day of issue ${issuedOn} is after today, ${today}`,
    { issuedOn, today },
  );

const batchActive = (batchId: string) =>
  refusal(
    'conflict/batch-active',
    '该项目另有批量调标尚未执行完毕：请先批准或作废',
    'another batch of this programme is not finished: approve or void it first',
    { batchId },
  );
