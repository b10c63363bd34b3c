import * as z from 'zod/mini';
import { AGE_BANDS, NEXT_STEPS, type NextStep } from '../../../domain/unpaid/open-list.ts';
import { NOTICE_MEANS, SURRENDER_DECISIONS } from '../../../domain/unpaid/unclaimed.ts';
import type { Contract } from './contract.ts';
import { MaskedPerson } from './persons.ts';
import {
  Amount,
  DateText,
  InstantText,
  Names,
  Next,
  OpaqueId,
  PaymentIdText,
  ProgrammeText,
  paging,
  Reason,
  RunIdText,
  StreetText,
  Tally,
} from './primitives.ts';
import { ACTIONS, BankReason } from './reconciliation.ts';
import { Voucher } from './runs.ts';

const ofPayment = z.strictObject({ paymentId: PaymentIdText });
const filters = {
  programme: z.optional(ProgrammeText),
  action: z.optional(z.enum(ACTIONS)),
  street: z.optional(StreetText),
  overdue: z.optional(
    z.enum(['true', 'false']).check(z.meta({ description: '只看超期 / overdue ones only' })),
  ),
};
const STEPS = Object.keys(NEXT_STEPS) as [NextStep, ...NextStep[]];

const OpenPaymentView = z
  .strictObject({
    payment: PaymentIdText,
    attempt: z.int(),
    programme: ProgrammeText,
    runId: RunIdText,
    state: z.enum(['failed', 'returned']),
    amount: Amount,
    reason: BankReason,
    nextStep: z.strictObject({ code: z.enum(STEPS), names: Names }),
    since: DateText,
    workingDays: z.optional(z.int()),
    atLeast: z.optional(
      z
        .boolean()
        .check(z.meta({ description: '节假日数据未到今天：至少这么多 / the calendar ends before today' })),
    ),
    overdueFrom: z.optional(
      DateText.check(z.meta({ description: '自该日起为超期 / overdue from this day on' })),
    ),
    overdue: z.boolean(),
    street: z.optional(StreetText),
    person: z.optional(MaskedPerson),
  })
  .check(
    z.meta({ id: 'OpenPayment', description: '未清退票 / a payment that failed or came back, still open' }),
  );
const StuckMoneyView = z
  .strictObject({
    runId: RunIdText,
    programme: ProgrammeText,
    kind: z.enum(['funded-not-sent', 'sent-not-answered']),
    names: Names,
    since: DateText,
    days: z.int(),
    amount: Amount,
  })
  .check(
    z.meta({ id: 'StuckMoney', description: '资金滞留 / money that stands still for more than 30 days' }),
  );

const SurrenderView = z
  .strictObject({
    surrenderId: OpaqueId,
    payment: PaymentIdText,
    attempt: z.int(),
    runId: RunIdText,
    amount: Amount,
    voucher: z.string(),
    paidInOn: DateText,
    evidence: z.string(),
    reason: z.string(),
    by: OpaqueId,
    at: InstantText,
    decision: z.optional(
      z.strictObject({
        decision: z.enum(SURRENDER_DECISIONS),
        reason: z.string(),
        by: OpaqueId,
        at: InstantText,
      }),
    ),
  })
  .check(z.meta({ id: 'Surrender', description: '上缴财政 / unclaimed money given back to the treasury' }));
const UnclaimedView = z
  .strictObject({
    payment: PaymentIdText,
    attempt: z.int(),
    notice: z.optional(
      z.strictObject({
        on: DateText,
        means: z.enum(NOTICE_MEANS),
        evidence: z.string(),
        by: OpaqueId,
        at: InstantText,
      }),
    ),
    surrenders: z.array(SurrenderView),
    claim: z.optional(
      z.strictObject({ evidence: z.string(), reason: z.string(), by: OpaqueId, at: InstantText }),
    ),
  })
  .check(
    z.meta({ id: 'Unclaimed', description: '无人认领 / what was done about money that nobody claimed' }),
  );

export const openPaymentContracts = {
  listOpenPayments: {
    summary: { zh: '未清退票清单（账龄、下一步）', en: 'Open payments: age and next step' },
    notes: {
      zh: '全部项目中发放失败或退回、尚未重发或处理的款项，最早的在前；账龄按工作日（法定节假日和调休计入），超过时限（默认 5 个工作日）为超期。合计按原因类别和账龄，不受分页影响。并列出资金滞留：已拨款未发出、已发出银行未答复超过 30 天。',
      en: 'Of all programmes, the oldest first, aged in official working days; overdue after the limit that policy sets, 5 by default. Totals are over the whole filtered list. Beside it, money that stands still for more than 30 days: funded and not sent, or sent and not answered.',
    },
    query: z.strictObject({ ...filters, ...paging }),
    status: 200,
    response: z.strictObject({
      asOf: DateText,
      payments: z.array(OpenPaymentView),
      open: Tally,
      overdue: Tally,
      totals: z.array(z.strictObject({ action: z.enum(ACTIONS), age: z.enum(AGE_BANDS), tally: Tally })),
      stuck: z.array(StuckMoneyView),
      calendarGap: z.optional(z.strictObject({ code: z.string(), zh: z.string(), en: z.string() })),
      next: Next,
    }),
  },
  getOpenPaymentsSheet: {
    summary: { zh: '退票处理清单（打印）', en: 'List of open payments, to print' },
    query: z.strictObject(filters),
    status: 200,
    response: z.string(),
    mediaType: 'text/html',
  },
  giveNotice: {
    summary: { zh: '登记告知（公告、书面、入户、电话）', en: 'Record that the payee was told' },
    notes: {
      zh: '款项超过政策规定的期限仍无人认领时登记；告知期满方可上缴。',
      en: 'For money older than policy says; it may be surrendered once the notice has run out.',
    },
    params: ofPayment,
    request: z.strictObject({ on: DateText, means: z.enum(NOTICE_MEANS), evidence: Reason }),
    status: 201,
    response: UnclaimedView,
  },
  proposeSurrender: {
    summary: { zh: '登记上缴财政', en: 'State that it was surrendered to the treasury' },
    notes: {
      zh: '登记缴款书号和日期；另一人确认后记账。此后不再重发，除非有人认领。',
      en: 'With number and date of the payment into the treasury; it counts once another person confirms it, and is then not sent again unless somebody claims it.',
    },
    params: ofPayment,
    request: z.strictObject({ voucher: Voucher, paidInOn: DateText, evidence: Reason, reason: Reason }),
    status: 201,
    response: SurrenderView,
  },
  decideSurrender: {
    summary: { zh: '确认或驳回上缴（另一人）', en: 'Confirm or reject a surrender (another person)' },
    params: z.strictObject({ paymentId: PaymentIdText, surrenderId: OpaqueId }),
    request: z.strictObject({ decision: z.enum(SURRENDER_DECISIONS), reason: Reason }),
    status: 200,
    response: SurrenderView,
  },
  claimSurrendered: {
    summary: { zh: '登记认领，下一批次补发', en: 'Record a claim: the next run pays it again' },
    params: ofPayment,
    request: z.strictObject({ evidence: Reason, reason: Reason }),
    status: 201,
    response: UnclaimedView,
  },
  listSurrenders: {
    summary: { zh: '无人认领款项的处理', en: 'What was done about unclaimed money' },
    query: z.strictObject({ programme: ProgrammeText }),
    status: 200,
    response: z.strictObject({ unclaimed: z.array(UnclaimedView) }),
  },
} as const satisfies Record<string, Contract>;
