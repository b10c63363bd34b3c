import type { Bilingual } from '../bilingual.ts';
import type { JurisdictionCode, ProgrammeId } from '../ids.ts';

/**
 * A question that no text we read answers: what a place decides about it is an option of its policy pack, and the bureau is asked
 * before its figures are relied on. Kept as data, so that the catalogue of rules prints each beside the rule that it concerns.
 */
export type OpenQuestion = Bilingual & {
  /** Stable: minutes of a meeting may refer to it. */
  readonly code: string;
  readonly programme: ProgrammeId;
  /** Parameters that hold the answer, where the programme has any. */
  readonly parameters: readonly string[];
  /** The place whose text leaves it open; absent where none was found at all. */
  readonly jurisdiction?: JurisdictionCode;
  /** What is done until somebody answers. */
  readonly meanwhile: Bilingual;
};

export const OPEN_QUESTIONS: readonly OpenQuestion[] = [
  {
    code: 'dibao-severe-income-split',
    programme: 'dibao',
    parameters: ['fullStandardIncome', 'fullStandard', 'incomeDeduction'],
    jurisdiction: '110000',
    zh: '重度残疾人按标准全额享受，家庭又有收入核减时，其余成员的收入如何分摊，文件未写明。',
    en: 'Where a severely disabled member gets the full standard and the family’s income is reduced as well, the text does not say how the income left is divided.',
    meanwhile: {
      zh: '按 fullStandardIncome 所设选项；没有设置而有全额享受人员的，不予测算。',
      en: 'By the option `fullStandardIncome`; a household that needs it and finds none is refused.',
    },
  },
  {
    code: 'dibao-top-up-rounding',
    programme: 'dibao',
    parameters: ['topUpRounding', 'topUps'],
    jurisdiction: '110000',
    zh: '按比例的分类施保金是各项取整后相加，还是相加后取整，文件未写明（泰州各项分别取整，林口为定额）。',
    en: 'Whether a percentage top-up is rounded before or after it is added is not printed (Taizhou rounds each part, Linkou has flat top-ups).',
    meanwhile: {
      zh: '按 topUpRounding 所设规则，每项取整一次。',
      en: 'Each part is rounded once by `topUpRounding`.',
    },
  },
  {
    code: 'high-age-late-six-months',
    programme: 'high-age',
    parameters: ['lateApplication'],
    jurisdiction: '110000',
    zh: '“逾期不超过 6 个月”自符合条件的当月起算，还是按日计算，边界上结果不同。',
    en: 'Whether “six months late” is counted from the month of eligibility or by the day; the boundary differs.',
    meanwhile: {
      zh: '按 lateApplication 所设，自符合条件的当月起按月计算。',
      en: 'By `lateApplication`, counted in months from the month of eligibility.',
    },
  },
  {
    code: 'unattended-child-reference',
    programme: 'unattended-child',
    parameters: ['stacking'],
    jurisdiction: '110000',
    zh: '在低保家庭中的事实无人抚养儿童补差时扣减哪一金额：2019 年文件为“低保救助金额”（本人份额，补 1737.50），2026 年文件为“分类救助资金额度”（补 2487.50）。',
    en: 'Which amount is deducted for a child in a dibao household: the 2019 text says the dibao money (own share, 1737.50 is added), the 2026 text the categorised top-up (2487.50).',
    meanwhile: {
      zh: '按 stacking 的 reference 选项：北京政策包自 2019-07 起为 own-share（2026 年文件未废止该规定），区里可改为 own-top-up。',
      en: 'By the `reference` option of `stacking`: `own-share` in Beijing’s pack from 2019-07 (the text of 2026 does not repeal it); a district may set `own-top-up`.',
    },
  },
  {
    code: 'orphan-standard-2019-to-2025',
    programme: 'orphan',
    parameters: ['standard'],
    jurisdiction: '110000',
    zh: '2019 年 7 月至 2025 年 6 月的孤儿基本生活费标准未查到公布文件。',
    en: 'No text was found of the standard from July 2019 to June 2025.',
    meanwhile: {
      zh: '2450 元为样例，正式环境不发放依据它的款项。',
      en: '2450 yuan is a sample: what rests on it is never paid outside demo mode.',
    },
  },
  {
    code: 'orphan-on-dibao',
    programme: 'orphan',
    parameters: ['stacking'],
    jurisdiction: '110000',
    zh: '孤儿“不再享受原低保待遇”，低保核定尚未调整的月份如何衔接，文件未写明。',
    en: 'An orphan “no longer gets dibao”; how months are settled in which the dibao decision has not been changed yet is not printed.',
    meanwhile: {
      zh: '按 stacking 扣减本人低保份额，任何一个月不重复发放。',
      en: 'By `stacking` the child’s own share of dibao is deducted, so that no fen is paid twice.',
    },
  },
  {
    code: 'orphan-school-gap',
    programme: 'orphan',
    parameters: ['studyGap', 'study'],
    jurisdiction: '110000',
    zh: '满 18 周岁后毕业升学，两校之间的假期是否发放，文件只写“直至毕业”。',
    en: 'Whether the holidays between two schools are paid after 18: the texts say “until graduation” only.',
    meanwhile: {
      zh: '按 studyGap 所设，间隔不超过 3 个月且已入学的补发。',
      en: 'By `studyGap`: breaks of at most three months are paid in arrears once the next school has begun.',
    },
  },
  {
    code: 'temporary-aid-cap-per-person',
    programme: 'temporary-aid',
    parameters: ['yearCap'],
    jurisdiction: '110000',
    zh: '“24 个月低保标准”的封顶是按人还是按户，文件未写明。',
    en: 'Whether the cap of 24 months of the standard is per person or per family is not printed.',
    meanwhile: {
      zh: '按 yearCap 所设，每户一个封顶。',
      en: 'By `yearCap`: one cap for the family.',
    },
  },
  {
    code: 'temporary-aid-plus-ten-percent',
    programme: 'temporary-aid',
    parameters: ['spending'],
    jurisdiction: '110000',
    zh: '重度残疾人家庭“提高 10%”是提高 10 个百分点还是按救助额的 10% 提高，文件未写明。',
    en: 'Whether “+10 %” for families with a severely disabled member is ten percentage points or ten percent of the aid is not printed.',
    meanwhile: {
      zh: '按提高 10 个百分点写入 spending。',
      en: 'Written into `spending` as ten percentage points.',
    },
  },
  {
    code: 'dibao-minimum-payment',
    programme: 'dibao',
    parameters: ['minimumPayment'],
    zh: '“不足 X 元按 X 元发放”的做法常见，但未见正式文件规定。',
    en: 'A minimum payment is common practice, and no official text of it was found.',
    meanwhile: { zh: '不设置即不启用。', en: 'Off unless a place sets it.' },
  },
  {
    code: 'dibao-gap-linkou-2026',
    programme: 'dibao',
    parameters: ['standard'],
    jurisdiction: '231025',
    zh: '2026 年 1 月至 3 月没有公布的低保标准。',
    en: 'No standard was published for January to March 2026.',
    meanwhile: {
      zh: '这些月份不予计算，须补充政策依据。',
      en: 'These months are refused until policy for them is brought in.',
    },
  },
  {
    code: 'tekun-care-base-linkou',
    programme: 'tekun-care',
    parameters: ['careStandard', 'minimumWage'],
    jurisdiction: '231025',
    zh: '2026-08-12 起的照料护理标准 191/319/478 由 1910 元推算，最低工资依据未见文件。',
    en: 'The care amounts 191/319/478 from 2026-08-12 were inferred from 1910 yuan; the wage they rest on was not found in a text.',
    meanwhile: {
      zh: '标为样例的值不对外发放。',
      en: 'Values marked as samples are never paid outside demo mode.',
    },
  },
];
