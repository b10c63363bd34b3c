import * as z from 'zod/mini';
import { PolicyPackFile } from '../../../domain/policy/pack.ts';
import type { Contract } from './contract.ts';
import { EnrolmentIdText } from './determinations.ts';
import {
  AcceptedGapInput,
  CatalogueProgrammeView,
  PolicyBookView,
  PolicyProposalView,
  place,
  STATES,
} from './policy-schemas.ts';
import {
  Amount,
  DateText,
  DocumentNumber,
  HashText,
  Jurisdiction,
  MonthText,
  Next,
  OpaqueId,
  ProgrammeText,
  paging,
  Reason,
} from './primitives.ts';

const CATALOGUE_NOTES = {
  zh: '由发放项目和政策库生成：上级、本区划及下级各区划的参数、月份、依据、所选选项、样例、缺口和待答问题。',
  en: 'Generated from the programmes and the policy book: of the places above, your own and those inside it the parameters, months, citations, options chosen, samples, gaps and open questions.',
};

const ofProposal = z.strictObject({ proposalId: OpaqueId });
const Packs = z
  .array(PolicyPackFile)
  .check(
    z.minLength(1),
    z.maxLength(200),
    z.meta({ description: '政策包，每个区划、项目一个 / policy packs, one for each place and programme' }),
  );

export const policyContracts = {
  createPolicyProposal: {
    summary: { zh: '提出政策变动', en: 'Propose a change of policy' },
    notes: {
      zh: '值的写法与政策包相同，逐项检查依据、日期、重叠和缺口；月份将没有值的，须补上或在 acceptedGaps 中说明。提出后即测算影响，另一人批准后入库，其后启动的批次按新值计算，已启动的不变。',
      en: 'Values are written as in a policy pack; citations, dates, overlaps and gaps are checked, and months that would lose their value need one or a reason in `acceptedGaps`. The effect is worked out at once; once another person approves, runs that start later use it, those that have started do not.',
    },
    request: z.strictObject({
      packs: Packs,
      reason: Reason,
      acceptedGaps: z.optional(z.array(AcceptedGapInput)),
    }),
    status: 202,
    response: PolicyProposalView,
  },
  listPolicyProposals: {
    summary: { zh: '政策提议及历次决定', en: 'Policy proposals and what was decided on them' },
    query: z.strictObject({ state: z.optional(z.enum(STATES)), programme: z.optional(ProgrammeText) }),
    status: 200,
    response: z.strictObject({ proposals: z.array(PolicyProposalView) }),
  },
  getPolicyProposal: {
    summary: { zh: '一项政策提议、影响与经过', en: 'A policy proposal, its effect and its history' },
    notes: {
      zh: '影响为提议的政策库与现行政策库逐对象、逐月之差，自首个受影响月份至预算年度 12 月；按决定发放的项目按批量调标测算。cost 按资金分担与可用指标列出。',
      en: 'The effect is the book with the proposal less the book without it, per enrolment and month, from the first month affected through December of the fiscal year; programmes paid by decision as a change of standard would determine them. The cost stands beside the shares of the levels and what their lines have left.',
    },
    params: ofProposal,
    status: 200,
    response: PolicyProposalView,
  },
  listPolicyEffect: {
    summary: { zh: '政策提议影响名单', en: 'For whom a proposal changes something' },
    notes: {
      zh: '按区划、项目和对象排列，一页为整桶，可能多于 limit；姓名遮蔽。',
      en: 'In order of place, programme and bucket, whole buckets at a time, so that a page may be longer than `limit`; names are masked.',
    },
    params: ofProposal,
    query: z.strictObject({ side: z.optional(z.enum(['gaining', 'losing'])), ...paging }),
    status: 200,
    response: z.strictObject({
      rows: z.array(
        z.strictObject({
          ...place,
          enrolmentId: EnrolmentIdText,
          maskedName: z.optional(z.string()),
          street: z.string(),
          sum: Amount,
          lines: z.array(
            z.strictObject({ month: MonthText, component: z.string(), before: Amount, after: Amount }),
          ),
        }),
      ),
      next: Next,
    }),
  },
  workOutPolicyEffect: {
    summary: { zh: '重新测算影响', en: 'Work the effect out again' },
    notes: {
      zh: '政策库或对象信息变动后使用；结果相同则摘要不变。',
      en: 'For when the book or the register has changed; the same result has the same hash.',
    },
    params: ofProposal,
    request: z.strictObject({}),
    status: 202,
    response: PolicyProposalView,
  },
  getPolicyEffectSheet: {
    summary: { zh: '政策提议影响测算表（可打印）', en: 'Sheet of the effect, for the signature' },
    params: ofProposal,
    status: 200,
    response: z.string(),
    mediaType: 'text/html',
  },
  approvePolicyProposal: {
    summary: { zh: '批准政策提议（另一人）', en: 'Approve a policy proposal (another person)' },
    notes: {
      zh: '须写明所见影响的摘要、决定文号和日期；影响已过时的须先重新测算。',
      en: 'Names the hash of the effect that was read, the document and its day; an effect that is no longer current is worked out again first.',
    },
    params: ofProposal,
    request: z.strictObject({ hash: HashText, document: DocumentNumber, decidedOn: DateText }),
    status: 202,
    response: PolicyProposalView,
  },
  rejectPolicyProposal: {
    summary: { zh: '退回政策提议（另一人）', en: 'Reject a policy proposal (another person)' },
    params: ofProposal,
    request: z.strictObject({ reason: Reason }),
    status: 200,
    response: PolicyProposalView,
  },
  withdrawPolicyProposal: {
    summary: { zh: '撤回本人的政策提议', en: 'Withdraw one’s own policy proposal' },
    params: ofProposal,
    request: z.strictObject({ reason: Reason }),
    status: 200,
    response: PolicyProposalView,
  },
  exportPolicyBook: {
    summary: { zh: '导出政策库', en: 'Export the policy book' },
    notes: {
      zh: '本区划及下级区划的全部值，规范写法，附摘要；jurisdiction 可限定为下级区划。',
      en: 'Every value of your jurisdiction and those inside it, in one spelling, with its hash; `jurisdiction` limits it to one inside.',
    },
    query: z.strictObject({ jurisdiction: z.optional(Jurisdiction) }),
    status: 200,
    response: PolicyBookView,
  },
  getCatalogue: {
    summary: { zh: '规则目录', en: 'Catalogue of rules' },
    notes: CATALOGUE_NOTES,
    query: z.strictObject({ programme: z.optional(ProgrammeText) }),
    status: 200,
    response: z.strictObject({ programmes: z.array(CatalogueProgrammeView) }),
  },
  getCatalogueText: {
    summary: { zh: '规则目录（Markdown）', en: 'Catalogue of rules as Markdown' },
    notes: CATALOGUE_NOTES,
    query: z.strictObject({ programme: z.optional(ProgrammeText) }),
    status: 200,
    response: z.string(),
    mediaType: 'text/markdown',
  },
  importPolicyBook: {
    summary: { zh: '导入政策库文件，作为一项提议', en: 'Import a policy book as one proposal' },
    notes: {
      zh: '须与导出时逐字相同；已有的值不重复提议。',
      en: 'The file as it was exported; what the book has already is not proposed again.',
    },
    request: z.strictObject({
      book: PolicyBookView,
      reason: Reason,
      acceptedGaps: z.optional(z.array(AcceptedGapInput)),
    }),
    status: 202,
    response: PolicyProposalView,
  },
} as const satisfies Record<string, Contract>;
