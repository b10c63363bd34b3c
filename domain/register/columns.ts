import { parseBankAccount } from '../bank-account.ts';
import { isMonth, type PlainDate } from '../calendar.ts';
import { parseIdentityNumber } from '../identity-number.ts';
import type { JurisdictionCode } from '../ids.ts';
import { parsePersonName } from '../person-name.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import { shownCell } from '../shown-cell.ts';
import { oneOf, pastDate } from './column-words.ts';
import { PAPER_COLUMNS } from './paper-columns.ts';

/** What a cell is read against. */
export type RowContext = { readonly jurisdiction: JurisdictionCode; readonly today: PlainDate };

/** One column of a sheet: its headings, whether it must be there and be filled, and how a cell is read. */
export type Column = {
  readonly zh: string;
  readonly en: string;
  /** Other headings that bureaus use for the same column. */
  readonly aliases?: readonly string[];
  /** The sheet must have the column, and every row must fill it. */
  readonly required?: true;
  /** Carried in error files and otherwise left alone. */
  readonly ignored?: true;
  /**
   * What the cells hold, so that a spreadsheet's types are read rightly before `parse` sees a text (sheet-cell.ts).
   * long-digits: identity and account numbers, refused when stored as numbers; digits: shorter codes; date, month: any
   * usual spelling; amount: yuan, compared with 合计 rows; name: a person's. Left out: text as it is.
   */
  readonly content?: 'long-digits' | 'digits' | 'date' | 'month' | 'amount' | 'name';
  /** A made-up value for the template's example sheet. */
  readonly example?: string;
  /** Never called with an empty cell. Refusals do not repeat what is personal. */
  readonly parse: (text: string, context: RowContext) => Result<string>;
};

const LONGEST_TEXT = 200;

function text(cell: string): Result<string> {
  if (cell.length <= LONGEST_TEXT) return ok(cell);
  return refuse(
    refusal(
      'invalid/text-length',
      `文字不超过${LONGEST_TEXT}个字`,
      `text has at most ${LONGEST_TEXT} characters`,
    ),
  );
}

function identityNumber(cell: string, context: RowContext): Result<string> {
  const parsed = parseIdentityNumber(cell, context);
  return parsed.ok ? ok(parsed.value.number) : parsed;
}

function account(cell: string): Result<string> {
  const parsed = parseBankAccount(cell);
  return parsed.ok ? ok(parsed.value.account) : parsed;
}

function phone(cell: string): Result<string> {
  const digits = cell.replace(/[ -]/g, '');
  if (/^(?:1\d{10}|0\d{9,11})$/.test(digits)) return ok(digits);
  return refuse(
    refusal(
      'invalid/phone',
      '电话号码应为11位手机号，或带区号的固定电话，只用半角数字',
      'a phone number is 11 digits of a mobile, or a landline with its area code, in ASCII digits',
    ),
  );
}

function street(cell: string, { jurisdiction }: RowContext): Result<string> {
  if (/^\d{9}$/.test(cell) && cell.startsWith(jurisdiction)) return ok(cell);
  return refuse(
    refusal(
      'invalid/street',
      `街道代码“${shownCell(cell)}”不正确：应为以 ${jurisdiction} 开头的9位半角数字`,
      `street code "${shownCell(cell)}" is not nine ASCII digits that begin with ${jurisdiction}`,
    ),
  );
}

/** 停发月份: a month, or 恢复 to take a stop back. An empty cell says nothing. Stored as "" for resuming. */
function stopMonth(cell: string): Result<string> {
  if (cell === '恢复' || cell.toLowerCase() === 'resume') return ok('');
  if (isMonth(cell)) return ok(cell);
  return refuse(
    refusal(
      'invalid/stop-month',
      `停发月份“${shownCell(cell)}”不正确：应写作 YYYY-MM（最后一个应发月份），恢复发放请填“恢复”`,
      `stop month "${shownCell(cell)}" is not the last month due written YYYY-MM, or "resume"`,
    ),
  );
}

const identityClass = oneOf('invalid/identity-class', {
  特困: 'tekun',
  低保: 'dibao',
  低保边缘: 'marginal',
  其他: 'none',
  tekun: 'tekun',
  dibao: 'dibao',
  marginal: 'marginal',
  none: 'none',
});
const deathSource = oneOf('invalid/death-source', {
  认证: 'death-certified',
  比对: 'death-reported',
  撤销: 'withdrawn',
  certified: 'death-certified',
  reported: 'death-reported',
  withdrawn: 'withdrawn',
});

/** Added by us to the file of bad rows, so that a mended file can be uploaded as it is. */
const REPORT_COLUMNS = {
  row: { zh: '行号', en: 'Row', ignored: true, parse: text },
  reason: { zh: '原因', en: 'Reason', ignored: true, parse: text },
  reasonEnglish: { zh: '原因（英文）', en: 'Reason (English)', ignored: true, parse: text },
} as const satisfies Record<string, Column>;

/** 享受对象名单: who gets the programme, and whom and where to pay. */
export const REGISTER_COLUMNS = {
  name: {
    zh: '姓名',
    en: 'Name',
    required: true,
    content: 'name',
    example: '张三',
    parse: parsePersonName,
  },
  idNumber: {
    zh: '身份证号',
    en: 'ID number',
    aliases: ['身份证号码', '公民身份号码'],
    required: true,
    content: 'long-digits',
    example: '110101194603050011',
    parse: identityNumber,
  },
  phone: {
    zh: '手机号',
    en: 'Phone',
    aliases: ['联系电话', '手机号码'],
    content: 'digits',
    example: '13800000001',
    parse: phone,
  },
  street: {
    zh: '街道代码',
    en: 'Street code',
    aliases: ['乡镇街道代码'],
    required: true,
    content: 'digits',
    example: '110199001',
    parse: street,
  },
  streetName: {
    zh: '街道名称',
    en: 'Street name',
    aliases: ['乡镇街道'],
    example: '示例街道',
    parse: text,
  },
  appliedOn: {
    zh: '申请日期',
    en: 'Application date',
    required: true,
    content: 'date',
    example: '2026-03-05',
    parse: pastDate,
  },
  identityClass: { zh: '人员类别', en: 'Class', example: '其他', parse: identityClass },
  payeeName: { zh: '收款人姓名', en: 'Payee name', content: 'name', parse: parsePersonName },
  payeeIdNumber: {
    zh: '收款人身份证号',
    en: 'Payee ID number',
    aliases: ['收款人身份证号码'],
    content: 'long-digits',
    parse: identityNumber,
  },
  account: {
    zh: '收款账号',
    en: 'Account',
    aliases: ['银行账号', '收款人账号'],
    required: true,
    content: 'long-digits',
    example: '6217000000000000001',
    parse: account,
  },
  bankName: { zh: '开户行', en: 'Bank', aliases: ['开户银行'], example: '示例银行', parse: text },
  stopMonth: { zh: '停发月份', en: 'Stop month', content: 'month', parse: stopMonth },
  ...PAPER_COLUMNS,
  note: { zh: '备注', en: 'Note', ignored: true, parse: text },
  ...REPORT_COLUMNS,
} as const satisfies Record<string, Column>;
export type RegisterColumn = keyof typeof REGISTER_COLUMNS;

/** 死亡信息: certified by a street or funeral home, or reported by a matching list. */
export const DEATH_COLUMNS = {
  idNumber: REGISTER_COLUMNS.idNumber,
  name: REGISTER_COLUMNS.name,
  diedOn: {
    zh: '死亡日期',
    en: 'Date of death',
    required: true,
    content: 'date',
    example: '2026-10-05',
    parse: pastDate,
  },
  kind: { zh: '来源', en: 'Source', required: true, example: '认证', parse: deathSource },
  list: { zh: '数据来源', en: 'List', parse: text },
  note: REGISTER_COLUMNS.note,
  ...REPORT_COLUMNS,
} as const satisfies Record<string, Column>;
export type DeathColumn = keyof typeof DEATH_COLUMNS;
