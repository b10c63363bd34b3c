import * as z from 'zod/mini';
import type { Contract } from './contract.ts';
import { EnrolmentIdText, SpanView } from './determinations.ts';
import {
  Amount,
  Count,
  DateText,
  DocumentNumber,
  HashText,
  InstantText,
  MonthText,
  Names,
  Next,
  OpaqueId,
  ProgrammeText,
  paging,
  Reason,
  StreetText,
  sentence,
} from './primitives.ts';

const households = z.int().check(z.nonnegative(), z.meta({ description: '户数 / number of households' }));
export const ReviewTaskView = z
  .strictObject({
    enrolmentId: EnrolmentIdText,
    task: z.int(),
    street: z.string(),
    openedAt: InstantText,
    state: z.enum(['open', 'closed']),
    /** 事由：何种情况、涉及谁、何月起、何时登记；不含内容 */
    causes: z.array(
      z.strictObject({ kind: z.string(), about: z.string(), month: MonthText, recordedAt: InstantText }),
    ),
  })
  .check(z.meta({ id: 'ReviewTask', description: '复核任务，不发生资金 / a review task, moves no money' }));

const TotalsView = z.strictObject({
  households,
  monthly: Amount,
  arrears: z.array(z.strictObject({ month: MonthText, amount: Amount })),
  arrearsTotal: Amount,
  overpaid: Amount,
  beforeHistory: Amount,
  sample: Count,
  notChanged: households,
  notDetermined: households,
  refused: z.record(z.string(), z.int()),
});
export const StandardChangeView = z
  .strictObject({
    batchId: OpaqueId,
    programme: ProgrammeText,
    programmeNames: Names,
    state: z.enum(['proposing', 'review', 'applying', 'applied', 'void']),
    document: z.string(),
    issuedOn: DateText,
    through: MonthText,
    historyFrom: MonthText,
    startedBy: OpaqueId,
    startedAt: InstantText,
    progress: z.strictObject({ done: Count, of: Count }),
    hash: z.optional(HashText),
    totals: z.optional(TotalsView),
    approval: z.optional(
      z.strictObject({ by: OpaqueId, at: InstantText, document: z.string(), decidedOn: DateText }),
    ),
    applied: z.optional(households),
    /** 测算后已另行核定、未执行的对象 */
    leftOut: z.optional(z.array(EnrolmentIdText)),
    reason: z.optional(z.string()),
  })
  .check(z.meta({ id: 'StandardChange', description: '批量调标 / a change of standard as one batch' }));

const ofBatch = z.strictObject({ batchId: OpaqueId });
const TaskNumber = z
  .string()
  .check(
    z.regex(/^[1-9]\d{0,3}$/, { error: sentence('应为任务序号', 'must be the number of a task') }),
    z.meta({ description: '任务序号 / number of the task', examples: ['1'] }),
  );

export const reviewContracts = {
  listReviewTasks: {
    summary: { zh: '待办的复核任务', en: 'Open review tasks' },
    notes: {
      zh: '街道为今天的归属街道：任务产生后迁移的，归现在的街道。',
      en: 'By the street that keeps the enrolment today: who moved since the task was opened is with the street they moved to.',
    },
    query: z.strictObject({ programme: ProgrammeText, street: z.optional(StreetText), ...paging }),
    status: 200,
    response: z.strictObject({ tasks: z.array(ReviewTaskView), next: Next }),
  },
  closeReviewTask: {
    summary: { zh: '复核不变，办结任务', en: 'Nothing changes: close a review task' },
    notes: {
      zh: 'causes 为所见事由的条数；其间又有新事由的，须重新核对。金额要变的，请提出测算。',
      en: '`causes` is how many were seen; when another came since, look again. Where the amount changes, propose a determination.',
    },
    params: z.strictObject({ enrolmentId: EnrolmentIdText, task: TaskNumber }),
    request: z.strictObject({ causes: z.int().check(z.minimum(1)), reason: Reason }),
    status: 200,
    response: ReviewTaskView,
  },
  startStandardChange: {
    summary: { zh: '发起批量调标', en: 'Start a change of standard' },
    notes: {
      zh: '先导入新标准的政策包。document、issuedOn 为政策文件的文号和印发日期；through 为下一次发放的月份，默认本月。同一项目同时只能有一次。',
      en: 'Import the policy pack first. `document` and `issuedOn` are those of the policy document; `through` is the month of the next payment, this month by default. One at a time per programme.',
    },
    request: z.strictObject({
      programme: ProgrammeText,
      document: DocumentNumber,
      issuedOn: DateText,
      through: z.optional(MonthText),
    }),
    status: 202,
    response: StandardChangeView,
  },
  listStandardChanges: {
    summary: { zh: '历次批量调标', en: 'Changes of standard' },
    query: z.strictObject({ programme: ProgrammeText }),
    status: 200,
    response: z.strictObject({ standardChanges: z.array(StandardChangeView) }),
  },
  getStandardChange: {
    summary: { zh: '一次批量调标的合计与进度', en: 'Totals and progress of a change of standard' },
    params: ofBatch,
    status: 200,
    response: StandardChangeView,
  },
  listStandardChangeProposals: {
    summary: { zh: '批量调标逐户测算', en: 'Proposals of a change of standard' },
    params: ofBatch,
    query: z.strictObject(paging),
    status: 200,
    response: z.strictObject({
      proposals: z.array(
        z.strictObject({
          enrolmentId: EnrolmentIdText,
          number: z.int(),
          monthly: Amount,
          arrears: z.array(z.strictObject({ month: MonthText, amount: Amount })),
          spans: z.array(SpanView),
        }),
      ),
      refused: z.array(
        z.strictObject({ enrolmentId: EnrolmentIdText, code: z.string(), zh: z.string(), en: z.string() }),
      ),
      next: Next,
    }),
  },
  approveStandardChange: {
    summary: {
      zh: '批准批量调标（另一人，一次）',
      en: 'Approve a change of standard (another person, once)',
    },
    notes: {
      zh: '须写明所见合计的摘要、决定文号和日期；批准后逐户形成核定，其间已另行核定的对象不执行并列出。',
      en: 'Names the hash of what was read, the document and its day; every proposal becomes a determination, those decided on in between are left out and listed.',
    },
    params: ofBatch,
    request: z.strictObject({ hash: HashText, document: DocumentNumber, decidedOn: DateText }),
    status: 202,
    response: StandardChangeView,
  },
  voidStandardChange: {
    summary: { zh: '作废批量调标（批准前）', en: 'Void a change of standard before it is approved' },
    params: ofBatch,
    request: z.strictObject({ reason: Reason }),
    status: 200,
    response: StandardChangeView,
  },
} as const satisfies Record<string, Contract>;
