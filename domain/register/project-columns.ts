import { parseBankAccount } from '../bank-account.ts';
import { isPlainDate } from '../calendar.ts';
import { parseYuan, toYuan } from '../money.ts';
import { parseOrganisationCode } from '../organisation-code.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import { shownCell } from '../shown-cell.ts';
import { oneOf } from './column-words.ts';
import { type Column, REGISTER_COLUMNS } from './columns.ts';

const TEXT_MAX = 60;
export const PROJECT_NUMBER = /^(?=.*\d)[A-Za-z0-9][A-Za-z0-9-]{0,19}$/;

function shortText(cell: string): Result<string> {
  const personal = /\d{11}/.test(cell.normalize('NFKC').replace(/[\s-]/g, ''));
  if (cell.length <= TEXT_MAX && !personal) return ok(cell);
  return refuse(
    refusal(
      'invalid/text-length',
      `不超过${TEXT_MAX}个字，不要写身份证号、账号或电话`,
      `at most ${TEXT_MAX} characters, and no identity, account or telephone number`,
    ),
  );
}

function projectNumber(cell: string): Result<string> {
  if (PROJECT_NUMBER.test(cell)) return ok(cell.toUpperCase());
  return refuse(
    refusal(
      'invalid/project-number',
      `项目编号“${shownCell(cell)}”不正确：只用半角字母、数字和连字符，至少一个数字，不超过20位`,
      `project number "${shownCell(cell)}" is not up to 20 ASCII letters, digits and hyphens with a digit among them`,
    ),
  );
}

function account(cell: string): Result<string> {
  const parsed = parseBankAccount(cell);
  return parsed.ok ? ok(parsed.value.account) : parsed;
}

function amount(cell: string): Result<string> {
  const parsed = parseYuan(cell);
  if (!parsed.ok) return parsed;
  if (parsed.value >= 0) return ok(toYuan(parsed.value));
  return refuse(refusal('invalid/amount', '金额不能为负数', 'the amount cannot be negative'));
}

function day(cell: string): Result<string> {
  if (isPlainDate(cell)) return ok(cell);
  return refuse(
    refusal(
      'invalid/date',
      `日期“${shownCell(cell)}”不正确：应写作 YYYY-MM-DD`,
      `date "${shownCell(cell)}" is not written YYYY-MM-DD`,
    ),
  );
}

function hours(cell: string): Result<string> {
  if (/^[1-9]\d{0,6}$/.test(cell)) return ok(cell);
  return refuse(
    refusal(
      'invalid/hours',
      `服务时数“${shownCell(cell)}”应为大于零的整数`,
      `hours of service "${shownCell(cell)}" is not a whole number above zero`,
    ),
  );
}

/** One line of a budget as the cell spells it; the category is looked up in the rules of the call. */
export type SpelledLine = { readonly category: string; readonly item: string; readonly yuan: string };
const LINE = /^([^\-－—:：]{1,30})(?:[-－—]([^:：]{1,60}))?[:：]\s*(\d[\d.]*)\s*元?$/;

/** `科目-用途：金额`, lines joined by semicolons or line breaks. Undefined for any other text. */
export function readBudgetCell(cell: string): readonly SpelledLine[] | undefined {
  const parts = cell.split(/[;；\n]/).map((part) => part.trim());
  const lines: SpelledLine[] = [];
  for (const part of parts.filter((one) => one !== '')) {
    const [, category = '', item = category, yuan = ''] = LINE.exec(part) ?? [];
    const parsed = parseYuan(yuan);
    if (!parsed.ok) return undefined;
    lines.push({ category: category.trim(), item: item.trim(), yuan: toYuan(parsed.value) });
  }
  return lines.length > 0 ? lines : undefined;
}

function budgetCell(cell: string): Result<string> {
  if (cell.length <= 2000 && readBudgetCell(cell)) return ok(cell);
  return refuse(
    refusal(
      'invalid/budget-lines',
      '预算明细应写作“科目-用途：金额”，各项之间用分号隔开，例如：业务活动费-场地布置：6000；志愿者补贴：1200',
      'the lines of a budget are written "category-item: amount" with semicolons between them',
    ),
  );
}

/** 公益创投项目申报汇总表: one project a row. Nothing of a natural person but the telephone of the organisation. */
export const PROJECT_COLUMNS = {
  number: {
    zh: '项目编号',
    en: 'Project number',
    aliases: ['申报编号'],
    required: true,
    example: '2026-001',
    parse: projectNumber,
  },
  projectName: {
    zh: '项目名称',
    en: 'Project',
    required: true,
    example: '银龄陪伴服务项目',
    parse: shortText,
  },
  organisation: {
    zh: '申报单位',
    en: 'Organisation',
    aliases: ['单位名称', '组织名称', '申报主体', '社会组织名称'],
    required: true,
    example: '示例区乐龄社会工作服务中心',
    parse: shortText,
  },
  code: {
    zh: '统一社会信用代码',
    en: 'Credit code',
    aliases: ['信用代码'],
    required: true,
    content: 'long-digits',
    example: '52110199MJ901001X0',
    parse: parseOrganisationCode,
  },
  holder: {
    zh: '户名',
    en: 'Account holder',
    aliases: ['账户名称', '收款户名'],
    required: true,
    example: '示例区乐龄社会工作服务中心',
    parse: shortText,
  },
  account: {
    zh: '收款账号',
    en: 'Account',
    aliases: ['对公账号', '银行账号'],
    required: true,
    content: 'long-digits',
    example: '11019912345678901234',
    parse: account,
  },
  bankName: REGISTER_COLUMNS.bankName,
  phone: { ...REGISTER_COLUMNS.phone, zh: '联系电话', aliases: ['单位电话'] },
  group: {
    zh: '未登记团队',
    en: 'Sponsored group',
    aliases: ['社区社会组织', '发起团队'],
    parse: shortText,
  },
  track: { zh: '项目类别', en: 'Track', parse: shortText },
  asked: {
    zh: '申请金额',
    en: 'Amount asked for',
    aliases: ['申请资助金额', '申报金额'],
    required: true,
    content: 'amount',
    example: '8000.00',
    parse: amount,
  },
  budget: {
    zh: '总预算',
    en: 'Budget',
    aliases: ['项目总预算', '预算总额'],
    required: true,
    content: 'amount',
    example: '10000.00',
    parse: amount,
  },
  ownFunds: {
    zh: '自筹资金',
    en: 'Own funds',
    content: 'amount',
    example: '2000.00',
    parse: amount,
  },
  donated: { zh: '社会捐赠', en: 'Donations', aliases: ['捐赠资金'], content: 'amount', parse: amount },
  otherMoney: {
    zh: '其他财政资金',
    en: 'Other government money',
    aliases: ['是否已获其他财政资金'],
    example: '否',
    parse: oneOf('invalid/yes-or-no', { 是: 'yes', 否: 'no', 有: 'yes', 无: 'no', yes: 'yes', no: 'no' }),
  },
  lines: {
    zh: '预算明细',
    en: 'Budget lines',
    aliases: ['经费预算明细'],
    required: true,
    example: '业务活动费-活动物料：8000；志愿者补贴：2000',
    parse: budgetCell,
  },
  from: {
    zh: '开始日期',
    en: 'From',
    aliases: ['实施开始日期', '项目开始时间'],
    required: true,
    content: 'date',
    example: '2026-03-01',
    parse: day,
  },
  to: {
    zh: '结束日期',
    en: 'To',
    aliases: ['实施结束日期', '项目结束时间'],
    required: true,
    content: 'date',
    example: '2026-11-30',
    parse: day,
  },
  serviceHours: {
    zh: '服务时数',
    en: 'Hours of service',
    aliases: ['约定服务时数'],
    content: 'digits',
    example: '120',
    parse: hours,
  },
  note: REGISTER_COLUMNS.note,
  row: REGISTER_COLUMNS.row,
  reason: REGISTER_COLUMNS.reason,
  reasonEnglish: REGISTER_COLUMNS.reasonEnglish,
} as const satisfies Record<string, Column>;
