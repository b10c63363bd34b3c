import type * as z from 'zod/mini';
import { toYuan } from '../../../domain/money.ts';
import { BREAKS, type BreakKind } from '../../../domain/reconciliation/breaks.ts';
import { PROGRESS_NAMES } from '../../../domain/reconciliation/progress.ts';
import type {
  BankResultSummary,
  ExceptionListing,
  HoldListing,
  RecoveryListing,
  UnsettledAttempt,
} from '../../run/service.ts';
import type { reconciliationContracts } from '../contracts/reconciliation.ts';
import { bankReasonView } from './bank-reason-view.ts';
import type { MaskedBody } from './person-view.ts';

type Contracts = typeof reconciliationContracts;
type ResultBody = z.input<Contracts['listBankResults']['response']>['results'][number];
type ExceptionBody = z.input<Contracts['listExceptions']['response']>['exceptions'][number];
type UnsettledBody = z.input<Contracts['listUnsettled']['response']>['payments'][number];
type HoldBody = z.input<Contracts['releaseHold']['response']>;
type RecoveryBody = z.input<Contracts['listRecoveryProposals']['response']>['proposals'][number];

export function bankResultView(summary: BankResultSummary): ResultBody {
  const { resultId, state, at, by, fileName, chunks, counts, refusal } = summary;
  return {
    resultId,
    state,
    at,
    by,
    ...(fileName !== undefined && { fileName }),
    ...(chunks && { chunks }),
    ...(counts && { counts }),
    ...(refusal && { refusal: { code: refusal.code, zh: refusal.zh, en: refusal.en } }),
  };
}

/** What a kind of break is called, whose it is and what to do. */
export function breakWords(kind: BreakKind) {
  const { names, owner, todo } = BREAKS[kind];
  return { names, owner, todo };
}

export function exceptionView(listing: ExceptionListing): ExceptionBody {
  const { exceptionId, kind, file, resultLine, payment, attempt, bookedOn, decision } = listing;
  const { instructedFen, statedFen, statedStatus, statedReason, reportedBy, note } = listing;
  return {
    exceptionId,
    kind,
    ...breakWords(kind),
    file,
    resultLine,
    ...(payment !== undefined && { payment }),
    ...(attempt !== undefined && { attempt }),
    ...(instructedFen !== undefined && { instructed: toYuan(instructedFen) }),
    ...(statedFen !== undefined && { stated: toYuan(statedFen) }),
    ...(statedStatus !== undefined && { statedStatus }),
    ...(statedReason !== undefined && { statedReason: bankReasonView(statedReason) }),
    ...(bookedOn !== undefined && { bookedOn }),
    ...(reportedBy !== undefined && { reportedBy }),
    ...(note !== undefined && { note }),
    ...(decision && { decision }),
  };
}

export function unsettledView(attempt: UnsettledAttempt, person?: MaskedBody): UnsettledBody {
  const {
    payment,
    attempt: number,
    state,
    fen,
    file,
    line,
    reason,
    bankDate,
    progress,
    sentAgain,
    paidOutside,
    cancelledFen,
    surrendered,
    clearance,
  } = attempt;
  return {
    payment,
    attempt: number,
    state,
    amount: toYuan(fen),
    file,
    line,
    ...(reason !== undefined && { reason: bankReasonView(reason) }),
    ...(bankDate !== undefined && { bankDate }),
    ...(progress && { progress: { code: progress, names: PROGRESS_NAMES[progress] } }),
    ...(sentAgain && { sentAgain }),
    ...(paidOutside && { paidOutside }),
    ...(cancelledFen !== undefined && { cancelled: toYuan(cancelledFen) }),
    ...(surrendered && { surrendered }),
    ...(clearance && { clearance }),
    ...(person && { person }),
  };
}

export function holdView(hold: HoldListing, person?: MaskedBody): HoldBody {
  const { holdId, payment, enrolment, runId, months, fen, reasons, at, release } = hold;
  return {
    holdId,
    payment,
    enrolment,
    runId,
    months: [...months],
    amount: toYuan(fen),
    reasons: reasons.map(({ control, zh, en }) => ({ control, zh, en })),
    since: at,
    ...(release && { release }),
    ...(person && { person }),
  };
}

export function recoveryView(proposal: RecoveryListing, person?: MaskedBody): RecoveryBody {
  const { enrolment, runId, month, component, fen, cause, at } = proposal;
  return {
    enrolment,
    runId,
    month,
    component,
    amount: toYuan(fen),
    cause,
    at,
    ...(person && { person }),
  };
}
