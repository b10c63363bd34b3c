import * as z from 'zod/mini';
import type { Instant, PlainDate } from '../calendar.ts';
import { earliestDeath } from '../controls/control.ts';
import { membershipOn } from '../household/membership.ts';
import { birthDateIn } from '../identity-number.ts';
import type { EnrolmentId, PersonKey } from '../ids.ts';
import { sameName } from '../person-name.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import { type AccountRecord, currentAccount } from './account.ts';
import type { EnrolmentDocument } from './enrolment.ts';
import { type PayeeGrounds, type PayeeKind, type PayeeRecord, payeeGrounds } from './payee.ts';
import type { PersonDocument, PersonRecord } from './person.ts';

/** The person or organisation named as payee, as its document has it; the account when none is on record yet. */
export type NamedPayee = {
  readonly legalName: string;
  /** Identity number of a person, unified social credit code of an organisation. */
  readonly number: string;
  readonly account?: string | undefined;
  readonly bankName?: string | undefined;
  readonly bankCode?: string | undefined;
};
const NamedPayeeSchema = z.strictObject({
  legalName: z.string(),
  number: z.string(),
  account: z.optional(z.string()),
  bankName: z.optional(z.string()),
  bankCode: z.optional(z.string()),
});

/** What is asked for: who is to be paid from now on, on what grounds and evidence. Nobody is named for `self` and `head`. */
export type WantedPayee = PayeeGrounds & {
  readonly kind: PayeeKind;
  readonly named?: NamedPayee | undefined;
  /** What was seen: document, visit, or the sheet it came with. */
  readonly evidence: string;
};

/** A proposal to pay somebody else for an enrolment. */
export type PayeeChange = WantedPayee & {
  readonly changeId: string;
  readonly enrolment: EnrolmentId;
  readonly proposedBy: string;
  readonly proposedAt: Instant;
};
export const PayeeChangeSchema = z.strictObject({
  ...payeeGrounds,
  kind: z.nonoptional(payeeGrounds.kind),
  named: z.optional(NamedPayeeSchema),
  evidence: z.string(),
  changeId: z.string(),
  enrolment: z.string(),
  proposedBy: z.string(),
  proposedAt: z.string(),
});

/** What the register knows when a payee is named. */
export type PayeeGround = {
  readonly enrolment: EnrolmentDocument;
  readonly unit: 'person' | 'household';
  /** The named payee's record, when there is one. */
  readonly payee: { readonly key: PersonKey; readonly document?: PersonDocument | undefined } | undefined;
  readonly today: PlainDate;
};

/**
 * Whether a payee may be named: the kind fits the enrolment, the grounds are complete, and the register does not say otherwise. Household → its
 * head or a member named as representative; person → himself; ward → guardian with relation, document and end date; care → caregiver with the agreement and its end; institution or
 * organisation → corporate account (财办〔2020〕37号；民法典第二十七至三十二条、第一百六十五条).
 *
 * Refusals: `invalid/payee-kind`, `invalid/payee-grounds`, `invalid/payee-dates`, `conflict/payee-is-beneficiary`, `conflict/payee-name`,
 * `conflict/payee-reported-dead`, `conflict/payee-not-a-member`, `conflict/payee-account`, `missing/payee-account`, `conflict/payee-unchanged`.
 */
export function checkPayee(wanted: WantedPayee, ground: PayeeGround): Result<void> {
  const wrong = wrongGrounds(wanted, ground) ?? wrongPayee(wanted, ground) ?? wrongAccount(wanted, ground);
  if (wrong) return refuse(wrong);
  const last = ground.enrolment.payees.at(-1);
  return last && says(last, wanted, payeeKeyOf(wanted, ground)) ? refuse(UNCHANGED) : ok(undefined);
}

/** Whom a wanted payee stands for; `head` is kept with the household's own key, since the head is whoever heads it. */
export function payeeKeyOf({ kind }: WantedPayee, { enrolment, payee }: PayeeGround): PersonKey {
  return kind === 'self' || kind === 'head' ? enrolment.subject : (payee?.key ?? '');
}

function wrongGrounds(wanted: WantedPayee, { unit, today }: PayeeGround): Refusal | undefined {
  const { kind, named, relation, document, validFrom, validTo } = wanted;
  const ofPersons = kind === 'self' || kind === 'heir' || kind === 'caregiver';
  if ((ofPersons && unit === 'household') || (kind === 'head' && unit === 'person')) return WRONG_KIND;
  const byItself = kind === 'self' || kind === 'head';
  const complete = byItself
    ? !named && relation === undefined && validTo === undefined
    : named !== undefined &&
      document !== undefined &&
      (kind === 'organisation' || relation !== undefined) &&
      ((kind !== 'guardian' && kind !== 'caregiver') || validTo !== undefined);
  if (!complete) return INCOMPLETE;
  if (validTo !== undefined && (validTo < today || validTo < (validFrom ?? today))) return WRONG_DATES;
  return undefined;
}

function wrongPayee({ kind, named }: WantedPayee, ground: PayeeGround): Refusal | undefined {
  const { enrolment, unit, payee, today } = ground;
  if (!named || !payee) return undefined;
  if (payee.key === enrolment.subject) return IS_BENEFICIARY;
  const record = payee.document?.record;
  if (record && !sameName(record.legalName, named.legalName)) return OTHER_NAME;
  if (record && earliestDeath(record.facts) !== undefined) return REPORTED_DEAD;
  const member = record && membershipOn(record.facts, today)?.household === enrolment.subject;
  return kind === 'representative' && unit === 'household' && !member ? NOT_A_MEMBER : undefined;
}

/** The first account may come with the payee; another one than that on record is a change of account, with its own two persons. */
function wrongAccount({ named }: WantedPayee, { payee }: PayeeGround): Refusal | undefined {
  if (!named) return undefined;
  const current = payee?.document && currentAccount(payee.document.record);
  if (!current) return named.account === undefined ? NO_ACCOUNT : undefined;
  return named.account === undefined || named.account === current.account ? undefined : OTHER_ACCOUNT;
}

const says = (record: PayeeRecord, wanted: WantedPayee, key: PersonKey): boolean =>
  record.payee === key &&
  record.kind === wanted.kind &&
  record.relation === wanted.relation &&
  record.document === wanted.document &&
  record.validTo === wanted.validTo;

/** The record that a confirmed change becomes; whoever proposed a change cannot confirm it. */
export function confirmPayee(
  change: PayeeChange,
  payee: PersonKey,
  confirmedBy: string,
  recordedAt: Instant,
): Result<PayeeRecord> {
  const { changeId, kind, relation, document, validFrom, validTo, proposedBy } = change;
  if (confirmedBy === proposedBy) {
    return refuse(
      refusal(
        'forbidden/same-person',
        '收款人变更须由提出人以外的第二人复核确认',
        'a change of payee is confirmed by a second person, not by the one who proposed it',
        { changeId },
      ),
    );
  }
  return ok({
    payee,
    kind,
    ...(relation !== undefined && { relation }),
    ...(document !== undefined && { document }),
    ...(validFrom !== undefined && { validFrom }),
    ...(validTo !== undefined && { validTo }),
    recordedAt,
    source: 'payee-change',
    by: proposedBy,
    evidence: changeId,
    confirmedBy,
  });
}

/** The named payee's record with what the change brings: a new person or organisation, a first account; undefined when nothing is new. */
export function namedRecord(
  { changeId, kind, named, proposedBy, validFrom }: PayeeChange,
  payee: { readonly key: PersonKey; readonly record?: PersonRecord | undefined },
  confirmed: { readonly by: string; readonly at: Instant; readonly today: PlainDate },
): PersonRecord | undefined {
  if (!named) return undefined;
  const before = payee.record ?? newRecord(kind, named, payee.key, confirmed.at);
  if (before.accounts.length > 0 || named.account === undefined) return payee.record ? undefined : before;
  const account: AccountRecord = {
    account: named.account,
    holderName: before.legalName,
    ...(named.bankName !== undefined && { bankName: named.bankName }),
    ...(named.bankCode !== undefined && { bankCode: named.bankCode }),
    validFrom: validFrom ?? confirmed.today,
    recordedAt: confirmed.at,
    source: 'payee-change',
    by: proposedBy,
    evidence: changeId,
    confirmedBy: confirmed.by,
  };
  return { ...before, accounts: [account] };
}

function newRecord(
  kind: PayeeKind,
  named: NamedPayee,
  personKey: PersonKey,
  recordedAt: Instant,
): PersonRecord {
  const { legalName, number } = named;
  const party = { personKey, legalName, idNumber: number, accounts: [] };
  if (kind === 'organisation') return { ...party, organisation: true, facts: [] };
  const born = birthDateIn(number);
  const fact = { kind: 'birth-date', value: born, validFrom: born, recordedAt } as const;
  return { ...party, facts: [{ ...fact, source: 'identity-number', by: 'payee-change' }] };
}

const WRONG_KIND = refusal(
  'invalid/payee-kind',
  '收款方式与保障单位不符：按人保障的为本人、代领人、监护人、照料护理人、机构或（死亡后）继承人，按户保障的为户主、家庭成员代领人、监护人或机构',
  'this kind of payee does not fit: a person is paid himself, through a representative, guardian, caregiver or institution, or after death an heir; a household through its head, a member, guardian or institution',
);
const INCOMPLETE = refusal(
  'invalid/payee-grounds',
  '收款人依据不全：代领人、继承人须有姓名、证件、关系和委托、继承文书；监护人、照料护理人另须监护或协议期限；机构须有名称、统一社会信用代码和文书；本人和户主不另填',
  'the grounds are incomplete: a representative or heir needs name, number, relation and document; a guardian or caregiver an end date too; an organisation name, credit code and document; none for self and head',
);
const WRONG_DATES = refusal(
  'invalid/payee-dates',
  '期限不正确：终止日不得早于起始日，也不得已经过去',
  'the dates are wrong: the last day is neither before the first nor past',
);
const IS_BENEFICIARY = refusal(
  'conflict/payee-is-beneficiary',
  '所填收款人就是享受对象本人：请选择“本人”',
  'the payee named is the beneficiary: choose "self"',
);
const OTHER_NAME = refusal(
  'conflict/payee-name',
  '该证件号码在对象信息库中登记的是另一个名称：请核对名称和号码',
  'this number is registered under another name: check both',
);
const REPORTED_DEAD = refusal(
  'conflict/payee-reported-dead',
  '有来源显示该收款人已死亡：请核实后另行确定收款人',
  'a source reports this payee dead: verify, and name another payee',
);
const NOT_A_MEMBER = refusal(
  'conflict/payee-not-a-member',
  '按户发放的代领人须为该家庭成员：请先登记家庭成员，或按监护人办理',
  'a household’s representative is one of its members: record the membership first, or name a guardian',
);
const NO_ACCOUNT = refusal(
  'missing/payee-account',
  '收款人没有登记的收款账户：请一并填写账户',
  'the payee has no account on record: give one',
);
const OTHER_ACCOUNT = refusal(
  'conflict/payee-account',
  '收款人已有另一个登记账户：请不填账户，或先办理账户变更',
  'the payee has another account on record: leave the account out, or have it changed first',
);
const UNCHANGED = refusal(
  'conflict/payee-unchanged',
  '与现有收款人登记相同，无需变更',
  'this is the payee on record already: there is nothing to change',
);
