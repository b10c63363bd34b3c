import * as z from 'zod/mini';
import { APPLICATION_STATES, GRANT_LEVELS, REJECTION_GROUNDS } from '../../../domain/grants/application.ts';
import type { Contract } from './contract.ts';
import { EnrolmentIdText } from './determinations.ts';
import {
  ApplicationIdText,
  AssessmentRequest,
  GrantApplicationRequest,
  GrantRequest,
  PapersRequest,
  RejectionRequest,
  RestatementRequest,
  StopDecisionRequest,
  StopRequest,
} from './grant-statements.ts';
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
  ProgrammeText,
  paging,
  Reason,
  StreetText,
} from './primitives.ts';

const Means = z.enum(['account', 'imprest-cash']);
const PartView = z.strictObject({
  month: MonthText,
  components: z.array(z.strictObject({ component: z.string(), names: Names, amount: Amount })),
});
const steps = z.array(z.strictObject({ code: z.string(), zh: z.string(), en: z.string() }));
const worked = {
  amount: Amount,
  parts: z.array(PartView),
  level: z.enum(GRANT_LEVELS),
  persons: Count,
  steps,
  sample: z.boolean(),
};
const Said = z.strictObject({ code: z.string(), ...Names.shape });
export const ProposalOfGrant = z
  .strictObject({
    ...worked,
    decidedOn: DateText,
    hash: z.string(),
    unnamed: Count.check(
      z.meta({
        description:
          '救助人数中未列明身份的人数：其此前所获救助无法核对 / persons helped who are not named: what they were granted before cannot be told',
      }),
    ),
    earlier: z.array(z.strictObject({ programme: ProgrammeText, decidedOn: DateText, amount: Amount })),
  })
  .check(z.meta({ id: 'GrantProposal', description: '测算 / what a grant comes to' }));
const listed = {
  applicationId: ApplicationIdText,
  programme: ProgrammeText,
  programmeNames: Names,
  applicant: z.optional(MaskedPerson),
  street: StreetText,
  appliedOn: DateText,
  state: z.enum(APPLICATION_STATES),
  stateNames: Names,
};
const ApplicationSummary = z.strictObject({
  ...listed,
  amount: z.optional(Amount),
  persons: z.optional(Count),
  level: z.optional(z.enum(GRANT_LEVELS)),
  means: z.optional(Means),
  decidedOn: z.optional(DateText),
  papersDue: z.optional(DateText),
  papersOpen: Count,
  stopProposed: z.boolean(),
});
const decided = { document: z.string(), decidedOn: DateText, by: OpaqueId, at: InstantText };
export const GrantApplicationView = z
  .strictObject({
    ...listed,
    community: z.optional(z.string()),
    payee: z.optional(MaskedPerson),
    /** 收款账户，脱敏 */
    account: z.optional(z.strictObject({ account: z.string(), holderName: z.string() })),
    family: z.array(z.strictObject({ name: z.string(), idNumber: z.string() })),
    familySize: Count,
    facts: z.optional(z.record(z.string(), z.unknown())),
    missingPapers: z.array(z.string()),
    papersOpen: z.array(z.string()),
    papersDue: z.optional(DateText),
    papersOverdue: z.boolean(),
    accountDiffers: z.optional(z.boolean()),
    proposal: z.optional(ProposalOfGrant),
    cannotBeWorkedOut: z.optional(Said),
    voided: z.optional(Said),
    grant: z.optional(
      z.strictObject({
        ...worked,
        ...decided,
        minutes: z.optional(z.string()),
        means: Means,
        fund: z.optional(z.string()),
        receipt: z.optional(z.string()),
        proposedBy: OpaqueId,
        enrolmentId: z.optional(EnrolmentIdText),
        determination: z.optional(Count),
      }),
    ),
    rejection: z.optional(
      z.strictObject({
        ...decided,
        ground: z.enum(REJECTION_GROUNDS),
        groundNames: Names,
        reason: z.string(),
      }),
    ),
    withdrawal: z.optional(z.strictObject({ reason: z.string(), by: OpaqueId, at: InstantText })),
    stop: z.optional(
      z.strictObject({
        from: MonthText,
        reason: z.optional(z.string()),
        state: z.enum(['proposed', 'decided']),
        proposedBy: OpaqueId,
        document: z.optional(z.string()),
        decidedBy: z.optional(OpaqueId),
      }),
    ),
    history: z.array(
      z.strictObject({ kind: z.string(), at: InstantText, by: OpaqueId, name: z.optional(z.string()) }),
    ),
  })
  .check(z.meta({ id: 'GrantApplication', description: '一次性给付申请 / an application for a grant' }));

const ofApplication = z.strictObject({ applicationId: ApplicationIdText });
const acted = { params: ofApplication, status: 200, response: GrantApplicationView } as const;
const page = { status: 200, response: z.string(), mediaType: 'text/html' } as const;
const Publicity = z.strictObject({
  programme: ProgrammeText,
  street: StreetText,
  from: DateText,
  to: DateText,
});

export const grantApplicationContracts = {
  listGrantProgrammes: {
    summary: {
      zh: '受理申请的项目及填写内容',
      en: 'Programmes that take applications, and what they ask for',
    },
    status: 200,
    response: z.strictObject({
      programmes: z.array(
        z.strictObject({
          programme: ProgrammeText,
          names: Names,
          payee: z.enum(['person', 'organisation']),
          /** JSON Schema of `facts`. */
          facts: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
  },
  assessGrant: {
    summary: { zh: '试算，不保存', en: 'Try out what a grant would come to; nothing is stored' },
    notes: {
      zh: '按今天已知的政策测算，不计该家庭此前的救助。',
      en: 'By the policy known today, with nothing known of earlier help for the family.',
    },
    request: AssessmentRequest,
    status: 200,
    response: z.strictObject({ ...worked, decidedOn: DateText }),
  },
  createGrantApplication: {
    summary: { zh: '受理申请', en: 'Take in an application' },
    notes: {
      zh: '申请人不必有本地户籍，也不必已在对象信息库中。家庭成员按身份证号识别，只留内部编号；申请事项加密保存。先行救助（payFirst）须列明待补材料。',
      en: 'The applicant need not be registered here, nor known. Members of the family are known by opaque keys alone; what is stated is encrypted. Aid that comes first (`payFirst`) names the missing papers.',
    },
    request: GrantApplicationRequest,
    status: 201,
    response: GrantApplicationView,
  },
  listGrantApplications: {
    summary: { zh: '申请清单', en: 'Applications' },
    notes: { zh: '街道人员只见本街道的。', en: 'Staff of a street see their own.' },
    query: z.strictObject({
      programme: ProgrammeText,
      street: z.optional(StreetText),
      state: z.optional(z.enum(APPLICATION_STATES)),
      ...paging,
    }),
    status: 200,
    response: z.strictObject({ applications: z.array(ApplicationSummary), next: Next }),
  },
  getGrantApplication: {
    summary: {
      zh: '一份申请、当日测算和全部经过',
      en: 'An application, what it comes to today, and all that was done',
    },
    notes: {
      zh: '审批须写明所见测算的 hash。decidedOn 为拟定的决定日期，不填为今天。',
      en: 'A decision names the `hash` that was seen here. `decidedOn`: the day of the decision to come, today if left out.',
    },
    query: z.strictObject({ decidedOn: z.optional(DateText) }),
    ...acted,
  },
  restateGrantApplication: {
    summary: { zh: '更正申请内容（审批前）', en: 'Restate an application, before it is decided' },
    request: RestatementRequest,
    ...acted,
  },
  withdrawGrantApplication: {
    summary: { zh: '申请人撤回（审批前）', en: 'The applicant takes it back, before it is decided' },
    request: z.strictObject({ reason: Reason }),
    ...acted,
  },
  grantApplication: {
    summary: { zh: '批准（另一人）', en: 'Grant it (another person)' },
    notes: {
      zh: '由受理、更正人员以外的人审批：委托乡镇（街道）的由本街道或区审批，其余由区审批，“一事一议”由审批人依会议纪要审批。hash 与当日测算不符的须重新查看。imprest-cash 从备用金支取，须有签收单号。',
      en: 'By somebody who neither took it in nor changed it: what is delegated by the township of its own street or the district, all else by the district, what a meeting decides by an approver with the minutes. `imprest-cash` is drawn from a fund against a signed receipt.',
    },
    request: GrantRequest,
    ...acted,
  },
  rejectGrantApplication: {
    summary: { zh: '不予批准', en: 'Turn it down' },
    request: RejectionRequest,
    ...acted,
  },
  receiveGrantPapers: {
    summary: { zh: '补齐材料', en: 'Record papers that followed' },
    request: PapersRequest,
    ...acted,
  },
  proposeGrantStop: {
    summary: { zh: '拟停：自某月起不再发放', en: 'Propose that nothing be paid from a month on' },
    request: StopRequest,
    ...acted,
  },
  decideGrantStop: {
    summary: { zh: '停止决定（另一人）', en: 'Decide on the stop (another person)' },
    notes: {
      zh: '未发的月份不再发放；已发的形成待追缴金额。',
      en: 'Months not paid yet are not paid; what was paid becomes money to be recovered.',
    },
    request: StopDecisionRequest,
    ...acted,
  },
  getGrantApplicationSheet: {
    summary: { zh: '申请审批表（打印）', en: 'The approval form, to be printed' },
    params: ofApplication,
    ...page,
  },
  getGrantRejectionNotice: {
    summary: { zh: '不予批准告知书（打印）', en: 'The notice of a refusal, to be printed' },
    notes: { zh: '姓名隐去，须手写。', en: 'The name is masked and written in by hand.' },
    params: ofApplication,
    ...page,
  },
  listOverdueGrantPapers: {
    summary: { zh: '先行救助材料逾期未补清单', en: 'Papers overdue after aid that came first' },
    status: 200,
    response: z.strictObject({ applications: z.array(ApplicationSummary) }),
  },
  getOverdueGrantPapersSheet: {
    summary: { zh: '材料逾期未补清单（打印）', en: 'The same, to be printed' },
    ...page,
  },
  getGrantPublicity: {
    summary: { zh: '救助结果公示名单（打印）', en: 'Notice list of grants, to be printed' },
    notes: {
      zh: '按决定日期，只有隐去的姓名和金额。',
      en: 'By day of decision; masked names and amounts, nothing else.',
    },
    query: Publicity,
    ...page,
  },
} as const satisfies Record<string, Contract>;
