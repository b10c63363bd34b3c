import * as z from 'zod/mini';
import { parseOrganisationCode } from '../../../domain/organisation-code.ts';
import { PAYEE_KINDS, PAYEE_RELATIONS } from '../../../domain/register/payee.ts';
import type { Contract } from './contract.ts';
import {
  DateText,
  DocumentNumber,
  InstantText,
  Next,
  OpaqueId,
  PersonKeyText,
  ProgrammeText,
  paging,
  Reason,
  sentence,
} from './primitives.ts';

const Kind = z.enum(PAYEE_KINDS).check(
  z.meta({
    description:
      'self 本人、head 户主、representative 代领人、guardian 监护人、caregiver 照料护理人（按协议）、organisation 机构对公账户、heir 继承人（死亡前应发的月份） / who is paid',
  }),
);
const Relation = z
  .enum(PAYEE_RELATIONS)
  .check(z.meta({ description: '与对象关系 / what the payee is to the beneficiary' }));
export const PersonNumber = z.string().check(
  z.trim(),
  z.toUpperCase(),
  z.regex(/^\d{17}[\dX]$/, {
    error: sentence('应为 18 位公民身份号码', 'must be an identity number of 18 characters'),
  }),
  z.meta({ description: '公民身份号码 / identity number' }),
);
const OrganisationNumber = z.string().check(
  z.trim(),
  z.toUpperCase(),
  z.refine((text) => parseOrganisationCode(text).ok, {
    error: sentence(
      '统一社会信用代码不正确（18位，含两位校验码）：请按登记证书核对',
      'not a valid unified social credit code (18 characters, two of them checks)',
    ),
  }),
  z.meta({ description: '统一社会信用代码 / unified social credit code' }),
);
const account = {
  account: z.optional(
    z.string().check(
      z.regex(/^\d{11,32}$/, {
        error: sentence('账号应为 11–32 位半角数字', 'an account is 11 to 32 plain digits'),
      }),
      z.meta({ description: '收款账号，仅在对象信息库尚无账户时填写 / only when none is on record' }),
    ),
  ),
  bankName: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(60))),
  bankCode: z.optional(z.string().check(z.regex(/^\d{12}$/))),
};
const Name = z.string().check(z.trim(), z.minLength(1), z.maxLength(50));
const GroundsDocument = DocumentNumber.check(
  z.meta({
    description: '监护、委托、照料护理、代养或继承文书的文号 / number of the document it rests on',
    examples: ['（2026）示0199民特12号'],
  }),
);
const Person = z.strictObject({ name: Name, idNumber: PersonNumber, ...account });
const OrganisationName = z.string().check(
  z.trim(),
  z.minLength(2),
  z.maxLength(60),
  z.refine((text) => !/[\p{Cc}|]/u.test(text), {
    error: sentence('单位名称不能含竖线或控制字符', 'the name holds no vertical bar or control character'),
  }),
);
const Organisation = z.strictObject({ name: OrganisationName, creditCode: OrganisationNumber, ...account });
const always = { evidence: Reason, validFrom: z.optional(DateText) };
const WantedPayee = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('self'), ...always }),
    z.strictObject({ kind: z.literal('head'), ...always }),
    z.strictObject({
      kind: z.literal('representative'),
      person: Person,
      relation: Relation,
      document: GroundsDocument,
      validTo: z.optional(DateText),
      ...always,
    }),
    z.strictObject({
      kind: z.literal('heir'),
      person: Person,
      relation: Relation,
      document: GroundsDocument,
      validTo: z.optional(DateText),
      ...always,
    }),
    z.strictObject({
      kind: z.literal('caregiver'),
      person: Person,
      relation: Relation,
      document: GroundsDocument,
      validTo: DateText,
      ...always,
    }),
    z.strictObject({
      kind: z.literal('guardian'),
      person: Person,
      relation: Relation,
      document: GroundsDocument,
      validTo: DateText,
      ...always,
    }),
    z.strictObject({
      kind: z.literal('organisation'),
      organisation: Organisation,
      document: GroundsDocument,
      validTo: z.optional(DateText),
      ...always,
    }),
  ])
  .check(z.meta({ id: 'WantedPayee', description: '要登记的收款人 / the payee to be recorded' }));

const grounds = {
  kind: z.optional(Kind),
  relation: z.optional(Relation),
  document: z.optional(z.string()),
  validFrom: z.optional(DateText),
  validTo: z.optional(DateText),
};
const PayeeView = z
  .strictObject({
    payee: PersonKeyText,
    ...grounds,
    recordedAt: InstantText,
    by: OpaqueId,
    confirmedBy: z.optional(OpaqueId),
  })
  .check(z.meta({ id: 'Payee', description: '收款人登记，只增不改 / a payee on record, never edited' }));
const PayeeChangeView = z
  .strictObject({
    changeId: OpaqueId,
    enrolmentId: OpaqueId,
    ...grounds,
    name: z.optional(z.string().check(z.meta({ description: '姓名或名称（脱敏） / name, masked' }))),
    account: z.optional(z.string().check(z.meta({ description: '账号（脱敏） / account number, masked' }))),
    evidence: z.string(),
    state: z.enum(['proposed', 'confirmed']),
    proposedBy: OpaqueId,
    proposedAt: InstantText,
    confirmedBy: z.optional(OpaqueId),
  })
  .check(z.meta({ id: 'PayeeChange', description: '收款人变更 / a change of payee' }));
const PayeeEndingView = z
  .strictObject({
    enrolmentId: OpaqueId,
    programme: ProgrammeText,
    street: z.optional(z.string()),
    payee: PersonKeyText,
    kind: z.optional(Kind),
    relation: z.optional(Relation),
    document: z.optional(z.string()),
    validTo: DateText,
    ended: z.boolean().check(z.meta({ description: '已到期：之后期间的款项暂缓 / later periods are held' })),
  })
  .check(z.meta({ id: 'PayeeEnding', description: '收款权限到期提醒 / authority that ends' }));
export const payeeContracts = {
  listPayees: {
    summary: { zh: '收款人登记及变更', en: 'Payees of an enrolment and their changes' },
    params: z.strictObject({ enrolmentId: OpaqueId }),
    status: 200,
    response: z.strictObject({ payees: z.array(PayeeView), changes: z.array(PayeeChangeView) }),
  },
  proposePayeeChange: {
    summary: { zh: '申请变更收款人', en: 'Propose another payee' },
    notes: {
      zh: '按户发户主或家庭成员代领人，按人发本人，监护对象发监护人、照料护理费发照料护理人（须有关系、文书或协议和终止日），机构发对公账户。须有凭证并由另一人确认；两人都不签批首次发给该收款人的批次。',
      en: 'A household is paid through its head or a named member, a person himself, a ward through the guardian and care through the caregiver (with relation, document or agreement, and last day), an institution into its corporate account. Needs evidence and another person; neither signs a run that first pays this payee.',
    },
    params: z.strictObject({ enrolmentId: OpaqueId }),
    request: WantedPayee,
    status: 201,
    response: PayeeChangeView,
  },
  confirmPayeeChange: {
    summary: { zh: '确认收款人变更（另一人）', en: 'Confirm a change of payee (another person)' },
    params: z.strictObject({ enrolmentId: OpaqueId, changeId: OpaqueId }),
    status: 200,
    response: PayeeChangeView,
  },
  listPayeeChanges: {
    summary: { zh: '待确认的收款人变更', en: 'Changes of payee that wait for a second person' },
    query: z.strictObject(paging),
    status: 200,
    response: z.strictObject({
      changes: z.array(
        z.strictObject({ enrolmentId: OpaqueId, programme: ProgrammeText, changeId: OpaqueId }),
      ),
      next: Next,
    }),
  },
  listPayeeEndings: {
    summary: {
      zh: '监护、代领到期名单（60 日内及已到期）',
      en: 'Payees whose authority ends within 60 days, or has ended',
    },
    notes: {
      zh: '终止月之后的期间，款项暂缓，直到续期或另定收款人。',
      en: 'Money for periods after the month of the last day is held until it is renewed or another payee is named.',
    },
    status: 200,
    response: z.strictObject({ endings: z.array(PayeeEndingView) }),
  },
} as const satisfies Record<string, Contract>;
