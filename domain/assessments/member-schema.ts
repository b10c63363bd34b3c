import * as z from 'zod/mini';
import {
  DISABILITY_KINDS,
  INCOME_KINDS,
  RELATIONS,
  RESIDENCES,
  SPECIAL_GROUPS,
  SPENDING_KINDS,
  STUDENT_LEVELS,
} from '../household/household-case.ts';
import { GROUP_WORDS } from '../register/household-cells.ts';
import { DISABILITY_WORDS, RELATION_WORDS, STUDENT_WORDS } from '../register/household-columns.ts';
import { date, flag, lenient, list, renamed, says, text, whole, word, yuan } from './written.ts';

/* Persons of a case: what is true of them, and from when where that matters. */

const BASIS_WORDS = { 月: 'month', 每月: 'month', 按月: 'month', 年: 'year', 每年: 'year', 按年: 'year' };
const basis = z.optional(
  word(
    ['month', 'year'],
    BASIS_WORDS,
    says('按月或按年，默认按月', 'by the month or the year; the month when left out'),
  ),
);
const GRADES: Readonly<Record<string, number>> = { 一: 1, 二: 2, 三: 3, 四: 4 };

const INCOME_WORDS: Readonly<Record<string, string>> = {
  经营收入: 'operating',
  财产收入: 'property',
  养老金: 'pension',
  基础养老金: 'basic-pension',
  赡养抚养费: 'maintenance-received',
  转移收入: 'transfer',
  其他: 'other',
  优待抚恤金: 'preferential-allowance',
  残疾人两项补贴: 'disability-subsidy',
  高龄津贴: 'high-age-allowance',
  儿童生活费: 'child-allowance',
  计生奖扶: 'family-planning-reward',
  奖学金: 'scholarship',
  见义勇为奖: 'bravery-award',
  政府救助: 'government-relief',
};
const amountOf = <const Kind extends string>(
  spellings: Readonly<Record<string, string>>,
  kinds: readonly Kind[],
) =>
  z.strictObject({
    kind: word(kinds, spellings, says('类别', 'kind')),
    amount: yuan(says('金额，元', 'amount in yuan')),
    basis,
  });
export const Income = amountOf(INCOME_WORDS, INCOME_KINDS);
export const Spending = amountOf(
  { 医疗: 'medical', 教育: 'education', 就业成本: 'employment' },
  SPENDING_KINDS,
);

/** A list of incomes; one amount alone is other income of a month, and kinds with their amounts are a list of them. */
export const incomes = (about: { readonly zh: string; readonly en: string }) =>
  lenient(byKind, list(Income, about));
function byKind(given: unknown): unknown {
  if (typeof given === 'number' || (typeof given === 'string' && /\d/.test(given)))
    return Number(given) === 0 ? [] : [{ kind: 'other', amount: given }];
  if (typeof given !== 'object' || given === null || Array.isArray(given) || 'kind' in given) return given;
  return Object.entries(given).map(([kind, amount]) => ({ kind, amount }));
}

const Card = z.strictObject({
  state: z.optional(
    word(
      ['valid', 'frozen', 'cancelled'],
      { 有效: 'valid', 冻结: 'frozen', 注销: 'cancelled' },
      says('状态，默认有效', 'state of the card; valid when left out'),
    ),
  ),
  issued: z.optional(date(says('签发日期', 'day of issue'), '2020-05-21')),
  expires: z.optional(
    date(says('有效期至；长期有效不写', 'last day; left out when it has no end'), '2030-05-20'),
  ),
});
const Disability = lenient(
  (given) => {
    if (given === '' || given === null || given === '无' || given === 'none') return { grade: 0 };
    return typeof given === 'string' ? (gradeAndKind(given) ?? given) : given;
  },
  z.strictObject(
    {
      grade: lenient(
        (given) => {
          const grade = String(given).trim().replace(/级$/, '');
          return GRADES[grade] ?? (/^[0-4]$/.test(grade) ? Number(grade) : given);
        },
        z
          .int()
          .check(
            z.minimum(0),
            z.maximum(4),
            z.meta({ description: '残疾等级1至4，0为无 / grade 1 to 4, 0 for none', examples: [1] }),
          ),
      ),
      kind: z.optional(word(DISABILITY_KINDS, DISABILITY_WORDS, says('残疾类别', 'kind of disability'))),
      from: z.optional(date(says('评定日期', 'day of the grading'), '2020-05-21')),
      card: z.optional(Card),
    },
    { error: ({ code }) => (code === 'invalid_type' ? HOW_DISABILITY_IS_WRITTEN : undefined) },
  ),
);
const HOW_DISABILITY_IS_WRITTEN =
  '“一级肢体”这样的等级和类别，或 {"grade": 1, "kind": "肢体"}，没有残疾写“无”|grade and kind such as "1:limb", or {"grade": 1, "kind": "limb"}; "none" where there is none';

/** 2:limb, 2级肢体, 二级肢体, 肢体二级, 肢体残疾2级: one text for both. */
function gradeAndKind(text: string): { readonly grade: number; readonly kind: string } | undefined {
  const plain = text.replace(/残疾|\s/g, '');
  const { grade, kind } =
    (
      /^(?<grade>[1-4一二三四])[级:：]?(?<kind>[^\d:：]+)$/.exec(plain) ??
      /^(?<kind>[^\d:：]+?)[:：]?(?<grade>[1-4一二三四])级?$/.exec(plain)
    )?.groups ?? {};
  return grade !== undefined && kind !== undefined
    ? { grade: GRADES[grade] ?? Number(grade), kind }
    : undefined;
}

const EMPLOYMENT_WORDS = {
  在职: 'employed',
  就业: 'employed',
  灵活就业: 'flexible',
  未就业: 'none',
  无业: 'none',
  无: 'none',
};
const Employment = lenient(
  (given) => (typeof given === 'string' ? { kind: given } : given),
  z
    .strictObject({
      kind: word(['employed', 'flexible', 'none'], EMPLOYMENT_WORDS, says('就业状况', 'employment')),
      monthly: z.optional(yuan(says('月收入，元', 'earned a month, in yuan'), '2800.00')),
    })
    .check(
      z.refine(
        ({ kind, monthly }) => (kind === 'none') === (monthly === undefined),
        '就业的须写 monthly（月收入），未就业的不写|monthly goes with being employed or in flexible work, and only with it',
      ),
    ),
);

/** What people call classes of persons. */
export const CLASS_WORDS: Readonly<Record<string, 'tekun' | 'dibao' | 'marginal' | 'none'>> = {
  特困: 'tekun',
  特困人员: 'tekun',
  低保: 'dibao',
  低保户: 'dibao',
  低保边缘: 'marginal',
  低保边缘家庭: 'marginal',
  边缘: 'marginal',
  边缘家庭: 'marginal',
  低收入: 'marginal',
  低收入家庭: 'marginal',
  'low-income': 'marginal',
  其他: 'none',
  无: 'none',
  普通: 'none',
};
const EXCLUDED_WORDS = {
  服刑: 'custody',
  强制隔离戒毒: 'compulsory-rehabilitation',
  强制戒毒: 'compulsory-rehabilitation',
  失踪: 'missing',
  宗教教职: 'clergy',
  无: 'none',
};

/** A fact by its kind, or by a column of the programme's register sheet: one value, or several with the day each holds from. */
const FactValue = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.array(
    z.strictObject({
      value: z.union([z.string(), z.number(), z.boolean()]),
      from: z.optional(date(says('自', 'from'))),
    }),
  ),
]);
export const FactMap = z.record(z.string(), FactValue).check(
  z.meta({
    description:
      '其他事实，按种类写，见 GET /v1/schemas/{programme} / other facts by kind, as GET /v1/schemas/{programme} lists them',
  }),
);

/** An amount without a word of it is one of every month. */
export function withBasis<Amount extends { readonly basis?: 'month' | 'year' | undefined }>(
  amounts: readonly Amount[],
) {
  return amounts.map((one) => ({ ...one, basis: one.basis ?? ('month' as const) }));
}

/** What may be so of a person, and may change. */
const STATED = {
  covered: z.optional(flag(says('是否保障对象，默认是', 'covered by the benefit; yes when left out'))),
  disability: z.optional(Disability),
  seriousIllness: z.optional(flag(says('重病', 'seriously ill'))),
  student: z.optional(
    word(
      [...STUDENT_LEVELS, 'none'],
      { ...STUDENT_WORDS, 无: 'none', 不在读: 'none' },
      says('全日制在读阶段', 'level of full-time study'),
    ),
  ),
  pensionAge: z.optional(flag(says('达到法定退休年龄', 'of pension age'))),
  reducedWorkCapacity: z.optional(flag(says('丧失大部分劳动能力', 'reduced capacity for work'))),
  employment: z.optional(Employment),
  incomes: z.optional(incomes(says('工作以外的收入', 'incomes beside work'))),
  specialGroups: z.optional(
    list(
      word(SPECIAL_GROUPS, GROUP_WORDS, says('特殊人员', 'special group')),
      says('特殊人员类别', 'special groups'),
    ),
  ),
  excluded: z.optional(
    word(
      ['custody', 'compulsory-rehabilitation', 'missing', 'clergy', 'none'],
      EXCLUDED_WORDS,
      says('不计入的原因；none 为解除', 'why not counted; none when it is over'),
    ),
  ),
  identityClass: z.optional(
    word(['tekun', 'dibao', 'marginal', 'none'], CLASS_WORDS, says('人员类别', 'class of the person')),
  ),
  residence: z.optional(
    word(
      RESIDENCES,
      { 城镇: 'urban', 城市: 'urban', 农村: 'rural' },
      says(
        '本人户籍城镇、农村，不写随家庭',
        'urban or rural registration of the person; as the household when left out',
      ),
    ),
  ),
  registration: z.optional(
    text(
      says('户籍：“in”或迁往地代码', 'household registration: "in", or the code of the place moved to'),
      'in',
    ),
  ),
  facts: z.optional(FactMap),
};
const PERSON_NAMES = {
  diedOn: 'died',
  deathDate: 'died',
  dateOfDeath: 'died',
  dateOfBirth: 'birthDate',
  birthday: 'birthDate',
  bornOn: 'birthDate',
  income: 'incomes',
};
const OnePerson = z
  .strictObject({
    id: z.optional(
      text(
        says('代号，供指认；不要写姓名和证件号码', 'what this person is called below; no name, no number'),
        'child',
      ),
    ),
    relation: z.optional(word(RELATIONS, RELATION_WORDS, says('与户主关系', 'relation to the head'))),
    birthDate: z.optional(date(says('出生日期', 'date of birth'), '1980-05-10')),
    age: z.optional(whole(says('或年龄（满周岁）', 'or the age in years'), 0, 130, 85)),
    died: z.optional(date(says('死亡日期', 'date of death'), '2026-05-20')),
    ...STATED,
    changes: z.optional(
      list(
        z.strictObject({
          from: date(says('变化之日', 'the day of the change')),
          recordedOn: z.optional(
            date(says('登记之日，默认一直已知', 'the day it became known; always known when left out')),
          ),
          ...STATED,
        }),
        says('以后的变化', 'what changed later'),
      ),
    ),
  })
  .check(z.meta({ title: '人 / a person' }));
export const Person = lenient((given) => renamed(given, PERSON_NAMES), OnePerson);
export type CasePerson = z.output<typeof Person>;
export type StatedOfPerson = Omit<NonNullable<CasePerson['changes']>[number], 'from' | 'recordedOn'>;
