import { PIPE_GB18030 } from '../../domain/bank/layout.ts';
import { addMonths, type Month, monthsOfPeriod, type Period } from '../../domain/calendar.ts';
import { type OpeningPlan, openingRound, type UsedBudget } from '../../domain/go-live/opening.ts';
import type { JurisdictionCode, ProgrammeId } from '../../domain/ids.ts';
import { runPolicy } from '../../domain/policy/run-parameters.ts';
import { relatedProgrammes } from '../../domain/programmes/stacking-rules.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import { planShards, type RunIdentity, type RunManifest, runIdOf } from '../../domain/run/manifest.ts';
import type { Run } from '../../domain/run/run.ts';
import type { ImportStatus } from '../adapters/import-store.ts';
import type { LivePointer } from '../adapters/run-store.ts';
import { paysByMonth } from '../run/rounds.ts';
import { begin, claimActive, SHARD_COUNT, type StartPorts, startedElsewhere } from '../run/start.ts';
import type { ParallelRequest } from './parallel-run.ts';
import { isOpening, openedMonths, postedOpenings } from './posted-openings.ts';

/** What is asked for: a sheet that was imported, and what was used of the budget before go-live. */
export type OpeningRequest = {
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  readonly imported: ImportStatus;
  readonly usedBudget: readonly UsedBudget[];
  readonly by: string;
  readonly request?: string;
};

/** Openings, beside what staff do to runs of any kind. */
export type Openings = {
  readonly startOpening: (request: OpeningRequest) => Promise<Result<Run>>;
  readonly startParallel: (request: ParallelRequest) => Promise<Result<Run>>;
};

/**
 * 期初入账: a run of its own kind over the staged rows of an import. It goes through review, control totals and the approval chain
 * like any other, and holds the programme while it does: no payment run starts before it is posted or void. Nothing is in the ledger
 * before the last signature.
 *
 * Refusals: `invalid/not-monthly`, `conflict/import-not-done`, `conflict/rows-rejected`, `conflict/opening-posted`, `conflict/run-active`, and those of the
 * policy book.
 */
export async function startOpening(ports: StartPorts, request: OpeningRequest): Promise<Result<Run>> {
  const { jurisdiction, programme, imported, by } = request;
  const monthly = paysByMonth(programme);
  if (!monthly.ok) return monthly;
  const wrong = notReady(imported);
  if (wrong) return refuse(wrong);
  const pointers = await ports.runs.livePointers({ jurisdiction, programme });
  const before = await earlierOpenings(ports, pointers);
  const mine = before.find(({ manifest }) => manifest.opening?.importId === imported.importId);
  if (mine && mine.state !== 'void') return ok(mine);
  const number = Math.max(0, ...before.map(({ manifest }) => manifest.opening?.number ?? 0)) + 1;
  const period = ports.clock.today().slice(0, 7);
  const identity: RunIdentity = { jurisdiction, programme, period, round: openingRound(number) };
  const runId = runIdOf(identity, 1);
  const posted = await postedOpenings(ports, pointers);
  const manifest = await planOpening(ports, identity, {
    importId: imported.importId,
    rows: imported.counts.accepted,
    number,
    through: lastMonthBefore(period, await regularPeriods(ports, pointers)),
    openedMonths: [...new Set(posted.flatMap(openedMonths))].sort(),
    usedBudget: request.usedBudget,
  });
  if (!manifest.ok) return manifest;
  await ports.sweeps.remember(identity);
  const claimed = await claimActive(ports, identity, runId, by);
  if (!claimed.ok) return claimed;
  const live = await ports.runs.livePointer(identity);
  if (!live && (await ports.runs.setLive(identity, runId, 0)) === 'conflict')
    return refuse(startedElsewhere());
  return begin(ports, manifest.value, by, request.request);
}

/** Every opening that has begun, void ones included: a number is used once, whatever became of it. */
async function earlierOpenings(ports: StartPorts, pointers: readonly LivePointer[]): Promise<Run[]> {
  const runs = await Promise.all(pointers.filter(isOpening).map(({ runId }) => ports.runs.load(runId)));
  return runs.flatMap((run) => run ?? []);
}

/**
 * Periods of regular runs that were sent, or may be before the opening has its place: one that is under way refuses it then. A run
 * that is void, or whose start died, paid nothing.
 */
async function regularPeriods(ports: StartPorts, pointers: readonly LivePointer[]): Promise<Period[]> {
  const regular = pointers.filter(({ round }) => round === 'R');
  const runs = await Promise.all(regular.map(({ runId }) => ports.runs.load(runId)));
  return runs.flatMap((run) => (run && run.state !== 'void' ? [run.manifest.period] : []));
}

/** Months from the first that a run paid on are the ledger's own; before any run, those that have begun may be opened. */
function lastMonthBefore(current: Month, paid: readonly Period[]): Month {
  const [first] = paid.flatMap(monthsOfPeriod).sort();
  return first === undefined ? current : addMonths(first, -1);
}

function notReady({ state, counts, request }: ImportStatus): Refusal | undefined {
  if (request.kind !== 'opening' || state !== 'done' || counts.accepted === 0) {
    return refusal(
      'conflict/import-not-done',
      '该导入不是已完成的期初表：请等待导入完成，或重新上传期初表',
      'this is not an opening sheet that was imported: wait until it is done, or upload the sheet again',
      { kind: request.kind, state },
    );
  }
  if (counts.rejected === 0) return undefined;
  return refusal(
    'conflict/rows-rejected',
    `期初表有 ${counts.rejected} 行未能读入：请按错误清单改正后，把整张表重新导入`,
    `${counts.rejected} rows of the opening sheet were rejected: correct them and import the whole sheet again`,
    { rejected: counts.rejected },
  );
}

async function planOpening(
  ports: StartPorts,
  identity: RunIdentity,
  opening: OpeningPlan,
): Promise<Result<RunManifest>> {
  const frozen = await ports.policies.freeze();
  if (!frozen.ok) return frozen;
  const knownOn = ports.clock.today();
  const policy = runPolicy(frozen.value.book, { ...identity, knownOn }, identity.period);
  if (!policy.ok) return policy;
  const { historyFrom, approvalChain, payerAccount } = policy.value;
  const related = relatedProgrammes(frozen.value.book, { ...identity, knownOn }, identity.programme);
  return ok({
    ...identity,
    ...(related && { related }),
    runId: runIdOf(identity, 1),
    months: [],
    policyHash: frozen.value.hash,
    knownOn,
    cutOff: ports.clock.now(),
    earlierPeriods: [],
    historyFrom,
    approvalChain,
    payerAccount,
    shards: planShards(SHARD_COUNT),
    codeVersion: ports.settings.codeVersion,
    layout: PIPE_GB18030.id,
    payDate: knownOn,
    fiscalYear: knownOn.slice(0, 4),
    demoMode: ports.settings.demoMode,
    opening,
  });
}
