import * as z from 'zod/mini';
import { APPLICATION_ID, REJECTION_GROUNDS } from '../../../domain/grants/application.ts';
import { parseOrganisationCode } from '../../../domain/organisation-code.ts';
import { PAYEE_RELATIONS } from '../../../domain/register/payee.ts';
import { PersonNumber } from './payees.ts';
import {
  DateText,
  DocumentNumber,
  MonthText,
  ProgrammeText,
  Reason,
  StreetText,
  sentence,
} from './primitives.ts';

/** What staff say about applications for grants: the requests. */
export const ApplicationIdText = z
  .string()
  .check(
    z.regex(APPLICATION_ID, { error: sentence('应为申请编号', 'must be the id of an application') }),
    z.meta({ description: '申请编号 / id of an application', examples: ['ga-3f9c2a7b51d04e683f9c'] }),
  );
export const FundText = z
  .string()
  .check(
    z.regex(/^[a-z0-9][a-z0-9-]{0,39}$/, { error: sentence('应为备用金编号', 'must be the id of a fund') }),
    z.meta({ description: '备用金编号 / id of an imprest fund', examples: ['dongjie'] }),
  );
export const CommunityText = z.string().check(
  z.regex(/^\d{12}$/, {
    error: sentence('应为十二位社区、村代码', 'must be a community code of twelve digits'),
  }),
  z.meta({ description: '社区、村代码 / community code', examples: ['110199001001'] }),
);
const Name = z.string().check(z.trim(), z.minLength(1), z.maxLength(50));
const account = {
  account: z.optional(
    z.string().check(
      z.regex(/^\d{11,32}$/, {
        error: sentence('账号应为 11–32 位半角数字', 'an account is 11 to 32 plain digits'),
      }),
      z.meta({ description: '收款账号，对象信息库尚无账户时登记 / recorded when none is on record' }),
    ),
  ),
  bankName: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(60))),
  bankCode: z.optional(z.string().check(z.regex(/^\d{12}$/))),
};
const Person = z.strictObject({
  name: Name,
  idNumber: PersonNumber,
  phone: z.optional(z.string().check(z.regex(/^[\d\s+-]{5,20}$/))),
  ...account,
});
const Organisation = z.strictObject({
  name: z.string().check(
    z.trim(),
    z.minLength(2),
    z.maxLength(60),
    z.refine((text) => !/[\p{Cc}|]/u.test(text), {
      error: sentence('单位名称不能含竖线或控制字符', 'the name holds no vertical bar or control character'),
    }),
  ),
  creditCode: z.string().check(
    z.trim(),
    z.toUpperCase(),
    z.refine((text) => parseOrganisationCode(text).ok, {
      error: sentence('统一社会信用代码不正确', 'not a valid unified social credit code'),
    }),
    z.meta({ description: '统一社会信用代码 / unified social credit code' }),
  ),
  ...account,
});
const Party = z
  .discriminatedUnion('kind', [
    z.extend(Person, { kind: z.literal('person') }),
    z.extend(Organisation, { kind: z.literal('organisation') }),
  ])
  .check(z.meta({ id: 'GrantParty', description: '个人或单位 / a person or an organisation' }));
const Payee = z.strictObject({
  party: Party,
  relation: z.optional(z.enum(PAYEE_RELATIONS)),
  document: z.optional(DocumentNumber),
  validTo: z.optional(DateText),
});
const Paper = z.string().check(
  z.trim(),
  z.minLength(2),
  z.maxLength(40),
  z.refine((text) => !/\d{6,}|\p{Cc}/u.test(text), {
    error: sentence('材料名称中不要写号码', 'leave numbers out of the name of a paper'),
  }),
  z.meta({ description: '待补材料的名称 / name of a missing paper', examples: ['火灾事故认定书'] }),
);
export const GrantFactsBody = z.record(z.string(), z.unknown()).check(
  z.meta({
    description:
      '申请事项，按发放项目各自的字段填写（见 GET /v1/grant-programmes） / facts by the programme’s own schema, see GET /v1/grant-programmes',
    examples: [{ kind: 'urgent', persons: 2, cause: 'fire', eventOn: '2026-11-20' }],
  }),
);
const statement = {
  facts: GrantFactsBody,
  family: z
    .array(z.strictObject({ name: Name, idNumber: PersonNumber }))
    .check(z.maxLength(20), z.meta({ description: '其他家庭成员 / the other members of the family' })),
  missingPapers: z.optional(z.array(Paper).check(z.minLength(1), z.maxLength(20))),
};

export const GrantApplicationRequest = z.strictObject({
  programme: ProgrammeText,
  street: StreetText,
  community: z.optional(CommunityText),
  appliedOn: DateText,
  applicant: Party,
  payee: z.optional(Payee),
  ...statement,
});
export const RestatementRequest = z.strictObject({ ...statement, reason: Reason });
export const GrantRequest = z.strictObject({
  hash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  document: DocumentNumber,
  decidedOn: DateText,
  minutes: z.optional(DocumentNumber),
  means: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('account') }),
    z.strictObject({ kind: z.literal('imprest-cash'), fund: FundText, receipt: DocumentNumber }),
  ]),
});
export const RejectionRequest = z.strictObject({
  document: DocumentNumber,
  decidedOn: DateText,
  ground: z.enum(REJECTION_GROUNDS),
  reason: Reason,
});
export const PapersRequest = z.strictObject({
  received: z.array(Paper).check(z.minLength(1), z.maxLength(20)),
  evidence: DocumentNumber,
});
export const StopRequest = z.strictObject({ from: MonthText, reason: Reason });
export const StopDecisionRequest = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('stop'), document: DocumentNumber, decidedOn: DateText }),
  z.strictObject({ outcome: z.literal('go-on'), reason: Reason }),
]);
export const AssessmentRequest = z.strictObject({
  programme: ProgrammeText,
  decidedOn: z.optional(DateText),
  facts: GrantFactsBody,
});
