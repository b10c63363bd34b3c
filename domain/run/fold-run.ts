import { fen } from '../money.ts';
import { invariant, unreachable } from '../result.ts';
import type { Act, PaymentEffect } from './act.ts';
import { applicableChain } from './approval-chain.ts';
import { addTally, NO_TALLY, type StreetTally, subtractTally } from './draft.ts';
import type { RunManifest } from './manifest.ts';
import {
  type Funding,
  fundsNeeded,
  type Hold,
  type Override,
  overrideKey,
  type Run,
  type Signature,
  standingFunding,
} from './run.ts';
import type { RunTotals } from './summary.ts';

/** Folds acts 1..n into the run; undefined when there are none. @throws InvariantError on a gap in the numbering. */
export function foldRun(acts: readonly Act[]): Run | undefined {
  let run: Run | undefined;
  for (const act of acts) {
    invariant(
      act.sequence === (run?.sequence ?? 0) + 1,
      `act ${act.sequence} of ${act.runId} does not follow ${run?.sequence ?? 0}`,
    );
    run = applyAct(run, act);
  }
  return run;
}

/** One step of the fold. */
export function applyAct(run: Run | undefined, act: Act): Run {
  if (act.kind === 'started') return start(act);
  invariant(run, `the first act of ${act.runId} is "${act.kind}"`);
  return { ...step(run, act), sequence: act.sequence };
}

function start(act: Act & { readonly kind: 'started' }): Run {
  return {
    runId: act.runId,
    manifest: act.manifest,
    fiscalYears: [
      ...new Set([
        act.manifest.fiscalYear,
        ...(act.manifest.opening?.usedBudget ?? []).map(({ fiscalYear }) => fiscalYear),
      ]),
    ],
    state: 'computing',
    sequence: act.sequence,
    startedBy: act.by,
    startedAt: act.at,
    ...(act.request !== undefined && { startedUpon: act.request }),
    revision: 1,
    draftRevision: 1,
    shards: [],
    holds: new Map(),
    overrides: new Map(),
    preparers: [act.by],
    signatures: [],
    fundedFen: fen(0),
    fundings: [],
    files: [],
  };
}

const preparedBy = (run: Run, person: string): Run => ({
  ...run,
  preparers: [...new Set([...run.preparers, person])],
});

/** Back to review with the next revision: every signature given so far is for something else. */
function reopened(run: Run): Run {
  const { submission: _submission, verified: _verified, ...rest } = run;
  return { ...rest, state: 'review', revision: run.revision + 1, signatures: [] };
}

function recomputing(run: Run, manifest: RunManifest, reason: string): Run {
  const { totals: _totals, ...rest } = reopened(run);
  return {
    ...rest,
    manifest,
    fiscalYears: [...new Set([...run.fiscalYears, manifest.fiscalYear])],
    state: 'computing',
    draftRevision: run.revision + 1,
    shards: [],
    holds: new Map(),
    overrides: new Map(),
    lastReason: reason,
  };
}

function withMoved(run: Run, effect: PaymentEffect | null, to: 'held' | 'payable'): Run {
  if (!effect || !run.totals) return run;
  const amount = { count: 1, fen: effect.fen };
  const [plus, minus] = to === 'held' ? [addTally, subtractTally] : [subtractTally, addTally];
  const street: StreetTally = run.totals.streets[effect.street] ?? { payable: NO_TALLY, held: NO_TALLY };
  const totals: RunTotals = {
    ...run.totals,
    held: plus(run.totals.held, amount),
    payable: minus(run.totals.payable, amount),
    reissued: effect.reissue ? minus(run.totals.reissued, amount) : run.totals.reissued,
    ...(effect.setOffFen !== undefined && {
      setOff: minus(run.totals.setOff ?? NO_TALLY, { count: 1, fen: effect.setOffFen }),
    }),
    streets: {
      ...run.totals.streets,
      [effect.street]: { held: plus(street.held, amount), payable: minus(street.payable, amount) },
    },
  };
  return { ...run, totals };
}

function withHold(run: Run, hold: Hold): Run {
  return withMoved({ ...run, holds: new Map(run.holds).set(hold.effect.payment, hold) }, hold.effect, 'held');
}

function withoutHold(run: Run, effect: PaymentEffect): Run {
  const holds = new Map(run.holds);
  holds.delete(effect.payment);
  return withMoved({ ...run, holds }, effect, 'payable');
}

function withOverride(run: Run, key: string, override: Override): Run {
  return { ...run, overrides: new Map(run.overrides).set(key, override) };
}

function submitted(run: Run, act: Act & { readonly kind: 'submitted' }): Run {
  const { by, revision, hash, acknowledged } = act;
  const submission = { by, revision, hash, ...(acknowledged && { acknowledged }) };
  return { ...preparedBy(run, by), state: 'signing', submission, signatures: [] };
}

function signed(run: Run, act: Act & { readonly kind: 'signed' }): Run {
  const { step, by, at, onBehalfOf, delegation } = act;
  const signature: Signature = {
    step,
    by,
    at,
    ...(onBehalfOf !== undefined && { onBehalfOf }),
    ...(delegation !== undefined && { delegation }),
  };
  const signatures = [...run.signatures, signature];
  const complete = signatures.length === applicableChain(run).length;
  const enough = run.fundedFen > 0 && run.fundedFen >= fundsNeeded(run);
  return { ...run, signatures, state: complete ? (enough ? 'funded' : 'approved') : 'signing' };
}

function withFunding(run: Run, act: Act & { readonly kind: 'funded' }): Run {
  const { voucher, again, date, fen: amount, by } = act;
  const funding: Funding = { voucher, ...(again !== undefined && { again }), date, fen: amount, by };
  return {
    ...run,
    state: 'funded',
    fundedFen: fen(run.fundedFen + amount),
    fundings: [...run.fundings, funding],
  };
}

/** With no recording left, a run that only waited for its dispatch waits for its money again. */
function withoutFunding(run: Run, act: Act & { readonly kind: 'funding-reversed' }): Run {
  const { voucher, date, reason, by } = act;
  const wrong = standingFunding(run, voucher);
  invariant(wrong, `the funding ${voucher} of ${act.runId} was reversed but does not stand`);
  const fundings = run.fundings.map((one) =>
    one === wrong ? { ...one, reversed: { by, date, reason } } : one,
  );
  const waits = run.state === 'funded' && fundings.every(({ reversed }) => reversed);
  return {
    ...run,
    state: waits ? 'funding-requested' : run.state,
    fundedFen: fen(run.fundedFen - wrong.fen),
    fundings,
  };
}

function step(run: Run, act: Exclude<Act, { readonly kind: 'started' }>): Run {
  switch (act.kind) {
    case 'computed':
      return { ...run, state: 'review', shards: act.shards, totals: act.totals };
    case 'recompute-needed':
      return { ...run, state: 'recompute-needed', lastReason: act.reason };
    case 'recompute-requested':
      return recomputing(preparedBy(run, act.by), act.manifest, act.reason);
    case 'payment-held':
      return withHold(reopened(run), { effect: act.effect, by: act.by, reason: act.reason });
    case 'hold-lifted':
      return withoutHold(reopened(run), act.effect);
    case 'override-proposed':
      return withOverride(run, overrideKey(act.payment, act.control), {
        proposedBy: act.by,
        reason: act.reason,
        ...(act.fen !== undefined && { fen: act.fen }),
      });
    case 'override-confirmed': {
      const key = overrideKey(act.payment, act.control);
      const proposed = run.overrides.get(key);
      invariant(proposed, `override ${key} confirmed but never proposed`);
      return withMoved(
        withOverride(reopened(run), key, { ...proposed, confirmedBy: act.by, confirmedBecause: act.reason }),
        act.effect,
        'payable',
      );
    }
    case 'submitted':
      return submitted(run, act);
    case 'sent-back': {
      const { submission: _submission, ...rest } = run;
      return { ...rest, state: 'review', signatures: [], lastReason: act.reason };
    }
    case 'signed':
      return signed(run, act);
    case 'voided':
      return { ...run, state: 'void', lastReason: act.reason };
    case 'funding-requested':
      return { ...run, state: 'funding-requested' };
    case 'funding-returned':
      return { ...run, state: 'approved', lastReason: act.reason };
    case 'funded':
      return withFunding(run, act);
    case 'funding-reversed':
      return withoutFunding(run, act);
    case 'dispatch-started':
      return { ...run, state: 'verifying', dispatchedBy: act.by };
    case 'verification-failed':
      return act.findings.reduce(
        (held, late) => withHold(held, { effect: late, by: act.by, reason: late.zh, late }),
        reopened(run),
      );
    case 'verified':
      return { ...run, state: 'releasing', verified: act.shards };
    case 'dispatched':
      return { ...run, state: 'dispatched', files: act.files };
    case 'file-resent':
      return run;
    case 'closed':
      return { ...run, state: 'closed', closing: { tally: act.tally, seal: act.seal, at: act.at } };
    default:
      return unreachable(act);
  }
}
