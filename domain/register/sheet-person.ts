import type { Instant, PlainDate } from '../calendar.ts';
import { birthDateIn } from '../identity-number.ts';
import type { JurisdictionCode, PersonKey, ProgrammeId } from '../ids.ts';
import { sameName } from '../person-name.ts';
import { ok, type Result, refuse } from '../result.ts';
import { type AccountRecord, currentAccount } from './account.ts';
import type { EnrolmentDocument } from './enrolment.ts';
import { checkedFact } from './fact-values.ts';
import { type Fact, type FactKind, latestFact } from './facts.ts';
import type { PersonDocument, PersonRecord } from './person.ts';
import type { RowFault } from './sheets.ts';
import { saidBy } from './written-by.ts';

/** A person whom a row names, as found in the register: the key that is or would be theirs, and what is known. */
export type PersonFound = { readonly key: PersonKey; readonly document?: PersonDocument | undefined };

/** Which import a row belongs to, and when. */
export type RowOrigin = {
  readonly importId: string;
  /** Where facts are said to come from; the register sheet unless named. */
  readonly source?: string;
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  /** The member of staff who asked for the import. */
  readonly by: string;
  /** When they asked: a sheet asked for earlier never overrules one asked for later. */
  readonly requestedAt: Instant;
  /** The day they asked, on which changes without a date of their own take effect. */
  readonly requestedOn: PlainDate;
  /** When this is recorded: runs with a cut-off before it do not see it. */
  readonly now: Instant;
};

/** What a row states, as a dated fact of its import. @throws InvariantError on a value that is none of the kind: columns were read before. */
export function factOfRow(kind: FactKind, value: string, validFrom: PlainDate, origin: RowOrigin): Fact {
  const { now: recordedAt, source = 'register', importId: by } = origin;
  return checkedFact({ kind, value, validFrom, recordedAt, source, by });
}

/** Where a row says that its payee is paid; an empty account says nothing. */
type RowAccount = { readonly account: string; readonly bankName: string | undefined };

/** Another account than the one in use: only proposed, a second person confirms it. */
export type WantedAccount = {
  readonly account: string;
  readonly holderName: string;
  readonly bankName?: string;
};

/**
 * What becomes of a row when a sheet that was asked for later has spoken of the enrolment: it changes nothing. A stop that would so
 * be lost is a fault instead: whoever put it in says it again, or sees that it is said already. Undefined when the row counts.
 */
export function overtaken(
  enrolment: EnrolmentDocument | undefined,
  stopMonth: string | undefined,
  { importId, requestedAt }: RowOrigin,
): Result<{ readonly outcome: 'unchanged' }, readonly RowFault[]> | undefined {
  if (enrolment?.sheetAt === undefined || enrolment.sheetAt <= requestedAt) return undefined;
  const { facts } = enrolment;
  const said = stopMonth === undefined || (latestFact(facts, 'stop')?.value ?? '') === stopMonth;
  return said || saidBy(importId, facts) ? ok({ outcome: 'unchanged' }) : refuse([STOP_OVERTAKEN]);
}

const STOP_OVERTAKEN: RowFault = {
  column: '停发月份',
  zh: '提交之后又导入了含有此人的名册，本行未生效：请核对后重新填报停发或恢复',
  en: 'Stop month: a sheet that names this person was imported since; nothing was changed: check, and report the stop or the return again',
};

/** What is wrong when the register knows the person by another name. `en` is the column in English. */
export function nameFaults(found: PersonFound, name: string, column: string, en: string): RowFault[] {
  const known = found.document?.record.legalName;
  if (known === undefined || sameName(known, name)) return [];
  return [
    {
      column,
      zh: '该身份证号在对象信息库中登记的是另一个姓名：请核对姓名和身份证号；确需更名的，请先办理信息更正',
      en: `${en}: this identity number is registered under another name; check both, or have the name corrected first`,
    },
  ];
}

/** Somebody whom the register did not know: all it knows is when they were born. */
export function newPerson(
  personKey: PersonKey,
  { name, idNumber }: { readonly name: string; readonly idNumber: string },
  { importId, now }: RowOrigin,
): PersonRecord {
  const value = birthDateIn(idNumber);
  const said = { recordedAt: now, source: 'identity-number', by: importId };
  const born = { kind: 'birth-date', value, validFrom: value, ...said } as const;
  return { personKey, legalName: name, idNumber, facts: [born], accounts: [] };
}

/** The accounts of a person: the first comes with the sheet, every later one is proposed and confirmed. */
export function withFirstAccount(
  { accounts, legalName }: PersonRecord,
  { account, bankName }: RowAccount,
  { importId, by, requestedOn, now }: RowOrigin,
): readonly AccountRecord[] {
  if (accounts.length > 0 || account === '') return accounts;
  return [
    {
      account,
      holderName: legalName,
      bankName,
      validFrom: requestedOn,
      recordedAt: now,
      source: 'register-sheet',
      by,
      evidence: importId,
    },
  ];
}

/** What a row says of the payee's account, where the register has another one. */
export function accountToPropose(
  { account, bankName }: RowAccount,
  { document }: PersonFound,
): WantedAccount | undefined {
  const current = document && currentAccount(document.record);
  if (!document || !current || account === '') return undefined;
  const sameBank = bankName === undefined || bankName === current.bankName;
  if (current.account === account && sameBank) return undefined;
  const holderName = document.record.legalName;
  return { account, holderName, ...(bankName !== undefined && { bankName }) };
}
