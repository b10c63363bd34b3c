import * as z from 'zod/mini';
import { BANK_PROGRESS } from '../../../domain/bank/answer.ts';
import type { ReturnReason } from '../../../domain/bank/return-codes.ts';
import { OUTSIDE_MEANS } from '../../../domain/ledger/entry.ts';
import { BREAK_OWNERS } from '../../../domain/reconciliation/breaks.ts';
import { EXCEPTION_DECISIONS, EXCEPTION_KINDS } from '../../../domain/run/reconcile.ts';
import type { Contract } from './contract.ts';
import { MaskedPerson } from './persons.ts';
import {
  Amount,
  Count,
  DateText,
  InstantText,
  MonthText,
  Names,
  Next,
  OpaqueId,
  PaymentIdText,
  ProgrammeText,
  paging,
  Reason,
  RunIdText,
} from './primitives.ts';
import { RunView } from './run-schemas.ts';

export const ACTIONS = [
  'fix-data',
  'hold',
  'retry',
  'investigate',
  'deceased',
] as const satisfies readonly ReturnReason['retryClass'][];
/** Id of an exception or break, or the bank's reference of an entry. */
export const DuplicateOf = z.string().check(z.regex(/^[0-9A-Za-z._~-]{1,80}$/));
const ofRun = z.strictObject({ runId: RunIdText });
const ofProgramme = z.strictObject({ programme: ProgrammeText, ...paging });
export const BankReason = z
  .strictObject({ code: z.string(), names: Names, action: z.enum(ACTIONS) })
  .check(z.meta({ id: 'BankReason', description: '银行原因与处理方式 / why, and what to do' }));
const BankResultView = z
  .strictObject({
    resultId: OpaqueId,
    state: z.enum(['received', 'accepted', 'repeated', 'refused']),
    at: InstantText,
    by: OpaqueId,
    fileName: z.optional(z.string()),
    chunks: z.optional(z.strictObject({ done: Count, of: Count })),
    counts: z.optional(
      z.strictObject({
        lines: Count,
        settled: Count,
        failed: Count,
        returned: Count,
        pending: Count,
        exceptions: Count,
      }),
    ),
    refusal: z.optional(z.strictObject({ code: z.string(), zh: z.string(), en: z.string() })),
  })
  .check(z.meta({ id: 'BankResult', description: '回盘文件 / a bank result' }));
/** What a person decided about a break, of a run or of a statement. */
export const DecisionView = z.strictObject({
  decision: z.enum(EXCEPTION_DECISIONS),
  reason: z.string(),
  duplicateOf: z.optional(z.string()),
  by: OpaqueId,
  at: InstantText,
});
export const ExceptionView = z
  .strictObject({
    exceptionId: OpaqueId,
    kind: z.enum(EXCEPTION_KINDS),
    names: Names,
    owner: z.enum(BREAK_OWNERS),
    todo: Names,
    file: z.string(),
    resultLine: z.int(),
    payment: z.optional(PaymentIdText),
    attempt: z.optional(z.int()),
    instructed: z.optional(Amount),
    stated: z.optional(Amount),
    statedStatus: z.optional(z.string()),
    statedReason: z.optional(BankReason),
    bookedOn: z.optional(z.string()),
    reportedBy: z.optional(OpaqueId),
    note: z.optional(z.string()),
    decision: z.optional(DecisionView),
  })
  .check(z.meta({ id: 'Exception', description: '对账差异 / a line that does not fit' }));
const UnsettledView = z.strictObject({
  payment: PaymentIdText,
  attempt: z.int(),
  state: z.enum(['in-transit', 'failed', 'returned']),
  amount: Amount,
  file: z.string(),
  line: z.int(),
  reason: z.optional(BankReason),
  bankDate: z.optional(DateText),
  /** In transit only: the furthest status that the bank has said. */
  progress: z.optional(z.strictObject({ code: z.enum(BANK_PROGRESS), names: Names })),
  sentAgain: z.optional(z.enum(['in-transit', 'settled', 'failed', 'returned'])),
  paidOutside: z.optional(
    z.strictObject({
      means: z.enum(OUTSIDE_MEANS),
      voucher: z.string(),
      paidOn: DateText,
      state: z.enum(['in-transit', 'settled', 'failed', 'returned']),
    }),
  ),
  /** 冲销: no longer owed, not sent again. */
  cancelled: z.optional(Amount),
  /** 上缴财政: unclaimed and given back, not sent again. */
  surrendered: z.optional(z.strictObject({ voucher: z.string(), paidInOn: DateText })),
  clearance: z.optional(z.strictObject({ by: OpaqueId, reason: z.string(), at: InstantText })),
  person: z.optional(MaskedPerson),
});
const HoldView = z
  .strictObject({
    holdId: OpaqueId,
    payment: PaymentIdText,
    enrolment: OpaqueId,
    runId: RunIdText,
    months: z.array(MonthText),
    amount: Amount,
    reasons: z.array(z.strictObject({ control: z.string(), zh: z.string(), en: z.string() })),
    since: InstantText,
    release: z.optional(z.strictObject({ by: OpaqueId, reason: z.string(), at: InstantText })),
    person: z.optional(MaskedPerson),
  })
  .check(z.meta({ id: 'Hold', description: '缓发 / a hold that outlives its run' }));

export const reconciliationContracts = {
  submitBankResult: {
    summary: { zh: '提交回盘文件', en: 'Submit a bank result' },
    notes: {
      zh: '同一文件再次提交不产生变化。',
      en: 'The same file again changes nothing.',
    },
    params: ofRun,
    request: z.strictObject({ uploadId: OpaqueId }),
    status: 202,
    response: z.strictObject({ resultId: OpaqueId, runId: RunIdText }),
  },
  listBankResults: {
    summary: { zh: '回盘文件', en: 'Bank results' },
    params: ofRun,
    status: 200,
    response: z.strictObject({ results: z.array(BankResultView) }),
  },
  listExceptions: {
    summary: { zh: '对账差异', en: 'Exceptions' },
    params: ofRun,
    query: z.strictObject(paging),
    status: 200,
    response: z.strictObject({ exceptions: z.array(ExceptionView), next: Next }),
  },
  reportUnanswered: {
    summary: { zh: '报告银行未回盘的一笔', en: 'Report a payment that the bank has not answered' },
    notes: {
      zh: '用于银行始终未回盘、或回盘行无法读取的在途款项：写明向银行核实的情况，由另一人裁定为成功、失败或不入账。',
      en: 'For a payment in transit that the bank never answered, or whose line could not be read: say what the bank said; somebody else decides.',
    },
    params: ofRun,
    request: z.strictObject({ payment: PaymentIdText, reason: Reason }),
    status: 201,
    response: ExceptionView,
  },
  decideException: {
    summary: { zh: '裁定差异', en: 'Decide an exception' },
    notes: {
      zh: '不入账时说明为何不入：无需入账（no-entry-needed）、银行更正（bank-corrects）、与某条重复（duplicate-of，须写明 duplicateOf）。',
      en: 'Without an entry, say why: no-entry-needed, bank-corrects, or duplicate-of with what it repeats in `duplicateOf`.',
    },
    params: z.strictObject({ runId: RunIdText, exceptionId: OpaqueId }),
    request: z.strictObject({
      decision: z.enum(EXCEPTION_DECISIONS),
      reason: Reason,
      duplicateOf: z.optional(DuplicateOf),
    }),
    status: 200,
    response: RunView,
  },
  listUnsettled: {
    summary: { zh: '未成功的发放', en: 'Payments failed, returned or in transit' },
    notes: {
      zh: '按桶分页，一页可能不满甚至为空：有 next 就还有。',
      en: 'A page may be short, even empty: while there is a `next`, there is more.',
    },
    params: ofRun,
    query: z.strictObject(paging),
    status: 200,
    response: z.strictObject({ payments: z.array(UnsettledView), next: Next }),
  },
  clearUnsettled: {
    summary: { zh: '准予重发', en: 'Clear a payment to be sent again' },
    notes: {
      zh: '户名账号错误在账户更正后自动重发，银行原因当日未办的也自动重发；其余（须本人到银行办理、原因不明、疑似死亡）须写明理由准予重发。准予的人不能签批重发的批次。',
      en: 'Wrong data is sent again once the account is corrected, and what the bank could not do that day as it is; everything else waits for a person’s word. Whoever clears it does not sign the run that sends it.',
    },
    params: z.strictObject({ runId: RunIdText, paymentId: PaymentIdText }),
    request: z.strictObject({ reason: Reason }),
    status: 200,
    response: UnsettledView,
  },
  listHolds: {
    summary: { zh: '缓发清单', en: 'Holds of a programme' },
    query: ofProgramme,
    status: 200,
    response: z.strictObject({ holds: z.array(HoldView), next: Next }),
  },
  releaseHold: {
    summary: { zh: '解除缓发，下一批次补发', en: 'Release a hold: the next run pays it' },
    params: z.strictObject({ holdId: OpaqueId }),
    request: z.strictObject({ reason: Reason }),
    status: 200,
    response: HoldView,
  },
  listRecoveryProposals: {
    summary: { zh: '拟追缴清单', en: 'Recovery proposals of a programme' },
    query: ofProgramme,
    status: 200,
    response: z.strictObject({
      proposals: z.array(
        z.strictObject({
          enrolment: OpaqueId,
          runId: RunIdText,
          month: MonthText,
          component: z.string(),
          amount: Amount,
          cause: z.string(),
          at: InstantText,
          person: z.optional(MaskedPerson),
        }),
      ),
      next: Next,
    }),
  },
} as const satisfies Record<string, Contract>;
