import { cycleOf, monthsOfPeriod } from '../../domain/calendar.ts';
import type { PolicyBook } from '../../domain/policy/book.ts';
import { budgetOptions } from '../../domain/policy/budget-options.ts';
import type { PolicyScope } from '../../domain/policy/lookup.ts';
import {
  type GrantRunPolicy,
  grantRunPolicy,
  type RunPolicy,
  runPolicy,
} from '../../domain/policy/run-parameters.ts';
import { samePolicy } from '../../domain/policy/same-policy.ts';
import { RUN_RULES } from '../../domain/programmes/run-rules.ts';
import { relatedProgrammes } from '../../domain/programmes/stacking-rules.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import { applyAct } from '../../domain/run/fold-run.ts';
import {
  parseRunId,
  planShards,
  postsImprest,
  type RunIdentity,
  type RunManifest,
  runIdOf,
} from '../../domain/run/manifest.ts';
import type { Run } from '../../domain/run/run.ts';
import { ComputeShard } from '../../events/run.ts';
import type { PolicyStore } from '../adapters/policy-store.ts';
import { isOpening, openedMonths, postedOpenings } from '../go-live/posted-openings.ts';
import { isAbandoned, secondsBefore } from '../instants.ts';
import { rollsDrawn } from '../rolls/request-draw.ts';
import { planStreets, type StartIdentity, type StreetPorts } from '../street/plan-streets.ts';
import { hasEnded } from './active-run.ts';
import { bankFilesOfRun } from './bank-files-of-run.ts';
import { nextPayment, payByDay, plannedPayment } from './pay-days.ts';
import type { RunPorts } from './ports.ts';
import { howPaid, namedRound, noRegularRun, paysByOf } from './rounds.ts';
import { optionsOf } from './run-options.ts';

/** Shards of a run: enough to spread ten thousand enrolments over parallel workers, few enough to be cheap for a village. */
export const SHARD_COUNT = 16;

export type StartPorts = Pick<RunPorts, 'runs' | 'queues' | 'clock' | 'settings' | 'sweeps'> &
  StreetPorts & {
    readonly policies: PolicyStore;
  };

/**
 * Starts a run, or finishes a start that was cut short. Two pointers keep the identity single: the live pointer names the one run of
 * a period and round, the active pointer the one run of the programme between start and dispatched.
 *
 * Refusals: `invalid/period`, `invalid/round`, `invalid/programme`, `conflict/run-exists`, `conflict/run-active`,
 * those of `rollsDrawn`, and those of the policy book
 * (a month without policy names the gap).
 */
export async function startRun(
  ports: StartPorts,
  identity: StartIdentity,
  by: string,
  request?: string,
): Promise<Result<Run>> {
  const named = await namedRound(ports, identity, request);
  if (!named.ok) return named;
  return startNamed(ports, named.value, by, request);
}

async function startNamed(
  ports: StartPorts,
  identity: StartIdentity,
  by: string,
  request?: string,
): Promise<Result<Run>> {
  const live = await ports.runs.livePointer(identity);
  const standing = live && (await ports.runs.load(live.runId));
  if (standing && request !== undefined && standing.startedUpon === request) return ok(standing);
  if (standing && standing.state !== 'void') {
    return refuse(
      refusal('conflict/run-exists', '该项目本期本轮次已有批次', 'this period and round already has a run', {
        runId: standing.runId,
        state: standing.state,
      }),
    );
  }
  const start = live ? nextStart(live.runId, standing !== undefined) : 1;
  const runId = runIdOf(identity, start);
  const manifest = await planRun(ports, identity, runId);
  if (!manifest.ok) return manifest;
  await ports.sweeps.remember(identity);
  const drawn = await rollsDrawn(ports, identity, { runId, cutOff: manifest.value.cutOff, by });
  if (!drawn.ok) return drawn;
  const claimed = await claimActive(ports, identity, runId, by);
  if (!claimed.ok) return claimed;
  if (!live || live.runId !== runId) {
    const pointed = await ports.runs.setLive(identity, runId, live?.version ?? 0);
    if (pointed === 'conflict') return refuse(startedElsewhere());
  }
  return begin(ports, manifest.value, by, request);
}

/** The first act decides who started the run; whoever comes second is told which run it is. */
export async function begin(
  ports: StartPorts,
  manifest: RunManifest,
  by: string,
  request?: string,
): Promise<Result<Run>> {
  const { runId } = manifest;
  const act = {
    kind: 'started',
    manifest,
    runId,
    sequence: 1,
    at: ports.clock.now(),
    by,
    ...(request !== undefined && { request }),
  } as const;
  if ((await ports.runs.append(act)) === 'taken') return refuse(startedElsewhere());
  const run = applyAct(undefined, act);
  await ports.runs.list(run);
  await sendCompute(ports, run);
  return ok(run);
}

/** Queues every shard of the current computation that is named, all by default. */
export async function sendCompute(
  ports: Pick<RunPorts, 'queues'>,
  run: Run,
  only?: readonly string[],
): Promise<void> {
  const shards = run.manifest.shards
    .map(({ shard }) => shard)
    .filter((shard) => !only || only.includes(shard));
  const messages = shards.map(
    (shard): ComputeShard => ({
      type: 'run.compute-shard',
      version: 1,
      runId: run.runId,
      revision: run.draftRevision,
      shard,
    }),
  );
  await ports.queues.sendAll('compute', ComputeShard, messages);
}

/** A pointer to a run that has no act yet is a start that was cut short: it is finished, not started anew. */
function nextStart(runId: string, hasActs: boolean): number {
  const parsed = parseRunId(runId);
  const start = parsed.ok ? parsed.value.start : 1;
  return hasActs ? start + 1 : start;
}

/**
 * Freezes what the run is computed from. The cut-off lies a margin before now: writers of the register stamp a fact right before the
 * one put that stores it, so the margin covers that put with its retries and the difference of clocks, and no fact stamped before
 * the cut-off arrives after the first read.
 */
export async function planRun(
  ports: Omit<StartPorts, 'queues'>,
  identity: StartIdentity,
  runId: string,
): Promise<Result<RunManifest>> {
  const now = ports.clock.now();
  const cutOff = secondsBefore(now, ports.settings.cutOffMarginSeconds);
  const knownOn = ports.clock.today();
  const frozen = await ports.policies.freeze();
  if (!frozen.ok) return frozen;
  const months = monthsOfPeriod(identity.period);
  const policy = policyOf(frozen.value.book, { ...identity, knownOn });
  if (!policy.ok) return policy;
  const previous = await previousRun(ports, identity, runId);
  if (!previous.ok) return previous;
  const streets = await planStreets(ports, identity, { book: frozen.value.book, knownOn });
  if (!streets.ok) return streets;
  const payment = policy.value.payTiming
    ? await plannedPayment(frozen.value.book, { ...identity, knownOn }, policy.value.payTiming)
    : await nextPayment(knownOn);
  if (!payment.ok) return payment;
  const { payDate } = payment.value;
  const payBy = await payByDay(frozen.value.book, { ...identity, knownOn });
  if (!payBy.ok) return payBy;
  const money = budgetOptions(frozen.value.book, { ...identity, knownOn }, months[0] ?? '', payDate);
  if (!money.ok) return money;
  const bankFiles = bankFilesOfRun(frozen.value.book, { ...identity, knownOn }, months[0] ?? '');
  if (!bankFiles.ok) return bankFiles;
  const options = optionsOf(frozen.value.book, { ...identity, knownOn }, months[0] ?? '');
  if (!options.ok) return options;
  const related = relatedProgrammes(frozen.value.book, { ...identity, knownOn }, identity.programme);
  return ok({
    jurisdiction: identity.jurisdiction,
    programme: identity.programme,
    period: identity.period,
    round: identity.round,
    ...streets.value,
    runId,
    months: identity.round === 'R' ? months : [],
    policyHash: frozen.value.hash,
    knownOn,
    cutOff,
    ...previous.value,
    ...(await untouchedPolicy(ports, identity, frozen.value, previous.value.previous?.policyHash)),
    ...(related && { related }),
    ...howPaid(identity.programme),
    historyFrom: policy.value.historyFrom,
    approvalChain: policy.value.approvalChain,
    payerAccount: policy.value.payerAccount,
    shards: planShards(SHARD_COUNT),
    codeVersion: ports.settings.codeVersion,
    ...bankFiles.value,
    ...payment.value,
    ...(payBy.value !== undefined && { payBy: payBy.value }),
    ...money.value,
    demoMode: ports.settings.demoMode,
    ...options.value,
  });
}

/** The run parameters of the period, which the programme pays by and which is no part of its past. */
function policyOf(book: PolicyBook, identity: RunIdentity & PolicyScope): Result<RunPolicy | GrantRunPolicy> {
  const { period } = identity;
  const first = monthsOfPeriod(period)[0] ?? '';
  const policy = (paysByOf(identity.programme) ? grantRunPolicy : runPolicy)(book, identity, first);
  if (!policy.ok) return policy;
  const { payCycle, historyFrom } = policy.value;
  if (payCycle !== cycleOf(period)) {
    return refuse(
      refusal(
        'invalid/period',
        '期间与该项目的发放周期不一致',
        'the period is not of the programme’s pay cycle',
        { period, payCycle },
      ),
    );
  }
  if (first < historyFrom) {
    return refuse(
      refusal(
        'conflict/before-history',
        `${historyFrom} 之前的月份不在本系统发放`,
        `months before ${historyFrom} are not paid by this system`,
        { period, historyFrom },
      ),
    );
  }
  return policy;
}

/**
 * A document of another place, or of grants that are decided one by one, changes no month of a monthly programme: then nobody's past is
 * read for it.
 */
async function untouchedPolicy(
  { policies }: Pick<StartPorts, 'policies'>,
  { jurisdiction, programme }: RunIdentity,
  { book, hash }: { readonly book: PolicyBook; readonly hash: string },
  previous: string | undefined,
): Promise<Pick<RunManifest, 'policyUntouched'>> {
  if (previous === undefined || previous === hash) return {};
  const counts = (id: string) => id === programme || RUN_RULES[id]?.paidBy !== 'grants';
  return samePolicy(await policies.book(previous), book, jurisdiction, counts)
    ? { policyUntouched: true }
    : {};
}

type Past = Pick<RunManifest, 'previous' | 'earlierPeriods' | 'openedSince'>;

/** Periods that may hold accruals, and the last dispatched run: what changed before its cut-off is already in the ledger. */
async function previousRun(
  ports: Pick<RunPorts, 'runs'>,
  identity: RunIdentity,
  runId: string,
): Promise<Result<Past>> {
  const pointers = await ports.runs.livePointers(identity);
  const openings = await postedOpenings(ports, pointers);
  const others = pointers.filter((pointer) => pointer.runId !== runId && !isOpening(pointer));
  const earlierPeriods = [
    ...new Set([...others.map((pointer) => pointer.period), ...openings.flatMap(openedMonths)]),
  ].sort();
  const runs = await Promise.all(others.map((pointer) => ports.runs.load(pointer.runId)));
  const paid = runs
    .filter((run) => run && (run.state === 'dispatched' || run.state === 'closed'))
    .map((run) => run as Run);
  const follows = identity.round !== 'R' && !paysByOf(identity.programme);
  if (follows && !paid.some(({ manifest: { period, round } }) => period === identity.period && round === 'R'))
    return refuse(noRegularRun(identity));
  // A run of one street looked at nobody else: what changed elsewhere before its cut-off is not in the ledger.
  // What imprest funds paid out is looked at by runs of its own, of which the others say nothing.
  const whole = paid.filter(
    ({ manifest }) => manifest.street === undefined && postsImprest(manifest) === postsImprest(identity),
  );
  const last = whole.sort((a, b) => (a.manifest.cutOff < b.manifest.cutOff ? -1 : 1)).at(-1);
  if (!last) return ok({ earlierPeriods });
  const { cutOff, policyHash, period } = last.manifest;
  const openedSince = openings.some(({ manifest }) => manifest.cutOff > cutOff);
  return ok({
    earlierPeriods,
    ...(openedSince && { openedSince: true }),
    previous: { runId: last.runId, period, cutOff, policyHash },
  });
}

/**
 * The one place between start and dispatched. A start made again claims anew, so that nobody who thinks its old claim abandoned takes
 * the place while it goes on.
 */
export async function claimActive(
  ports: StartPorts,
  identity: StartIdentity,
  runId: string,
  by: string,
): Promise<Result<true>> {
  const pointer = await ports.runs.activePointer(identity);
  if (pointer && pointer.runId !== runId) {
    const other = await ports.runs.load(pointer.runId);
    const ended = other
      ? hasEnded(other.state)
      : // It was refused or died before its first act: another start may take its place.
        isAbandoned(pointer.at, ports.clock.now());
    if (!ended) {
      return refuse(
        refusal(
          'conflict/run-active',
          '该项目还有批次未发出，须先发出或作废',
          'another run of this programme is not dispatched yet: dispatch or void it first',
          { runId: pointer.runId, state: other?.state ?? 'starting' },
        ),
      );
    }
  }
  const { street } = identity;
  const claim = { runId, at: ports.clock.now(), by, ...(street !== undefined && { street }) };
  if ((await ports.runs.setActive(identity, claim, pointer?.version ?? 0)) === 'written') return ok(true);
  // Another start of the same run may have been faster: the first act decides between the two.
  const faster = await ports.runs.activePointer(identity);
  return faster?.runId === runId ? ok(true) : refuse(startedElsewhere());
}

export const startedElsewhere = () =>
  refusal(
    'conflict/run-starting',
    '有人同时启动了批次，请刷新查看',
    'someone started a run at the same moment: look at the list again',
  );
