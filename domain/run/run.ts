import { contentHash, type Sha256 } from '../canonical.ts';
import type { PaymentId, RunId } from '../ids.ts';
import { type Fen, fen } from '../money.ts';
import { invariant, unreachable } from '../result.ts';
import type {
  Act,
  InstructionFileRecord,
  LateFinding,
  PaymentEffect,
  RunTally,
  ShardVerification,
} from './act.ts';
import { applicableChain } from './approval-chain.ts';
import { addTally, type Draft, NO_TALLY, type StreetTally, subtractTally } from './draft.ts';
import { manifestHash, type RunManifest } from './manifest.ts';
import type { RunTotals } from './summary.ts';

/** 状态: where a payment run stands. Everything after `funded` is irrevocable. */
export const RUN_STATES = [
  'computing',
  'recompute-needed',
  'review',
  'signing',
  'approved',
  'funding-requested',
  'funded',
  'verifying',
  'releasing',
  'dispatched',
  'closed',
  'void',
] as const;
export type RunState = (typeof RUN_STATES)[number];

export type Hold = {
  readonly effect: PaymentEffect;
  readonly by: string;
  readonly reason: string;
  readonly late?: LateFinding;
};
export type Override = {
  readonly proposedBy: string;
  readonly reason: string;
  readonly confirmedBy?: string;
};
export type Signature = {
  readonly step: string;
  readonly by: string;
  readonly at: string;
  /** 代签: whose authority was used, and the delegation that gave it. */
  readonly onBehalfOf?: string;
  readonly delegation?: string;
};

/** The fold of a run's acts. */
export type Run = {
  readonly runId: RunId;
  readonly manifest: RunManifest;
  /** Fiscal years of every manifest it had, each once: it may have reserved budget in any of them. */
  readonly fiscalYears: readonly string[];
  readonly state: RunState;
  /** Number of the last act: the next one competes for `sequence + 1`. */
  readonly sequence: number;
  readonly startedBy: string;
  readonly startedAt: string;
  /** The request that started it. */
  readonly startedUpon?: string;
  /** Raised by whatever changes what would be paid; signatures name it. */
  readonly revision: number;
  /** The revision at which drafts were computed: part of their keys. */
  readonly draftRevision: number;
  readonly shards: readonly { readonly shard: string; readonly hash: string }[];
  /** Totals after holds and overrides; undefined until computed. */
  readonly totals?: RunTotals;
  readonly holds: ReadonlyMap<PaymentId, Hold>;
  /** By `<payment>|<control>`. */
  readonly overrides: ReadonlyMap<string, Override>;
  readonly submission?: { readonly by: string; readonly revision: number; readonly hash: string };
  /** Whoever started it, had it computed again or submitted any revision of it: they sign no step, whatever became of theirs. */
  readonly preparers: readonly string[];
  readonly signatures: readonly Signature[];
  readonly fundedFen: Fen;
  readonly fundings: readonly {
    readonly voucher: string;
    readonly date: string;
    readonly fen: Fen;
    readonly by: string;
  }[];
  /** Who asked for the dispatch: stands on the release entries. */
  readonly dispatchedBy?: string;
  readonly verified?: readonly ShardVerification[];
  readonly files: readonly InstructionFileRecord[];
  readonly closing?: {
    readonly tally: RunTally;
    readonly seal: { readonly sequence: number; readonly hash: string };
    readonly at: string;
  };
  /** Reason given with the last act that sent the run back, asked for a recompute or voided it. */
  readonly lastReason?: string;
};

export const overrideKey = (payment: PaymentId, control: string): string => `${payment}|${control}`;

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
      });
    case 'override-confirmed': {
      const key = overrideKey(act.payment, act.control);
      const proposed = run.overrides.get(key);
      invariant(proposed, `override ${key} confirmed but never proposed`);
      return withMoved(
        withOverride(reopened(run), key, { ...proposed, confirmedBy: act.by }),
        act.effect,
        'payable',
      );
    }
    case 'submitted':
      return {
        ...preparedBy(run, act.by),
        state: 'signing',
        submission: { by: act.by, revision: act.revision, hash: act.hash },
        signatures: [],
      };
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
      return {
        ...run,
        state: 'funded',
        fundedFen: fen(run.fundedFen + act.fen),
        fundings: [...run.fundings, { voucher: act.voucher, date: act.date, fen: act.fen, by: act.by }],
      };
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
    case 'closed':
      return { ...run, state: 'closed', closing: { tally: act.tally, seal: act.seal, at: act.at } };
    default:
      return unreachable(act);
  }
}

/** New money the finance bureau has to provide: payable total less what is sent again from money already there. */
export function fundsNeeded(run: Run): Fen {
  const totals = run.manifest.opening ? undefined : run.totals;
  return totals ? fen(totals.payable.fen - totals.reissued.fen) : fen(0);
}

/** Whether a draft is paid in this run once holds and confirmed overrides are applied. */
export function isPayable(run: Run, draft: Draft): boolean {
  if (draft.fen <= 0 || run.holds.has(draft.payment)) return false;
  return draft.findings.every((finding) => {
    if (finding.severity === 'warn') return true;
    if (finding.severity === 'block') return false;
    return run.overrides.get(overrideKey(draft.payment, finding.control))?.confirmedBy !== undefined;
  });
}

/**
 * What a signature binds: manifest, drafts of every shard, holds and overrides at this revision. Account facts used are
 * inside the drafts. Dispatch computes it again and refuses anything else.
 */
export function runHash(sha256: Sha256, run: Run): string {
  return contentHash(sha256, 'run.v1', {
    manifest: manifestHash(sha256, run.manifest),
    revision: run.revision,
    shards: run.shards.map(({ shard, hash }) => ({ shard, hash })),
    holds: [...run.holds.keys()].sort(),
    overrides: [...run.overrides]
      .filter(([, override]) => override.confirmedBy !== undefined)
      .map(([key]) => key)
      .sort(),
  });
}
