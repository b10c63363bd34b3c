import * as z from 'zod/mini';
import { isMonth, monthRange } from '../calendar.ts';
import { RESIDENCES } from '../household/household-case.ts';
import { monthText } from '../register/sheet-dates.ts';
import { incomes, Person, Spending } from './member-schema.ts';
import { date, lenient, list, month, renamed, says, text, whole, word, yuan } from './written.ts';

/*
 * A case (案情) that somebody wants assessed: who lives together, what is true of them from when, in which programmes they are, and what was
 * decided and paid already. It names nobody and is not stored.
 */

const RESIDENCE_WORDS = { 城镇: 'urban', 城市: 'urban', 农村: 'rural' };
const residence = word(RESIDENCES, RESIDENCE_WORDS, says('城镇、农村', 'urban or rural'));
const APPLICATION_WORDS = {
  整户: 'household',
  单人: 'single-person:marginal',
  单人保: 'single-person:marginal',
  按人保: 'single-person:marginal',
  边缘家庭单人: 'single-person:marginal',
  刚性支出: 'rigid-expenditure',
  支出型: 'rigid-expenditure',
  刚性支出困难家庭: 'rigid-expenditure',
};
const Obligor = z.strictObject({
  duty: word(
    ['parent-support', 'child-support'],
    { 赡养: 'parent-support', 抚养: 'child-support' },
    says('赡养、抚养', 'what the obligor owes'),
  ),
  monthlyIncome: yuan(says('家庭月收入，元', 'monthly income of the family, in yuan'), '6000.00'),
  persons: whole(says('家庭人口', 'persons in the family'), 1, 99, 3),
  supported: whole(says('应赡养家庭数或应抚养子女数', 'families or children to be supported'), 1, 99, 2),
  exempt: z.optional(
    word(
      ['dibao', 'tekun', 'low-income'],
      { 低保: 'dibao', 特困: 'tekun', 低收入: 'low-income' },
      says('免除原因', 'why nothing is owed'),
    ),
  ),
});
const OF_HOUSEHOLD = {
  residence: z.optional(residence),
  application: z.optional(
    word(
      ['household', 'single-person', 'single-person:marginal', 'rigid-expenditure'],
      APPLICATION_WORDS,
      says(
        '申请类别，默认整户；单人保写 single-person:marginal（家庭经认定为低保边缘），刚性支出困难家庭写 rigid-expenditure',
        'what is applied for; the household when left out. One person of a recognised low-income family: single-person:marginal; hardship from spending: rigid-expenditure',
      ),
    ),
  ),
  incomes: z.optional(incomes(says('家庭整体的收入', 'incomes of the household as a whole'))),
  obligors: z.optional(list(Obligor, says('赡养、抚养义务人', 'who must maintain a member'))),
  spending: z.optional(list(Spending, says('刚性支出和就业成本', 'spending that counts'))),
};
const HOUSEHOLD_NAMES = { persons: 'members', income: 'incomes', expenses: 'spending' };
const OneHousehold = z.strictObject({
  ...OF_HOUSEHOLD,
  members: list(
    Person,
    says('共同生活的家庭成员，第一人默认户主', 'the members; the first is head unless said otherwise'),
  ),
  changes: z.optional(
    list(
      z.strictObject({ from: date(says('变化之日', 'the day of the change')), ...OF_HOUSEHOLD }),
      says('以后的变化', 'what changed later'),
    ),
  ),
});

const Household = lenient((given) => renamed(given, HOUSEHOLD_NAMES), OneHousehold);

/** Yuan of the main component, or yuan by component. */
const amounts = (about: { zh: string; en: string }) =>
  lenient(
    (given) => (typeof given === 'object' && given !== null ? given : { '': given }),
    z
      .record(z.string(), yuan(says('元', 'yuan')))
      .check(z.meta({ description: `${about.zh} / ${about.en}`, examples: [{ base: '1395.00' }] })),
  );
const OneDetermined = z.strictObject({
  from: z.optional(
    month(
      says('自哪个月起，默认申请之月', 'from this month on; the month of the application when left out'),
      '2024-03',
    ),
  ),
  amount: amounts(says('每月金额：一个数，或按组成部分', 'a month: one amount, or by component')),
  shares: z.optional(
    list(
      z.strictObject({
        person: text(says('成员代号', 'id of the member'), 'child'),
        component: z.optional(text(says('组成部分', 'component'), 'base')),
        amount: yuan(says('本人份额，元', 'their part in yuan'), '750.00'),
      }),
      says('各人份额', 'whose part is how much'),
    ),
  ),
  decidedOn: z.optional(date(says('决定日期', 'day of the decision'))),
});
/** An amount alone, or amounts by component, are determined from the start. */
const Determined = lenient((given) => {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return given === undefined ? given : { amount: given };
  if ('amount' in given) return given;
  const { from, shares, decidedOn, ...amount } = given as Record<string, unknown>;
  return {
    ...(from !== undefined && { from }),
    ...(shares !== undefined && { shares }),
    ...(decidedOn !== undefined && { decidedOn }),
    amount,
  };
}, OneDetermined);

/** By month; a list of months, or of spans from one through another, with their amounts is the same. */
function paidByMonth(given: unknown): unknown {
  if (!Array.isArray(given)) return given;
  const entries = given.map((one: unknown) => {
    if (typeof one !== 'object' || one === null) return undefined;
    const {
      month: only,
      from = only,
      through = from,
      amount,
      ...components
    } = one as Record<string, unknown>;
    const [first, last] = [from, through].map((each) => monthText(String(each)));
    if (!isMonth(first ?? '') || !isMonth(last ?? '')) return undefined;
    return monthRange(first ?? '', last ?? '')
      .slice(0, 240)
      .map((each) => [each, amount ?? components] as const);
  });
  return entries.every((one) => one !== undefined) ? Object.fromEntries(entries.flat()) : given;
}

const Decision = z.strictObject({
  kind: word(
    ['initial', 'review', 'taper', 'standard-change'],
    { 首次审批: 'initial', 复核: 'review', 渐退: 'taper', 调标: 'standard-change' },
    says('待决定的事项：首次审批、复核、渐退、调标', 'what is to be decided'),
  ),
  on: date(
    says('审批、复核、申报或发文日期', 'day of the decision, the declaration, or the issue of the document'),
  ),
  from: z.optional(month(says('复核自哪个月起', 'first month of a review'))),
  through: z.optional(month(says('调标算至哪个月', 'last month of a change of standard'))),
  months: z.optional(whole(says('渐退月数', 'months of the taper'), 1, 60, 6)),
});
const DATED = {
  careSetting: z.optional(
    word(
      ['institution', 'family'],
      {
        集中: 'institution',
        集中供养: 'institution',
        机构: 'institution',
        分散: 'family',
        分散供养: 'family',
        散居: 'family',
        家庭: 'family',
      },
      says('供养、养育方式', 'in an institution or a family'),
    ),
  ),
  facts: z.optional(z.record(z.string(), z.json())),
};
const dated = (zh: string, en: string) => z.optional(date(says(zh, en)));
const ENROLMENT_NAMES = {
  applied: 'appliedOn',
  application: 'appliedOn',
  applicationDate: 'appliedOn',
  decided: 'decidedOn',
  approvedOn: 'decidedOn',
  approved: 'decidedOn',
  member: 'person',
  personId: 'person',
  project: 'programme',
};
const Enrolment = lenient(
  (given) => (typeof given === 'string' ? { programme: given } : renamed(given, ENROLMENT_NAMES)),
  z.strictObject({
    programme: text(says('发放项目代码或名称', 'id or name of the programme'), 'disability-living'),
    person: z.optional(
      text(says('享受对象的代号（按人的项目）', 'id of the person, in programmes of persons'), 'child'),
    ),
    jurisdiction: z.optional(text(says('区划代码，默认同上', 'place, where it is another'), '110199')),
    appliedOn: dated('申请日期', 'day of the application'),
    decidedOn: z.optional(
      z.union([
        date(says('审批日期；null 为尚未审批', 'day of the decision; null while there is none')),
        z.null(),
      ]),
    ),
    stoppedAfter: z.optional(month(says('停发：最后一个应发月份', 'stopped: the last month due'), '2026-05')),
    paidElsewhereThrough: z.optional(month(says('迁出地发放至', 'paid by the district moved from through'))),
    residence: z.optional(residence),
    ...DATED,
    changes: z.optional(
      list(
        z.strictObject({
          from: date(says('变化之日', 'the day of the change')),
          residence: z.optional(residence),
          ...DATED,
        }),
        says('以后的变化', 'what changed later'),
      ),
    ),
    determined: z.optional(list(Determined, says('已核定的金额', 'amounts decided already'))),
    decision: z.optional(Decision),
    paid: z.optional(
      lenient(
        paidByMonth,
        z.record(z.string(), amounts(says('该月已发金额', 'paid for the month'))).check(
          z.meta({
            description:
              '已发月份和金额；写了就计算补发和追缴 / months paid already: arrears and recoveries are worked out then',
            examples: [{ '2024-07': '4185.00' }],
          }),
        ),
      ),
    ),
    earlier: z.optional(
      list(
        z.strictObject({
          programme: z.optional(text(says('发放项目', 'programme'), 'temporary-aid')),
          decidedOn: date(says('决定日期', 'day of the decision')),
          amount: yuan(says('金额，元', 'yuan')),
          kind: z.optional(text(says('类型', 'kind'), 'urgent')),
          cause: z.optional(text(says('事由', 'cause'), 'illness')),
        }),
        says('此前的给付（一次性项目）', 'grants before, of programmes of single grants'),
      ),
    ),
  }),
);

export const AssessmentCase = lenient(
  (given) => {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
    const { person, persons, programme, programmes, enrolments, ...rest } = given as Record<string, unknown>;
    // What is written under both names is two things, and neither is passed over.
    const together = (...said: readonly unknown[]) => said.flatMap((one) => one ?? []);
    return {
      ...((person ?? persons) !== undefined && { persons: together(person, persons) }),
      ...((programme ?? programmes ?? enrolments) !== undefined && {
        enrolments: together(programme, programmes, enrolments),
      }),
      ...rest,
    };
  },
  z.strictObject({
    household: z.optional(Household),
    persons: z.optional(list(Person, says('不按户时的人', 'persons, where no household matters'))),
    enrolments: list(Enrolment, says('享受或申请的项目', 'the programmes they are in or apply for')),
    knownOn: z.optional(date(says('按哪一天已知的政策和情况计算', 'policy and facts as known on this day'))),
    policy: z.optional(
      list(
        z.record(z.string(), z.json()),
        says(
          '试算的政策包：在其月份内取代政策库的值',
          'policy packs on trial: in their months they take the place of the book',
        ),
      ),
    ),
  }),
);
export type AssessmentCase = z.output<typeof AssessmentCase>;
export type CaseEnrolment = AssessmentCase['enrolments'][number];
export type CaseHousehold = NonNullable<AssessmentCase['household']>;
