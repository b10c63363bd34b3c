import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HouseholdCase, HouseholdMember, Income } from '../../../../domain/household/household-case.ts';
import { propose } from '../../../../domain/programmes/dibao/propose.ts';
import { RELATION_WORDS } from '../../../../domain/register/household-columns.ts';
import { assessedAmount, expectedAmount } from '../../../../infra/local/sample/expected-dibao.ts';
import type {
  SampleHousehold,
  SampleMember,
  SampleObligor,
} from '../../../../infra/local/sample/families.ts';
import { SAMPLE_STREETS } from '../../../../infra/local/sample/streets.ts';
import { householdOf, member, viewOf } from '../../../domain/programmes/dibao/samples.ts';
import { must } from '../../../domain/run/samples.ts';

/** 2026-09 decided, due from 2026-10. */
function household(members: readonly SampleMember[], rest: Partial<SampleHousehold> = {}): SampleHousehold {
  return {
    kind: '上学家庭',
    members,
    certificate: 'DB1',
    street: SAMPLE_STREETS[0]!,
    residence: '城镇',
    appliedOn: '2026-07-01',
    account: '6201990000000000000',
    decision: { document: '示民救〔2026〕1号', decidedOn: '2026-09-18' },
    ...rest,
  };
}
const one = (changes: Partial<SampleMember> = {}): SampleMember => ({
  name: '张三',
  sex: 'male',
  idNumber: '',
  birthDate: '1981-05-10',
  relation: '户主',
  covered: true,
  ...changes,
});
const yuan = (each: SampleHousehold, standard?: string) => assessedAmount(each, '2026-10', standard) / 100;
const sibling = one({ relation: '兄弟姐妹' });

describe('the second arithmetic, by the worked examples of Beijing', () => {
  it.each([
    ['A1', household([one({ transfer: '2400.00' }), sibling, sibling]), 1950],
    [
      'A2',
      household([
        one({ work: { kind: '在职', wage: '2800.00' } }),
        one({ relation: '配偶' }),
        one({ relation: '子女', birthDate: '2016-03-02' }),
      ]),
      3072.5,
    ],
    ['A5', household([one({ disability: { kind: '肢体', grade: 1 } })]), 1957.5],
    [
      'A7',
      household([one({ transfer: '1800.00' }), one({ relation: '子女', birthDate: '2014-03-02' })]),
      2912.5,
    ],
  ])('row %s', (_, each, amount) => expect(yuan(each)).toBe(amount));

  it('row A10: an old standard is the difference for every person', () => {
    const each = household([one({ transfer: '2400.00' }), sibling, sibling]);
    expect((yuan(each) - yuan(each, '1395.00')) * 2).toBe(330);
  });

  it('is due from the month after the decision, as it was decided', () => {
    // Sixteen through October, seventeen from November on: the decision stands.
    const each = household([one({ birthDate: '2009-11-30' })]);
    expect(['2026-09', '2026-10', '2026-12'].map((month) => expectedAmount(each, month))).toEqual([
      0, 181_250, 181_250,
    ]);
    expect(assessedAmount(each, '2026-11')).toBe(145_000);
  });
});

const amount = (most: number) => fc.integer({ min: 1, max: most * 100 }).map((fen) => (fen / 100).toFixed(2));
const rarely = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const pick = <T>(...values: T[]) => fc.constantFrom(...values);
const without = <T extends object>(record: T): T =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;

const anyMember = fc
  .record({
    relation: pick('配偶', '子女', '儿媳', '父亲', '母亲', '孙子女', '兄弟姐妹'),
    birthDate: fc
      .tuple(fc.integer({ min: 1930, max: 2024 }), fc.integer({ min: 1, max: 12 }))
      .map(([year, month]) => `${year}-${String(month).padStart(2, '0')}-15`),
    covered: fc.integer({ min: 0, max: 5 }).map((luck) => luck > 0),
    disability: rarely(
      fc.record({ kind: pick('肢体', '视力', '智力', '精神', '听力'), grade: pick(1, 2, 3, 4) }),
    ),
    seriousIllness: rarely(fc.constant(true)),
    student: rarely(pick('学前', '义务教育', '高中', '中职', '大学', '研究生')),
    work: rarely(fc.record({ kind: pick('在职', '灵活就业'), wage: amount(3500) })),
    pension: rarely(amount(900)),
    maintenance: rarely(amount(300)),
    transfer: rarely(amount(300)),
    otherIncome: rarely(amount(5000)),
    pensionAge: rarely(fc.constant(true)),
    reducedWorkCapacity: rarely(fc.constant(true)),
    group: rarely(pick('传统救济对象', '优抚孤老烈属', '单亲', '独居', '当地规定的其他人员')),
    excluded: rarely(fc.constant('服刑')),
  })
  .map((drawn) => one(without(drawn) as Partial<SampleMember>));
const anyObligor = fc
  .record({
    duty: pick('赡养', '抚养'),
    income: amount(12_000),
    persons: fc.integer({ min: 1, max: 5 }),
    supported: fc.integer({ min: 1, max: 4 }),
    exempt: rarely(pick('低保', '特困', '低收入')),
  })
  .map((drawn) => without(drawn) as SampleObligor);
const anyHousehold = fc
  .record({
    members: fc.array(anyMember, { minLength: 1, maxLength: 6 }),
    operatingIncome: rarely(amount(20_000)),
    propertyIncome: rarely(amount(5000)),
    obligors: fc.array(anyObligor, { maxLength: 2 }),
  })
  .map(({ members: [head, ...drawn], ...rest }) => {
    // Nobody has two fathers, mothers or spouses.
    const others = drawn.filter(
      ({ relation }, index) =>
        !['配偶', '父亲', '母亲'].includes(relation) ||
        drawn.findIndex((other) => other.relation === relation) === index,
    );
    return household([one({ ...head, relation: '户主', covered: true }), ...others], without(rest) as object);
  });

const KINDS = {
  肢体: 'limb',
  视力: 'visual',
  智力: 'intellectual',
  精神: 'mental',
  听力: 'hearing',
} as const;
const LEVELS = {
  学前: 'preschool',
  义务教育: 'compulsory',
  高中: 'senior-secondary',
  中职: 'vocational',
  大学: 'undergraduate',
  研究生: 'postgraduate',
} as const;
const GROUPS = {
  传统救济对象: 'traditional-relief',
  优抚孤老烈属: 'preferential-lone',
  单亲: 'lone-parent',
  独居: 'living-alone',
  当地规定的其他人员: 'local-special',
} as const;
const EXEMPT = { 低保: 'dibao', 特困: 'tekun', 低收入: 'low-income' } as const;

function income(kind: Income['kind'], text: string | undefined, basis: Income['basis']): Income[] {
  return text === undefined ? [] : [{ kind, amount: text, basis }];
}

/** What the sheet would make of a household, without the register between. */
function caseOf({ members, operatingIncome, propertyIncome, obligors = [] }: SampleHousehold): HouseholdCase {
  const persons = members.map((each, index): HouseholdMember => {
    const { work, group, disability, student, excluded } = each;
    return member(`P${index + 1}`, {
      relation: RELATION_WORDS[each.relation]!,
      covered: each.covered,
      birthDate: each.birthDate,
      seriousIllness: each.seriousIllness === true,
      pensionAge: each.pensionAge === true,
      reducedWorkCapacity: each.reducedWorkCapacity === true,
      ...(disability && { disability: { grade: disability.grade, kind: KINDS[disability.kind] } }),
      ...(student && { student: LEVELS[student] }),
      ...(work && {
        employment: { kind: work.kind === '在职' ? 'employed' : 'flexible', monthly: work.wage } as const,
      }),
      ...(group && { specialGroups: [GROUPS[group]] }),
      ...(excluded && { exclusion: 'custody' as const }),
      incomes: [
        ...income('pension', each.pension, 'month'),
        ...income('maintenance-received', each.maintenance, 'month'),
        ...income('transfer', each.transfer, 'month'),
        ...income('other', each.otherIncome, 'year'),
      ],
    });
  });
  return householdOf(persons, {
    incomes: [...income('operating', operatingIncome, 'year'), ...income('property', propertyIncome, 'year')],
    obligors: obligors.map(({ duty, income: monthlyIncome, persons: number, supported, exempt }) => ({
      duty: duty === '赡养' ? 'parent-support' : 'child-support',
      monthlyIncome,
      persons: number,
      supported,
      ...(exempt && { exempt: EXEMPT[exempt] }),
    })),
  });
}

const BEIJING = viewOf('110000');

describe('the programme and the second arithmetic', () => {
  it('come to the same fen for any household', () => {
    const due: boolean[] = [];
    fc.assert(
      fc.property(anyHousehold, pick('2026-10', '2026-11', '2027-02'), (each, month) => {
        const expected = assessedAmount(each, month);
        due.push(expected > 0);
        expect(Number(must(propose(caseOf(each), BEIJING, month)).fen)).toBe(expected);
      }),
      { numRuns: 1000 },
    );
    // Most of them are poor, and some are not.
    expect(due.filter(Boolean).length).toBeGreaterThan(300);
    expect(due.filter((paid) => !paid).length).toBeGreaterThan(50);
  });
});
