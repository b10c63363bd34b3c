import { identityCheckDigit } from '../../../domain/identity-number.ts';
import { BYTE_ORDER_MARK, csvLine } from '../../../domain/register/csv-cells.ts';
import { cardNumber } from './numbers.ts';
import type { SampleStreet } from './streets.ts';

/** 示例新区 (110198): a second bureau that does not exist, small, with somebody in every programme. */
export const NEW_DISTRICT = '110198';
export const NEW_STREETS: readonly SampleStreet[] = [
  { code: `${NEW_DISTRICT}001`, name: '新河街道', weight: 1, bank: '示例银行新河支行' },
  { code: `${NEW_DISTRICT}002`, name: '东桥镇', weight: 1, bank: '示例农商银行东桥支行' },
];

/** Who is paid for several people by one account. The first two have codes that the packs name. */
export const NEW_ORGANISATIONS = {
  nursingHome: ['示例新区敬老院', '12110198MB1980012F', '11019800000000000101'],
  childrensHome: ['示例新区儿童福利院', '12110198MB1980020A', '11019800000000000102'],
  company: ['示例区乐龄社会工作服务中心', '52110199MJ9909017C', '11019912345678901234'],
} as const;

/** Cells of a register sheet by heading. */
export type Cells = Readonly<Record<string, string>>;
/** Somebody of the new district: who he is in every sheet, and what each programme's sheet says of him besides. */
export type NewPerson = {
  readonly id: string;
  readonly idNumber: string;
  readonly name: string;
  readonly cells: Cells;
  readonly in: Readonly<Record<string, Cells>>;
};

const DECIDED = { 审核确认文号: '示新核〔2026〕1号', 审核确认日期: '2026-09-18' };
/** The disabled persons' federation looked at it first. */
const REVIEWED = { ...DECIDED, 残联审核文号: '示新残联〔2026〕1号', 残联审核日期: '2026-09-12' };
const card = (kind: string, grade: string, validity = '长期', since = '2021-05-20') => ({
  ...REVIEWED,
  残疾类别: kind,
  残疾等级: grade,
  残疾人证有效期至: validity,
  残疾人证签发日期: since,
});
const child = (category: string, setting = '散居') => ({
  ...DECIDED,
  儿童类别: category,
  养育方式: setting,
  类别和养育方式自: '2026-09-10',
});
const veteran = (named: string, years?: string) => ({
  ...DECIDED,
  优抚对象类别: named,
  类别自: '2024-10-10',
  ...(years !== undefined && { 服役年数: years }),
});
const tekun = (setting: string) => ({
  城乡类别: '城镇',
  供养方式: setting,
  供养方式自: '2026-09-01',
});
const care = (degree: string) => ({ 自理能力认定: degree, 认定评估日期: '2026-09-01' });
const service = (level: string) => ({ ...DECIDED, 照护等级: level, 照护等级评估日期: '2026-08-01' });
const AGED: Cells = {};

/** Who cares for a child in a family, and is paid for it. */
const guardian = (name: string, born: string): Cells => ({
  收款人姓名: name,
  收款人身份证号: identity(born, 77),
});

type Written = readonly [id: string, name: string, born: string, in_: NewPerson['in'], cells?: Cells];
const WRITTEN: readonly Written[] = [
  // In five programmes: what happens to him in one quarter is what a statement has to explain.
  [
    'five',
    '钟守正',
    '1944-03-08',
    {
      'high-age': AGED,
      'disability-living': { ...card('肢体', '二级'), 月养老金: '900.00' },
      'disability-nursing': card('肢体', '二级'),
      'veterans-care': veteran('war-participant'),
    },
  ],
  ...Array.from(
    { length: 8 },
    (_, n): Written => [
      `aged-${n + 1}`,
      `安${'福禄寿喜康宁和顺'[n]}增`,
      `194${n % 6}-0${n + 1}-11`,
      { 'high-age': AGED },
    ],
  ),
  ['aged-9', '安延年', '1934-02-03', { 'high-age': AGED }],
  [
    'poor-severe',
    '林大海',
    '1979-05-06',
    { 'disability-living': card('肢体', '一级'), 'disability-nursing': card('肢体', '一级') },
    { 人员类别: '低保' },
  ],
  ['poor-mild', '林小江', '1982-07-19', { 'disability-living': card('听力', '三级') }, { 人员类别: '低保' }],
  [
    'marginal-severe',
    '郝建业',
    '1975-01-22',
    { 'disability-living': card('视力', '二级'), 'disability-nursing': card('视力', '二级') },
    { 人员类别: '低保边缘' },
  ],
  [
    'marginal-mild',
    '郝建功',
    '1977-11-02',
    { 'disability-living': card('肢体', '四级') },
    { 人员类别: '低保边缘' },
  ],
  [
    'jobless',
    '尹志刚',
    '1986-09-15',
    { 'disability-living': { ...card('肢体', '一级'), 就业状况: '未就业' } },
  ],
  // His card ran out in August; the new one is learned of when November has been paid.
  [
    'expired',
    '毛有才',
    '1980-04-04',
    { 'disability-living': card('肢体', '二级', '2026-08-31', '2016-09-01') },
    { 人员类别: '低保' },
  ],
  ['regraded', '常永福', '1970-12-12', { 'disability-nursing': card('肢体', '一级') }],
  ...['乔', '贺', '赖', '龚'].map(
    (surname, n): Written => [
      `severe-${n + 1}`,
      `${surname}长青`,
      `196${n + 1}-03-0${n + 1}`,
      { 'disability-nursing': card('肢体', '一级') },
    ],
  ),
  ['martyr', '江忠义', '1955-08-01', { 'veterans-care': veteran('martyr-family') }],
  ['wounded', '史铁城', '1960-10-01', { 'veterans-care': veteran('disabled-duty') }],
  ['soldier', '顾援朝', '1958-02-14', { 'veterans-care': veteran('retired-rural', '8') }],
  ['demobilised', '侯解放', '1949-09-09', { 'veterans-care': veteran('demobilised') }],
  ['orphan-1', '孟小雨', '2014-06-01', { orphan: child('201') }, guardian('孟长河', '1962-06-01')],
  // Her father could care for her again from September on; nobody said so before November.
  ['orphan-back', '龙小云', '2015-07-02', { orphan: child('201') }, guardian('龙长江', '1963-07-02')],
  ['orphan-home-1', '国安康', '2017-08-03', { orphan: child('202', '机构养育') }],
  ['orphan-home-2', '国安乐', '2018-09-04', { orphan: child('202', '机构养育') }],
  [
    'unattended-1',
    '万小星',
    '2013-05-05',
    { 'unattended-child': child('120') },
    guardian('万长海', '1961-05-05'),
  ],
  [
    'unattended-2',
    '段小月',
    '2012-04-06',
    { 'unattended-child': child('120') },
    guardian('段长湖', '1960-04-06'),
  ],
  // With her grandmother, who gets 低保 for both.
  ['unattended-poor', '雷小禾', '2016-03-07', { 'unattended-child': child('120') }],
  ['child-hiv', '汤小舟', '2013-02-08', { 'child-in-need': child('300') }, guardian('汤长溪', '1964-02-08')],
  [
    'child-ill',
    '黎小麦',
    '2014-01-09',
    { 'child-in-need': child('dibao-ill-disabled') },
    guardian('黎长泉', '1965-01-09'),
  ],
  ['kept-1', '易老泉', '1948-01-10', { tekun: tekun('集中'), 'tekun-care': care('全护理') }],
  ['kept-2', '武老坡', '1950-02-11', { tekun: tekun('集中'), 'tekun-care': care('半护理') }],
  ['kept-home-1', '康老田', '1952-03-12', { tekun: tekun('分散'), 'tekun-care': care('全自理') }],
  ['kept-home-2', '文老柏', '1951-04-13', { tekun: tekun('分散'), 'tekun-care': care('半护理') }],
  ['served-1', '尚秋菊', '1943-05-14', { 'elderly-service': service('2级') }, { 人员类别: '低保' }],
  ['served-2', '柳冬梅', '1945-06-15', { 'elderly-service': service('5级') }, { 人员类别: '低保边缘' }],
];

function identity(born: string, sequence: number): string {
  const first = `${NEW_DISTRICT}${born.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
  return first + identityCheckDigit(first);
}
/** Above what any other sheet of the demo hands out. */
const CARDS = 960_000;

export const NEW_PEOPLE: readonly NewPerson[] = WRITTEN.map(
  ([id, name, born, programmes, cells = {}], index) => {
    const idNumber = identity(born, 101 + index);
    const street = NEW_STREETS[index % 2] ?? NEW_STREETS[0];
    return {
      id,
      name,
      idNumber,
      in: programmes,
      cells: {
        姓名: name,
        身份证号: idNumber,
        街道代码: street?.code ?? '',
        街道名称: street?.name ?? '',
        申请日期: '2026-09-01',
        人员类别: '其他',
        收款账号: cardNumber(CARDS + index),
        开户行: street?.bank ?? '',
        ...cells,
      },
    };
  },
);

/** The son of the one in five programmes. */
export const HEIR = {
  name: '钟念祖',
  idNumber: identity('1970-01-05', 99),
  account: cardNumber(CARDS + 900),
} as const;

export function newPerson(id: string): NewPerson {
  const found = NEW_PEOPLE.find((one) => one.id === id);
  if (!found) throw new Error(`nobody of the new district is called ${id}`);
  return found;
}

/** The register sheet of a programme. @param changed what a later sheet says of some; the others are left out of it */
export function newRegister(programme: string, changed?: Readonly<Record<string, Cells>>): string {
  const people = NEW_PEOPLE.filter(({ id }) => changed === undefined || changed[id] !== undefined);
  return registerOf(programme, people, changed);
}

/** The register sheet of a programme with those of some people who are in it. */
export function registerOf(
  programme: string,
  people: readonly NewPerson[],
  changed: Readonly<Record<string, Cells>> = {},
): string {
  return sheetOf(
    people.flatMap(({ id, cells, in: own }) =>
      own[programme] === undefined ? [] : [{ ...cells, ...own[programme], ...changed[id] }],
    ),
  );
}

/** CSV as offices write it, with the headings that any row has. */
export function sheetOf(rows: readonly Cells[]): string {
  const headings = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return (
    BYTE_ORDER_MARK +
    csvLine(headings) +
    rows.map((row) => csvLine(headings.map((heading) => row[heading] ?? ''))).join('')
  );
}
