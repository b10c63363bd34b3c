import * as z from 'zod/mini';
import { DRAFT_FILTERS } from '../../run/service.ts';
import type { Contract } from './contract.ts';
import { DraftView } from './draft-schemas.ts';
import {
  AmountInput,
  ControlCode,
  DateText,
  HashText,
  Next,
  OpaqueId,
  PaymentIdText,
  PeriodText,
  ProgrammeText,
  paging,
  Reason,
  RunIdText,
  StartRoundText,
  StreetText,
  sentence,
} from './primitives.ts';
import { ActList, FileView, FundingRequestView, ReviewView, RunSummaryView, RunView } from './run-schemas.ts';

const ofRun = z.strictObject({ runId: RunIdText });
const Revision = z
  .int()
  .check(z.positive(), z.meta({ description: '所见版本号 / the revision seen', examples: [1] }));
export const Voucher = z.string().check(
  z.trim(),
  z.regex(/^[\p{L}\p{N}()（）〔〕[\]第号字-]{2,60}$/u, {
    error: sentence(
      '凭证号为 2–60 个文字、数字、括号或“-”，不含空格和其他符号',
      'a voucher number has 2 to 60 letters, digits, brackets or "-", without spaces and other signs',
    ),
  }),
  z.meta({ description: '凭证号 / number of the voucher', examples: ['2026-12-0001'] }),
);

const ofPayment = z.strictObject({ payment: PaymentIdText, reason: Reason });
const ofControl = z.strictObject({ payment: PaymentIdText, control: ControlCode, reason: Reason });
const withReason = z.strictObject({ reason: Reason });
const seen = z.strictObject({ revision: Revision, hash: HashText });
const nothing = z
  .strictObject({})
  .check(z.meta({ description: '空对象，或不带请求体 / an empty object or no body' }));

export const runContracts = {
  startRun: {
    summary: { zh: '启动发放批次', en: 'Start a payment run' },
    notes: {
      zh: '同一期间和轮次只能有一个批次，再次启动会得到 409 和原批次编号。补充批次可用 street 限定一个街道，例如迟报的街道。按单笔给付决定发放的项目（临时救助、公益创投等）没有正常批次，轮次填 S（下一个补充批次）；备用金支出的报销入账填 I。价格临时补贴按其他项目的名册发放：首次启动先提取名册并答 409（rolls-being-drawn），几分钟后再启动即可。核算在后台进行，以 progress 为准。',
      en: 'There is one run per period and round: a second start is refused and names it. A supplementary run may be limited to one street by `street`, e.g. one that reported late. Programmes that pay by single grants (temporary aid, venture fund) have no regular run: their round is S, the next supplementary one, and I posts what imprest funds paid out. The price subsidy pays whoever stands on the rolls of other programmes: the first request has them drawn and answers 409 (rolls-being-drawn); ask again in a few minutes. It computes in the background; see `progress`.',
    },
    request: z.strictObject({
      programme: ProgrammeText,
      period: PeriodText,
      round: StartRoundText,
      street: z.optional(StreetText),
    }),
    status: 202,
    response: RunView,
  },
  listRuns: {
    summary: { zh: '本区划的批次', en: 'Runs of the jurisdiction' },
    query: z.strictObject({ programme: z.optional(ProgrammeText), ...paging }),
    notes: {
      zh: '按项目列出，期间新的在前。',
      en: 'By programme, the newest period first.',
    },
    status: 200,
    response: z.strictObject({ runs: z.array(RunSummaryView), next: Next }),
  },
  getRun: { summary: { zh: '批次', en: 'A run' }, params: ofRun, status: 200, response: RunView },
  getReview: {
    summary: { zh: '复核：合计、增减、疑点', en: 'Review: totals, movements, findings' },
    params: ofRun,
    status: 200,
    response: ReviewView,
  },
  listRunPayments: {
    summary: { zh: '批次明细（脱敏）', en: 'Payments of a run, masked' },
    params: ofRun,
    query: z.strictObject({
      filter: z.optional(z.enum(DRAFT_FILTERS)),
      ...paging,
    }),
    status: 200,
    response: z.strictObject({ payments: z.array(DraftView), next: Next }),
  },
  listRunActs: {
    summary: { zh: '批次的全部操作', en: 'All acts of a run' },
    params: ofRun,
    status: 200,
    response: ActList,
  },
  getApprovalSheet: {
    summary: { zh: '发放审批表（打印）', en: 'Approval sheet, to print' },
    notes: {
      zh: 'HTML，A4 打印：合计、大写金额、版本与摘要，以及适用于本批次的每一步签批栏；不含享受对象信息。',
      en: 'HTML for A4: totals, revision and hash, and a box for every signature that this run needs; nothing about beneficiaries.',
    },
    params: ofRun,
    status: 200,
    mediaType: 'text/html',
    response: z.string(),
  },
  holdPayment: {
    summary: { zh: '缓发一笔', en: 'Hold a payment' },
    params: ofRun,
    request: ofPayment,
    status: 200,
    response: RunView,
  },
  liftHold: {
    summary: { zh: '解除缓发', en: 'Lift a hold' },
    params: ofRun,
    request: ofPayment,
    status: 200,
    response: RunView,
  },
  proposeOverride: {
    summary: { zh: '申请放行疑点', en: 'Propose that a finding be set aside' },
    params: ofRun,
    request: ofControl,
    status: 200,
    response: RunView,
  },
  confirmOverride: {
    summary: { zh: '确认放行（另一人）', en: 'Confirm an override (another person)' },
    params: ofRun,
    request: ofControl,
    status: 200,
    response: RunView,
  },
  recomputeRun: {
    summary: { zh: '重新核算', en: 'Recompute' },
    params: ofRun,
    request: withReason,
    status: 202,
    response: RunView,
  },
  submitRun: {
    summary: { zh: '提交审批', en: 'Submit for approval' },
    notes: {
      zh: '写明所见的版本号与摘要；批次已变则拒绝。批次级疑点（runFindings）须在 acknowledged 中逐项说明原因。',
      en: 'Names the revision and hash seen; refused when the run has changed. Each of `runFindings` needs a reason in `acknowledged`.',
    },
    params: ofRun,
    request: z.extend(seen, {
      acknowledged: z.optional(z.array(z.strictObject({ control: ControlCode, reason: Reason }))),
    }),
    status: 200,
    response: RunView,
  },
  sendBackRun: {
    summary: { zh: '退回复核', en: 'Send back to review' },
    params: ofRun,
    request: withReason,
    status: 200,
    response: RunView,
  },
  signRun: {
    summary: { zh: '签批', en: 'Sign' },
    notes: {
      zh: '提交人、放行人、变更账户的人不能签；同一人不能签两步。最后一步占用预算指标。代签写明 onBehalfOf（授权人），以上限制对两人都适用；不写则以本人岗位签。',
      en: 'Not by whoever submitted, overrode or changed an account, and by nobody twice. The last step reserves the budget. A deputy names the principal in `onBehalfOf`, and all of this holds for both; without it one signs in one’s own right.',
    },
    params: ofRun,
    request: z.strictObject({ revision: Revision, hash: HashText, onBehalfOf: z.optional(OpaqueId) }),
    status: 200,
    response: RunView,
  },
  voidRun: {
    summary: { zh: '作废批次', en: 'Void a run' },
    params: ofRun,
    request: withReason,
    status: 200,
    response: RunView,
  },
  requestFunding: {
    summary: { zh: '送财政申请资金', en: 'Request funds' },
    params: ofRun,
    request: nothing,
    status: 200,
    response: RunView,
  },
  getFundingRequest: {
    summary: { zh: '用款申请（汇总）', en: 'The funding request, a summary' },
    params: ofRun,
    status: 200,
    response: FundingRequestView,
  },
  fundRun: {
    summary: { zh: '登记拨款', en: 'Record funds' },
    params: ofRun,
    request: z.strictObject({ voucher: Voucher, date: DateText, amount: AmountInput }),
    status: 200,
    response: RunView,
  },
  returnFundingRequest: {
    summary: { zh: '退回用款申请', en: 'Return the funding request' },
    params: ofRun,
    request: withReason,
    status: 200,
    response: RunView,
  },
  reverseFunding: {
    summary: { zh: '冲销拨款登记', en: 'Reverse a recorded funding' },
    notes: {
      zh: '凭证号、金额或日期登记有误时冲销，再按凭证重新登记；原登记与冲销都留在账上。发放开始后不能冲销。',
      en: 'For a voucher recorded with a wrong number, amount or day; then record it as it is. Both stay in the ledger. Not once dispatch has begun.',
    },
    params: ofRun,
    request: z.strictObject({ voucher: Voucher, reason: Reason }),
    status: 200,
    response: RunView,
  },
  dispatchRun: {
    summary: { zh: '发放（核验并生成报盘文件）', en: 'Dispatch: verify, release, build files' },
    params: ofRun,
    request: nothing,
    status: 202,
    response: RunView,
  },
  listInstructionFiles: {
    summary: { zh: '报盘文件', en: 'Instruction files' },
    notes: {
      zh: '下载链接交出的是个人信息：谁、何时、为何（reason，默认报送银行）记入导出记录。',
      en: 'The links hand over personal data: who, when and why (`reason`, by default for the bank) is kept on record.',
    },
    params: ofRun,
    query: z.strictObject({ reason: z.optional(Reason) }),
    status: 200,
    response: z.strictObject({ files: z.array(FileView) }),
  },
  closeRun: {
    summary: { zh: '关闭批次', en: 'Close a run' },
    params: ofRun,
    request: nothing,
    status: 202,
    response: RunView,
  },
} as const satisfies Record<string, Contract>;
