import type { Instant, PlainDate } from '../calendar.ts';
import type { PaymentId, RunId } from '../ids.ts';
import { type Attempt, lastWord, owedOf } from '../ledger/attempts.ts';
import { type EntryContent, type OutsideMeans, paidOutside } from '../ledger/entry.ts';
import type { Fen } from '../money.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import { alreadySurrendered } from '../unpaid/unclaimed.ts';
import { isOutcomeUnknown } from './send-again.ts';

/** 系统外发放: a payment that the bank could not make, paid by hand, as one person states it. It counts once another confirms. */
export type OutsidePayment = {
  readonly payment: PaymentId;
  /** The attempt that it is: the one after that which failed or came back. */
  readonly attempt: number;
  readonly runId: RunId;
  readonly fen: Fen;
  readonly means: OutsideMeans;
  readonly voucher: string;
  readonly paidOn: PlainDate;
  readonly evidence: string;
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
};

export const OUTSIDE_DECISIONS = ['confirmed', 'rejected'] as const;
/** What became of it, once and for ever: another person confirmed or rejected it, or the one who stated it took it back. */
export type OutsideDecision = {
  readonly decision: (typeof OUTSIDE_DECISIONS)[number] | 'withdrawn';
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
};

/** What is known of a payment when it is to be paid outside. */
export type Unpaid = {
  /** The payment's last attempt, read strongly; undefined when it was never sent. */
  readonly latest: Attempt | undefined;
  /** The bank later called that attempt credited, and nobody has decided that it was not. */
  readonly lateSuccess: boolean;
  /** Somebody has said, with a reason, that the attempt may be followed by another (可重发). */
  readonly cleared: boolean;
  /** Today where the bureau is. */
  readonly today: PlainDate;
};
type Stated = Pick<
  OutsidePayment,
  'payment' | 'runId' | 'means' | 'voucher' | 'paidOn' | 'evidence' | 'by'
> & {
  /** Given once it has been proposed: an attempt made since then makes it void. */
  readonly attempt?: number;
};

/**
 * The entry that an outside payment would be. Only money that stands with us is paid by hand: its last attempt, in this run, failed
 * or came back, and the bank has not called it credited since.
 * Refusals: `missing/unsettled`, `conflict/sent-again`, `conflict/paid-outside`, `conflict/settled`, `conflict/in-transit`,
 * `conflict/late-success`, `conflict/outcome-unknown`, `conflict/no-longer-owed`, `conflict/surrendered`, `invalid/date-in-future`, `invalid/date-too-early`.
 */
export function outsideEntry(stated: Stated, known: Unpaid): Result<EntryContent> {
  const { latest, lateSuccess, today } = known;
  const { payment, paidOn, means, voucher, evidence } = stated;
  if (!latest) return refuse(notHere(payment));
  const moved = movedOn(stated, latest);
  if (moved) return refuse(moved);
  const last = lastWord(latest);
  if (!last || latest.state === 'settled') return refuse(notOwed(latest));
  if (latest.surrendered) return refuse(alreadySurrendered(payment));
  if (owedOf(latest) === 0) return refuse(noLongerOwed(payment));
  if (lateSuccess) {
    return refuse(
      refusal(
        'conflict/late-success',
        '银行后来报称该笔已入账：请先向银行核实并裁定差异，不能另行发放',
        'the bank has since called it credited: ask the bank and decide that exception before paying it again',
        { payment },
      ),
    );
  }
  if (last.kind === 'failed' && !known.cleared && isOutcomeUnknown(last.reason)) {
    return refuse(
      refusal(
        'conflict/outcome-unknown',
        '该笔在银行的结果未明：先向银行查询，得到书面答复后由有权人准予重发，才能另行发放',
        'what became of it at the bank is not known: ask the bank, and have it cleared by its written answer before paying it again',
        { payment },
      ),
    );
  }
  // A failure often has no date of the bank; nothing was paid by hand before the attempt was even sent.
  const earliest = last.bankDate ?? dayOf(latest.release.at);
  if (paidOn > today) {
    return refuse(
      refusal('invalid/date-in-future', `发放日期 ${paidOn} 晚于今天`, `${paidOn} is in the future`, {
        today,
      }),
    );
  }
  if (paidOn < earliest) {
    return refuse(
      refusal(
        'invalid/date-too-early',
        `发放日期 ${paidOn} 早于银行发放失败或退回的日期 ${earliest}`,
        `${paidOn} is before ${earliest}, when the bank’s attempt failed or came back`,
        { earliest },
      ),
    );
  }
  return ok(paidOutside(last, paidOn, { means, voucher, evidence, proposedBy: stated.by }, owedOf(latest)));
}

/** The day of an instant in UTC, which is never later than the day in China: too lenient by hours, never too strict. */
const dayOf = (at: Instant): PlainDate => at.slice(0, 10);

function movedOn(stated: Stated, latest: Attempt): Refusal | undefined {
  const { payment, runId, attempt } = stated;
  const { release } = latest;
  if (attempt !== undefined && latest.attempt >= attempt) {
    return release.kind === 'paid-outside' ? paidAlready(payment) : sentAgain(latest);
  }
  return release.run === runId ? undefined : sentAgain(latest);
}

function notOwed(latest: Attempt): Refusal {
  const { payment, state, release } = latest;
  if (release.kind === 'paid-outside') return paidAlready(payment);
  if (state === 'in-transit') {
    return refusal(
      'conflict/in-transit',
      '该笔在途，银行尚未回盘，不能另行发放',
      'it is in transit: the bank has not answered',
      {
        payment,
      },
    );
  }
  return refusal('conflict/settled', '该笔已发放成功', 'the bank has paid it', { payment });
}

const notHere = (payment: PaymentId): Refusal =>
  refusal(
    'missing/unsettled',
    '本批次没有这笔失败或退回',
    'this run has no such failed or returned payment',
    {
      payment,
    },
  );

/** 冲销: a later run found that the months are not owed any more. */
export const noLongerOwed = (payment: PaymentId): Refusal =>
  refusal(
    'conflict/no-longer-owed',
    '该笔的月份已不再应发，已冲销；如有误请更正对象信息，下一批次将补发',
    'its months are no longer owed and it was taken back; if that is wrong, correct the register and the next run pays it',
    { payment },
  );

const paidAlready = (payment: PaymentId): Refusal =>
  refusal('conflict/paid-outside', '该笔已在系统外发放', 'it is already paid outside the system', {
    payment,
  });

const sentAgain = ({ payment, state, release }: Attempt): Refusal =>
  refusal('conflict/sent-again', '该笔已在后续批次重发', 'a later run has sent it again', {
    payment,
    state,
    run: release.run,
  });
