import type { Instant, PlainDate } from '../calendar.ts';
import { sameName } from '../person-name.ts';
import { ok, type Result, refuse } from '../result.ts';
import { type AccountRecord, BANK_FILE, currentAccount } from './account.ts';
import { type Column, REGISTER_COLUMNS } from './columns.ts';
import type { PersonRecord } from './person.ts';
import type { RowFault, RowValues } from './sheets.ts';

/** 银行批量换卡: the bank's file of old and new account numbers, one holder a line. */
export const ACCOUNT_FILE_COLUMNS = {
  name: {
    ...REGISTER_COLUMNS.name,
    zh: '户名',
    en: 'Account holder',
    aliases: ['姓名', '持卡人', '客户姓名'],
  },
  idNumber: {
    zh: '身份证号',
    en: 'ID number',
    aliases: ['身份证号码', '证件号码'],
    content: 'long-digits',
    parse: REGISTER_COLUMNS.idNumber.parse,
  },
  oldAccount: {
    zh: '原账号',
    en: 'Old account',
    aliases: ['旧账号', '原卡号', '旧卡号'],
    required: true,
    content: 'long-digits',
    example: '6217000000000000001',
    parse: REGISTER_COLUMNS.account.parse,
  },
  newAccount: {
    zh: '新账号',
    en: 'New account',
    aliases: ['新卡号'],
    required: true,
    content: 'long-digits',
    example: '6217990000000000001',
    parse: REGISTER_COLUMNS.account.parse,
  },
  bankName: REGISTER_COLUMNS.bankName,
  note: REGISTER_COLUMNS.note,
  row: REGISTER_COLUMNS.row,
  reason: REGISTER_COLUMNS.reason,
  reasonEnglish: REGISTER_COLUMNS.reasonEnglish,
} as const satisfies Record<string, Column>;

/** What a line does to the person whose account it names. */
export type AccountLine = { readonly person: PersonRecord; readonly outcome: 'change' | 'unchanged' };

/**
 * Compares one line with the register: exactly one holder of the old account, and the same name as line, account and person have.
 * `holders` are all who have or had the old account; whose current account is the new one already is unchanged.
 */
export function readAccountLine(
  values: RowValues,
  holders: readonly PersonRecord[],
): Result<AccountLine, readonly RowFault[]> {
  const { name = '', idNumber, oldAccount = '', newAccount = '' } = values;
  if (oldAccount === newAccount) return refuse([SAME_ACCOUNT]);
  const now = (person: PersonRecord) => currentAccount(person);
  const using = holders.filter((person) => [oldAccount, newAccount].includes(now(person)?.account ?? ''));
  if (using.length === 0) return refuse([NOBODY]);
  const named = using.filter(
    (person) => sameName(person.legalName, name) && sameName(now(person)?.holderName ?? '', name),
  );
  if (named.length === 0) return refuse([OTHER_NAME]);
  const found = named.filter((person) => idNumber === undefined || person.idNumber === idNumber);
  const [person, ...others] = found;
  if (!person) return refuse([OTHER_NUMBER]);
  if (others.length > 0) return refuse([SEVERAL]);
  return ok({ person, outcome: now(person)?.account === newAccount ? 'unchanged' : 'change' });
}

/** The file as two people signed it. */
export type SignedFile = {
  readonly importId: string;
  readonly by: string;
  readonly confirmedBy: string;
  readonly validFrom: PlainDate;
};

/** The person with the new account; the holder's name stays as it was compared. */
export function withNewAccount(
  person: PersonRecord,
  { newAccount = '', bankName }: RowValues,
  { importId, by, confirmedBy, validFrom }: SignedFile,
  recordedAt: Instant,
): PersonRecord {
  const before = currentAccount(person);
  const account: AccountRecord = {
    account: newAccount,
    holderName: before?.holderName ?? person.legalName,
    bankCode: before?.bankCode,
    bankName: bankName ?? before?.bankName,
    validFrom,
    recordedAt,
    source: BANK_FILE,
    by,
    evidence: importId,
    confirmedBy,
  };
  return { ...person, accounts: [...person.accounts, account] };
}

const SAME_ACCOUNT: RowFault = {
  column: '新账号',
  zh: '新账号与原账号相同：请与银行核对',
  en: 'New account: the same as the old one; ask the bank',
};
const NOBODY: RowFault = {
  column: '原账号',
  zh: '本区划没有对象使用该账号收款：请核对账号，或请银行剔除此行',
  en: 'Old account: nobody here is paid into it; check the number, or have the bank leave the line out',
};
const OTHER_NAME: RowFault = {
  column: '户名',
  zh: '户名与对象信息库中该账号的户名、收款人姓名不一致：请核实后按单笔账户变更办理',
  en: 'Account holder: another name than the register has for this account; verify, then change this one account by itself',
};
const OTHER_NUMBER: RowFault = {
  column: '身份证号',
  zh: '身份证号与对象信息库中该账号的收款人不一致：请核实',
  en: 'ID number: another one than that of the payee with this account; verify',
};
const SEVERAL: RowFault = {
  column: '户名',
  zh: '有多名同名收款人使用该账号：请补填身份证号',
  en: 'Account holder: several payees of this name have the account; add the ID number',
};
