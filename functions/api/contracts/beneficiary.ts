import * as z from 'zod/mini';
import type { ContractsOf } from './contract.ts';
import { EnrolmentView } from './persons.ts';
import {
  Amount,
  DateText,
  MonthText,
  Names,
  PaymentIdText,
  PeriodText,
  ProgrammeText,
} from './primitives.ts';

const State = z.enum(['preparing', 'in-transit', 'settled', 'failed', 'returned', 'held']);
const Line = z.strictObject({
  month: MonthText,
  kind: z.enum(['entitlement', 'arrears', 'set-off']),
  names: Names,
  amount: Amount,
});
/** `explanation` says in one sentence where the payment stands and what to do. */
const PaymentView = z
  .strictObject({
    payment: PaymentIdText,
    programme: ProgrammeText,
    programmeNames: Names,
    period: PeriodText,
    amount: Amount,
    state: State,
    stateNames: Names,
    explanation: Names,
    paidOn: z.optional(DateText),
    lines: z.array(Line),
  })
  .check(z.meta({ id: 'MyPayment', description: '我的一笔发放 / one of my payments' }));
const CitationView = z.strictObject({
  document: z.string(),
  title: z.string(),
  article: z.optional(z.string()),
  url: z.optional(z.string()),
});

export const beneficiaryContracts = {
  listMyEnrolments: {
    summary: { zh: '我享受的项目', en: 'My enrolments' },
    status: 200,
    response: z.strictObject({ enrolments: z.array(EnrolmentView) }),
  },
  listMyPayments: {
    summary: { zh: '我近 24 个月的发放', en: 'My payments of 24 months' },
    status: 200,
    response: z.strictObject({ payments: z.array(PaymentView) }),
  },
  explainMyPayment: {
    summary: { zh: '为什么是这个金额', en: 'Why this amount' },
    params: z.strictObject({ paymentId: PaymentIdText }),
    status: 200,
    response: z
      .strictObject({
        payment: PaymentView,
        legalBasis: z.array(CitationView),
        months: z.array(
          z.strictObject({
            month: MonthText,
            amount: Amount,
            steps: z.array(
              z.strictObject({ zh: z.string(), en: z.string(), citation: z.optional(CitationView) }),
            ),
          }),
        ),
      })
      .check(z.meta({ id: 'Explanation', description: '金额说明 / why this amount' })),
  },
} as const satisfies ContractsOf<'beneficiary'>;
