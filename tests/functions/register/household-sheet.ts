import { idNumber } from './sheet-fixture.ts';

/** Rows of a household sheet: heads with all columns of the household, members without. */
export const HOUSEHOLD_HEADINGS =
  '户主姓名,户主身份证号,低保证号,城乡类别,街道代码,申请日期,申请类别,领款人姓名,领款人身份证号,收款账号,成员姓名,成员身份证号,与户主关系,是否保障对象,残疾类别,残疾等级,就业状况,月工资收入,月养老金,变动日期';

type Fields = Partial<Record<(typeof FIELDS)[number], string>>;
const FIELDS = [
  'headName',
  'headId',
  'certificate',
  'residence',
  'street',
  'applied',
  'application',
  'payee',
  'payeeId',
  'account',
  'name',
  'id',
  'relation',
  'covered',
  'disability',
  'grade',
  'employment',
  'wage',
  'pension',
  'changedOn',
] as const;

const line = (fields: Fields): string => FIELDS.map((field) => fields[field] ?? '').join(',');

/** The head of the n-th household, born in 1980. */
export const headRow = (n: number, fields: Fields = {}): string =>
  line({
    certificate: `DB${n}`,
    residence: '城镇',
    street: '110199001',
    applied: '2026-03-05',
    application: '整户',
    account: `6217${String(n).padStart(12, '0')}`,
    name: '张户主',
    id: idNumber(n, '19800115'),
    relation: '户主',
    covered: '是',
    ...fields,
  });

/** The k-th member of whichever household stands above. */
export const memberRow = (n: number, k: number, fields: Fields = {}): string =>
  line({ name: '李成员', id: memberId(n, k), relation: '子女', covered: '是', ...fields });
export const memberId = (n: number, k: number): string => idNumber(n, `2010011${k}`);
export const headId = (n: number): string => idNumber(n, '19800115');
