import * as z from 'zod/mini';
import type { Month } from '../calendar.ts';
import type { PersonCase } from '../care/person-case.ts';
import { dateText as date, yuanText as yuan } from '../written-values.ts';

/**
 * A household (共同生活的家庭成员) as an assessment sees it for one month. It is built from dated facts; nothing in it is
 * stored, and it holds opaque person keys only, no name and no id number. The order of members, incomes, obligors and
 * spending never matters.
 */

/** 城镇 / 农村: chooses the standard. */
export const RESIDENCES = ['urban', 'rural'] as const;
export type Residence = (typeof RESIDENCES)[number];

/** What a member is to the head of the household (与户主关系). */
export const RELATIONS = [
  'head',
  'spouse',
  'child',
  'child-in-law',
  'parent',
  'parent-in-law',
  'grandparent',
  'grandchild',
  'sibling',
  'other',
] as const;
export type Relation = (typeof RELATIONS)[number];

/** Kinds of disability of the disability card (残疾类别): 视力、听力、言语、肢体、智力、精神、多重. */
export const DISABILITY_KINDS = [
  'visual',
  'hearing',
  'speech',
  'limb',
  'intellectual',
  'mental',
  'multiple',
] as const;
export type DisabilityKind = (typeof DISABILITY_KINDS)[number];

/** Full-time study (全日制在读): 学前、义务教育、高中、中职、本科及以下高等教育、研究生. */
export const STUDENT_LEVELS = [
  'preschool',
  'compulsory',
  'senior-secondary',
  'vocational',
  'undergraduate',
  'postgraduate',
] as const;
export type StudentLevel = (typeof STUDENT_LEVELS)[number];

/**
 * Groups that local policy names (特殊人员): 传统救济对象、优抚孤老烈属、三无人员、归侨、退役军人、独居、单亲（户内关系看不出时）、
 * 计划生育特殊家庭、当地规定的其他人员.
 */
export const SPECIAL_GROUPS = [
  'traditional-relief',
  'preferential-lone',
  'three-nos',
  'returned-overseas',
  'veteran',
  'living-alone',
  'lone-parent',
  'only-child-lost',
  'local-special',
] as const;
export type SpecialGroup = (typeof SPECIAL_GROUPS)[number];

/** Why someone is not counted as a member (不计入共同生活的家庭成员): 服刑、强制隔离戒毒、连续三年以上的宗教教职人员、宣告失踪. */
export const EXCLUSIONS = ['custody', 'compulsory-rehabilitation', 'clergy', 'missing'] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];

/** Kinds of income beside wages. Which of them count is policy (`incomeNotCounted`). */
export const INCOME_KINDS = [
  /** 经营净收入、财产净收入、养老金、基础养老金、赡养抚养费（已约定或判决）、其他转移收入. */
  'operating',
  'property',
  'pension',
  'basic-pension',
  'maintenance-received',
  'transfer',
  'other',
  /** 优待抚恤金、残疾人两项补贴、高龄津贴、孤儿和困境儿童费、计生奖扶、奖学金、见义勇为奖、政府救助款物. */
  'preferential-allowance',
  'disability-subsidy',
  'high-age-allowance',
  'child-allowance',
  'family-planning-reward',
  'scholarship',
  'bravery-award',
  'government-relief',
] as const;

/** 刚性支出: 医疗、教育, and what it costs to go to work (就业成本). */
export const SPENDING_KINDS = ['medical', 'education', 'employment'] as const;

const basis = z.enum(['month', 'year']);

/** One income; `year` amounts count as a twelfth, never rounded on the way. */
const Income = z.strictObject({ kind: z.enum(INCOME_KINDS), amount: yuan, basis });
export type Income = z.infer<typeof Income>;

/** Necessary spending of the household that policy may take off its income. */
const Spending = z.strictObject({ kind: z.enum(SPENDING_KINDS), amount: yuan, basis });

/** Work and what it brings a month, before any deduction: 在职就业、灵活就业（含个体经营）、未就业. */
const Employment = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('employed'), monthly: yuan }),
  z.strictObject({ kind: z.literal('flexible'), monthly: yuan }),
  z.strictObject({ kind: z.literal('none') }),
]);
export type Employment = z.infer<typeof Employment>;

const Member = z.strictObject({
  person: z.string().check(z.minLength(1)),
  relation: z.enum(RELATIONS),
  /**
   * 保障对象: gets a share. A member who is not covered (another 户籍, stopped for refusing work) still counts in the
   * per-capita income.
   */
  covered: z.boolean(),
  birthDate: date,
  disability: z.optional(
    z.strictObject({ grade: z.int().check(z.minimum(1), z.maximum(4)), kind: z.enum(DISABILITY_KINDS) }),
  ),
  /** 重病 as the place defines it. */
  seriousIllness: z.boolean(),
  /** Full-time student; absent for everyone else. */
  student: z.optional(z.enum(STUDENT_LEVELS)),
  /** 达到法定退休年龄. */
  pensionAge: z.boolean(),
  /** 丧失大部分劳动能力. */
  reducedWorkCapacity: z.boolean(),
  employment: Employment,
  /** Income beside work. */
  incomes: z.readonly(z.array(Income)),
  specialGroups: z.readonly(z.array(z.enum(SPECIAL_GROUPS))),
  /** Not a member of the household while it lasts: neither counted nor covered, and no income counts. */
  exclusion: z.optional(z.enum(EXCLUSIONS)),
});
export type HouseholdMember = z.infer<typeof Member>;

/** Someone outside the household who must maintain a member (赡养 / 抚养义务人). */
const Obligor = z.strictObject({
  /** `parent-support` 赡养费 (a child pays for a parent), `child-support` 抚养费 (a parent pays for a child). */
  duty: z.enum(['parent-support', 'child-support']),
  /** Monthly income of the obligor's family; of the obligor alone for `child-support`. */
  monthlyIncome: yuan,
  /** Persons in the obligor's family, the obligor included. */
  persons: z.int().check(z.minimum(1)),
  /** `parent-support`: families to be supported (应赡养家庭数). `child-support`: children to be supported. */
  supported: z.int().check(z.minimum(1)),
  /** The obligor's family is itself on 低保, 特困 or 低收入 and owes nothing. */
  exempt: z.optional(z.enum(['dibao', 'tekun', 'low-income'])),
});
export type Obligor = z.infer<typeof Obligor>;

/**
 * What is applied for. `single-person` (单人保, 按人保): one member of a family that is itself not on 低保; covered is that
 * person only. `rigid-expenditure`: 刚性支出困难家庭.
 */
const Application = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('household') }),
  z.strictObject({
    kind: z.literal('single-person'),
    /** The bureau has recognised the family as 低保边缘家庭. */
    familyRecognisedMarginal: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('rigid-expenditure') }),
]);

export const HouseholdCase = z.strictObject({
  /** The household's own key, the subject of its enrolment. */
  household: z.string().check(z.minLength(1)),
  residence: z.enum(RESIDENCES),
  application: Application,
  members: z.readonly(
    z.array(Member).check(
      z.minLength(1),
      z.refine(
        (members) => new Set(members.map(({ person }) => person)).size === members.length,
        '每人只能出现一次|each person once',
      ),
    ),
  ),
  /** Income of the household as a whole, e.g. from the land. */
  incomes: z.readonly(z.array(Income)),
  obligors: z.readonly(z.array(Obligor)),
  spending: z.readonly(z.array(Spending)),
});
export type HouseholdCase = z.infer<typeof HouseholdCase>;

/** The household, or the person of a programme of persons, as it is from a month on, until the next one of a list. */
export type DatedCase = { readonly from: Month } & (
  | { readonly household: HouseholdCase }
  | { readonly person: PersonCase }
);
