import * as z from 'zod/mini';
import { STAGES } from '../../../domain/venture/project.ts';
import { BLOCKS, SCREENINGS } from '../../../domain/venture/project-acts.ts';
import { ImportView } from './administration.ts';
import type { Contract } from './contract.ts';
import {
  Amount,
  AmountInput,
  Count,
  DateText,
  DocumentNumber,
  FiscalYear,
  HashText,
  Next,
  OpaqueId,
  paging,
  Reason,
} from './primitives.ts';
import { ventureOrganisationContracts } from './venture-organisations.ts';
import {
  ApplicationInput,
  CallDetail,
  CallIdText,
  CallView,
  Kind,
  LineInput,
  Many,
  ProjectKeyText,
  ProjectNumberText,
  ProjectSummary,
  ProjectView,
  PublicText,
  Score,
} from './venture-schemas.ts';

/** As many as a round has: the whole list in one request. */
const MANY_MAX = 500;
const many = <S extends z.ZodMiniType>(item: S) => z.array(item).check(z.minLength(1), z.maxLength(MANY_MAX));
const ofCall = z.strictObject({ callId: CallIdText });
const ofProject = z.strictObject({ projectKey: ProjectKeyText });
const manyOfCall = { params: ofCall, status: 200, response: Many } as const;
const oneProject = { params: ofProject, status: 200, response: ProjectView } as const;
const EACH = {
  zh: '逐个项目办理：办不成的说明原因，其余照办。',
  en: 'Each project stands for itself: those that cannot be done are named with the reason, the others are done.',
} as const;

const SheetView = z
  .strictObject({
    importId: OpaqueId,
    callId: CallIdText,
    fileName: z.string(),
    stated: z.strictObject({ projects: Count, asked: Amount }),
    filed: z.strictObject({ projects: Count, asked: Amount }),
    difference: z.strictObject({ projects: z.int(), asked: Amount }),
    agrees: z.boolean(),
    import: ImportView,
  })
  .check(
    z.meta({
      id: 'VentureSheet',
      description:
        '项目汇总表：控制总数与已录入数 / a sheet of projects, its stated control total and what was filed',
    }),
  );

export const ventureContracts = {
  ...ventureOrganisationContracts,
  openVentureCall: {
    summary: { zh: '发布公益创投征集', en: 'Open a call of the venture fund' },
    notes: {
      zh: '规则取发布当日有效的政策，并随征集固定，此后政策变化不影响本届。不填 kinds 时按政策。同一届次不能以不同内容重复发布。',
      en: 'The rules in force that day are kept with the call by value; later policy does not touch it. Without `kinds`, those of the policy. A number of a year is given once.',
    },
    request: z.strictObject({
      year: FiscalYear,
      number: z.int().check(z.minimum(1), z.maximum(99)),
      title: PublicText,
      document: DocumentNumber,
      from: DateText,
      to: DateText,
      pool: AmountInput,
      kinds: z.optional(z.array(Kind).check(z.minLength(1))),
      tracks: z.optional(z.array(PublicText).check(z.maxLength(10))),
    }),
    status: 201,
    response: CallView,
  },
  listVentureCalls: {
    summary: { zh: '历届征集', en: 'Calls' },
    status: 200,
    response: z.strictObject({ calls: z.array(CallView) }),
  },
  getVentureCall: {
    summary: { zh: '征集及漏斗统计', en: 'A call and the statistics of its funnel' },
    notes: {
      zh: '各环节的项目数和金额，以及资金总盘的余额。',
      en: 'Projects and money at each step, and what is left of the pool.',
    },
    params: ofCall,
    status: 200,
    response: CallDetail,
  },
  fileVentureProject: {
    summary: { zh: '录入一个项目申报', en: 'File an application' },
    notes: {
      zh: '初筛前或退回后可重新录入，以最后一次为准。',
      en: 'Until it is screened, or once it was returned, it may be filed anew; the last one counts.',
    },
    params: ofCall,
    request: ApplicationInput,
    status: 201,
    response: ProjectView,
  },
  listVentureProjects: {
    summary: { zh: '本届项目', en: 'Projects of a call' },
    params: ofCall,
    query: z.strictObject({ stage: z.optional(z.enum(STAGES)), ...paging }),
    status: 200,
    response: z.strictObject({ projects: z.array(ProjectSummary), next: Next }),
  },
  getVentureProject: {
    summary: { zh: '一个项目及全部经过', en: 'A project and all that was done' },
    ...oneProject,
  },
  importVentureProjects: {
    summary: { zh: '导入项目汇总表', en: 'Import a sheet of projects' },
    notes: {
      zh: '先以 projects 用途上传。另行写明项目数和申请金额合计（控制总数），导入后逐一核对；有误的行随原因退回（错误表见 GET /v1/imports/{importId}），其余录入。',
      en: 'Upload it for `projects` first. State the control total apart from the sheet: how many projects, and what they ask for together. Bad rows come back with reasons (`GET /v1/imports/{importId}` has the file), good ones are filed.',
    },
    params: ofCall,
    request: z.strictObject({
      uploadId: OpaqueId,
      projects: z.int().check(z.minimum(1), z.maximum(100_000)),
      asked: AmountInput,
    }),
    status: 202,
    response: SheetView,
  },
  getVentureSheet: {
    summary: {
      zh: '汇总表导入结果与控制总数',
      en: 'How a sheet of projects stands, against its control total',
    },
    params: z.strictObject({ callId: CallIdText, importId: OpaqueId }),
    status: 200,
    response: SheetView,
  },
  screenVentureProjects: {
    summary: { zh: '初筛（录入人以外的人）', en: 'Screen projects (somebody else than who filed them)' },
    notes: EACH,
    request: z.strictObject({
      projects: many(
        z.strictObject({
          number: ProjectNumberText,
          outcome: z.enum(SCREENINGS),
          reason: z.optional(Reason),
        }),
      ),
    }),
    ...manyOfCall,
  },
  scoreVentureProjects: {
    summary: { zh: '登记一位评委的评分', en: 'Record the scores of one judge' },
    notes: {
      zh: `评委各有一份评分表：judge 写评委代号，不写姓名。登记有误的，入围前由登记人以外的人写明更正原因（correction）更正。${EACH.zh}`,
      en: `One score sheet of each judge; \`judge\` is a code, not a name. Until the shortlist, somebody else than who recorded a score corrects it, with the reason (\`correction\`). ${EACH.en}`,
    },
    request: z.strictObject({
      judge: OpaqueId,
      evidence: z.optional(PublicText),
      projects: many(
        z.strictObject({ number: ProjectNumberText, score: Score, correction: z.optional(Reason) }),
      ),
    }),
    ...manyOfCall,
  },
  shortlistVentureProjects: {
    summary: { zh: '确定入围名单和资助金额', en: 'Decide the shortlist and its grants' },
    notes: {
      zh: '一次决定一份名单：有一个项目不能入围的，整份不办，并逐个说明原因。不填 grant 时按政策能给的金额。合计不得超过资金总盘，单个单位不得超过上限；重复资助须先由另一人放行。',
      en: 'One decision over one list: when one project cannot be taken, none is, and each such is named. Without `grant`, what policy gives. Never more than the pool or than one organisation may have; a second grant to one organisation has to be overridden first.',
    },
    request: z.strictObject({
      document: DocumentNumber,
      projects: many(z.strictObject({ number: ProjectNumberText, grant: z.optional(AmountInput) })),
    }),
    ...manyOfCall,
  },
  publiciseVentureProjects: {
    summary: { zh: '公示入围项目', en: 'Publicise the shortlist' },
    notes: {
      zh: `不少于 5 个工作日（起始日不计入），政策另有更长规定的从其规定。${EACH.zh}`,
      en: `For five working days at least, the first not counted, or as many more as policy asks. ${EACH.en}`,
    },
    request: z.strictObject({
      document: DocumentNumber,
      from: DateText,
      to: DateText,
      projects: many(ProjectNumberText),
    }),
    ...manyOfCall,
  },
  draftVentureContracts: {
    summary: { zh: '起草协议', en: 'Draft contracts' },
    notes: {
      zh: `资助金额为入围决定的金额，按政策分期；未填的内容按申报书。规则按征集时的政策固定。${EACH.zh}`,
      en: `The grant is what the shortlist gave, in the tranches of the policy; what is left out is as applied for. The rules are those of the call, by value. ${EACH.en}`,
    },
    request: z.strictObject({
      projects: many(
        z.strictObject({
          number: ProjectNumberText,
          lines: z.optional(z.array(LineInput).check(z.minLength(1), z.maxLength(60))),
          from: z.optional(DateText),
          to: z.optional(DateText),
          serviceHours: z.optional(z.int().check(z.minimum(1), z.maximum(9_999_999))),
        }),
      ),
    }),
    ...manyOfCall,
  },
  signVentureContracts: {
    summary: { zh: '签约（另一人）', en: 'Sign contracts (another person)' },
    notes: {
      zh: `hash 为所读协议的摘要。公示期满、无未处理异议、单位登记状态正常、有对公账户方可签约；录入人和起草人不能签。${EACH.zh}`,
      en: `\`hash\` names the draft that was read. After publicity, without an open objection, for an organisation in good standing with a corporate account; not by who filed or drafted. ${EACH.en}`,
    },
    request: z.strictObject({
      document: DocumentNumber,
      signedOn: DateText,
      projects: many(z.strictObject({ number: ProjectNumberText, hash: HashText })),
    }),
    ...manyOfCall,
  },
  overrideVentureBlock: {
    summary: { zh: '放行重复资助（另一人）', en: 'Override a block (another person)' },
    request: z.strictObject({ block: z.enum(BLOCKS), reason: Reason, document: DocumentNumber }),
    ...oneProject,
  },
  dropVentureProject: {
    summary: { zh: '项目退出（签约前）', en: 'Drop a project before it is signed' },
    notes: { zh: '入围额度随即退回总盘。', en: 'What it was given goes back to the pool.' },
    request: z.strictObject({ reason: Reason }),
    ...oneProject,
  },
  objectToVentureProject: {
    summary: { zh: '登记公示异议', en: 'Record an objection from the publicity' },
    notes: {
      zh: '只写登记编号和事由，不写异议人。处理前不能签约。',
      en: 'Where it is filed and why, and nobody’s name. Nothing is signed before it is decided.',
    },
    request: z.strictObject({ reference: DocumentNumber, reason: Reason }),
    ...oneProject,
  },
  decideVentureObjection: {
    summary: { zh: '处理异议（另一人）', en: 'Decide an objection (another person)' },
    params: z.strictObject({
      projectKey: ProjectKeyText,
      number: z.string().check(z.regex(/^[1-9]\d{0,3}$/)),
    }),
    request: z.strictObject({ upheld: z.boolean(), reason: Reason }),
    status: 200,
    response: ProjectView,
  },
  getVentureAgreement: {
    summary: { zh: '协议要点（打印）', en: 'The agreement in short, to be printed' },
    params: ofProject,
    status: 200,
    response: z.string(),
    mediaType: 'text/html',
  },
  getVentureNotice: {
    summary: { zh: '入围公示名单（打印）', en: 'The shortlist as it is publicised, to be printed' },
    params: ofCall,
    status: 200,
    response: z.string(),
    mediaType: 'text/html',
  },
} as const satisfies Record<string, Contract>;
