import * as z from 'zod/mini';
import { MILESTONES, ORGANISATION_KINDS } from '../../../domain/programmes/venture-fund/options.ts';
import { ORGANISATION_STATUSES } from '../../../domain/register/organisation-status.ts';
import { PROJECT_NUMBER } from '../../../domain/register/project-columns.ts';
import { CALL_ID } from '../../../domain/venture/call.ts';
import { FUNNEL, STAGES } from '../../../domain/venture/project.ts';
import { BLOCKS } from '../../../domain/venture/project-acts.ts';
import {
  Amount,
  AmountInput,
  Count,
  DateText,
  DocumentNumber,
  HashText,
  InstantText,
  Names,
  OpaqueId,
  PersonKeyText,
  sentence,
} from './primitives.ts';

/** What contracts of the venture fund (公益创投) are made of. */
export const CallIdText = z.string().check(
  z.regex(CALL_ID, {
    error: sentence('应为征集编号，例如 2026-1', 'must be the id of a call, e.g. 2026-1'),
  }),
  z.meta({ description: '征集编号：年度-届次 / the id of a call: year and number', examples: ['2026-1'] }),
);
export const ProjectKeyText = z.string().check(
  z.regex(/^[0-9A-HJKMNP-TV-Z]{12}$/, {
    error: sentence('应为项目内部编号', 'must be the key of a project'),
  }),
  z.meta({ description: '项目内部编号 / the key of a project', examples: ['7Z3K9QX2M4BT'] }),
);
export const ProjectNumberText = z.string().check(
  z.regex(PROJECT_NUMBER, {
    error: sentence(
      '项目编号只用字母、数字和连字符，至少一个数字，不超过 20 位',
      'a project number has up to 20 letters, digits and hyphens, and a digit among them',
    ),
  }),
  z.toUpperCase(),
  z.meta({ description: '项目编号，届内唯一 / number of a project within its call', examples: ['2026-001'] }),
);
/** Names of projects, groups and categories: nobody's number. */
export const PublicText = z.string().check(
  z.trim(),
  z.minLength(1),
  z.maxLength(60),
  z.refine((text) => !/\d{11}/.test(text.normalize('NFKC').replace(/[\s-]/g, '')), {
    error: sentence('不要写身份证号、账号或电话', 'leave identity, account and phone numbers out'),
  }),
);
export const Score = z.string().check(
  z.regex(/^(?:0|[1-9]\d{0,2})(?:\.\d{1,2})?$/, {
    error: sentence('应为分数，最多两位小数', 'must be a score with at most two decimals'),
  }),
  z.meta({ description: '评分 / score', examples: ['86.5'] }),
);
export const Kind = z.enum(ORGANISATION_KINDS);

export const LineInput = z.strictObject({
  category: PublicText.check(
    z.meta({ description: '预算科目：编号或名称 / category by id or name', examples: ['业务活动费'] }),
  ),
  item: PublicText,
  amount: AmountInput,
});
const LineView = z.strictObject({ category: z.string(), name: z.string(), item: z.string(), amount: Amount });

export const StatusInput = z.strictObject({
  status: z.enum(ORGANISATION_STATUSES),
  on: DateText,
  source: DocumentNumber.check(
    z.meta({ description: '查询来源 / where it was looked up', examples: ['中国社会组织政务服务平台'] }),
  ),
});
export const OrganisationInput = z.strictObject({
  creditCode: z.string().check(
    z.trim(),
    z.maxLength(30),
    z.meta({
      description:
        '统一社会信用代码（两个校验码均核对） / unified social credit code; both check characters are checked',
      examples: ['52110199MJ901001X0'],
    }),
  ),
  name: z.string().check(z.trim(), z.minLength(2), z.maxLength(60)),
  account: z.optional(
    z.strictObject({
      account: z.string().check(
        z.regex(/^\d{11,32}$/, {
          error: sentence('账号为 11–32 位半角数字', 'an account number has 11 to 32 ASCII digits'),
        }),
      ),
      holderName: z.string().check(z.trim(), z.minLength(2), z.maxLength(60)),
      bankName: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(60))),
    }),
  ),
  phone: z.optional(
    z.string().check(
      z.regex(/^(?:1\d{10}|0\d{9,11})$/, {
        error: sentence('应为手机或带区号的电话', 'must be a mobile number or a landline with its area code'),
      }),
    ),
  ),
});
export const OrganisationView = z
  .strictObject({
    personKey: PersonKeyText,
    name: z.string(),
    creditCode: z.string(),
    kind: z.optional(Kind),
    kindNames: z.optional(Names),
    status: z.optional(
      z.strictObject({
        status: z.enum(ORGANISATION_STATUSES),
        names: Names,
        on: DateText,
        source: z.string(),
      }),
    ),
    corporateAccount: z.boolean(),
    accountEnding: z.optional(z.string()),
    bankName: z.optional(z.string()),
    bans: z.array(
      z.strictObject({ from: DateText, until: DateText, reason: z.string(), document: z.string() }),
    ),
  })
  .check(z.meta({ id: 'VentureOrganisation', description: '申报单位 / an organisation' }));

export const ApplicationInput = z.strictObject({
  number: ProjectNumberText,
  name: PublicText,
  organisation: OrganisationInput,
  sponsoredGroup: z.optional(PublicText),
  track: z.optional(PublicText),
  asked: AmountInput,
  budget: AmountInput,
  ownFunds: z.optional(AmountInput),
  donated: z.optional(AmountInput),
  otherGovernmentMoney: z.optional(z.boolean()),
  lines: z.array(LineInput).check(z.minLength(1), z.maxLength(60)),
  from: DateText,
  to: DateText,
  serviceHours: z.optional(z.int().check(z.minimum(1), z.maximum(9_999_999))),
});

const funnelStep = z.strictObject({
  step: z.enum(FUNNEL),
  names: Names,
  projects: Count,
  amount: Amount,
});
export const CallView = z
  .strictObject({
    callId: CallIdText,
    title: z.string(),
    document: z.string(),
    from: DateText,
    to: DateText,
    kinds: z.array(Kind),
    tracks: z.array(z.string()),
    pool: Amount,
    openedOn: DateText,
    sample: z.boolean(),
  })
  .check(z.meta({ id: 'VentureCall', description: '公益创投征集 / a call' }));
export const CallDetail = z
  .strictObject({
    ...CallView.shape,
    allotted: Amount,
    left: Amount,
    funnel: z.array(funnelStep).check(
      z.meta({
        description:
          '漏斗：到达各环节的项目数和金额（入围前为申请金额，入围后为资助金额） / how many came how far, with what they asked for, or were given',
      }),
    ),
    stages: z.array(z.strictObject({ stage: z.enum(STAGES), names: Names, projects: Count, amount: Amount })),
  })
  .check(z.meta({ id: 'VentureCallDetail', description: '征集及漏斗统计 / a call and its funnel' }));

export const ProjectSummary = z
  .strictObject({
    projectKey: ProjectKeyText,
    number: z.string(),
    name: z.string(),
    organisation: PersonKeyText,
    organisationName: z.optional(z.string()),
    stage: z.enum(STAGES),
    stageNames: Names,
    reached: z.enum(FUNNEL),
    asked: Amount,
    grant: Amount,
    contractHash: z.optional(HashText),
  })
  .check(z.meta({ id: 'VentureProjectSummary', description: '项目 / a project' }));

const acted = { by: OpaqueId, at: InstantText };
export const ProjectView = z
  .strictObject({
    projectKey: ProjectKeyText,
    callId: CallIdText,
    number: z.string(),
    name: z.string(),
    stage: z.enum(STAGES),
    stageNames: Names,
    organisation: PersonKeyText,
    organisationName: z.optional(z.string()),
    organisationKind: Kind,
    sponsoredGroup: z.optional(z.string()),
    track: z.optional(z.string()),
    asked: Amount,
    budget: Amount,
    ownFunds: Amount,
    donated: Amount,
    otherGovernmentMoney: z.boolean(),
    lines: z.array(LineView),
    from: DateText,
    to: DateText,
    serviceHours: z.optional(z.int()),
    scores: z.array(
      z.strictObject({ judge: z.string(), score: Score, correction: z.optional(z.string()), ...acted }),
    ),
    blocks: z.array(z.enum(BLOCKS)),
    overridden: z.array(z.enum(BLOCKS)),
    shortlisted: z.optional(
      z.strictObject({ average: z.string(), grant: Amount, document: z.string(), ...acted }),
    ),
    publicity: z.optional(z.strictObject({ from: DateText, to: DateText, document: z.string() })),
    objections: z.array(
      z.strictObject({
        number: z.int(),
        reference: z.string(),
        reason: z.string(),
        by: OpaqueId,
        upheld: z.optional(z.boolean()),
        decidedBy: z.optional(OpaqueId),
      }),
    ),
    contract: z.optional(
      z.strictObject({
        hash: HashText,
        grant: Amount,
        from: DateText,
        to: DateText,
        tranches: z.array(
          z.strictObject({
            number: z.int(),
            share: z.string(),
            amount: Amount,
            milestone: z.enum(MILESTONES),
            milestoneNames: Names,
          }),
        ),
        draftedBy: OpaqueId,
        signed: z.optional(z.strictObject({ document: z.string(), signedOn: DateText, ...acted })),
      }),
    ),
    history: z.array(z.strictObject({ kind: z.string(), name: z.optional(z.string()), ...acted })),
  })
  .check(z.meta({ id: 'VentureProject', description: '项目及全部经过 / a project and all that was done' }));

export const Many = z
  .strictObject({
    done: z.array(z.string()),
    refused: z.array(
      z.strictObject({ number: z.string(), code: z.string(), zh: z.string(), en: z.string() }),
    ),
  })
  .check(
    z.meta({
      id: 'VentureMany',
      description:
        '已办理的项目编号，以及未办理的和原因 / numbers of the projects done, and why the others were not',
    }),
  );
