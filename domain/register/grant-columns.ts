import { parseIdentityNumber } from '../identity-number.ts';
import { parseOrganisationCode } from '../organisation-code.ts';
import { parsePersonName } from '../person-name.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import { pastDate, wordIn } from './column-words.ts';
import { type Column, REGISTER_COLUMNS, type RowContext } from './columns.ts';
import {
  ELDERLY_CONSTRUCTION_COLUMNS,
  ELDERLY_INSTITUTION_COLUMNS,
  ELDERLY_ORDERS_COLUMNS,
} from './elderly-columns.ts';
import { count, day, money, months, shortText, whole, words } from './grant-cells.ts';

/** An identity number, or the unified social credit code of an organisation. */
function partyNumber(cell: string, context: RowContext): Result<string> {
  const person = parseIdentityNumber(cell, context);
  if (person.ok) return ok(person.value.number);
  const organisation = parseOrganisationCode(cell);
  return organisation.ok ? organisation : person;
}

/** Names of persons and of organisations. */
function partyName(cell: string): Result<string> {
  const person = parsePersonName(cell);
  if (person.ok) return person;
  const name = cell.normalize('NFKC').trim();
  return /^[\p{L}\p{N}（）()·\-—、\s]{4,60}$/u.test(name) ? ok(name) : person;
}

const OTHER_MONEY: Readonly<Record<string, string>> = {
  养老保险: 'pension-insurance',
  财政供养: 'public-payroll',
  特困: 'tekun',
  工伤: 'work-injury',
  军人: 'military',
};

/** 无, or the kinds of other funeral money with 、 between them; as codes with ";" between them. */
function otherMoney(cell: string): Result<string> {
  if (['无', 'none'].includes(cell.toLowerCase())) return ok(';');
  const kinds = cell.split(/[、,，;；]/).map((each) => wordIn(OTHER_MONEY, each.trim()));
  if (kinds.every((kind) => kind !== undefined)) return ok(kinds.join(';'));
  return refuse(
    refusal(
      'invalid/other-funeral-money',
      `其他丧葬待遇应填：无、${Object.keys(OTHER_MONEY).join('、')}`,
      `other funeral money is one of: none (无), ${Object.keys(OTHER_MONEY).join(', ')}`,
    ),
  );
}

const diedOn = day('死亡日期', 'Date of death');
const from = months('起月', 'First month');
const to = months('止月', 'Last month');

export const FUNERAL_COLUMNS = {
  diedOn,
  residency: words('逝者户籍', 'Residency', '本地户籍', {
    本地户籍: 'registered',
    非本地户籍: 'not-registered',
    无名遗体: 'unidentified',
  }),
  otherMoney: { zh: '其他丧葬待遇', en: 'Other funeral money', example: '无', parse: otherMoney },
  transport: money('遗体接运费', 'Transport'),
  disinfection: money('遗体消毒费', 'Disinfection'),
  storage: money('遗体存放费', 'Storage', ['遗体冷藏费']),
  farewell: money('告别厅费', 'Farewell hall'),
  cremation: money('遗体火化费', 'Cremation', ['火化费']),
  urn: money('骨灰盒费', 'Urn'),
  'urn-keeping': money('骨灰寄存费', 'Keeping of the urn'),
} as const satisfies Record<string, Column>;

export const GREEN_BURIAL_COLUMNS = {
  diedOn,
  buriedOn: day('安葬日期', 'Date of burial'),
  way: words('安葬方式', 'Way of burial', '树葬', {
    海葬: 'sea',
    撒散: 'scattering',
    深埋: 'deep',
    树葬: 'tree',
    花坛葬: 'flower',
    草坪葬: 'lawn',
    壁葬: 'wall',
    塔葬: 'tower',
    骨灰堂: 'hall',
  }),
} as const satisfies Record<string, Column>;

export const GREEN_BURIAL_AGREEMENT_COLUMNS = {
  agreement: { zh: '协议编号', en: 'Agreement', example: '协〔2026〕12号', parse: shortText },
  signedOn: day('签约日期', 'Signed on'),
  year: { zh: '享有年度', en: 'Year', example: '2026', parse: whole },
  withdrawnOn: day('退出日期', 'Withdrawn on'),
} as const satisfies Record<string, Column>;

export const DISASTER_RELIEF_COLUMNS = {
  disaster: { zh: '灾害名称', en: 'Disaster', example: '7·21洪涝', parse: shortText },
  occurredOn: day('受灾日期', 'Struck on'),
  bereaved: count('遇难人数', 'Dead'),
  evacuated: count('转移安置人数', 'Evacuated', ['紧急转移安置人数']),
  transition: count('过渡期救助人数', 'In transition'),
  transitionDays: count('过渡期救助天数', 'Days of transition'),
  house: words('房屋损毁等级', 'Damage to the house', '一般损坏', {
    倒塌: 'collapsed',
    严重损坏: 'severe',
    一般损坏: 'damaged',
  }),
  drought: count('旱灾救助人数', 'Aided in drought'),
  winterSpring: count('冬春救助人数', 'Aided in winter and spring'),
} as const satisfies Record<string, Column>;

export const EMPLOYER_COLUMNS = {
  from,
  to,
  employees: count('残疾职工人数', 'Disabled employees'),
  personMonths: count('参保人月数', 'Months of persons insured'),
  staff: count('职工总数', 'Employees'),
  contributions: money('单位实缴社保费', 'Contributions paid'),
  payrollCount: count('清册人数', 'Persons on the list'),
  proof: { zh: '清册编号', en: 'Number of the list', example: '清册2026-3', parse: shortText },
} as const satisfies Record<string, Column>;

export const ELECTRICITY_COLUMNS = {
  from,
  to,
  category: words('困难类别', 'Category', '低保', {
    低保: 'dibao',
    特困: 'tekun',
    低保边缘: 'marginal',
    残疾人家庭: 'disabled',
    其他: 'other',
  }),
} as const satisfies Record<string, Column>;

export const HOUSING_COLUMNS = {
  work: words('改造方式', 'Works', '修缮加固', { 修缮加固: 'repair', 重建: 'rebuild' }),
  category: ELECTRICITY_COLUMNS.category,
  finishedOn: day('竣工验收日期', 'Accepted on'),
  spend: money('实际支出', 'Spent'),
} as const satisfies Record<string, Column>;

export const EDUCATION_COLUMNS = {
  schoolYear: { zh: '学年', en: 'School year', example: '2026', parse: whole },
  stage: words('就读阶段', 'Stage', '本科', {
    学前: 'preschool',
    义务教育: 'compulsory',
    高中: 'high-school',
    中职: 'vocational',
    专科: 'college',
    本科: 'undergraduate',
    硕士: 'master',
  }),
  pupil: words('学生类别', 'Category of pupil', '孤儿', {
    孤儿: 'orphan',
    特困: 'tekun',
    低保: 'dibao',
    低保边缘: 'marginal',
  }),
} as const satisfies Record<string, Column>;

/** Who a row of any list is about, where they live and who is paid. */
const PARTY_COLUMNS = {
  name: {
    zh: '姓名',
    en: 'Name',
    aliases: ['户主姓名', '逝者姓名', '单位名称', '企业名称', '学生姓名', '受助人姓名'],
    required: true,
    content: 'name',
    example: '张三',
    parse: partyName,
  },
  idNumber: {
    zh: '身份证号',
    en: 'ID number',
    aliases: ['身份证号码', '公民身份号码', '户主身份证号', '逝者身份证号', '统一社会信用代码'],
    required: true,
    content: 'long-digits',
    example: '110101194603050011',
    parse: partyNumber,
  },
  phone: REGISTER_COLUMNS.phone,
  street: REGISTER_COLUMNS.street,
  streetName: REGISTER_COLUMNS.streetName,
  appliedOn: {
    zh: '申请日期',
    en: 'Application date',
    aliases: ['登记日期', '申报日期'],
    content: 'date',
    example: '2026-10-12',
    parse: pastDate,
  },
  payeeName: {
    zh: '收款人姓名',
    en: 'Payee name',
    aliases: ['收款单位', '经办人姓名', '殡仪馆名称'],
    content: 'name',
    parse: partyName,
  },
  payeeIdNumber: {
    zh: '收款人身份证号',
    en: 'Payee ID number',
    aliases: ['收款人身份证号码', '收款单位信用代码', '经办人身份证号'],
    content: 'long-digits',
    parse: partyNumber,
  },
  account: REGISTER_COLUMNS.account,
  bankName: REGISTER_COLUMNS.bankName,
} as const satisfies Record<string, Column>;

/** 批量给付名册: a row for each grant of one programme. Columns of other programmes stay empty. */
export const GRANT_LIST_COLUMNS = {
  ...PARTY_COLUMNS,
  ...FUNERAL_COLUMNS,
  ...GREEN_BURIAL_COLUMNS,
  ...GREEN_BURIAL_AGREEMENT_COLUMNS,
  ...DISASTER_RELIEF_COLUMNS,
  ...EMPLOYER_COLUMNS,
  ...HOUSING_COLUMNS,
  ...EDUCATION_COLUMNS,
  ...ELDERLY_ORDERS_COLUMNS,
  ...ELDERLY_INSTITUTION_COLUMNS,
  ...ELDERLY_CONSTRUCTION_COLUMNS,
  note: REGISTER_COLUMNS.note,
  row: REGISTER_COLUMNS.row,
  reason: REGISTER_COLUMNS.reason,
  reasonEnglish: REGISTER_COLUMNS.reasonEnglish,
} as const satisfies Record<string, Column>;

/** Columns that say who a row is about; all others are for the rules of its programme. */
export const isPartyColumn = (id: string): boolean => Object.hasOwn(PARTY_COLUMNS, id);
