import type { Month, Period } from '../calendar.ts';
import { canonicalJson, contentHash, type Sha256 } from '../canonical.ts';
import type { OpeningTotals } from '../go-live/opening-totals.ts';
import type { Bucket, EnrolmentId, PaymentId, PersonKey } from '../ids.ts';
import { type Fen, fen, sumFen } from '../money.ts';
import type { Step } from '../programmes/programme.ts';
import type { UnusualCounts } from './unusual.ts';

/**
 * One month's money inside a payment: the month itself, arrears (补发) of an earlier one, or a set-off (抵扣): negative, kept back of
 * that month's component for an order (追缴). Where a month is taken or ordered back, a line of kind `set-off` is positive: of it, what had
 * been set off and never was cash.
 */
export type PaymentLine = {
  readonly month: Month;
  readonly component: string;
  readonly fen: Fen;
  readonly kind: 'entitlement' | 'arrears' | 'set-off';
  /** Why an earlier month is paid now; absent for the period's own months. */
  readonly cause?: string;
  /** Set-offs in a payment only: the enrolment's order that it reduces. */
  readonly order?: number;
};

export type Severity = 'block' | 'hold' | 'warn';

/** What a control (控制规则) found on one payment. `hold` can be overridden by two people; `block` cannot. */
export type Finding = {
  readonly control: string;
  readonly severity: Severity;
  readonly zh: string;
  readonly en: string;
};

/**
 * Overpaid money found by recomputing (拟追缴): a proposal, until a recovery decision exists. Only what was received: nobody has to
 * give back what failed, came back or is still with the bank.
 */
export type RecoveryProposal = {
  readonly month: Month;
  readonly component: string;
  /** Received beyond what was owed. */
  readonly fen: Fen;
  /** Accrued beyond what was owed and not received yet: the proposal grows when it is, so every run looks again. */
  readonly awaitedFen?: Fen;
  readonly cause: string;
};

/** Where the money is to go: the n-th account on record of the payee, and the keyed hash of its number. */
export type AccountReference = {
  readonly payee: PersonKey;
  readonly index: number;
  readonly hash: string;
};

/**
 * A draft (待发明细): what one enrolment would get in one run, computed from the manifest. Immutable; holds and overrides are
 * acts of the run and leave the draft as it is.
 */
export type Draft = {
  readonly payment: PaymentId;
  readonly enrolment: EnrolmentId;
  readonly street: string;
  /** `reissue`: attempt 2 or later of an earlier payment that failed or came back; accrues nothing new. */
  readonly kind: 'regular' | 'difference' | 'reissue';
  readonly attempt: number;
  readonly fen: Fen;
  readonly lines: readonly PaymentLine[];
  /** 冲销, reissues only: months of the payment that are no longer owed. Taken back when the run is released; nothing without. */
  readonly cancelled?: readonly PaymentLine[];
  readonly account?: AccountReference;
  readonly findings: readonly Finding[];
  readonly recoveries: readonly RecoveryProposal[];
  /** Against the payment of the period before. */
  readonly movement: 'joined' | 'stopped' | 'changed' | 'same';
  readonly previousFen: Fen;
  /** Code of the step that moved the amount since the month before the period, or `on-hold`; absent when nothing moved. */
  readonly cause?: string;
  /** 期初: what the payment of an opening run brings in; of it, what was to be recovered is not accrued. */
  readonly opening?: {
    readonly paidFen: Fen;
    readonly returnedFen: Fen;
    readonly recoverableFen: Fen;
    readonly correction?: string;
  };
  /** 近亲属备案: members of staff whose declared relatives it pays. They act on it in no way. */
  readonly staffRelatives?: readonly string[];
  /** 里程碑登记人: who recorded the evidence of the grants it pays. They neither submit nor sign it. */
  readonly evidenceBy?: readonly string[];
  /** Rests on a sample parameter. */
  readonly sample: boolean;
  /** Steps per month of the period; months in arrears carry theirs too. */
  readonly derivations: Readonly<Record<Month, readonly Step[]>>;
};

/** Sum of a draft's lines; a draft never carries an amount that its lines do not explain. */
export function draftTotal(lines: readonly PaymentLine[]): Fen {
  return sumFen(lines.map((line) => line.fen));
}

/** 抵扣 of a draft as the effects of a hold carry it. */
export function keptBackOf({ lines }: Pick<Draft, 'lines'>): { readonly setOffFen?: Fen } {
  const kept = lines.filter(({ kind }) => kind === 'set-off');
  return kept.length === 0 ? {} : { setOffFen: fen(0 - draftTotal(kept)) };
}

/** Hash of the drafts of one shard in payment order: what approvers sign and dispatch checks again. */
export function draftsHash(sha256: Sha256, drafts: readonly Draft[]): string {
  return contentHash(
    sha256,
    'drafts.v1',
    drafts.map((draft) => sha256(canonicalJson(draft))),
  );
}

/** What a finished shard says of itself, computed from a strong re-read of its drafts (DONE item). */
export type ShardSummary = {
  readonly shard: string;
  readonly revision: number;
  readonly hash: string;
  /** Buckets that have drafts, in order: whoever reads the shard later reads no others. Absent where all of them have, or older code wrote it. */
  readonly buckets?: readonly Bucket[];
  readonly payable: Tally;
  readonly held: Tally;
  readonly blocked: Tally;
  readonly streets: Readonly<Record<string, StreetTally>>;
  /** Fen by component and kind of line, e.g. "allowance/arrears". */
  readonly components: Readonly<Record<string, Fen>>;
  readonly movements: Readonly<Record<Draft['movement'], number>>;
  readonly findings: Readonly<Record<string, number>>;
  readonly recoveries: Tally;
  /** 抵扣: kept back of payable ones for recovery orders; not in `payable`. Absent when there is none. */
  readonly setOff?: Tally;
  /** Earlier money sent again; needs no new budget and no new funds. */
  readonly reissued: Tally;
  /** 冲销: of open payments, what is no longer owed and not sent again. Absent when there is none. */
  readonly cancelled?: Tally;
  /** Enrolments that could not be assessed (no policy for a month, facts missing), by refusal code. */
  readonly refused: Readonly<Record<string, number>>;
  /** Control totals of an opening run. */
  readonly opening?: OpeningTotals;
  /** Periods whose payments the drafts belong to: reissues reach back. */
  readonly periods: readonly Period[];
  /** Staff who brought in an account used here for the first time, or cleared a payment to be sent again: they sign nothing. */
  readonly accountChangers: readonly string[];
  /** Staff whose declared relatives are paid or held here: they sign nothing. Absent when there are none. */
  readonly relativesOf?: readonly string[];
  /** Staff who recorded the evidence of grants that are paid or held here: they neither submit nor sign. Absent when there are none. */
  readonly evidenceBy?: readonly string[];
  /** Counted for the controls of whole runs, where policy asks for them. */
  readonly unusual?: UnusualCounts;
};

/** What the run keeps of a finished shard: the hash that is signed, and where its drafts lie. */
export type DraftedShard = Pick<ShardSummary, 'shard' | 'hash' | 'buckets'>;

export type Tally = { readonly count: number; readonly fen: Fen };
export type StreetTally = { readonly payable: Tally; readonly held: Tally };

export const NO_TALLY: Tally = { count: 0, fen: fen(0) };

export function addTally(a: Tally, b: Tally): Tally {
  return { count: a.count + b.count, fen: fen(a.fen + b.fen) };
}

export function subtractTally(a: Tally, b: Tally): Tally {
  return { count: a.count - b.count, fen: fen(a.fen - b.fen) };
}

/** Blocked beats held beats payable; a stopped or empty draft is none of them. */
export function standing(draft: Draft): 'payable' | 'held' | 'blocked' | 'nothing' {
  if (draft.fen === 0) return 'nothing';
  if (draft.findings.some((finding) => finding.severity === 'block')) return 'blocked';
  return draft.findings.some((finding) => finding.severity === 'hold') ? 'held' : 'payable';
}
