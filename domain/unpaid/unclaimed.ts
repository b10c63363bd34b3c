import * as z from 'zod/mini';
import { addMonths, chinaDate, daysInMonth, type Instant, monthOf, type PlainDate } from '../calendar.ts';
import type { PaymentId, RunId } from '../ids.ts';
import { type Attempt, lastWord, owedOf } from '../ledger/attempts.ts';
import type { EntryContent, Surrender } from '../ledger/entry.ts';
import { type FundedBy, surrendered } from '../ledger/surrender.ts';
import type { Fen } from '../money.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import { isOutcomeUnknown } from '../run/send-again.ts';
import { addDays } from '../working-days.ts';

/** 无人认领: after how long money that failed or came back may be given back, and how long the notice before that runs. */
export const UnclaimedAfter = z.strictObject({
  months: z.int().check(z.minimum(1), z.maximum(120)),
  noticeDays: z.int().check(z.minimum(1), z.maximum(730)),
});
export type UnclaimedAfter = z.infer<typeof UnclaimedAfter>;

/** How the beneficiary was told: by public notice (公告), in writing (书面), at the door (入户), by telephone. */
export const NOTICE_MEANS = ['public-notice', 'letter', 'visit', 'telephone'] as const;
export type Notice = {
  readonly on: PlainDate;
  readonly means: (typeof NOTICE_MEANS)[number];
  /** Number or name of what shows it: delivery slip, photograph of the notice. */
  readonly evidence: string;
  readonly by: string;
  readonly at: Instant;
};

/** 上缴财政 as one person states it: it counts once another confirms. `attempt` is the one that failed or came back. */
export type StatedSurrender = Omit<Surrender, 'proposedBy'> & {
  readonly payment: PaymentId;
  readonly attempt: number;
  readonly runId: RunId;
  readonly fen: Fen;
  readonly paidInOn: PlainDate;
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
};
export const SURRENDER_DECISIONS = ['confirmed', 'rejected'] as const;
export type SurrenderDecision = {
  readonly decision: (typeof SURRENDER_DECISIONS)[number];
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
};

/** 认领: somebody entitled came for money that was surrendered; the next run pays its months again. */
export type Claim = {
  readonly evidence: string;
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
};

/** What is known of an open payment when it is to be noticed or surrendered. */
export type UnclaimedKnown = {
  /** The payment's last attempt, read strongly; undefined when it was never sent. */
  readonly latest: Attempt | undefined;
  /** The bank later called that attempt credited, and nobody has decided that it was not. */
  readonly lateSuccess: boolean;
  /** Somebody has said, with a reason, that the attempt may be followed by another (可重发): the money is known to be with us. */
  readonly cleared: boolean;
  readonly policy: UnclaimedAfter;
  /** Today where the bureau is. */
  readonly today: PlainDate;
};

/** From which day on money that stands open since a day is unclaimed: the same day that many months later, or the last of the month. */
export function unclaimedFrom(since: PlainDate, { months }: UnclaimedAfter): PlainDate {
  const month = addMonths(monthOf(since), months);
  const days = daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5)));
  return `${month}-${String(Math.min(Number(since.slice(8)), days)).padStart(2, '0')}`;
}

/** The first day on which what was noticed may be surrendered: the notice has run its days in full. */
export const noticeRunsOut = ({ on }: Pick<Notice, 'on'>, { noticeDays }: UnclaimedAfter): PlainDate =>
  addDays(on, noticeDays + 1);

/** The day, where the bureau is, on which an attempt failed or came back. */
export const openSince = (attempt: Attempt): PlainDate =>
  chinaDate((lastWord(attempt) ?? attempt.release).at);

/**
 * Why nobody may give notice of a payment, or surrender it: only what stands with us, is known not to be with the payee, and is old
 * enough. Refusals: `missing/open-payment`, `conflict/in-transit`, `conflict/settled`, `conflict/surrendered`,
 * `conflict/no-longer-owed`, `conflict/late-success`, `conflict/outcome-unknown`, `conflict/not-unclaimed-yet`.
 */
export function notUnclaimed(payment: PaymentId, known: UnclaimedKnown): Refusal | undefined {
  const { latest, lateSuccess, policy, today } = known;
  if (!latest) return noOpenPayment(payment);
  if (latest.surrendered) return alreadySurrendered(payment);
  if (latest.state === 'in-transit') {
    return refusal(
      'conflict/in-transit',
      '该笔在途，银行尚未回盘',
      'it is in transit: the bank has not answered',
      {
        payment,
      },
    );
  }
  if (latest.state === 'settled')
    return refusal('conflict/settled', '该笔已发放成功', 'it is paid', { payment });
  if (owedOf(latest) === 0) {
    return refusal(
      'conflict/no-longer-owed',
      '该笔的月份已不再应发，已冲销',
      'its months are no longer owed and it was taken back',
      { payment },
    );
  }
  if (lateSuccess) {
    return refusal(
      'conflict/late-success',
      '银行后来报称该笔已入账：请先向银行核实并裁定差异',
      'the bank has since called it credited: ask the bank and decide that exception first',
      { payment },
    );
  }
  if (!known.cleared && fateUnknown(latest)) {
    return refusal(
      'conflict/outcome-unknown',
      '银行的原因不明，款项可能已入账：先向银行查询，得到书面答复后由有权人准予重发，才能按无人认领处理',
      'the bank’s reason does not say where the money is: ask the bank, and have it cleared by its written answer before it is dealt with as unclaimed',
      { payment },
    );
  }
  const from = unclaimedFrom(openSince(latest), policy);
  return from <= today
    ? undefined
    : refusal(
        'conflict/not-unclaimed-yet',
        `该笔自 ${from} 起才算无人认领：此前请联系本人更正账户后重发`,
        `it is unclaimed from ${from} on: until then reach the payee and send it again`,
        { payment, from },
      );
}

/**
 * A notice is of money that was unclaimed on its day: one dated earlier would have run out before anybody was told. Refusals:
 * `invalid/date-in-future`, `invalid/date-too-early`.
 */
export function wrongNoticeDate(
  on: PlainDate,
  latest: Attempt,
  { policy, today }: Pick<UnclaimedKnown, 'policy' | 'today'>,
): Refusal | undefined {
  if (on > today)
    return refusal('invalid/date-in-future', `告知日期 ${on} 晚于今天`, `${on} is in the future`, { today });
  const from = unclaimedFrom(openSince(latest), policy);
  return on >= from
    ? undefined
    : refusal(
        'invalid/date-too-early',
        `告知日期 ${on} 早于该笔成为无人认领的日期 ${from}：请按实际告知日期登记`,
        `${on} is before ${from}, when it became unclaimed: give the day on which the payee was told`,
        { from },
      );
}

/** Failed for a reason that does not say whether the money moved; what came back is certainly with us. */
const fateUnknown = (latest: Attempt): boolean =>
  latest.state === 'failed' && isOutcomeUnknown(lastWord(latest)?.reason);

/**
 * The entry that a surrender would be. Refusals: those of `notUnclaimed`, and `conflict/sent-again`, `conflict/no-notice`,
 * `conflict/notice-running`, `invalid/date-in-future`, `invalid/date-too-early`.
 */
export function surrenderEntry(
  stated: Pick<StatedSurrender, 'payment' | 'voucher' | 'evidence' | 'paidInOn' | 'by'> & {
    readonly attempt?: number;
  },
  known: UnclaimedKnown & { readonly notice: Notice | undefined; readonly fundedBy: FundedBy },
): Result<EntryContent> {
  const { payment, attempt, voucher, evidence, paidInOn, by } = stated;
  const { latest, notice, policy, today, fundedBy } = known;
  if (latest && attempt !== undefined && latest.attempt > attempt) {
    return refuse(
      refusal('conflict/sent-again', '该笔已重发或另行发放', 'it was sent again or paid by hand', {
        payment,
      }),
    );
  }
  const wrong = notUnclaimed(payment, known);
  if (wrong) return refuse(wrong);
  if (!notice) {
    return refuse(
      refusal(
        'conflict/no-notice',
        '尚未公告或通知本人：请先登记告知',
        'no notice was given: give it first',
        { payment },
      ),
    );
  }
  const from = noticeRunsOut(notice, policy);
  if (from > today) {
    return refuse(
      refusal(
        'conflict/notice-running',
        `告知期未满：${from} 起方可上缴`,
        `the notice still runs: it may be surrendered from ${from} on`,
        { from },
      ),
    );
  }
  if (paidInOn > today) {
    return refuse(
      refusal('invalid/date-in-future', `缴款日期 ${paidInOn} 晚于今天`, `${paidInOn} is in the future`, {
        today,
      }),
    );
  }
  if (paidInOn < from) {
    return refuse(
      refusal(
        'invalid/date-too-early',
        `缴款日期 ${paidInOn} 早于告知期满日 ${from}`,
        `${paidInOn} is before ${from}, when the notice ran out`,
        { from },
      ),
    );
  }
  const last = latest && lastWord(latest);
  if (!latest || !last) return refuse(noOpenPayment(payment));
  return ok(surrendered(last, owedOf(latest), paidInOn, { voucher, evidence, proposedBy: by }, fundedBy));
}

export const noOpenPayment = (payment: PaymentId): Refusal =>
  refusal('missing/open-payment', '没有这笔失败或退回', 'there is no such failed or returned payment', {
    payment,
  });

export const alreadySurrendered = (payment: PaymentId): Refusal =>
  refusal(
    'conflict/surrendered',
    '该笔无人认领，已上缴财政：如有人认领，请登记认领，下一批次补发',
    'it was unclaimed and surrendered to the treasury: record a claim, and the next run pays it again',
    { payment },
  );
