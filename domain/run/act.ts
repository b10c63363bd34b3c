import type { Instant, PlainDate } from '../calendar.ts';
import type { PaymentId, RunId } from '../ids.ts';
import type { Fen } from '../money.ts';
import type { DraftedShard } from './draft.ts';
import type { RunManifest } from './manifest.ts';
import type { RunTotals } from './summary.ts';

/**
 * A run's history is a numbered list of acts, each written once at its number by a conditional put. The run's state is
 * the fold of its acts and nothing else: the audit trail is the data, and two people who act at once compete for one
 * number. `by` is an opaque staff id, or "system" for what the service concludes from the store.
 */
export type Act = ActBody & {
  readonly runId: RunId;
  /** 1, 2, 3, ... without gaps. */
  readonly sequence: number;
  readonly at: Instant;
  readonly by: string;
  /** Names the request that asked for it (caller and Idempotency-Key): asked for again, it is the same act. */
  readonly request?: string;
};

/** Money and street of the payment that a hold or an override moves, so that totals fold without reading drafts. */
export type PaymentEffect = {
  readonly payment: PaymentId;
  readonly street: string;
  readonly fen: Fen;
  readonly reissue: boolean;
  /** 抵扣: kept back beside it; absent when nothing is. */
  readonly setOffFen?: Fen;
};

/** What a payment turned out to be when it was checked again before release. */
export type LateFinding = PaymentEffect & {
  readonly control: string;
  readonly zh: string;
  readonly en: string;
};

export type ShardVerification = {
  readonly shard: string;
  readonly count: number;
  readonly fen: Fen;
  readonly reissuedFen: Fen;
};

/** One instruction file (报盘文件) as sent. */
export type InstructionFileRecord = {
  readonly fileNumber: number;
  readonly fileName: string;
  readonly objectKey: string;
  readonly count: number;
  readonly fen: Fen;
  readonly sha256: string;
};

/** Where the money of a run stands, from a strong re-read of the ledger. */
export type RunTally = {
  readonly released: { readonly count: number; readonly fen: Fen };
  readonly settled: { readonly count: number; readonly fen: Fen };
  readonly failed: { readonly count: number; readonly fen: Fen };
  readonly returned: { readonly count: number; readonly fen: Fen };
  readonly inTransit: { readonly count: number; readonly fen: Fen };
  /** Made by hand after the bank could not, and as such settled or returned; absent from runs closed before it was counted. */
  readonly paidOutside?: { readonly count: number; readonly fen: Fen };
};

/** 说明: a finding of a control of whole runs, as it was shown, and the submitter's reason. */
export type Acknowledgement = {
  readonly control: string;
  readonly zh: string;
  readonly en: string;
  readonly reason: string;
};

export type ActBody =
  | { readonly kind: 'started'; readonly manifest: RunManifest }
  | {
      readonly kind: 'computed';
      readonly revision: number;
      readonly shards: readonly DraftedShard[];
      readonly totals: RunTotals;
    }
  | { readonly kind: 'recompute-needed'; readonly reason: string }
  | { readonly kind: 'recompute-requested'; readonly reason: string; readonly manifest: RunManifest }
  | { readonly kind: 'payment-held'; readonly effect: PaymentEffect; readonly reason: string }
  | { readonly kind: 'hold-lifted'; readonly effect: PaymentEffect; readonly reason: string }
  | {
      readonly kind: 'override-proposed';
      readonly payment: PaymentId;
      readonly control: string;
      readonly reason: string;
      /** What the payment comes to; acts written before this was kept have none. */
      readonly fen?: Fen;
    }
  | {
      readonly kind: 'override-confirmed';
      readonly payment: PaymentId;
      readonly control: string;
      readonly reason: string;
      readonly effect: PaymentEffect | null;
    }
  | {
      readonly kind: 'submitted';
      readonly revision: number;
      readonly hash: string;
      /** What stood out about the run, and why it is submitted all the same. Absent when nothing did. */
      readonly acknowledged?: readonly Acknowledgement[];
    }
  | { readonly kind: 'sent-back'; readonly reason: string }
  | {
      readonly kind: 'signed';
      readonly step: string;
      readonly revision: number;
      readonly hash: string;
      /** 代签: `by` signed in this person's place, by this delegation. Absent when signed in one's own right. */
      readonly onBehalfOf?: string;
      readonly delegation?: string;
    }
  | { readonly kind: 'voided'; readonly reason: string }
  | { readonly kind: 'funding-requested' }
  | { readonly kind: 'funding-returned'; readonly reason: string }
  | {
      readonly kind: 'funded';
      readonly voucher: string;
      readonly date: PlainDate;
      readonly fen: Fen;
      /** 2 and on: the voucher was recorded before, here or for another run, and reversed. */
      readonly again?: number;
    }
  /** 冲销拨款登记: the voucher's last recording was wrong; `date` is the day in China on which it was taken back. */
  | {
      readonly kind: 'funding-reversed';
      readonly voucher: string;
      readonly date: PlainDate;
      readonly reason: string;
    }
  | { readonly kind: 'dispatch-started'; readonly hash: string }
  | { readonly kind: 'verification-failed'; readonly findings: readonly LateFinding[] }
  | { readonly kind: 'verified'; readonly shards: readonly ShardVerification[] }
  | { readonly kind: 'dispatched'; readonly files: readonly InstructionFileRecord[] }
  /** 重新报送: the bank got a file once more, with the same bytes and the same ids. */
  | { readonly kind: 'file-resent'; readonly fileName: string; readonly reason: string }
  | {
      readonly kind: 'closed';
      readonly tally: RunTally;
      readonly seal: { readonly sequence: number; readonly hash: string };
    };
export type ActKind = ActBody['kind'];
