import * as z from 'zod/mini';
import { OUTSIDE_MEANS } from '../../../domain/ledger/entry.ts';
import { OUTSIDE_DECISIONS } from '../../../domain/run/outside-payment.ts';
import type { Contract } from './contract.ts';
import { Amount, DateText, InstantText, OpaqueId, PaymentIdText, Reason, RunIdText } from './primitives.ts';
import { ExceptionView } from './reconciliation.ts';
import { Voucher } from './runs.ts';

const ofRun = z.strictObject({ runId: RunIdText });
const ofOutside = z.strictObject({ runId: RunIdText, outsideId: OpaqueId });
const withReason = z.strictObject({ reason: Reason });
const Means = z
  .enum(OUTSIDE_MEANS)
  .check(z.meta({ description: '方式：现金、手工转账 / in cash, or a transfer made by hand' }));

const OutsidePaymentView = z
  .strictObject({
    outsideId: OpaqueId,
    runId: RunIdText,
    payment: PaymentIdText,
    attempt: z.int(),
    amount: Amount,
    means: Means,
    voucher: z.string(),
    paidOn: DateText,
    evidence: z.string(),
    reason: z.string(),
    by: OpaqueId,
    at: InstantText,
    decision: z.optional(
      z.strictObject({
        decision: z.enum([...OUTSIDE_DECISIONS, 'withdrawn']),
        reason: z.string(),
        by: OpaqueId,
        at: InstantText,
      }),
    ),
  })
  .check(z.meta({ id: 'OutsidePayment', description: '系统外发放 / a payment made by hand' }));

export const outsidePaymentContracts = {
  proposeOutsidePayment: {
    summary: { zh: '登记系统外发放', en: 'State that a payment was made by hand' },
    notes: {
      zh: '银行发放失败或退回的一笔，以现金（须政策允许）或手工转账发放后登记凭证与凭据；另一人确认后记账，视同发放成功。',
      en: 'For what failed or came back and was then paid in cash (where the policy allows it) or transferred by hand: it counts as paid once another person confirms it.',
    },
    params: z.strictObject({ runId: RunIdText, paymentId: PaymentIdText }),
    request: z.strictObject({
      means: Means,
      voucher: Voucher,
      paidOn: DateText,
      evidence: Reason,
      reason: Reason,
    }),
    status: 201,
    response: OutsidePaymentView,
  },
  listOutsidePayments: {
    summary: { zh: '系统外发放清单', en: 'Payments made by hand' },
    params: ofRun,
    status: 200,
    response: z.strictObject({ outsidePayments: z.array(OutsidePaymentView) }),
  },
  decideOutsidePayment: {
    summary: { zh: '确认或驳回系统外发放（另一人）', en: 'Confirm or reject it (another person)' },
    params: ofOutside,
    request: z.strictObject({ decision: z.enum(OUTSIDE_DECISIONS), reason: Reason }),
    status: 200,
    response: OutsidePaymentView,
  },
  withdrawOutsidePayment: {
    summary: { zh: '撤回本人登记的系统外发放', en: 'Take back what one has stated oneself' },
    params: ofOutside,
    request: withReason,
    status: 200,
    response: OutsidePaymentView,
  },
  reportOutsideReturn: {
    summary: { zh: '报告手工转账被退回', en: 'Report that a transfer made by hand came back' },
    notes: {
      zh: '列入差异，由另一人裁定为退回后可再次发放；现金不存在退回。',
      en: 'Becomes an exception; once another person decides that it came back it can be paid again. Cash does not come back.',
    },
    params: ofOutside,
    request: withReason,
    status: 201,
    response: ExceptionView,
  },
} as const satisfies Record<string, Contract>;
