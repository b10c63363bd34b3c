import type { Instant, PlainDate } from '../calendar.ts';
import type { EnrolmentId } from '../ids.ts';
import type { Determination } from '../register/determination.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse, unreachable } from '../result.ts';
import { inTheFuture } from './decision.ts';
import type { BatchManifest, BatchProposal, BatchTotals } from './standard-change.ts';

/** A batch's history is a numbered list of acts; its state is their fold. */
export type BatchAct = BatchActBody & {
  readonly sequence: number;
  readonly at: Instant;
  readonly by: string;
};
export type BatchActBody =
  | { readonly kind: 'started'; readonly manifest: BatchManifest; readonly request?: string | undefined }
  | {
      readonly kind: 'proposed';
      readonly hash: string;
      readonly totals: BatchTotals;
    }
  | {
      readonly kind: 'approved';
      readonly hash: string;
      /** 文号 and day of the bureau's own decision on the batch. */
      readonly document: string;
      readonly decidedOn: PlainDate;
    }
  | { readonly kind: 'voided'; readonly reason: string }
  | { readonly kind: 'applied'; readonly applied: number; readonly leftOut: readonly EnrolmentId[] };

export type Batch = {
  readonly manifest: BatchManifest;
  readonly state: 'proposing' | 'review' | 'applying' | 'applied' | 'void';
  readonly sequence: number;
  readonly startedBy: string;
  readonly startedAt: Instant;
  readonly request?: string | undefined;
  readonly hash?: string | undefined;
  readonly totals?: BatchTotals | undefined;
  readonly approval?:
    | { readonly by: string; readonly at: Instant; readonly document: string; readonly decidedOn: PlainDate }
    | undefined;
  readonly applied?: number | undefined;
  readonly leftOut?: readonly EnrolmentId[] | undefined;
  /** Why it is void, and who said so. */
  readonly reason?: string | undefined;
  readonly voidedBy?: string | undefined;
};

/** Folds acts 1..n; undefined when there are none. */
export function foldBatch(acts: readonly BatchAct[]): Batch | undefined {
  let batch: Batch | undefined;
  for (const act of acts) {
    invariant(act.sequence === (batch?.sequence ?? 0) + 1, `act ${act.sequence} of a batch does not follow`);
    batch = applyBatchAct(batch, act);
  }
  return batch;
}

/** One step of the fold. */
export function applyBatchAct(batch: Batch | undefined, act: BatchAct): Batch {
  const { at, by, sequence } = act;
  if (act.kind === 'started') {
    const { manifest, request } = act;
    return { manifest, state: 'proposing', sequence, startedBy: by, startedAt: at, request };
  }
  invariant(batch, `the first act of a batch is "${act.kind}"`);
  switch (act.kind) {
    case 'proposed':
      return { ...batch, sequence, state: 'review', hash: act.hash, totals: act.totals };
    case 'approved': {
      const { decidedOn, document } = act;
      return { ...batch, sequence, state: 'applying', approval: { by, at, document, decidedOn } };
    }
    case 'voided':
      return { ...batch, sequence, state: 'void', reason: act.reason, voidedBy: by };
    case 'applied':
      return { ...batch, sequence, state: 'applied', applied: act.applied, leftOut: act.leftOut };
    default:
      return unreachable(act);
  }
}

/**
 * 批准: once, by another person than the one who started it, for the hash that was read. Refusals: `conflict/batch-state`,
 * `forbidden/own-batch`, `conflict/stale-batch`, `invalid/decision-date`, `conflict/nothing-to-apply`.
 */
export function approveBatch(
  batch: Batch,
  seen: { readonly hash: string; readonly document: string; readonly decidedOn: PlainDate },
  by: string,
  today: PlainDate,
): Result<BatchActBody> {
  if (batch.state !== 'review') return refuse(wrongState(batch));
  if (batch.startedBy === by) return refuse(ownBatch());
  if (seen.hash !== batch.hash) return refuse(staleBatch());
  if (seen.decidedOn > today) return refuse(inTheFuture(seen.decidedOn, today));
  if (batch.totals?.households === 0) return refuse(nothingToApply());
  return ok({ kind: 'approved', ...seen });
}

/** 作废: before it is approved, by anyone who may sign. */
export function voidBatch(batch: Batch, reason: string): Result<BatchActBody> {
  const open = batch.state === 'proposing' || batch.state === 'review';
  return open ? ok({ kind: 'voided', reason }) : refuse(wrongState(batch));
}

/** The determination that an approved batch makes of a proposal; the caller adds when it was recorded. */
export function determinationOf(
  { approval, manifest, startedBy }: Batch,
  { content, enrolment, number }: BatchProposal,
): Omit<Determination, 'recordedAt'> | undefined {
  if (!approval) return undefined;
  const { by, decidedOn, document } = approval;
  const { kind, sample, spans } = content;
  const basis = manifest.batchId;
  return {
    enrolment,
    number,
    kind,
    document,
    decidedOn,
    spans,
    sample,
    proposedBy: startedBy,
    decidedBy: by,
    basis,
    issuedOn: manifest.issuedOn,
  };
}

const BATCH_STATES: Record<Batch['state'], string> = {
  proposing: '测算中',
  review: '待批准',
  applying: '执行中',
  applied: '已执行',
  void: '已作废',
};

const wrongState = ({ state }: Batch): Refusal =>
  refusal(
    'conflict/batch-state',
    `批量调标当前为“${BATCH_STATES[state]}”，不能这样操作`,
    `the batch is "${state}" and this cannot be done to it`,
    { state },
  );

const ownBatch = (): Refusal =>
  refusal(
    'forbidden/own-batch',
    '发起批量调标的人不能批准：请由另一人批准',
    'whoever started the batch cannot approve it: another person must',
  );

const staleBatch = (): Refusal =>
  refusal(
    'conflict/stale-batch',
    '您看到的不是当前的测算结果：请重新打开核对',
    'what you saw is not the result as it stands: open it again',
  );

const nothingToApply = (): Refusal =>
  refusal(
    'conflict/nothing-to-apply',
    '没有需要调整的对象：可作废本次批量调标',
    'there is nothing to change: void the batch instead',
  );
