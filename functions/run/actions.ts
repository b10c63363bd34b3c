import { release, reserve } from '../../domain/budget/budget.ts';
import { yearIsOver } from '../../domain/budget/fiscal-year.ts';
import { usedBefore } from '../../domain/go-live/opening.ts';
import type { PaymentId, RunId } from '../../domain/ids.ts';
import { declaredSince, relativeConcerned } from '../../domain/matching/relatives.ts';
import { ok, type Refusal, type Result, refuse } from '../../domain/result.ts';
import type { ActBody } from '../../domain/run/act.ts';
import {
  isLastSignature,
  recomputeRun,
  recordedEvidence,
  sendBackRun,
  signRun,
  submitRun,
  voidRun,
} from '../../domain/run/approval-commands.ts';
import type { Draft } from '../../domain/run/draft.ts';
import {
  confirmOverride,
  holdPayment,
  liftHold,
  proposeOverride,
  unknownPayment,
} from '../../domain/run/hold-commands.ts';
import { requestFunding, returnFundingRequest, startDispatch } from '../../domain/run/money-commands.ts';
import { fundsNeeded, type Run, type RunState } from '../../domain/run/run.ts';
import { inState } from '../../domain/run/state-guard.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { PolicyStore } from '../adapters/policy-store.ts';
import type { SigningAuthorityStore } from '../adapters/signing-authority-store.ts';
import { startParallel } from '../go-live/parallel-run.ts';
import { type Openings, startOpening } from '../go-live/start-opening.ts';
import { reserveUsedBudget } from '../go-live/used-budget.ts';
import { askForTallies, exceptionsOpen } from './close.ts';
import { sendVerify } from './dispatch.ts';
import { fund, recordFundings, takeFundingBack } from './funding.ts';
import type { RunPorts } from './ports.ts';
import { findDraft } from './read-drafts.ts';
import type { RunActions } from './run-actions.ts';
import { runFindings } from './run-findings.ts';
import { planRun, sendCompute, startRun } from './start.ts';

export type ActionPorts = RunPorts & { readonly policies: PolicyStore };
type DeskPorts = ActionPorts & { readonly authorities: Pick<SigningAuthorityStore, 'principal'> };

/** States in which a run holds a budget reservation. */
const RESERVED: readonly RunState[] = [
  'approved',
  'funding-requested',
  'funded',
  'verifying',
  'releasing',
  'dispatched',
  'closed',
];

/** What staff do to a run: each decides on the run as folded and appends one act, then announces what follows from it. */
export function runActions(ports: DeskPorts): RunActions & Openings {
  return {
    startRun: (identity, by, request) => startRun(ports, identity, by, request),
    startOpening: (request) => startOpening(ports, request),
    startParallel: (request) => startParallel(ports, request),
    holdPayment: (request) =>
      onDraft(ports, request, (run, draft) => holdPayment(run, draft, request.reason)),
    liftHold: (request) => onDraft(ports, request, (run, draft) => liftHold(run, draft, request.reason)),
    proposeOverride: (request) =>
      onDraft(ports, request, (run, draft) => proposeOverride(run, draft, request.control, request.reason)),
    confirmOverride: (request) =>
      onDraft(ports, request, (run, draft) =>
        confirmOverride(run, draft, request.control, request.reason, request.by),
      ),
    recompute: (request) => recompute(ports, request),
    submit: (request) =>
      act(ports, request, async (run) => {
        const aside = await standsAside(ports, run, request.by);
        return aside ? refuse(aside) : submitRun(run, request, sha256Hex, await runFindings(ports, run));
      }),
    sendBack: (request) => act(ports, request, (run) => sendBackRun(run, request.reason)),
    sign: (request) => sign(ports, request),
    voidRun: (request) => voidWith(ports, request),
    requestFunding: (request) => act(ports, request, requestFunding),
    returnFunding: (request) => act(ports, request, (run) => returnFundingRequest(run, request.reason)),
    fund: (request) => fund(ports, request),
    reverseFunding: (request) => takeFundingBack(ports, request),
    dispatch: (request) => dispatch(ports, request),
    close: (request) => close(ports, request),
  };
}

/** What the run reversed is in the journal, and its vouchers free, before another run may take its place. */
async function voidWith(
  ports: RunPorts,
  request: Parameters<RunActions['voidRun']>[0],
): Promise<Result<Run>> {
  return act(ports, request, async (run) => {
    const decision = voidRun(run, request.reason);
    if (decision.ok) await recordFundings(ports, run);
    return decision;
  });
}

type By = { readonly runId: RunId; readonly by: string; readonly request?: string };
type Decide = (run: Run) => Result<ActBody> | Promise<Result<ActBody>>;

/** Appends one act; an act that takes an approval back also gives the budget back. */
async function act(ports: RunPorts, { runId, by, request }: By, decide: Decide): Promise<Result<Run>> {
  let before: Run | undefined;
  const after = await ports.runs.act(
    runId,
    (run) => {
      before = run;
      return decide(run);
    },
    { at: ports.clock.now(), by, ...(request !== undefined && { request }) },
  );
  if (after.ok && before && mayLeaveReservation(before.state, after.value.state)) {
    // Of the fiscal years that it was reserved in: a recompute over new year has another one.
    await giveBack(ports, before, before.fiscalYears);
  }
  return after;
}

/** Also when a run is voided or computed again from review: the verification may have sent it back with its reservation still there. */
const mayLeaveReservation = (before: RunState, after: RunState): boolean =>
  after === 'void' || after === 'computing' || (RESERVED.includes(before) && !RESERVED.includes(after));

async function onDraft(
  ports: RunPorts,
  request: By & { readonly payment: PaymentId },
  decide: (run: Run, draft: Draft) => Result<ActBody>,
): Promise<Result<Run>> {
  return act(ports, request, async (run) => {
    const draft = await findDraft(ports, run, request.payment);
    if (!draft) return refuse(unknownPayment(request.payment));
    const aside = draft.staffRelatives?.includes(request.by);
    return aside ? refuse(relativeConcerned()) : decide(run, draft);
  });
}

async function recompute(
  ports: ActionPorts,
  request: By & { readonly reason: string },
): Promise<Result<Run>> {
  const run = await ports.runs.get(request.runId);
  if (!run.ok) return run;
  const { codeVersion } = ports.settings;
  const manifest = run.value.manifest.opening
    ? ok({ ...run.value.manifest, codeVersion })
    : await planRun(ports, run.value.manifest, request.runId);
  if (!manifest.ok) return manifest;
  const { parallel } = run.value.manifest;
  const next = { ...manifest.value, ...(parallel && { parallel }) };
  const after = await act(ports, request, (now) => recomputeRun(now, request.reason, next));
  if (after.ok) await sendCompute(ports, after.value);
  return after;
}

/**
 * The last signature reserves the budget, and first: a run must not be approved without money. A reservation whose signature then
 * fails is given back by the sweeper once it is sure that nobody is just about to sign. Whoever signs in another's place names whom;
 * what he was granted is read at that moment, each time the signature is tried.
 */
async function sign(ports: DeskPorts, request: Parameters<RunActions['sign']>[0]): Promise<Result<Run>> {
  const { signer, onBehalfOf } = request;
  return act(ports, { ...request, by: signer.id }, async (run) => {
    const aside =
      (await standsAside(ports, run, signer.id)) ??
      (onBehalfOf === undefined ? undefined : await standsAside(ports, run, onBehalfOf));
    if (aside) return refuse(aside);
    const place = onBehalfOf === undefined ? {} : { onBehalfOf: await placeOf(ports, run, onBehalfOf) };
    const decision = signRun(run, request, { ...signer, ...place }, sha256Hex);
    if (!decision.ok || !isLastSignature(run)) return decision;
    if (run.manifest.opening) {
      const used = await reserveUsedBudget(ports, run);
      return used.ok ? decision : used;
    }
    if (fundsNeeded(run) === 0) return decision;
    const reserved = await reserveBudget(ports, run);
    return reserved.ok ? decision : reserved;
  });
}

/** 回避: who recorded a milestone that the run pays for, declared a relative that it pays, or declared one that it may not know of yet. */
async function standsAside(ports: RunPorts, run: Run, staff: string): Promise<Refusal | undefined> {
  const { jurisdiction, cutOff } = run.manifest;
  if (run.totals?.relativesOf?.includes(staff)) return relativeConcerned();
  if (run.totals?.evidenceBy?.includes(staff)) return recordedEvidence();
  const since = await ports.relatives.hasDeclaredSince(jurisdiction, staff, cutOff);
  return since ? declaredSince() : undefined;
}

const placeOf = async (ports: DeskPorts, run: Run, principal: string) => ({
  principal: await ports.authorities.principal(run.manifest.jurisdiction, principal),
  today: ports.clock.today(),
});

const budgetKey = ({ manifest }: Run, fiscalYear: string) => ({
  jurisdiction: manifest.jurisdiction,
  programme: manifest.programme,
  fiscalYear,
});

/** One conditional update for all lines of the run: of two runs that race for the last money one gets it. */
async function reserveBudget(ports: RunPorts, run: Run): Promise<Result<unknown>> {
  const { fiscalYear, yearEnd, funding } = run.manifest;
  const over = yearEnd && yearIsOver(fiscalYear, yearEnd, ports.clock.today());
  if (over) return refuse(over);
  return ports.budgets.change(budgetKey(run, fiscalYear), (budget) =>
    reserve(budget, run.runId, fundsNeeded(run), funding),
  );
}

/** Gives back the reservation of a run that stands before its approval; nothing happens when it has none. */
export async function releaseBudget(ports: Pick<RunPorts, 'budgets'>, run: Run): Promise<void> {
  if (!RESERVED.includes(run.state)) await giveBack(ports, run, run.fiscalYears);
}

/**
 * Gives back what the run reserved before it was computed again over new year, however far it has come since: nobody can sign for
 * that year any more, and nothing is ever spent in it.
 */
export async function releaseEarlierYears(ports: Pick<RunPorts, 'budgets'>, run: Run): Promise<void> {
  if (run.manifest.opening) return;
  const earlier = run.fiscalYears.filter((year) => year !== run.manifest.fiscalYear);
  await giveBack(ports, run, earlier);
}

async function giveBack(
  ports: Pick<RunPorts, 'budgets'>,
  run: Run,
  fiscalYears: readonly string[],
): Promise<void> {
  const holder = run.manifest.opening ? usedBefore(run.runId) : run.runId;
  for (const year of fiscalYears)
    await ports.budgets.change(budgetKey(run, year), (budget) => ok(release(budget, holder)));
}

/**
 * Whoever recorded a milestone does not pay for it. Reserves once more, which changes nothing unless of two signers who raced over a
 * reopened run the later one left another sum, or the reservation was given back while the last signature was being written.
 */
async function dispatch(ports: RunPorts, request: By): Promise<Result<Run>> {
  const run = await ports.runs.load(request.runId);
  if (run) await recordFundings(ports, run);
  const started = await act(ports, request, async (now) => {
    if (now.totals?.evidenceBy?.includes(request.by)) return refuse(recordedEvidence());
    const decision = startDispatch(now, sha256Hex);
    if (!decision.ok || fundsNeeded(now) === 0) return decision;
    const reserved = await reserveBudget(ports, now);
    return reserved.ok ? decision : reserved;
  });
  if (started.ok) await sendVerify(ports, started.value);
  return started;
}

/** Asks every shard for its tally; the last one decides. */
async function close(ports: RunPorts, request: By): Promise<Result<Run>> {
  const run = await ports.runs.get(request.runId);
  if (!run.ok) return run;
  const wrong = inState(run.value, ['dispatched'], { zh: '关账', en: 'be closed' });
  if (wrong) return refuse(wrong);
  const open = await exceptionsOpen(ports, run.value);
  if (open) return refuse(open);
  await askForTallies(ports, run.value, request.by);
  return run;
}
