import type { PlainDate } from '../calendar.ts';
import { contentHash, type Sha256 } from '../canonical.ts';
import type { Bucket, PaymentId, RunId } from '../ids.ts';
import { type Fen, fen } from '../money.ts';
import type {
  Acknowledgement,
  InstructionFileRecord,
  LateFinding,
  PaymentEffect,
  RunTally,
  ShardVerification,
} from './act.ts';
import type { Draft, DraftedShard } from './draft.ts';
import { bucketsOf, manifestHash, type RunManifest, type Shard, sendsNothing } from './manifest.ts';
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
  readonly fen?: Fen;
  readonly confirmedBy?: string;
  readonly confirmedBecause?: string;
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
  readonly shards: readonly DraftedShard[];
  /** Totals after holds and overrides; undefined until computed. */
  readonly totals?: RunTotals;
  readonly holds: ReadonlyMap<PaymentId, Hold>;
  /** By `<payment>|<control>`. */
  readonly overrides: ReadonlyMap<string, Override>;
  readonly submission?: {
    readonly by: string;
    readonly revision: number;
    readonly hash: string;
    readonly acknowledged?: readonly Acknowledgement[];
  };
  /** Whoever started it, had it computed again or submitted any revision of it: they sign no step, whatever became of theirs. */
  readonly preparers: readonly string[];
  readonly signatures: readonly Signature[];
  readonly fundedFen: Fen;
  readonly fundings: readonly Funding[];
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

/** 拨款登记: one recording of a voucher; one that was reversed counts for nothing and stays on the list. */
export type Funding = {
  readonly voucher: string;
  /** 2 and on: see the act `funded`. */
  readonly again?: number;
  readonly date: PlainDate;
  readonly fen: Fen;
  readonly by: string;
  readonly reversed?: { readonly by: string; readonly date: PlainDate; readonly reason: string };
};

/** The recording of a voucher that counts. */
export const standingFunding = (run: Run, voucher: string): Funding | undefined =>
  run.fundings.find((funding) => funding.voucher === voucher && !funding.reversed);

export const overrideKey = (payment: PaymentId, control: string): string => `${payment}|${control}`;

/**
 * New money the finance bureau has to provide: payable total less what is sent again from money already there. What imprest funds paid
 * out was provided with their advance.
 */
export function fundsNeeded(run: Run): Fen {
  const totals = sendsNothing(run.manifest) ? undefined : run.totals;
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

/** Buckets of a shard in which the run as computed last has drafts, in order; all of them until it is, and where older code computed it. */
export function draftedIn({ shards }: Pick<Run, 'shards'>, shard: Shard): readonly Bucket[] {
  return shards.find((drafted) => drafted.shard === shard.shard)?.buckets ?? bucketsOf(shard);
}

/**
 * The same of the whole run. A draft that lies elsewhere is none of its. Its journal has entries in no others: each is about a payment that
 * it drafted.
 */
export function draftedBuckets(run: Pick<Run, 'manifest' | 'shards'>): Bucket[] {
  return run.manifest.shards.flatMap((shard) => draftedIn(run, shard));
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
