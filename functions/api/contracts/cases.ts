import * as z from 'zod/mini';
import { CASE_ID, CASE_STATES, DELIVERY_WAYS, FINDINGS, OUTCOMES } from '../../../domain/matching/case.ts';
import { CASE_KINDS, MATCHING_SOURCES } from '../../../domain/matching/list-kinds.ts';
import { RELATIONS } from '../../../domain/matching/relatives.ts';
import type { Contract } from './contract.ts';
import { EnrolmentIdText } from './determinations.ts';
import { PersonNumber } from './payees.ts';
import { MaskedPerson } from './persons.ts';
import {
  Count,
  DateText,
  DocumentNumber,
  InstantText,
  MonthText,
  Names,
  Next,
  OpaqueId,
  PersonKeyText,
  ProgrammeText,
  paging,
  Reason,
  StreetText,
  sentence,
} from './primitives.ts';

const CaseIdText = z.string().check(
  z.regex(CASE_ID, { error: sentence('应为疑点案件编号', 'must be the id of a case') }),
  z.meta({
    description: '疑点案件编号 / the id of a case',
    examples: ['GL-7Z3K9QX2M4BT-1.prison.1'],
  }),
);
const sources = Object.keys(MATCHING_SOURCES) as [keyof typeof MATCHING_SOURCES];
const SourceView = z.strictObject({
  type: z.enum(['match', 'public-report', 'staff-doubt']),
  listId: z.optional(OpaqueId),
  source: z.optional(z.enum(sources)),
  sourceNames: z.optional(Names),
  listDate: z.optional(DateText),
  reference: z.optional(z.string()),
  reason: z.optional(z.string()),
});
const caseFacts = {
  caseId: CaseIdText,
  kind: z.enum(CASE_KINDS),
  kindNames: Names,
  programme: ProgrammeText,
  enrolmentId: EnrolmentIdText,
  /** 户为户主 */
  person: z.optional(MaskedPerson),
  street: z.optional(StreetText),
  state: z.enum(CASE_STATES),
  hold: z.boolean(),
  outcome: z.optional(z.enum(OUTCOMES)),
  openedAt: InstantText,
  waitsSince: InstantText,
  due: z.optional(DateText),
  overdue: z.boolean(),
};
const CaseSummary = z.strictObject({ ...caseFacts, sources: Count });
export const CaseView = z
  .strictObject({
    ...caseFacts,
    sources: z.array(SourceView),
    verification: z.optional(
      z.strictObject({
        finding: z.enum(FINDINGS),
        evidence: z.string(),
        note: z.string(),
        by: OpaqueId,
        at: InstantText,
      }),
    ),
    notice: z.optional(
      z.strictObject({
        document: z.string(),
        deliveredOn: DateText,
        way: z.enum(DELIVERY_WAYS),
        by: OpaqueId,
        at: InstantText,
      }),
    ),
    decision: z.optional(
      z.strictObject({
        outcome: z.enum(OUTCOMES),
        document: z.string(),
        reason: z.string(),
        from: z.optional(MonthText),
        by: OpaqueId,
        at: InstantText,
      }),
    ),
    history: z.array(
      z.strictObject({ kind: z.string(), at: InstantText, by: OpaqueId, name: z.optional(z.string()) }),
    ),
  })
  .check(z.meta({ id: 'Case', description: '疑点案件 / a case' }));
const CaseFilter = z.strictObject({
  programme: ProgrammeText,
  enrolmentId: z.optional(EnrolmentIdText),
  kind: z.optional(z.enum(CASE_KINDS)),
  street: z.optional(StreetText),
  state: z.optional(z.enum([...CASE_STATES, 'open'])),
  overdue: z.optional(z.literal('true')),
});
const ofCase = z.strictObject({ caseId: CaseIdText });
const acted = { params: ofCase, status: 200, response: CaseView } as const;

export const caseContracts = {
  reportCase: {
    summary: {
      zh: '立案：群众举报或工作人员发现',
      en: 'Open a case: a report from the public, or something staff found',
    },
    notes: {
      zh: '举报写明登记编号，不写举报人和个人信息。同一对象已有在办的同类疑点时并入该案。按政策暂缓发放（默认暂缓），办结后下一批次补发。',
      en: 'Name where a report is filed, and nobody. Where a case of the kind is open, this adds to it. Payments wait by policy (unless it says otherwise) until the case is closed.',
    },
    request: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('public-report'),
        enrolmentId: EnrolmentIdText,
        reference: DocumentNumber,
        reason: Reason,
      }),
      z.strictObject({ kind: z.literal('staff-doubt'), enrolmentId: EnrolmentIdText, reason: Reason }),
    ]),
    status: 201,
    response: CaseView,
  },
  listCases: {
    summary: { zh: '疑点案件', en: 'Cases' },
    notes: {
      zh: '街道人员只见本街道的。state=open 为未办结的；overdue=true 为逾期的（按政策的工作日期限）。',
      en: 'Staff of a street see their own. `state=open`: not closed; `overdue=true`: past the working days that policy gives.',
    },
    query: z.extend(CaseFilter, paging),
    status: 200,
    response: z.strictObject({ cases: z.array(CaseSummary), next: Next }),
  },
  getCase: {
    summary: { zh: '一件疑点及全部经过', en: 'A case and all that was done' },
    ...acted,
  },
  assignCase: {
    summary: { zh: '交办街道核查', en: 'Assign a case to a street' },
    request: z.strictObject({ street: StreetText }),
    ...acted,
  },
  verifyCase: {
    summary: { zh: '登记核查结果', en: 'Record what the street found' },
    request: z.strictObject({ finding: z.enum(FINDINGS), evidence: DocumentNumber, note: Reason }),
    ...acted,
  },
  notifyCase: {
    summary: { zh: '登记书面告知及送达', en: 'Record the written notice and its delivery' },
    request: z.strictObject({
      document: DocumentNumber,
      deliveredOn: DateText,
      way: z.enum(DELIVERY_WAYS),
    }),
    ...acted,
  },
  decideCase: {
    summary: { zh: '决定（另一人）', en: 'Decide a case (another person)' },
    notes: {
      zh: 'continue 继续发放；change 变更（须先有新的核定）；stop 自 from 月起停发；dismiss 不成立。变更、停发须先书面告知；暂缓发放的疑点须先由他人核查，才可认定不成立。决定即登记停发、解除暂缓。',
      en: '`continue`; `change` (after a new determination); `stop` from month `from`; `dismiss`. Change and stop come after the written notice; a case that holds payment is dismissed only after somebody else has verified it. The stop is recorded and the hold lifted at once.',
    },
    request: z.strictObject({
      outcome: z.enum(OUTCOMES),
      document: DocumentNumber,
      reason: Reason,
      from: z.optional(MonthText),
    }),
    ...acted,
  },
  getCaseNotice: {
    summary: { zh: '告知书（打印）', en: 'The written notice, to be printed' },
    notes: {
      zh: '核查后可打印。姓名隐去，须手写。',
      en: 'Once it was verified. The name is masked and written in by hand.',
    },
    params: ofCase,
    status: 200,
    response: z.string(),
    mediaType: 'text/html',
  },
  getCaseSheet: {
    summary: { zh: '疑点清单（打印）', en: 'List of cases, to be printed' },
    notes: { zh: '每次取出都留有记录。', en: 'Every time it is taken, that is recorded.' },
    query: CaseFilter,
    status: 200,
    response: z.string(),
    mediaType: 'text/html',
  },
  getCaseTable: {
    summary: { zh: '疑点清单（CSV）', en: 'List of cases as CSV' },
    notes: { zh: '每次取出都留有记录。', en: 'Every time it is taken, that is recorded.' },
    query: CaseFilter,
    status: 200,
    response: z.string(),
    mediaType: 'text/csv',
  },
  listCaseExports: {
    summary: { zh: '疑点清单取出记录', en: 'Who took lists of cases' },
    status: 200,
    response: z.strictObject({
      exports: z.array(
        z.strictObject({
          at: InstantText,
          by: OpaqueId,
          programme: ProgrammeText,
          format: z.enum(['html', 'csv']),
          filters: z.string(),
          cases: Count,
        }),
      ),
    }),
  },
  declareRelative: {
    summary: { zh: '近亲属备案（本人）', en: 'Declare a relative of one’s own' },
    notes: {
      zh: '只留内部编号。备案后，发放其近亲属的批次由他人签批，有关其近亲属的核查和决定由他人办理。',
      en: 'Only an opaque key is kept. Whoever declared signs nothing in a run that pays the relative, and takes no part in what is decided about them.',
    },
    request: z.strictObject({
      idNumber: PersonNumber,
      relation: z.enum(RELATIONS),
      declaredOn: DateText,
    }),
    status: 201,
    response: z.strictObject({
      staffId: OpaqueId,
      personKey: PersonKeyText,
      relation: z.enum(RELATIONS),
      declaredOn: DateText,
      declaredAt: InstantText,
    }),
  },
  listRelatives: {
    summary: {
      zh: '近亲属备案：本人的；管理员和审计可见全部',
      en: 'Relatives declared: one’s own; all for administrators and auditors',
    },
    status: 200,
    response: z.strictObject({
      relatives: z.array(
        z.strictObject({
          staffId: OpaqueId,
          staffName: z.optional(z.string()),
          personKey: PersonKeyText,
          relation: z.enum(RELATIONS),
          declaredOn: DateText,
          declaredAt: InstantText,
        }),
      ),
    }),
  },
} as const satisfies Record<string, Contract>;
