import * as z from 'zod/mini';
import { PolicyPackFile } from '../../../domain/policy/pack.ts';
import { SHEET_KINDS } from '../../../domain/register/sheets.ts';
import type { Contract } from './contract.ts';
import {
  Count,
  HashText,
  InstantText,
  Jurisdiction,
  Link,
  Names,
  OpaqueId,
  PersonKeyText,
  ProgrammeText,
  StreetText,
  sentence,
} from './primitives.ts';

const Subject = z.string().check(
  z.minLength(1),
  z.maxLength(255),
  z.meta({
    description: '登录系统中的账号标识（sub） / the subject in the identity provider',
    examples: ['staff-preparer'],
  }),
);
const Issuer = z.string().check(
  z.minLength(1),
  z.maxLength(500),
  z.meta({
    description: '登录系统地址（iss），默认与本人相同 / issuer; the caller’s own by default',
    examples: ['https://login.example.gov.cn'],
  }),
);
const StaffMemberView = z
  .strictObject({
    staffId: OpaqueId,
    jurisdiction: Jurisdiction,
    street: z.optional(StreetText),
    name: z.string(),
    registeredAt: InstantText,
  })
  .check(z.meta({ id: 'StaffMember', description: '工作人员 / a member of staff' }));

const PolicyPackView = z
  .strictObject({
    jurisdiction: Jurisdiction,
    programme: ProgrammeText,
    values: Count,
    hash: z.optional(HashText),
    warnings: z.optional(z.array(Names)),
  })
  .check(z.meta({ id: 'PolicyPack', description: '政策包 / a policy pack' }));

export const UPLOAD_PURPOSES = [
  'register',
  'deaths',
  'households',
  'bank-result',
  'bank-statement',
  'street-report',
  'opening',
  'accounts',
  'bureau-list',
  'matching',
  'projects',
  'grant-list',
] as const;
const FileName = z.string().check(
  z.trim(),
  z.minLength(1),
  z.maxLength(120),
  z.refine((name) => !/[/\\\p{Cc}]/u.test(name), {
    error: sentence('文件名不能含路径或控制字符', 'a file name without path or control characters'),
  }),
  // Dates and batch numbers are shorter than identity and account numbers.
  z.refine((name) => !/\d{15,}/.test(name), {
    error: sentence(
      '文件名中不要写身份证号或账号',
      'leave identity and account numbers out of the file name',
    ),
  }),
  z.meta({ description: '文件名 / file name', examples: ['register-2026-12.csv'] }),
);
const UploadForm = z
  .strictObject({
    uploadId: OpaqueId,
    url: z.string(),
    fields: z.record(z.string(), z.string()),
    maxBytes: z.int(),
    expiresAt: InstantText,
  })
  .check(
    z.meta({
      id: 'UploadForm',
      description:
        '以 multipart/form-data 把 fields 与 file 一起 POST 到 url / POST the fields and then the file to the url as multipart/form-data',
    }),
  );

export const IMPORT_KINDS = [
  'register',
  'deaths',
  'households',
  'opening',
  'accounts',
  'grant-list',
] as const;
export const ImportView = z
  .strictObject({
    importId: OpaqueId,
    kind: z.enum([...IMPORT_KINDS, 'matching', 'projects']),
    programme: ProgrammeText,
    state: z.enum(['received', 'splitting', 'importing', 'done', 'refused']),
    chunks: z.strictObject({ done: Count, of: Count }),
    counts: z.optional(
      z.strictObject({
        accepted: Count,
        created: Count,
        changed: Count,
        unchanged: Count,
        unmatched: Count,
        rejected: Count,
        accountChanges: Count,
      }),
    ),
    refusal: z.optional(z.strictObject({ code: z.string(), zh: z.string(), en: z.string() })),
    notes: z.optional(
      z.array(z.strictObject({ code: z.string(), zh: z.string(), en: z.string() })).check(
        z.meta({
          description:
            '对整个表的说明：格式、跳过的行、合计核对等 / what is to be said of the sheet as a whole: format, rows skipped, totals compared',
        }),
      ),
    ),
    errorFileUrl: z.optional(Link),
  })
  .check(z.meta({ id: 'Import', description: '导入任务 / an import' }));

export const administrationContracts = {
  createStaffMember: {
    summary: { zh: '登记工作人员的所属区划', en: 'Register a member of staff with a jurisdiction' },
    notes: {
      zh: '岗位由登录系统给出；这里只登记区划，街道人员另填街道代码，此后只能办理本街道的事项。首位管理员登记本人（整个部署只有一次），其后的管理员由同级或上级区划的管理员登记。',
      en: 'Roles come from the identity provider; this sets the jurisdiction, and for staff of a street its code: they then work for that street alone. The first administrator registers himself, once per deployment; every later one is registered by an administrator of the same jurisdiction or one above.',
    },
    request: z.strictObject({
      subject: Subject,
      issuer: z.optional(Issuer),
      jurisdiction: Jurisdiction,
      street: z.optional(StreetText),
      name: z.string().check(z.trim(), z.minLength(1), z.maxLength(50)),
    }),
    status: 201,
    response: StaffMemberView,
  },
  listStaff: {
    summary: { zh: '本区划的工作人员', en: 'Members of staff of the jurisdiction' },
    status: 200,
    response: z.strictObject({ staff: z.array(StaffMemberView) }),
  },
  createBeneficiaryLink: {
    summary: { zh: '把登录账号绑定到享受对象', en: 'Link a sign-in to a beneficiary' },
    request: z.strictObject({ personKey: PersonKeyText, subject: Subject, issuer: z.optional(Issuer) }),
    status: 201,
    response: z.strictObject({ personKey: PersonKeyText, linkedAt: InstantText }),
  },
  createPolicyPack: {
    summary: { zh: '首次导入政策包', en: 'Import the first policy pack' },
    notes: {
      zh: '只用于一个区划、项目的首次安装；此后的变动请提出政策提议。同一内容再次导入不产生变化；每个值都要有依据。',
      en: 'Only the first of a place and programme; later changes are proposed and approved. The same content again changes nothing; every value has its citation.',
    },
    request: PolicyPackFile,
    status: 201,
    response: PolicyPackView,
  },
  listPolicyPacks: {
    summary: { zh: '现有政策包', en: 'Policy packs' },
    status: 200,
    response: z.strictObject({ packs: z.array(PolicyPackView) }),
  },
  createUpload: {
    summary: { zh: '申请上传文件', en: 'Ask for an upload form' },
    notes: {
      zh: '表单 5 分钟内有效，文件不超过 50 MB。重试返回同一 uploadId 和新的表单。',
      en: 'The form is valid for five minutes; files up to 50 MB. A retry gives the same uploadId and a fresh form.',
    },
    request: z.strictObject({
      purpose: z.enum(UPLOAD_PURPOSES),
      fileName: FileName,
      bytes: z.optional(
        z.int().check(
          z.nonnegative(),
          z.meta({
            description:
              '文件大小（字节），写明则在上传前就检查 / size of the file, checked before it is sent',
            examples: [1_048_576],
          }),
        ),
      ),
    }),
    status: 201,
    response: UploadForm,
  },
  createImport: {
    summary: { zh: '导入已上传的名册', en: 'Import an uploaded sheet' },
    request: z.strictObject({ uploadId: OpaqueId, kind: z.enum(IMPORT_KINDS), programme: ProgrammeText }),
    status: 202,
    response: ImportView,
  },
  getSheetTemplate: {
    summary: { zh: '下载导入模板', en: 'Download the template of a sheet' },
    notes: {
      zh: '.xlsx 工作簿：各列均为文本格式，红色表头必填，另有示例工作表。写明 programme 时，register 和 changes 另含该项目自有的列，grant-list 只含该项目的列。链接 5 分钟内有效。',
      en: 'An .xlsx workbook: all columns are text, headings in red must be filled, a second sheet shows an example. With `programme`, register and changes also have the columns that this programme adds, and grant-list has those of this programme alone. The link is valid for five minutes.',
    },
    params: z.strictObject({ kind: z.enum(SHEET_KINDS) }),
    query: z.strictObject({ programme: z.optional(ProgrammeText) }),
    status: 200,
    response: z
      .strictObject({ kind: z.enum(SHEET_KINDS), fileName: z.string(), url: Link })
      .check(z.meta({ id: 'SheetTemplate', description: '导入模板 / a template' })),
  },
  getImport: {
    summary: { zh: '导入结果', en: 'How an import stands' },
    params: z.strictObject({ importId: OpaqueId }),
    status: 200,
    response: ImportView,
  },
} as const satisfies Record<string, Contract>;
