import * as z from 'zod/mini';
import { APPLICATION_STATES } from '../../../domain/grants/application.ts';
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
import { myStatementContracts } from './statements.ts';

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

export const MyGrantView = z
  .strictObject({
    applicationId: z.string(),
    programme: ProgrammeText,
    programmeNames: Names,
    appliedOn: DateText,
    state: z.enum(APPLICATION_STATES),
    stateNames: Names,
    decidedOn: z.optional(DateText),
    document: z.optional(z.string()),
    amount: z.optional(Amount),
    months: z.array(MonthText),
    means: z.optional(z.enum(['account', 'imprest-cash'])),
    reason: z.optional(z.string()),
    papersOpen: z.array(z.string()),
    papersDue: z.optional(DateText),
  })
  .check(z.meta({ id: 'MyGrant', description: '我的一份申请 / one of my applications' }));

export const beneficiaryContracts = {
  ...myStatementContracts,
  listMyEnrolments: {
    summary: { zh: '我享受的项目', en: 'My enrolments' },
    status: 200,
    response: z.strictObject({ enrolments: z.array(EnrolmentView) }),
  },
  listMyGrants: {
    summary: { zh: '我的申请和救助决定', en: 'My applications for grants, and what was decided' },
    status: 200,
    response: z.strictObject({ grants: z.array(MyGrantView) }),
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
