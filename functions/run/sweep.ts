import type { Context } from 'aws-lambda';
import { parseRunId } from '../../domain/run/manifest.ts';
import type { Run, RunState } from '../../domain/run/run.ts';
import { BuildFiles, ExportRequested, ResultReceived } from '../../events/run.ts';
import { BatchStore } from '../adapters/batch-store.ts';
import { DecidingCases } from '../adapters/deciding-cases.ts';
import { DecidingProjects } from '../adapters/deciding-projects.ts';
import type { GrantListStore } from '../adapters/grant-list-store.ts';
import { GrantMarks } from '../adapters/grant-marks.ts';
import { GrantWithdrawals } from '../adapters/grant-withdrawals.ts';
import { ImprestStore } from '../adapters/imprest-store.ts';
import { OpenEventStore } from '../adapters/open-event-store.ts';
import { PolicyProposalStore } from '../adapters/policy-proposal-store.ts';
import { ProposalStore } from '../adapters/proposal-store.ts';
import { RecoveryStore } from '../adapters/recovery-store.ts';
import type { Scope } from '../adapters/sweep-store.ts';
import { VentureStore } from '../adapters/venture-store.ts';
import { applyDecision, resolveEarlyReturns } from '../bank/apply-decision.ts';
import { sendChunks } from '../bank/results.ts';
import { sweepStatements } from '../bank/sweep-statements.ts';
import { sweepYearEnds } from '../budget/budget-desk.ts';
import { sweepDeterminations } from '../determination/sweep-determinations.ts';
import { sweepGrantLists } from '../grants/decide-grant-list.ts';
import { sweepWithdrawals } from '../grants/recover-withdrawn.ts';
import { sweepApplications } from '../grants/sweep-applications.ts';
import { sweepHouseholdEvents } from '../household/sweep-events.ts';
import { sweepImprest } from '../imprest/sweep-imprest.ts';
import { sweepCases } from '../matching/sweep-cases.ts';
import { sweepPolicy } from '../policy/sweep-policy.ts';
import { sweepRecoveries } from '../recovery/post-recovery.ts';
import {
  accountFilesFrom,
  grantListsFrom,
  type ImportServices,
  importStoreFrom,
} from '../register/import-services.ts';
import { sweepAccountFiles } from '../register/sweep-account-files.ts';
import { resendImport, unfinishedImports } from '../register/unfinished-imports.ts';
import { sweepRolls } from '../rolls/request-draw.ts';
import { sweepStreetReports } from '../street/sweep-reports.ts';
import { sweepBankDeaths } from '../unpaid/bank-deaths.ts';
import { sweepSurrenders } from '../unpaid/post-surrender.ts';
import { sweepProjects } from '../venture/sweep-projects.ts';
import { type Environment, processEnvironment, tableFrom } from '../wiring.ts';
import { type ActionPorts, releaseBudget, releaseEarlierYears } from './actions.ts';
import { concludeClosing, sendTallies } from './close.ts';
import { concludeComputation, endLeftEmpty, type ShardDone } from './compute.ts';
import { concludeChecks, sendRelease, sendVerify } from './dispatch.ts';
import { recordFundings } from './funding.ts';
import { applyOutsidePayment } from './outside-payments.ts';
import { policiesFrom, runPortsFrom } from './ports.ts';
import { needsRestating, sendRestatement, sweepReturns } from './restate-budget.ts';
import { Separately, scheduled } from './scheduled.ts';
import { openShards } from './shards.ts';
import { sendCompute, startRun } from './start.ts';
import { startGranted } from './start-granted.ts';

export type SweepPorts = ActionPorts & {
  readonly imports: Pick<ImportServices, 'imports' | 'accountFiles'>;
  readonly batches: BatchStore;
  readonly policyProposals: PolicyProposalStore;
  readonly openEvents: OpenEventStore;
  readonly decidingCases: DecidingCases;
  readonly proposals: ProposalStore;
  readonly grantMarks: GrantMarks;
  readonly grantLists: GrantListStore;
  readonly withdrawals: GrantWithdrawals;
  readonly recoveries: RecoveryStore;
  readonly imprest: ImprestStore;
  readonly ventureProjects: VentureStore;
  readonly decidingProjects: DecidingProjects;
};
export type SweepReport = { readonly looked: number; readonly mended: number };

/**
 * Derives the work that should be queued from the state alone, and queues again what has not moved since the last look. Every step
 * is idempotent, so that a needless message does no harm; a lost one, or a worker that died between two lines, is made good here.
 */
export async function sweep(ports: SweepPorts): Promise<SweepReport> {
  // What cannot be mended for one bureau or run must not keep the others from being mended; it is thrown at the end, for the alarm.
  const separately = new Separately();
  const apart = async <T>(work: () => Promise<T>, otherwise: T): Promise<T> =>
    (await separately.attempt(work)) ?? otherwise;
  let looked = 0;
  let mended = 0;
  for (const apartFromRuns of [
    sweepExports,
    sweepImports,
    sweepAccountFiles,
    sweepStreetReports,
    sweepHouseholdEvents,
    sweepCases,
    sweepApplications,
    sweepProjects,
    sweepGrantLists,
    sweepRolls,
    sweepWithdrawals,
    sweepBankDeaths,
    sweepStatements,
    sweepRecoveries,
    sweepPolicy,
  ])
    mended += await apart(() => apartFromRuns(ports), 0);
  for (const scope of await apart(() => ports.sweeps.scopes(), [])) {
    mended += await apart(async () => ((await finishStart(ports, scope)) ? 1 : 0), 0);
    mended += await apart(() => sweepDeterminations(ports, scope), 0);
    const granted = await apart(() => startGranted(ports, scope, 'at-once'), undefined);
    mended += granted && 'runId' in granted ? 1 : 0;
    mended += await apart(() => sweepSurrenders(ports, scope), 0);
    mended += await apart(() => sweepImprest(ports, scope), 0);
    mended += await apart(() => sweepReturns(ports, scope), 0);
    mended += await apart(() => sweepYearEnds(ports, scope), 0);
    for (const listed of await apart(() => listedRuns(ports, scope), [])) {
      looked += 1;
      mended += await apart(async () => ((await sweepListed(ports, listed)) ? 1 : 0), 0);
    }
  }
  separately.throwFailures();
  return { looked, mended };
}

async function sweepListed(
  ports: SweepPorts,
  { runId, sequence }: { runId: string; sequence: number },
): Promise<boolean> {
  const run = await ports.runs.load(runId);
  if (!run) return false;
  if (run.sequence !== sequence) await ports.runs.list(run);
  await releaseEarlierYears(ports, run);
  return sweepRun(ports, run);
}

/** Returns to a closed run come for weeks, not for years; for a void run a signer may have reserved just as it was voided. */
const ENDED: readonly RunState[] = ['closed', 'void'];
const ENDED_LOOKED_AT_DAYS = 120;

/** The runs on the list, and the active one, whose start may have died between its first act and the list. */
async function listedRuns(ports: SweepPorts, scope: Scope): Promise<{ runId: string; sequence: number }[]> {
  const listed = (await ports.runs.listings(scope.jurisdiction)).filter(
    ({ runId }) => parsedProgramme(runId) === scope.programme,
  );
  const oldest = new Date(Date.parse(ports.clock.now()) - ENDED_LOOKED_AT_DAYS * 86_400_000).toISOString();
  const active = await ports.runs.activePointer(scope);
  const unlisted = active && !listed.some(({ runId }) => runId === active.runId) ? [active.runId] : [];
  return [
    ...listed.filter(({ state, startedAt }) => !ENDED.includes(state) || startedAt >= oldest),
    ...unlisted.map((runId) => ({ runId, sequence: 0 })),
  ];
}

const parsedProgramme = (runId: string): string | undefined => {
  const parsed = parseRunId(runId);
  return parsed.ok ? parsed.value.programme : undefined;
};

/** A claimed programme without a first act is a start that died: it is finished under the same run id. */
async function finishStart(ports: SweepPorts, scope: Scope): Promise<boolean> {
  const pointer = await ports.runs.activePointer(scope);
  if (!pointer || (await ports.runs.load(pointer.runId))) return false;
  const identity = parseRunId(pointer.runId);
  if (!identity.ok || !(await ports.sweeps.stands(`start ${pointer.runId}`, String(pointer.version))))
    return false;
  const { street, by } = pointer;
  return (await startRun(ports, { ...identity.value, ...(street !== undefined && { street }) }, by)).ok;
}

async function sweepRun(ports: SweepPorts, run: Run): Promise<boolean> {
  switch (run.state) {
    case 'computing':
      return sweepComputing(ports, run);
    case 'verifying':
    case 'releasing':
      return sweepDispatch(ports, run);
    case 'review':
    case 'signing':
    case 'recompute-needed':
    case 'void':
      await recordFundings(ports, run);
      // A signer reserves a moment before the signature is written: only a reservation that stands is one left behind.
      if (await ports.sweeps.stands(`budget ${run.runId}`, String(run.sequence)))
        await releaseBudget(ports, run);
      await endLeftEmpty(ports, run);
      return false;
    case 'approved':
    case 'funding-requested':
    case 'funded':
      await recordFundings(ports, run);
      return false;
    case 'dispatched':
    case 'closed':
      return sweepResults(ports, run);
    default:
      return run.state satisfies never;
  }
}

async function sweepComputing(ports: SweepPorts, run: Run): Promise<boolean> {
  const done = await ports.runs.shards<ShardDone>(run.runId, 'DONE', run.draftRevision);
  if (!(await ports.sweeps.stands(run.runId, `compute ${run.draftRevision} ${done.size}`))) return false;
  const open = openShards(run, done);
  await (open.length > 0 ? sendCompute(ports, run, open) : concludeComputation(ports, run));
  return true;
}

async function sweepDispatch(ports: SweepPorts, run: Run): Promise<boolean> {
  await recordFundings(ports, run);
  const verifying = run.state === 'verifying';
  const done = await ports.runs.shards(
    run.runId,
    verifying ? 'CHECK' : 'RELEASED',
    verifying ? run.sequence : run.revision,
  );
  if (!(await ports.sweeps.stands(run.runId, `${run.state} ${run.sequence} ${done.size}`))) return false;
  const open = openShards(run, done);
  if (open.length > 0) await (verifying ? sendVerify(ports, run, open) : sendRelease(ports, run, open));
  else if (verifying) await concludeChecks(ports, run);
  else
    await ports.queues.send('files', BuildFiles, { type: 'run.build-files', version: 1, runId: run.runId });
  return true;
}

/** Results not read yet, chunks not matched, decisions not written, requests to close not answered. */
async function sweepResults(ports: SweepPorts, run: Run): Promise<boolean> {
  let mended = false;
  const { runId } = run;
  for (const job of await ports.results.jobs(runId)) {
    if (job.state !== 'received' || !(await ports.sweeps.stands(`${runId} ${job.resultId}`, job.state)))
      continue;
    const { resultId, objectKey } = job;
    await ports.queues.send('results', ResultReceived, {
      type: 'bank.result-received',
      version: 1,
      runId,
      resultId,
      objectKey,
    });
    mended = true;
  }
  for (const result of await ports.results.results(runId)) {
    const done = await ports.results.chunksDone(runId, result.sha256);
    const open = Array.from({ length: result.chunks }, (_, chunk) => chunk).filter(
      (chunk) => !done.has(chunk),
    );
    if (open.length === 0 || !(await ports.sweeps.stands(`${runId} ${result.sha256}`, `${done.size}`)))
      continue;
    await sendChunks(ports, runId, result.sha256, open);
    mended = true;
  }
  for (const exception of await ports.results.exceptions(runId)) await applyDecision(ports, run, exception);
  await resolveEarlyReturns(ports, run);
  for (const outside of await ports.outside.ofRun(runId)) await applyOutsidePayment(ports, run, outside);
  if ((await needsRestating(ports, runId)) && (await ports.sweeps.stands(`${runId} outside`, 'to count')))
    await sendRestatement(ports, runId);
  return (run.state === 'dispatched' && (await sweepClosing(ports, run))) || mended;
}

async function sweepClosing(ports: SweepPorts, run: Run): Promise<boolean> {
  const request = await ports.closings.request(run.runId);
  if (!request || request.refusal) return false;
  const tallies = await ports.closings.tallies(run.runId, request.request);
  if (!(await ports.sweeps.stands(run.runId, `close ${request.request} ${tallies.size}`))) return false;
  const open = openShards(run, tallies);
  await (open.length > 0
    ? sendTallies(ports, run, request.request, open)
    : concludeClosing(ports, run, request));
  return true;
}

async function sweepExports(ports: SweepPorts): Promise<number> {
  let mended = 0;
  for (const job of await ports.closings.exports()) {
    if (job.state === 'ready' || !(await ports.sweeps.stands(`export ${job.exportId}`, job.state))) continue;
    const { runId, exportId } = job;
    await ports.queues.send('exports', ExportRequested, {
      type: 'audit.export-requested',
      version: 1,
      runId,
      exportId,
    });
    mended += 1;
  }
  return mended;
}

async function sweepImports(ports: SweepPorts): Promise<number> {
  let mended = 0;
  for (const unfinished of await unfinishedImports(
    ports.imports.imports,
    ports.clock.now(),
    ports.clock.now(),
  )) {
    if (!(await ports.sweeps.stands(`import ${unfinished.request.importId}`, unfinished.lastProgressAt)))
      continue;
    await resendImport(ports.queues, unfinished);
    mended += 1;
  }
  return mended;
}

export function sweepPortsFrom(env: Environment = processEnvironment()): SweepPorts {
  return {
    ...runPortsFrom(env),
    policies: policiesFrom(env),
    imports: { imports: importStoreFrom(env), accountFiles: accountFilesFrom(env) },
    batches: new BatchStore(tableFrom('operations', env)),
    policyProposals: new PolicyProposalStore(tableFrom('operations', env)),
    openEvents: new OpenEventStore(tableFrom('operations', env)),
    decidingCases: new DecidingCases(tableFrom('operations', env)),
    proposals: new ProposalStore(tableFrom('operations', env)),
    grantLists: grantListsFrom(env),
    withdrawals: new GrantWithdrawals(tableFrom('operations', env)),
    grantMarks: new GrantMarks(tableFrom('operations', env)),
    recoveries: new RecoveryStore(tableFrom('operations', env)),
    imprest: new ImprestStore(tableFrom('operations', env)),
    ventureProjects: new VentureStore(tableFrom('operations', env)),
    decidingProjects: new DecidingProjects(tableFrom('operations', env)),
  };
}

let ports: SweepPorts | undefined;
/** Once a minute, and when a local host starts. */
export const handler: (event: unknown, context: Context) => Promise<SweepReport> = scheduled(() =>
  sweep((ports ??= sweepPortsFrom())),
);
