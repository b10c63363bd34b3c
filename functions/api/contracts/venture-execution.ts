import * as z from 'zod/mini';
import { EVALUATION_STAGES } from '../../../domain/venture/execution-acts.ts';
import { PAPER_NAMES } from '../../../domain/venture/execution-release.ts';
import type { Contract } from './contract.ts';
import { AmountInput, DateText, DocumentNumber, Reason, sentence } from './primitives.ts';
import { ExecutionView, OverdueView } from './venture-execution-schemas.ts';
import { CallIdText, LineInput, Many, ProjectKeyText, ProjectNumberText, Score } from './venture-schemas.ts';

/** As many as a round has: the whole list in one request. */
const MANY_MAX = 500;
const many = <S extends z.ZodMiniType>(item: S) => z.array(item).check(z.minLength(1), z.maxLength(MANY_MAX));
const ofCall = { params: z.strictObject({ callId: CallIdText }), status: 200, response: Many } as const;
const ofProject = z.strictObject({ projectKey: ProjectKeyText });
const numbered = z.strictObject({
  projectKey: ProjectKeyText,
  number: z.string().check(z.regex(/^[1-9]\d?$/), z.meta({ description: '序号 / number', examples: ['1'] })),
});
const one = { params: ofProject, status: 200, response: ExecutionView } as const;
const EACH = {
  zh: '逐个项目办理：办不成的说明原因，其余照办。',
  en: 'Each project stands for itself: those that cannot be done are named with the reason, the others are done.',
} as const;

const TrancheNumber = z
  .int()
  .check(z.minimum(1), z.maximum(12), z.meta({ description: '期次 / number of the tranche', examples: [1] }));
const Evidence = DocumentNumber.check(
  z.meta({ description: '材料编号 / where it is filed', examples: ['卷2026-015'] }),
);
const Stage = z.enum(EVALUATION_STAGES);
/** A day, or a minute of it. */
const DayOrMinute = z.string().check(
  z.regex(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:T(?:[01]\d|2[0-3]):[0-5]\d)?$/, {
    error: sentence(
      '应为日期或日期和时刻，例如 2026-12-15 或 2026-12-15T17:00',
      'must be a day or a minute, e.g. 2026-12-15 or 2026-12-15T17:00',
    ),
  }),
  z.meta({ description: '日期，或精确到分 / a day, or a minute of it', examples: ['2026-12-15T17:00'] }),
);
const Papers = z.partialRecord(z.enum(Object.keys(PAPER_NAMES) as [keyof typeof PAPER_NAMES]), Evidence);
const Decision = z.strictObject({
  outcome: z.enum(['agreed', 'refused']),
  document: DocumentNumber,
  decidedOn: DateText,
  reason: z.optional(Reason),
});
const back = {
  dueOn: z.optional(
    DateText.check(z.meta({ description: '缴回期限 / until when money is to be given back' })),
  ),
  instalments: z.optional(
    z.array(z.strictObject({ dueOn: DateText, amount: AmountInput })).check(z.minLength(1), z.maxLength(60)),
  ),
};
const Lines = z.array(LineInput).check(z.maxLength(200));
const decide = (zh: string, en: string) =>
  ({
    summary: { zh, en },
    notes: {
      zh: '由提出人以外的人决定；不同意的写明原因。',
      en: 'By another person than who proposed it; a refusal states its reason.',
    },
    request: Decision,
    ...one,
  }) as const;

export const ventureExecutionContracts = {
  recordVentureMilestones: {
    summary: { zh: '登记里程碑', en: 'Record milestones' },
    notes: {
      zh: `每期登记一次，再次登记不会拨款。登记人不得经办该期拨付，也不得提交、签批、发放支付它的批次。${EACH.zh}`,
      en: `Once per tranche: a second record releases nothing. Whoever records it has no hand in the release, and neither submits, signs nor dispatches the run that pays it. ${EACH.en}`,
    },
    request: z.strictObject({
      milestones: many(
        z.strictObject({
          number: ProjectNumberText,
          tranche: TrancheNumber,
          evidence: Evidence,
          reachedOn: DateText,
        }),
      ),
    }),
    ...ofCall,
  },
  proposeVentureReleases: {
    summary: { zh: '申请拨付', en: 'Propose releases' },
    notes: {
      zh: `须里程碑已由他人登记、前期已拨、评估合格、无未验收的整改、机构状态正常、材料齐全。${EACH.zh}`,
      en: `The milestone was recorded by another person, the tranche before was released, the evaluation passed, no rectification is open, the organisation is in good standing and the papers are there. ${EACH.en}`,
    },
    request: z.strictObject({
      releases: many(
        z.strictObject({ number: ProjectNumberText, tranche: TrancheNumber, papers: z.optional(Papers) }),
      ),
    }),
    ...ofCall,
  },
  decideVentureReleases: {
    summary: { zh: '决定拨付（第三人）', en: 'Decide releases (a third person)' },
    notes: {
      zh: `由登记人、申请人以外的人决定。同意即记为给付决定，由下一补发批次支付。${EACH.zh}`,
      en: `By neither who recorded nor who proposed. What is released is a grant that the next supplementary run pays. ${EACH.en}`,
    },
    request: z.strictObject({
      document: DocumentNumber,
      decidedOn: DateText,
      decisions: many(
        z.strictObject({
          number: ProjectNumberText,
          tranche: TrancheNumber,
          outcome: z.enum(['released', 'refused']),
          reason: z.optional(Reason),
        }),
      ),
    }),
    ...ofCall,
  },
  setVentureFileDue: {
    summary: { zh: '通知材料报送期限', en: 'Set until when files are due' },
    notes: {
      zh: `材料收到前可改期，以最后一次为准。${EACH.zh}`,
      en: `The last one counts while the file is not there. ${EACH.en}`,
    },
    request: z.strictObject({
      file: Stage,
      dueOn: DayOrMinute,
      document: DocumentNumber,
      numbers: many(ProjectNumberText),
    }),
    ...ofCall,
  },
  receiveVentureFiles: {
    summary: { zh: '登记收到的评估材料', en: 'Record files that came in' },
    notes: EACH,
    request: z.strictObject({
      file: Stage,
      files: many(z.strictObject({ number: ProjectNumberText, filedOn: DayOrMinute, evidence: Evidence })),
    }),
    ...ofCall,
  },
  evaluateVentureProjects: {
    summary: { zh: '登记评估结果', en: 'Record evaluations' },
    notes: {
      zh: `有等次规定的填评分，否则写明是否合格。材料逾期按规定视为不合格的，不能登记为合格。${EACH.zh}`,
      en: `A score where the place has bands, otherwise whether it was passed. A file that is late where that fails cannot pass. ${EACH.en}`,
    },
    request: z.strictObject({
      stage: Stage,
      on: DateText,
      evaluations: many(
        z.strictObject({
          number: ProjectNumberText,
          score: z.optional(Score),
          passed: z.optional(z.boolean()),
          evidence: Evidence,
        }),
      ),
    }),
    ...ofCall,
  },
  getVentureExecution: { summary: { zh: '项目履约情况', en: 'The execution of a project' }, ...one },
  withdrawVentureMilestone: {
    summary: { zh: '撤回登记有误的里程碑', en: 'Withdraw a milestone recorded wrongly' },
    notes: { zh: '申请拨付之前。', en: 'Before its release is proposed.' },
    request: z.strictObject({ tranche: TrancheNumber, reason: Reason }),
    ...one,
  },
  excuseVentureFile: {
    summary: { zh: '认定材料逾期的正当理由', en: 'Accept a reason for a late file' },
    notes: {
      zh: '由收件人以外的人，规定允许时。',
      en: 'By another person than who received it, where policy allows it.',
    },
    request: z.strictObject({ file: Stage, reason: Reason, document: DocumentNumber }),
    ...one,
  },
  reportVentureHours: {
    summary: { zh: '登记服务时数（累计）', en: 'Record hours of service so far' },
    request: z.strictObject({
      upTo: DateText,
      hours: z.int().check(z.minimum(0), z.maximum(9_999_999)),
      evidence: Evidence,
    }),
    ...one,
  },
  reportVentureSpend: {
    summary: { zh: '登记支出报告（累计）', en: 'Record everything spent so far' },
    request: z.strictObject({ upTo: DateText, lines: Lines, evidence: Evidence }),
    ...one,
  },
  openVentureRectification: {
    summary: { zh: '责令整改', en: 'Order a rectification' },
    notes: { zh: '验收前暂停拨付。', en: 'Nothing is released until it is accepted.' },
    request: z.strictObject({ reason: Reason, dueOn: DateText }),
    ...one,
  },
  acceptVentureRectification: {
    summary: { zh: '整改验收（另一人）', en: 'Accept a rectification (another person)' },
    request: z.strictObject({ evidence: Evidence }),
    ...one,
    params: numbered,
  },
  proposeVentureChange: {
    summary: { zh: '申请变更协议', en: 'Propose a change of the contract' },
    notes: {
      zh: '只调整未拨付的各期，不低于已拨付；增加资助的占用资金总盘。',
      en: 'Only unpaid tranches change, never below what was released; a higher grant takes from the pool.',
    },
    request: z.strictObject({
      grant: z.optional(AmountInput),
      lines: z.optional(Lines),
      to: z.optional(DateText),
      serviceHours: z.optional(z.int().check(z.minimum(1), z.maximum(9_999_999))),
      reason: Reason,
    }),
    ...one,
  },
  decideVentureChange: decide('决定协议变更（另一人）', 'Decide a change (another person)'),
  proposeVentureSettlement: {
    summary: { zh: '提出结算', en: 'Propose the settlement' },
    notes: {
      zh: '结算额 = min(资助额, 经审计的合规支出) − 已拨付。为负的须写明缴回期限，决定后提出追缴。',
      en: 'min(grant, eligible audited spending) − released. Below zero it needs a day until which it is given back; the decision proposes a recovery order.',
    },
    request: z.strictObject({
      reason: Reason,
      evidence: Evidence,
      spend: Lines,
      auditedOut: z.optional(
        z.array(z.strictObject({ ...LineInput.shape, reason: Reason })).check(z.maxLength(200)),
      ),
      interest: z.optional(AmountInput),
      ...back,
    }),
    ...one,
  },
  decideVentureSettlement: decide('决定结算（另一人）', 'Decide the settlement (another person)'),
  proposeVentureTermination: {
    summary: { zh: '提出终止项目', en: 'Propose to end a project early' },
    notes: {
      zh: '停付未拨付的各期；已拨付的按本地规定追回。违约的写明日期，按规定禁止申报。',
      en: 'Unpaid tranches stop; what was paid is recovered as policy says. A breach is dated, and bans the organisation where policy says so.',
    },
    request: z.strictObject({
      reason: Reason,
      evidence: Evidence,
      spend: z.optional(Lines),
      breachOn: z.optional(DateText),
      ...back,
    }),
    ...one,
  },
  decideVentureTermination: decide('决定终止（另一人）', 'Decide the termination (another person)'),
  proposeVentureUnused: {
    summary: { zh: '提出收回逾期未使用的资金', en: 'Propose to recover money not used in time' },
    request: z.strictObject({ reason: Reason, evidence: Evidence, ...back }),
    ...one,
  },
  decideVentureUnused: decide('决定收回（另一人）', 'Decide the recovery of unused money (another person)'),
  closeVentureProject: {
    summary: { zh: '结项', en: 'Close a project' },
    notes: { zh: '结算或终止并缴清之后。', en: 'Once it is settled or ended and nothing is outstanding.' },
    request: z.strictObject({}),
    ...one,
  },
  getVenturePaymentSheet: {
    summary: { zh: '资金拨付台账（打印）', en: 'Sheet of a project’s payments, to be printed' },
    params: ofProject,
    status: 200,
    response: z.string(),
    mediaType: 'text/html',
  },
  getVentureReleaseRequest: {
    summary: { zh: '拨款申请表（打印）', en: 'Request for a release, to be printed' },
    params: numbered,
    status: 200,
    response: z.string(),
    mediaType: 'text/html',
  },
  listVentureOverdue: {
    summary: {
      zh: '逾期材料、逾期未拨付和逾期未使用的资金',
      en: 'Overdue files, tranches not released and money not used in time',
    },
    status: 200,
    response: OverdueView,
  },
} as const satisfies Record<string, Contract>;
