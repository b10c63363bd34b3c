import * as z from 'zod/mini';
import { BANK_PROGRESS } from '../../../domain/bank/answer.ts';
import { ENTRY_SIDES } from '../../../domain/bank/statement.ts';
import { BREAK_OWNERS, BREAKS, type BreakKind } from '../../../domain/reconciliation/breaks.ts';
import { TIE_KIND_NAMES, TIE_SIDES, type TieKind } from '../../../domain/reconciliation/tie.ts';
import { EXCEPTION_DECISIONS, NO_ENTRY_DECISIONS } from '../../../domain/run/reconcile.ts';
import { QUERY_KINDS } from '../../bank/bank-queries.ts';
import type { Contract } from './contract.ts';
import {
  Amount,
  Count,
  DateText,
  InstantText,
  Names,
  Next,
  OpaqueId,
  PaymentIdText,
  paging,
  Reason,
  RunIdText,
  sentence,
} from './primitives.ts';
import { BankReason, DecisionView, DuplicateOf } from './reconciliation.ts';
import { RunView } from './run-schemas.ts';

const KINDS = Object.keys(BREAKS) as [BreakKind, ...BreakKind[]];
const TIE_KINDS = Object.keys(TIE_KIND_NAMES) as [TieKind, ...TieKind[]];
const ofRun = z.strictObject({ runId: RunIdText });

/** The bureau's own account at the paying bank (代发户), as in its policy. */
const PayerAccount = z.string().check(
  z.regex(/^\d{11,32}$/, {
    error: sentence(
      '应为代发户账号（11–32 位数字）',
      'must be the number of the clearing account (11 to 32 digits)',
    ),
  }),
  z.meta({ description: '代发户账号 / clearing account', examples: ['11001999000000001'] }),
);
const ofAccount = z.strictObject({ account: PayerAccount });
const onDay = z.strictObject({ date: z.optional(DateText) });

const BankStatementView = z
  .strictObject({
    statementId: OpaqueId,
    account: PayerAccount,
    state: z.enum(['received', 'accepted', 'repeated', 'refused']),
    at: InstantText,
    by: OpaqueId,
    statements: z.array(
      z.strictObject({
        name: z.string(),
        sequence: z.optional(z.int()),
        from: DateText,
        to: DateText,
        entries: Count,
        chunks: z.strictObject({ done: Count, of: Count }),
      }),
    ),
    refusal: z.optional(z.strictObject({ code: z.string(), zh: z.string(), en: z.string() })),
  })
  .check(z.meta({ id: 'BankStatement', description: '对账单 / a statement of the payer’s account' }));

const BreakView = z
  .strictObject({
    breakId: OpaqueId,
    kind: z.enum(KINDS),
    names: Names,
    owner: z.enum(BREAK_OWNERS),
    todo: Names,
    since: z.optional(DateText),
    workingDays: z.optional(z.int()),
    runId: z.optional(RunIdText),
    payment: z.optional(PaymentIdText),
    attempt: z.optional(z.int()),
    account: z.optional(PayerAccount),
    amount: z.optional(Amount),
    side: z.optional(z.enum(ENTRY_SIDES)),
    serviceRef: z.optional(z.string()),
    endToEndId: z.optional(z.string()),
    batch: z.optional(z.string()),
    file: z.optional(z.string()),
    before: z.optional(z.string()),
    after: z.optional(z.string()),
    decision: z.optional(DecisionView),
  })
  .check(z.meta({ id: 'Break', description: '差异 / a break' }));

const BankQueryView = z
  .strictObject({
    kind: z.enum(QUERY_KINDS),
    names: Names,
    payment: PaymentIdText,
    attempt: z.int(),
    endToEndId: z.string(),
    amount: Amount,
    file: z.string(),
    line: z.int(),
    since: DateText,
    workingDays: z.optional(z.int()),
    progress: z.optional(z.strictObject({ code: z.enum(BANK_PROGRESS), names: Names })),
    reason: z.optional(BankReason),
    reported: z.optional(
      z.strictObject({
        by: OpaqueId,
        note: z.string(),
        decision: z.optional(z.enum(EXCEPTION_DECISIONS)),
      }),
    ),
  })
  .check(z.meta({ id: 'BankQuery', description: '待查询的一笔 / an attempt whose outcome is unknown' }));

const TieView = z
  .strictObject({
    account: PayerAccount,
    date: DateText,
    ledger: Amount,
    statement: z.strictObject({ to: DateText, sequence: z.optional(z.int()), closing: Amount }),
    items: z.array(
      z.strictObject({
        side: z.enum(TIE_SIDES),
        kind: z.enum(TIE_KINDS),
        names: Names,
        explained: z.boolean(),
        owner: z.optional(z.enum(BREAK_OWNERS)),
        name: z.string(),
        amount: Amount,
      }),
    ),
    adjusted: Amount,
    ties: z.boolean(),
  })
  .check(z.meta({ id: 'BankTie', description: '银行存款余额调节表 / ledger against bank statement' }));

export const bankDeskContracts = {
  submitBankStatement: {
    summary: { zh: '提交对账单', en: 'Submit a bank statement' },
    notes: {
      zh: '上传用途为 bank-statement。可为 camt.053、camt.054，或带标题行的表格、文本（交易日期、借方、贷方、余额、摘要、流水号、批次号、对账码）。同一对账单再次提交不产生变化。',
      en: 'Upload it for `bank-statement`: camt.053, camt.054, or a table or text with headings. The same statement again changes nothing.',
    },
    request: z.strictObject({ uploadId: OpaqueId, account: PayerAccount }),
    status: 202,
    response: z.strictObject({ statementId: OpaqueId, account: PayerAccount }),
  },
  listBankStatements: {
    summary: { zh: '对账单', en: 'Bank statements' },
    status: 200,
    response: z.strictObject({ statements: z.array(BankStatementView) }),
  },
  listBreaks: {
    summary: { zh: '全部差异', en: 'Breaks of all runs and statements' },
    notes: {
      zh: '先列对账单的差异，再列各批次的差异（有 runId 的在批次下裁定）。按批分页，一页可能不满甚至为空：有 next 就还有。',
      en: 'Those of statements first, then those of runs; what has a `runId` is decided there. A page may be short, even empty: while there is a `next`, there is more.',
    },
    query: z.strictObject({
      filter: z.optional(
        z.enum(['open', 'all']).check(z.meta({ description: '未处理或全部 / open ones or all' })),
      ),
      ...paging,
    }),
    status: 200,
    response: z.strictObject({ breaks: z.array(BreakView), next: Next }),
  },
  decideBreak: {
    summary: { zh: '裁定对账单差异', en: 'Decide a break of a statement' },
    notes: {
      zh: '不写账：账上漏记的（拨款、手工转账）应补登记，差异随即消除。上传该对账单的人不能裁定。',
      en: 'Writes no entry: what our books lack is recorded where it belongs, and the break is gone. Not by whoever brought the statement in.',
    },
    params: z.strictObject({ breakId: OpaqueId }),
    request: z.strictObject({
      decision: z.enum(NO_ENTRY_DECISIONS),
      reason: Reason,
      duplicateOf: z.optional(DuplicateOf),
    }),
    status: 200,
    response: BreakView,
  },
  getBankTie: {
    summary: { zh: '账户余额调节', en: 'Tie of an account: ledger against statement' },
    notes: {
      zh: '账面余额＋银行已收单位未收－银行已付单位未付＝对账单余额＋单位已收银行未收－单位已付银行未付。缺省为今天。',
      en: 'ledger + bank-in − bank-out = statement + ours-in − ours-out, which is `adjusted`. Of today when no day is given.',
    },
    params: ofAccount,
    query: onDay,
    status: 200,
    response: TieView,
  },
  getBankTieSheet: {
    summary: { zh: '银行存款余额调节表（打印）', en: 'The same as a page to print' },
    params: ofAccount,
    query: onDay,
    status: 200,
    mediaType: 'text/html',
    response: z.string(),
  },
  listBankQueries: {
    summary: { zh: '待向银行查询的款项', en: 'Payments whose outcome the bank has to say' },
    notes: {
      zh: '未回盘、处理中、原因不明的款项：只能查询，不得作为新的一笔再发。按桶分页，一页可能不满甚至为空：有 next 就还有。',
      en: 'Not answered, pending or unclear: to be asked about, never sent again as new. A page may be short, even empty: while there is a `next`, there is more.',
    },
    params: ofRun,
    query: z.strictObject(paging),
    status: 200,
    response: z.strictObject({ queries: z.array(BankQueryView), next: Next }),
  },
  getBankQuerySheet: {
    summary: { zh: '银行查询清单（打印）', en: 'Query list for the bank to print' },
    params: ofRun,
    status: 200,
    mediaType: 'text/html',
    response: z.string(),
  },
  resendInstructionFile: {
    summary: { zh: '重新报送同一文件', en: 'Record that a file is sent again' },
    notes: {
      zh: '文件内容、文件名和对账码不变（从报盘文件列表下载）；只记录何人何时为何再报。',
      en: 'The same bytes and ids, downloaded from the list of instruction files; it is recorded who sent it again, when and why.',
    },
    params: ofRun,
    request: z.strictObject({ fileName: z.string().check(z.minLength(1), z.maxLength(80)), reason: Reason }),
    status: 200,
    response: RunView,
  },
} as const satisfies Record<string, Contract>;
