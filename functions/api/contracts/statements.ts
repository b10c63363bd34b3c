import * as z from 'zod/mini';
import type { Contract } from './contract.ts';
import { MaskedPerson } from './persons.ts';
import {
  Amount,
  DateText,
  MonthText,
  Names,
  OpaqueId,
  PaymentIdText,
  PeriodText,
  PersonKeyText,
  ProgrammeText,
  RunIdText,
} from './primitives.ts';

const Citation = z.strictObject({
  document: z.string(),
  title: z.string(),
  article: z.optional(z.string()),
  url: z.optional(z.string()),
});
/** One step of a derivation as a sentence, with the article it rests on. */
const Sentence = z.strictObject({ zh: z.string(), en: z.string(), citation: z.optional(Citation) });
const Line = z
  .strictObject({
    kind: z.enum([
      'entitlement',
      'arrears',
      'opening',
      'cancelled',
      'surrendered',
      'ordered-back',
      'owed-after-all',
      'nothing',
    ]),
    kindNames: Names,
    componentNames: z.optional(Names),
    component: z.string(),
    amount: Amount,
    before: Amount,
    after: Amount,
    on: DateText,
    payment: PaymentIdText,
    runId: RunIdText,
    cause: z.optional(z.string()),
    causeNames: z.optional(Names),
    document: z.optional(z.string()),
    changed: z.array(Sentence),
    stacking: z.array(Sentence),
    steps: z.array(Sentence),
  })
  .check(z.meta({ id: 'StatementLine', description: '应发变动 / what moved what is due' }));
const totals = {
  entitlement: Amount,
  arrears: Amount,
  opening: Amount,
  cancelled: Amount,
  surrendered: Amount,
  due: Amount,
  received: Amount,
  setOff: Amount,
  inTransit: Amount,
  open: Amount,
  cameBack: Amount,
  orderedBack: Amount,
  final: Amount,
} as const;
const Totals = z.strictObject(totals);
const DebtTotals = z.strictObject({
  ordered: Amount,
  broughtIn: Amount,
  revoked: Amount,
  received: Amount,
  setOff: Amount,
  waived: Amount,
  outstanding: Amount,
});
const StatementView = z
  .strictObject({
    person: z.optional(MaskedPerson),
    asOf: DateText,
    from: MonthText,
    through: MonthText,
    enrolments: z.array(
      z.strictObject({
        enrolmentId: OpaqueId,
        programme: ProgrammeText,
        programmeNames: Names,
        months: z.array(z.strictObject({ month: MonthText, amount: Amount, lines: z.array(Line) })),
        payments: z.array(
          z.strictObject({
            payment: PaymentIdText,
            period: PeriodText,
            attempt: z.int(),
            runId: RunIdText,
            state: z.enum(['in-transit', 'settled', 'failed', 'returned']),
            stateNames: Names,
            amount: Amount,
            setOff: Amount,
            sentOn: DateText,
            answeredOn: z.optional(DateText),
            account: z.optional(z.string()),
            means: z.enum(['bank', 'cash', 'manual-transfer', 'imprest', 'before-go-live']),
            meansNames: Names,
            reasonNames: z.optional(Names),
          }),
        ),
        proposals: z.array(
          z.strictObject({
            month: MonthText,
            component: z.string(),
            componentNames: z.optional(Names),
            amount: Amount,
            awaited: Amount,
            cause: z.string(),
            causeNames: Names,
          }),
        ),
        debts: z.array(
          z.strictObject({
            kind: z.enum([
              'ordered',
              'brought-in',
              'revoked',
              'received',
              'bank-return',
              'set-off',
              'restored',
              'waived',
            ]),
            kindNames: Names,
            on: DateText,
            amount: Amount,
            payment: PaymentIdText,
            recoveryId: z.optional(z.string()),
            document: z.optional(z.string()),
          }),
        ),
        totals: Totals,
        debtTotals: DebtTotals,
      }),
    ),
    totals: z.optional(Totals),
    debtTotals: z.optional(DebtTotals),
  })
  .check(
    z.meta({
      id: 'Statement',
      description: '个人发放对账单 / the statement of one person over all programmes',
    }),
  );

const months = {
  from: z.optional(MonthText),
  through: z.optional(MonthText),
} as const;
const notes = {
  zh: '只取账簿分录和已签批的核算依据，不重新核算。from、through 为发放批次所属月份，默认近 24 个月；其中的补发可属更早的月份。应得 = 本月应发 + 补发 + 期初 − 冲销 − 上缴，应得 = 到账 + 抵扣 + 在途 + 待重发 + 退回已追缴；追缴：决定 + 期初转入 − 撤销 = 已缴 + 抵扣 + 豁免 + 尚欠。账号只显示后四位。',
  en: 'From ledger entries and the derivations that were signed; nothing is assessed again. `from` and `through` are months of payment runs, the last 24 by default; arrears in them may be of earlier months. due = entitlement + arrears + opening − cancelled − surrendered = received + setOff + inTransit + open + cameBack; of recoveries: ordered + broughtIn − revoked = received + setOff + waived + outstanding.',
} as const;
const ofPerson = {
  params: z.strictObject({ personKey: PersonKeyText }),
  query: z.strictObject(months),
} as const;
const page = { status: 200, response: z.string(), mediaType: 'text/html' } as const;

export const statementContracts = {
  getPersonStatement: {
    summary: { zh: '个人发放对账单', en: 'Statement of a person over all programmes' },
    notes,
    ...ofPerson,
    status: 200,
    response: StatementView,
  },
  getPersonStatementSheet: {
    summary: { zh: '个人发放对账单（打印）', en: 'Statement of a person, to print' },
    notes,
    ...ofPerson,
    ...page,
  },
} as const satisfies Record<string, Contract>;

export const myStatementContracts = {
  getMyStatement: {
    summary: { zh: '我的发放对账单', en: 'My statement over all programmes' },
    notes,
    query: z.strictObject(months),
    status: 200,
    response: StatementView,
  },
  getMyStatementSheet: {
    summary: { zh: '我的发放对账单（打印）', en: 'My statement, to print' },
    notes,
    query: z.strictObject(months),
    ...page,
  },
} as const satisfies Record<string, Contract>;
