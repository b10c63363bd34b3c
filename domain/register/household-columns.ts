import type { DISABILITY_KINDS, Relation, STUDENT_LEVELS } from '../household/household-case.ts';
import { ok, refusal, refuse } from '../result.ts';
import { oneOf } from './column-words.ts';
import { type Column, REGISTER_COLUMNS } from './columns.ts';
import { amount, groups, obligors } from './household-cells.ts';
import { PAPER_COLUMNS } from './paper-columns.ts';

const yesNo = (code: `invalid/${string}`) =>
  oneOf(code, { 是: 'yes', 有: 'yes', 否: '', 无: '', yes: 'yes', no: '' });

export const RELATION_WORDS: Readonly<Record<string, Relation>> = {
  户主: 'head',
  本人: 'head',
  配偶: 'spouse',
  妻: 'spouse',
  夫: 'spouse',
  子女: 'child',
  子: 'child',
  女: 'child',
  长子: 'child',
  长女: 'child',
  次子: 'child',
  次女: 'child',
  儿媳: 'child-in-law',
  女婿: 'child-in-law',
  父母: 'parent',
  父亲: 'parent',
  母亲: 'parent',
  岳父母: 'parent-in-law',
  公婆: 'parent-in-law',
  祖父母: 'grandparent',
  外祖父母: 'grandparent',
  孙子女: 'grandchild',
  孙子: 'grandchild',
  孙女: 'grandchild',
  外孙子女: 'grandchild',
  兄弟姐妹: 'sibling',
  其他: 'other',
  head: 'head',
  spouse: 'spouse',
  child: 'child',
  'child-in-law': 'child-in-law',
  parent: 'parent',
  'parent-in-law': 'parent-in-law',
  grandparent: 'grandparent',
  grandchild: 'grandchild',
  sibling: 'sibling',
  other: 'other',
};
export const DISABILITY_WORDS: Readonly<Record<string, (typeof DISABILITY_KINDS)[number] | ''>> = {
  视力: 'visual',
  听力: 'hearing',
  言语: 'speech',
  肢体: 'limb',
  智力: 'intellectual',
  精神: 'mental',
  多重: 'multiple',
  无: '',
};
export const STUDENT_WORDS: Readonly<Record<string, (typeof STUDENT_LEVELS)[number] | ''>> = {
  学前: 'preschool',
  义务教育: 'compulsory',
  小学: 'compulsory',
  初中: 'compulsory',
  高中: 'senior-secondary',
  中职: 'vocational',
  大学: 'undergraduate',
  本科: 'undergraduate',
  大专: 'undergraduate',
  研究生: 'postgraduate',
  无: '',
};
const { name, idNumber, street, streetName, appliedOn, payeeName, payeeIdNumber, account, bankName, note } =
  REGISTER_COLUMNS;

/** Columns of the household: a member's row may leave them empty below the row of its head. */
export const HEAD_COLUMNS = {
  headName: { ...name, zh: '户主姓名', en: 'Head' },
  headIdNumber: {
    ...idNumber,
    zh: '户主身份证号',
    en: 'ID number of head',
    aliases: ['户主身份证号码', '户主公民身份号码'],
  },
  certificate: {
    zh: '低保证号',
    en: 'Certificate',
    aliases: ['低保证编号'],
    example: 'DB110199000001',
    parse: (cell: string) =>
      cell.length <= 40
        ? ok(cell)
        : refuse(
            refusal(
              'invalid/certificate',
              '低保证号不超过40个字',
              'a certificate number has at most 40 characters',
            ),
          ),
  },
  residence: {
    zh: '城乡类别',
    en: 'Residence',
    required: true,
    example: '城镇',
    parse: oneOf('invalid/residence', {
      城镇: 'urban',
      城市: 'urban',
      农村: 'rural',
      urban: 'urban',
      rural: 'rural',
    }),
  },
  street,
  streetName,
  appliedOn,
  applicationKind: {
    zh: '申请类别',
    en: 'Application',
    example: '整户',
    parse: oneOf('invalid/application-kind', {
      整户: 'household',
      单人: 'single-person',
      边缘家庭单人: 'single-person:marginal',
      刚性支出: 'rigid-expenditure',
    }),
  },
  payeeName: { ...payeeName, zh: '领款人姓名', aliases: ['收款人姓名'] },
  payeeIdNumber: { ...payeeIdNumber, zh: '领款人身份证号', aliases: ['收款人身份证号', '收款人身份证号码'] },
  account,
  bankName,
  operatingIncome: {
    zh: '家庭年经营收入',
    en: 'Household operating income a year',
    content: 'amount',
    parse: amount,
  },
  propertyIncome: {
    zh: '家庭年财产收入',
    en: 'Household property income a year',
    content: 'amount',
    parse: amount,
  },
  medicalSpending: { zh: '年医疗支出', en: 'Medical spending a year', content: 'amount', parse: amount },
  educationSpending: { zh: '年教育支出', en: 'Education spending a year', content: 'amount', parse: amount },
  employmentSpending: { zh: '月就业成本', en: 'Employment cost a month', content: 'amount', parse: amount },
  obligors: { zh: '赡养抚养义务人', en: 'Obligors', example: '赡养:6000:3:2', parse: obligors },
  ...PAPER_COLUMNS,
} as const satisfies Record<string, Column>;

/** 低保家庭名册: a row per member; the row of the head also says what is of the household. */
export const HOUSEHOLD_COLUMNS = {
  ...HEAD_COLUMNS,
  name: { ...name, zh: '成员姓名', en: 'Name', aliases: ['姓名', '家庭成员姓名'] },
  idNumber: { ...idNumber, zh: '成员身份证号', aliases: ['身份证号', '身份证号码', '公民身份号码'] },
  relation: {
    zh: '与户主关系',
    en: 'Relation',
    required: true,
    example: '户主',
    parse: oneOf('invalid/relation', RELATION_WORDS),
  },
  covered: {
    zh: '是否保障对象',
    en: 'Covered',
    aliases: ['保障对象'],
    example: '是',
    parse: oneOf('invalid/covered', { 是: 'yes', 否: 'no', yes: 'yes', no: 'no' }),
  },
  disabilityKind: { zh: '残疾类别', en: 'Disability', parse: oneOf('invalid/disability', DISABILITY_WORDS) },
  disabilityGrade: {
    zh: '残疾等级',
    en: 'Disability grade',
    parse: oneOf('invalid/disability-grade', {
      一级: '1',
      二级: '2',
      三级: '3',
      四级: '4',
      1: '1',
      2: '2',
      3: '3',
      4: '4',
    }),
  },
  seriousIllness: {
    zh: '是否重病',
    en: 'Serious illness',
    aliases: ['重病'],
    parse: yesNo('invalid/serious-illness'),
  },
  student: { zh: '在读阶段', en: 'Student', parse: oneOf('invalid/student', STUDENT_WORDS) },
  employment: {
    zh: '就业状况',
    en: 'Employment',
    parse: oneOf('invalid/employment', {
      在职: 'employed',
      灵活就业: 'flexible',
      未就业: 'none',
      无: 'none',
    }),
  },
  wage: { zh: '月工资收入', en: 'Wage a month', content: 'amount', parse: amount },
  pension: { zh: '月养老金', en: 'Pension a month', content: 'amount', parse: amount },
  maintenance: { zh: '月赡养抚养收入', en: 'Maintenance received a month', content: 'amount', parse: amount },
  transfer: { zh: '月转移性收入', en: 'Transfers a month', content: 'amount', parse: amount },
  otherIncome: { zh: '其他年收入', en: 'Other income a year', content: 'amount', parse: amount },
  pensionAge: { zh: '是否达到退休年龄', en: 'Pension age', parse: yesNo('invalid/pension-age') },
  reducedWorkCapacity: {
    zh: '是否丧失劳动能力',
    en: 'Reduced work capacity',
    parse: yesNo('invalid/work-capacity'),
  },
  specialGroups: { zh: '特殊人员类别', en: 'Special groups', parse: groups },
  excluded: {
    zh: '不计入原因',
    en: 'Not counted because',
    parse: oneOf('invalid/excluded', {
      服刑: 'custody',
      强制戒毒: 'compulsory-rehabilitation',
      失踪: 'missing',
      宗教教职: 'clergy',
      无: '',
    }),
  },
  changedOn: {
    zh: '变动日期',
    en: 'Date of change',
    aliases: ['生效日期'],
    content: 'date',
    parse: appliedOn.parse,
  },
  note,
  row: REGISTER_COLUMNS.row,
  reason: REGISTER_COLUMNS.reason,
  reasonEnglish: REGISTER_COLUMNS.reasonEnglish,
} as const satisfies Record<string, Column>;
export type HouseholdColumn = keyof typeof HOUSEHOLD_COLUMNS;

export const HOUSEHOLD_INCOMES = { operatingIncome: 'operating', propertyIncome: 'property' } as const;
export const MEMBER_INCOMES = {
  pension: ['pension', 'month'],
  maintenance: ['maintenance-received', 'month'],
  transfer: ['transfer', 'month'],
  otherIncome: ['other', 'year'],
} as const;
export const HOUSEHOLD_SPENDING = {
  medicalSpending: ['medical', 'year'],
  educationSpending: ['education', 'year'],
  employmentSpending: ['employment', 'month'],
} as const;
