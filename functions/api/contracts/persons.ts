import * as z from 'zod/mini';
import type { Contract } from './contract.ts';
import {
  DateText,
  InstantText,
  MonthText,
  Names,
  OpaqueId,
  PersonKeyText,
  ProgrammeText,
  Reason,
  sentence,
} from './primitives.ts';

const masked = (zh: string, en: string, example: string) =>
  z.string().check(z.meta({ description: `${zh}（脱敏） / ${en}, masked`, examples: [example] }));

export const MaskedPerson = z
  .strictObject({ personKey: PersonKeyText, name: masked('姓名', 'name', '张*') })
  .check(z.meta({ id: 'MaskedPerson', description: '脱敏人员 / a person, masked' }));
const AccountView = z
  .strictObject({
    account: masked('账号', 'account number', '****0014'),
    holderName: masked('户名', 'account holder', '张*'),
    bankName: z.optional(z.string()),
    validFrom: z.optional(DateText),
    recordedAt: InstantText,
    confirmed: z.boolean(),
  })
  .check(z.meta({ id: 'Account', description: '收款账户 / an account on record' }));
export const EnrolmentView = z
  .strictObject({
    enrolmentId: OpaqueId,
    programme: ProgrammeText,
    programmeNames: Names,
    /** 按人、按户 */
    unit: z.enum(['person', 'household', 'organisation', 'project']),
    street: z.optional(z.string()),
    appliedOn: z.optional(z.string()),
    lastMonth: z.optional(MonthText),
    payee: z.optional(PersonKeyText),
  })
  .check(z.meta({ id: 'Enrolment', description: '享受对象 / an enrolment' }));
const PersonView = z
  .strictObject({
    personKey: PersonKeyText,
    name: masked('姓名', 'name', '张*'),
    idNumber: masked('身份证号', 'identity number', '110101********0012'),
    phone: z.optional(masked('手机号', 'phone', '138****5678')),
    accounts: z.array(AccountView),
    enrolments: z.array(EnrolmentView),
  })
  .check(z.meta({ id: 'Person', description: '人员档案（脱敏） / a person, masked' }));
const AccountChangeView = z
  .strictObject({
    changeId: OpaqueId,
    personKey: PersonKeyText,
    state: z.enum(['proposed', 'confirmed']),
    account: masked('新账号', 'new account', '****0014'),
    holderName: masked('户名', 'account holder', '张*'),
    proposedBy: OpaqueId,
    proposedAt: InstantText,
    confirmedBy: z.optional(OpaqueId),
  })
  .check(z.meta({ id: 'AccountChange', description: '账户变更 / an account change' }));

/** Someone who only receives for another is in reach through that enrolment. */
const through = z.strictObject({
  enrolmentId: z.optional(OpaqueId),
});
const AccountNumber = z.string().check(
  z.regex(/^\d{11,32}$/, {
    error: sentence(
      '账号应为 11–32 位半角数字，不含空格',
      'an account is 11 to 32 plain digits without spaces',
    ),
  }),
  z.meta({ description: '收款账号 / account number', examples: ['6222020000000000014'] }),
);

export const personContracts = {
  searchPersons: {
    summary: { zh: '按身份证号查人（精确）', en: 'Find a person by identity number (exact)' },
    notes: {
      zh: '身份证号放在请求体中，不会出现在网址与日志里。',
      en: 'The number is in the body, so that it appears in no address and no log.',
    },
    request: z.strictObject({
      idNumber: z.string().check(
        z.trim(),
        z.regex(/^\d{17}[\dXx]$/, {
          error: sentence('应为 18 位公民身份号码', 'must be an identity number of 18 characters'),
        }),
        z.meta({ description: '公民身份号码 / identity number' }),
      ),
    }),
    status: 200,
    response: z.strictObject({ persons: z.array(PersonView) }),
  },
  getPerson: {
    summary: { zh: '人员档案（脱敏）', en: 'A person, masked' },
    notes: {
      zh: '仅代领他人补助的人须带 enrolmentId，指明代领的享受对象。',
      en: 'For someone who only receives for another, `enrolmentId` names the enrolment.',
    },
    params: z.strictObject({ personKey: PersonKeyText }),
    query: through,
    status: 200,
    response: PersonView,
  },
  proposeAccountChange: {
    summary: { zh: '申请变更收款账户', en: 'Propose another account' },
    notes: {
      zh: '须有凭证，并由另一人确认后生效；参与变更的人不能签批用到该账户的批次。',
      en: 'Needs evidence and takes effect when another person confirms; both sign no run that pays to it.',
    },
    params: z.strictObject({ personKey: PersonKeyText }),
    query: through,
    request: z.strictObject({
      account: AccountNumber,
      holderName: z.string().check(z.trim(), z.minLength(1), z.maxLength(50)),
      bankCode: z.optional(z.string().check(z.regex(/^\d{12}$/))),
      bankName: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(60))),
      evidence: Reason,
    }),
    status: 201,
    response: AccountChangeView,
  },
  confirmAccountChange: {
    summary: { zh: '确认账户变更（另一人）', en: 'Confirm an account change (another person)' },
    params: z.strictObject({ personKey: PersonKeyText, changeId: OpaqueId }),
    query: through,
    status: 200,
    response: AccountChangeView,
  },
} as const satisfies Record<string, Contract>;
