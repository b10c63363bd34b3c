import * as z from 'zod/mini';
import { DETERMINATION_KINDS } from '../../../domain/register/determination.ts';
import type { Contract } from './contract.ts';
import {
  Amount,
  AmountInput,
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
  sentence,
} from './primitives.ts';

export const EnrolmentIdText = z.string().check(
  z.regex(/^[A-Z]{2,4}-[0-9A-HJKMNP-TV-Z]{12}-[1-9]\d{0,2}$/, {
    error: sentence('应为享受对象编号', 'must be the id of an enrolment'),
  }),
  z.meta({ description: '享受对象编号 / id of an enrolment', examples: ['DB-7Z3K9QX2M4BT-1'] }),
);
const ProposalIdText = z
  .string()
  .check(
    z.regex(/^[1-9]\d{0,3}-[1-9]\d?$/, { error: sentence('应为测算编号', 'must be the id of a proposal') }),
    z.meta({ description: '测算编号：核定次数-第几份 / number and attempt', examples: ['2-1'] }),
  );
export const AskedBody = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('initial'), appliedOn: DateText }),
    z.strictObject({ kind: z.literal('review'), from: z.optional(MonthText) }),
    z.strictObject({ kind: z.literal('unchanged') }),
    z.strictObject({
      kind: z.literal('taper'),
      declaredOn: DateText,
      months: z.optional(z.int().check(z.minimum(1), z.maximum(12))),
    }),
    z.strictObject({ kind: z.literal('standard-change'), issuedOn: DateText, through: MonthText }),
    z.strictObject({ kind: z.literal('end'), from: MonthText, reason: Reason }),
  ])
  .check(
    z.meta({
      id: 'DeterminationQuestion',
      description: '提请核定的事项 / what is asked to be determined',
    }),
  );

const ComponentView = z.strictObject({ component: z.string(), amount: Amount });
export const SpanView = z
  .strictObject({
    from: MonthText,
    amount: Amount,
    components: z.array(ComponentView),
    steps: z.array(z.strictObject({ code: z.string(), zh: z.string(), en: z.string() })),
  })
  .check(
    z.meta({ id: 'DeterminationSpan', description: '自某月起的金额与计算过程 / an amount from a month on' }),
  );
const EffectView = z.strictObject({
  monthly: Amount,
  arrears: Amount,
  overpaid: Amount,
  beforeHistory: Amount,
});

export const DeterminationView = z
  .strictObject({
    enrolmentId: EnrolmentIdText,
    number: z.int(),
    kind: z.enum(DETERMINATION_KINDS),
    kindNames: Names,
    document: z.string(),
    decidedOn: DateText,
    sample: z.boolean(),
    spans: z.array(SpanView),
    departure: z.optional(z.string()),
    basis: z.optional(z.string()),
    nextReviewOn: z.optional(DateText),
    proposedBy: OpaqueId,
    decidedBy: OpaqueId,
    evidenceBy: z.optional(OpaqueId),
    recordedAt: InstantText,
  })
  .check(z.meta({ id: 'Determination', description: '核定，不可更改 / a determination, immutable' }));

const DifferenceView = z.strictObject({
  month: MonthText,
  inForce: Amount,
  proposed: Amount,
  change: Amount,
});
/** Another enrolment of the same person, decided by the same document. */
const CompanionView = z
  .strictObject({
    enrolmentId: EnrolmentIdText,
    programme: ProgrammeText,
    number: z.int(),
    kind: z.enum(DETERMINATION_KINDS),
    kindNames: Names,
    sample: z.boolean(),
    spans: z.array(SpanView),
    differences: z.array(DifferenceView),
    effect: EffectView,
  })
  .check(
    z.meta({
      id: 'DeterminationCompanion',
      description: '同一决定一并核定的其他享受对象 / another enrolment that the same decision covers',
    }),
  );

export const ProposalView = z
  .strictObject({
    proposalId: ProposalIdText,
    enrolmentId: EnrolmentIdText,
    programme: ProgrammeText,
    state: z.enum(['open', 'approved', 'rejected', 'superseded']),
    asked: AskedBody,
    plannedFor: DateText,
    kind: z.enum(DETERMINATION_KINDS),
    kindNames: Names,
    hash: HashText,
    sample: z.boolean(),
    spans: z.array(SpanView),
    /** 与执行中的核定逐月比较 */
    differences: z.array(DifferenceView),
    effect: EffectView,
    /** 同一决定一并核定的其他享受对象 */
    with: z.optional(z.array(CompanionView)),
    proposedBy: OpaqueId,
    proposedAt: InstantText,
    decision: z.optional(
      z.strictObject({
        outcome: z.enum(['approved', 'rejected', 'superseded']),
        by: OpaqueId,
        at: InstantText,
        reason: z.optional(z.string()),
      }),
    ),
  })
  .check(
    z.meta({ id: 'DeterminationProposal', description: '测算，不发生资金 / a proposal, moves no money' }),
  );

const FixedSpans = z
  .array(
    z.strictObject({
      from: MonthText,
      components: z
        .array(z.strictObject({ component: z.string().check(z.maxLength(40)), amount: AmountInput }))
        .check(z.maxLength(20)),
    }),
  )
  .check(z.minLength(1), z.maxLength(60));

const ofEnrolment = z.strictObject({ enrolmentId: EnrolmentIdText });
const ofProposal = z.strictObject({ enrolmentId: EnrolmentIdText, proposalId: ProposalIdText });

export const determinationContracts = {
  proposeDetermination: {
    summary: { zh: '提出测算', en: 'Propose a determination' },
    notes: {
      zh: '按现有家庭情况和政策测算，列出与执行中核定的逐月差额和拟补发金额；不发生资金。plannedFor 为预计决定日期，默认今天。特困人员的基本生活、照料护理和零用钱由一份决定一并核定（with），在基本生活的享受对象上提出。',
      en: 'Works out the household as known now, with the difference to what is in force month by month; moves no money. `plannedFor` is the day it is expected to be decided, today by default. Basic living, care and pocket money of the destitute are one decision (`with`), proposed for the basic living.',
    },
    params: ofEnrolment,
    request: z.strictObject({ asked: AskedBody, plannedFor: z.optional(DateText) }),
    status: 201,
    response: ProposalView,
  },
  listEnrolmentProposals: {
    summary: { zh: '一户的测算记录', en: 'Proposals of an enrolment' },
    params: ofEnrolment,
    status: 200,
    response: z.strictObject({ proposals: z.array(ProposalView) }),
  },
  decideDetermination: {
    summary: { zh: '核定（另一人）', en: 'Decide a proposal (another person)' },
    notes: {
      zh: '须写明看到的测算摘要、决定文号和日期。核定金额与测算不同的，填写 fixed（一并核定的其他项目填 fixedWith）并写明理由 departure。情况或政策已变的，须重新提出测算。',
      en: 'Names the hash of the proposal as read, the document and its day. For other amounts than proposed give `fixed` (`fixedWith` for a programme decided with it) and the reason in `departure`. Where facts or policy changed since, propose again.',
    },
    params: ofProposal,
    request: z.strictObject({
      hash: HashText,
      document: DocumentNumber,
      decidedOn: DateText,
      fixed: z.optional(FixedSpans),
      fixedWith: z.optional(
        z
          .array(z.strictObject({ programme: ProgrammeText, spans: FixedSpans }))
          .check(z.minLength(1), z.maxLength(5)),
      ),
      departure: z.optional(Reason),
      nextReviewOn: z.optional(DateText),
    }),
    status: 201,
    response: DeterminationView,
  },
  rejectProposal: {
    summary: { zh: '退回测算（另一人）', en: 'Reject a proposal (another person)' },
    params: ofProposal,
    request: z.strictObject({ reason: Reason }),
    status: 200,
    response: ProposalView,
  },
  listOpenProposals: {
    summary: { zh: '待核定的测算', en: 'Proposals that wait for a decision' },
    query: z.strictObject({ programme: ProgrammeText, ...paging }),
    status: 200,
    response: z.strictObject({ proposals: z.array(ProposalView), next: Next }),
  },
  listDeterminations: {
    summary: { zh: '一户的历次核定', en: 'Determinations of an enrolment' },
    params: ofEnrolment,
    status: 200,
    response: z.strictObject({ determinations: z.array(DeterminationView) }),
  },
  getDeterminationStatement: {
    summary: { zh: '核定表（打印）', en: 'Statement of the determination, to print' },
    params: ofEnrolment,
    status: 200,
    response: z.string(),
    mediaType: 'text/html',
  },
} as const satisfies Record<string, Contract>;
