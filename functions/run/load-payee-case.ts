import { looksMistyped } from '../../domain/bank-account.ts';
import { chinaDate, monthsOfPeriod } from '../../domain/calendar.ts';
import { type EnrolmentId, endToEndId, type PersonKey, paymentId } from '../../domain/ids.ts';
import { fen } from '../../domain/money.ts';
import { isVillageCode } from '../../domain/organisation-code.ts';
import { sameName } from '../../domain/person-name.ts';
import { type AccountRecord, accountKnownBy, BANK_FILE } from '../../domain/register/account.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import { knownBy } from '../../domain/register/facts.ts';
import { hasEnded, receivesAsMember } from '../../domain/register/payee.ts';
import type { PayeeCase } from '../../domain/run/assess-payment.ts';
import type { RunManifest } from '../../domain/run/manifest.ts';
import { daysBetween } from '../../domain/working-days.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import type { BankFormat } from '../bank/formats/bank-format.ts';
import { lineSummary } from './bank-layout.ts';
import type { ControlData } from './load-control-data.ts';
import { isChange } from './load-payees.ts';
import type { Subjects } from './load-subjects.ts';

/** What is known of the payees of a bucket at the cut-off. */
export type PayeeKnowledge = {
  readonly manifest: RunManifest;
  readonly subjects: Subjects;
  readonly accounts: ReadonlyMap<PersonKey, Account>;
  readonly wards: ReadonlyMap<PersonKey, number>;
  readonly controls: ControlData;
  readonly format: BankFormat;
};

type Account = {
  readonly record: AccountRecord;
  readonly index: number;
  readonly hash: string;
  readonly sharedWith: number;
};
/** The accounts of the payees at the cut-off, and for each how many other persons have the same one. */
export async function loadAccounts(
  register: RegisterStore,
  manifest: RunManifest,
  { persons, payees }: Pick<Subjects, 'persons' | 'payees'>,
): Promise<Map<PersonKey, Account>> {
  const found: { key: PersonKey; record: AccountRecord; index: number; hash: string }[] = [];
  for (const key of payees) {
    const person = persons.get(key)?.record;
    const record = person && accountKnownBy(person, manifest.cutOff);
    if (!record) continue;
    const hash = await register.personalData.lookupHash('account', record.account);
    found.push({ key, record, index: person.accounts.indexOf(record), hash });
  }
  const holders = await register.accountHolders(found.map(({ hash }) => hash));
  const strangers = [...new Set(holders.flat())].filter((key) => !persons.has(key));
  const everyone = new Map([...persons, ...(await register.persons(strangers))]);
  const accounts = new Map<PersonKey, Account>();
  for (const [index, { key, ...account }] of found.entries()) {
    const others = (holders[index] ?? []).filter((other) => {
      const theirs = other === key ? undefined : everyone.get(other);
      return (
        theirs !== undefined &&
        accountKnownBy(theirs.record, manifest.cutOff)?.account === account.record.account
      );
    });
    accounts.set(key, { ...account, sharedWith: others.length });
  }
  return accounts;
}

/** Who is paid for an enrolment, into which account, and what there is to say of both. */
export function payeeCase(known: PayeeKnowledge, enrolment: EnrolmentDocument): PayeeCase {
  const { manifest, subjects, accounts, format } = known;
  const key = subjects.payeeOf(enrolment);
  const mandate = mandateOf(known, enrolment, key);
  const person = subjects.persons.get(key);
  const account = accounts.get(key);
  const facts = knownBy(person?.record.facts ?? [], manifest.cutOff);
  const phoneSharedWith = known.controls.phoneSharedWith(key);
  const self = {
    key,
    facts,
    ...mandate,
    ...(person?.record.organisation && { organisation: { village: isVillageCode(person.record.idNumber) } }),
    ...(phoneSharedWith !== undefined && { phoneSharedWith }),
  };
  if (!person || !account) return self;
  const unwritable = format.checkLine(bankLine(manifest, enrolment.id, account.record));
  return {
    ...self,
    reference: { payee: key, index: account.index, hash: account.hash },
    account: {
      holderMatches: sameName(account.record.holderName, person.record.legalName),
      sharedWith: account.sharedWith,
      ...(account.record.account === manifest.payerAccount && { isPayer: true as const }),
      ...(account.record.confirmedBy !== undefined && { changed: changeOf(account.record, manifest) }),
      ...(looksMistyped(account.record.account) && { looksMistyped: true }),
      ...(unwritable && { unwritable: { zh: unwritable.zh, en: unwritable.en } }),
    },
  };
}

/** How long ago, in days where the bureau is, the account was confirmed, and whether the bank itself brought it in. */
function changeOf({ recordedAt, source }: AccountRecord, { cutOff }: RunManifest) {
  const daysBefore = daysBetween(chinaDate(recordedAt), chinaDate(cutOff));
  return { daysBefore, ...(source === BANK_FILE && { byBankFile: true as const }) };
}

/** Whether the payee may still receive, and for how many others. */
function mandateOf(
  { manifest, subjects, wards }: PayeeKnowledge,
  enrolment: EnrolmentDocument,
  key: PersonKey,
) {
  const record = subjects.payeeRecordOf(enrolment);
  const last = monthsOfPeriod(manifest.period).at(-1) ?? '';
  const ended = record !== undefined && hasEnded(record, last, manifest.payDate);
  const count = record?.kind === 'organisation' ? undefined : wards.get(key);
  return {
    ...(ended && { ended }),
    ...(record && !isChange(record) && { namedAt: record.recordedAt }),
    ...(record?.relation !== undefined && { relation: record.relation }),
    ...(record && receivesAsMember(record) && { asMember: true }),
    ...(record?.kind === 'heir' && { heir: { confirmed: record.confirmedBy !== undefined } }),
    ...(count !== undefined && { wards: { count, max: manifest.payeeWardsMax ?? count } }),
  };
}

/** A line as the bank file would carry it; the amount does not matter for whether it can be written. */
function bankLine(manifest: RunManifest, enrolment: EnrolmentId, account: AccountRecord) {
  const payment = paymentId(manifest.period, manifest.round, enrolment);
  return {
    account: account.account,
    name: account.holderName,
    fen: fen(1),
    endToEndId: endToEndId(payment, 1),
    summary: lineSummary(manifest),
    ...(account.bankCode !== undefined && { bankCode: account.bankCode }),
  };
}
