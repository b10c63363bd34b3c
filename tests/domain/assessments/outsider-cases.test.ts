// Goal: somebody who has only the JSON Schema and the examples gets the amount that the rule gives, in the words that came to mind.
import { describe, expect, it } from 'vitest';
import { givenFacts } from '../../../domain/assessments/given-facts.ts';
import { FACT_DESCRIPTIONS } from '../../../domain/register/fact-descriptions.ts';
import { amountsOf, assessed, pathsOf } from './assessed.ts';

const adults = (count: number) =>
  [40, 41, 35].slice(0, count).map((age, index) => ({ id: `p${index}`, age }));
const family = (members: readonly object[], more: object = {}) => ({ residence: 'urban', members, ...more });
const works = { from: '2024-09', employment: { kind: 'employed', monthly: 9000 } };
const [head, ...others] = adults(3);
const tapered = ['1950.00', '1950.00', '1950.00', '1950.00', '975.00', '975.00', '975.00', '0.00', '0.00'];

describe('a change of what was decided, where the case does not say what was', () => {
  const taper = { kind: 'taper', on: '2024-09-10' };
  it.each([
    ['nothing said: what the month before comes to', { programme: 'dibao', decision: taper }],
    ['by component, from the start', { programme: 'dibao', determined: { base: 1950 }, decision: taper }],
    ['an amount alone', { programme: 'dibao', determined: '1950', decision: taper }],
    ['what was paid', { programme: 'dibao', paid: { '2024-08': 1950 }, decision: taper }],
  ])('渐退: %s', (_, enrolment) => {
    const household = family([{ ...head, changes: [works] }, ...others], { incomes: 2400 });
    const answer = assessed('110000', '2024-09..2025-05', { household, enrolments: [enrolment] });
    expect(amountsOf(answer)).toEqual(tapered);
  });

  it.each([
    [{ '2024-07': 4185, '2024-08': 4185 }],
    [
      [
        { month: '2024-07', amount: 4185 },
        { month: '2024-08', base: '4185.00' },
      ],
    ],
    [[{ from: '2024-07', through: '2024-08', amount: '4,185.00' }]],
  ])('调标 after months paid as %j', (paid) => {
    const enrolment = { programme: 'dibao', decision: { kind: '调标', on: '2024-08-21' }, paid };
    const given = { household: family(adults(3)), enrolments: [enrolment] };
    expect(assessed('110000', '2024-09', given)).toMatchObject({ arrears: '330.00' });
  });

  it('a review counts from the month after', () => {
    const changes = [{ from: '2024-10', incomes: { pension: 500 } }];
    const enrolments = [{ programme: 'dibao', decision: { kind: 'review', on: '2024-10-10' } }];
    const given = { household: family([{ ...head, changes }]), enrolments };
    expect(amountsOf(assessed('110000', '2024-09..2024-11', given))).toEqual([
      '1450.00',
      '1450.00',
      '950.00',
    ]);
  });
});

describe('the first month of a policy', () => {
  it.each([
    ['310105', '2019-04', '1160.00'],
    ['310105', '2020-06', '1160.00'],
    ['310105', '2020-07', '1240.00'],
    ['310105', '2024-06', '1510.00'],
    ['310105', '2024-07', '1595.00'],
    ['231025', '2025-01', '780.00'],
    ['231025', '2026-04', '832.00'],
    ['110000', '2023-07', '1395.00'],
  ])('%s in %s', (place, month, amount) => {
    expect(amountsOf(assessed(place, month, { household: family(adults(1)), enrolments: ['低保'] }))).toEqual(
      [amount],
    );
  });

  it('the month before is refused', () => {
    const given = { household: family(adults(1)), enrolments: ['低保'] };
    expect(amountsOf(assessed('310105', '2019-03', given))).toEqual(['policy/gap']);
    expect(amountsOf(assessed('231025', '2026-03', given))).toEqual(['policy/gap']);
  });
});

describe('刚性支出困难家庭 in 上海', () => {
  const of = (place: string, medical: number, more: object = {}) => ({
    place,
    given: {
      household: family(adults(3), { incomes: 9000, spending: [{ kind: '医疗', amount: medical }], ...more }),
      enrolments: ['dibao'],
    },
  });
  it.each([
    ['A17', of('310000', 6000), '1950.00'],
    ['spending over the income: the full standard', of('310000', 10_000), '4950.00'],
    ['no hardship', of('310000', 100), '0.00'],
    ['applied for as 低保', of('310000', 6000, { application: 'household' }), '0.00'],
    ['not offered there', of('110000', 6000), '0.00'],
  ])('%s', (_, { place, given }, amount) => {
    expect(amountsOf(assessed(place, '2025-08', given))).toEqual([amount]);
  });
});

describe('特困 and 低保 in one case', () => {
  const together = (member: object) => ({
    household: family([{ id: 'old', age: 70, ...member }]),
    enrolments: ['特困', '低保'].map((programme) => ({
      programme,
      ...(programme === '特困' && { person: 'old' }),
    })),
  });
  it('the destitute are not covered by 低保, unless the case says so', () => {
    for (const [place, amount] of [
      ['440106', '2094.40'],
      ['110000', '2175.00'],
    ] as const) {
      expect(amountsOf(assessed(place, '2025-09', together({})))).toEqual(['0.00', amount]);
      const covered = assessed(place, '2025-09', together({ covered: true }));
      expect(covered.results.find(({ programme }) => programme === 'tekun')).toMatchObject({
        amount: '0.00',
      });
    }
  });
});

describe('单人保', () => {
  const of = (member: object, application: string) => ({
    household: family([{ id: 'one', age: 40, ...member }], { application }),
    enrolments: ['dibao'],
  });
  it.each([
    ['321281', { disability: '一级肢体' }, '462.00'],
    ['321281', { disability: '三级智力' }, '533.00'],
    ['321281', { seriousIllness: true }, '710.00'],
    ['231025', { seriousIllness: true }, '313.00'],
  ])('%s, %j', (place, member, amount) => {
    const month = '2026-05';
    for (const application of ['单人保', 'single-person', 'single-person:marginal'])
      expect(amountsOf(assessed(place, month, of(member, application)))).toEqual([amount]);
  });

  it('北京, 生活补贴 of children and students of low-income families: 25% of the standard', () => {
    const parent = { id: 'parent', age: 40, covered: false };
    const child = (more: object) => ({
      household: family([parent, { id: 'child', relation: 'child', ...more }], { application: '单人保' }),
      enrolments: ['dibao'],
    });
    const of = (more: object) => amountsOf(assessed('110000', '2024-06..2024-07', child(more)));
    expect(of({ age: 10 })).toEqual(['348.75', '362.50']);
    expect(of({ age: 20, student: 'undergraduate' })).toEqual(['348.75', '362.50']);
    expect(of({ age: 20 })).toEqual(['0.00', '0.00']);
  });

  it('of a family that is said to be of no class pays nothing', () => {
    const given = of({ seriousIllness: true, identityClass: 'none' }, 'single-person');
    expect(amountsOf(assessed('231025', '2026-05', given))).toEqual(['0.00']);
  });
});

describe('facts by the names and in the words that people use', () => {
  const destitute = (facts: object) => ({
    person: { age: 70, residence: 'rural', facts },
    enrolments: [{ programme: 'tekun-care', careSetting: '分散供养' }],
  });
  it.each([
    [{ 'self-care': 'half' }],
    [{ selfCare: 'half' }],
    [{ self_care: 'half' }],
    [{ selfCare: '半护理' }],
    [{ 'self-care': [{ value: '半护理', from: '2020-01-01' }] }],
  ])('%j', (facts) => {
    expect(amountsOf(assessed('231025', '2026-09', destitute(facts)))).toEqual(['319.00']);
  });

  it('what they say wrong is told with the name they gave', () => {
    expect(pathsOf('231025', '2026-09', destitute({ selfCare: 'so so' }))).toEqual([
      'persons[0].facts.selfCare',
    ]);
    expect(pathsOf('231025', '2026-09', destitute({ selfPity: 'half' }))).toEqual([
      'persons[0].facts.selfPity',
    ]);
  });

  it('categories of children in words', () => {
    for (const category of ['dibao-ill-disabled', '低保家庭重病、残疾儿童', '低保家庭残疾儿童']) {
      const enrolments = [{ programme: '困境儿童', facts: { 儿童类别: category } }];
      expect(amountsOf(assessed('110000', '2025-07', { person: { age: 10 }, enrolments }))).toEqual([
        '1140.00',
      ]);
    }
  });

  const OPTIONS = Object.entries(FACT_DESCRIPTIONS).flatMap(([kind, { form }]) =>
    [...form.zh.matchAll(/([a-z][a-z:-]*)（([^）]+)）/g)].flatMap(([, value = '', words = '']) =>
      words.split('、').map((word) => [kind, word, value] as const),
    ),
  );
  it.each(OPTIONS)('what a refusal offers is taken: %s %s', (kind, word, value) => {
    const from = { person: '2020-01-01', enrolment: '2020-01-01' };
    const input = { path: 'facts', from, jurisdiction: '110000', today: '2026-01-14' };
    const read = givenFacts({ ...input, facts: { [kind]: word } });
    expect(read.problems).toEqual([]);
    expect([...read.person, ...read.enrolment]).toMatchObject([{ kind, value }]);
  });

  it('what is offered is more than a few', () => {
    expect(OPTIONS.length).toBeGreaterThan(15);
  });

  it('the class of a person beside an enrolment, in words', () => {
    for (const identityClass of ['低保', '低保户', 'dibao']) {
      const facts = { 残疾等级: '一级', 残疾类别: '肢体', 人员类别: identityClass };
      const enrolments = [{ programme: 'disability-living', appliedOn: '2025-02-01', facts }];
      expect(amountsOf(assessed('110000', '2025-03', { person: { age: 45 }, enrolments }))).toEqual([
        '400.00',
      ]);
    }
  });

  it('one person in two districts', () => {
    const enrolments = ['110101', '110102'].map((jurisdiction) => ({
      programme: 'disability-living',
      jurisdiction,
      ...(jurisdiction === '110102' && { paidElsewhereThrough: '2024-08' }),
    }));
    const changes = [{ from: '2024-08-10', registration: '110102' }];
    const person = { age: 40, identityClass: '低收入', disability: '1级肢体', changes };
    const answer = amountsOf(assessed('110101', '2024-08..2024-09', { person, enrolments }));
    expect(answer).toEqual(['1450.00', '0.00', '0.00', '1450.00']);
    const again = [...enrolments, enrolments[0]];
    expect(pathsOf('110101', '2024-08', { person, enrolments: again })).toEqual(['enrolments[2]']);
  });

  it('a day of death under another name', () => {
    const person = { dateOfBirth: '1934-09-20', diedOn: '2024-10-10' };
    const given = { person, enrolments: ['高龄津贴'] };
    expect(amountsOf(assessed('110000', '2024-10..2024-11', given))).toEqual(['500.00', '0.00']);
  });
});

describe('临时救助 as somebody tells it', () => {
  const aid = (facts: object, more: object = {}) => ({
    enrolments: [{ programme: '临时救助', decidedOn: '2025-06-16', facts, ...more }],
  });
  it.each([
    ['F1', '440100', { kind: '急难型', persons: '3', months: 2 }, '7854.00'],
    ['F3', '440100', { kind: '支出型', persons: 1, spend: 20_000 }, '15708.00'],
    ['F4: 50,000 a year', '440100', { type: 'spending', persons: 4, expense: 90_000 }, '50000.00'],
    ['F5', '310000', { kind: 'urgent', months: 3 }, '4785.00'],
    ['F6', '110000', { kind: 'expense', spend: '45,000元', family: '低保' }, '19500.00'],
    ['F7', '110000', { kind: 'spending', spend: 45_000, severelyDisabled: true }, '19500.00'],
    ['F7 without', '110000', { kind: 'spending', spend: 45_000, severelyDisabled: false }, '15000.00'],
    [
      'F8: 24 months of the standard',
      '110000',
      { kind: 'spending', spend: 100_000, family: 'dibao' },
      '34800.00',
    ],
    ['F9', '321281', { kind: '支出', spend: 20_000 }, '1065.00'],
    [
      '先行 for three months',
      '440100',
      { kind: 'urgent', persons: 2, months: 3, payFirst: '是' },
      'policy/months',
    ],
    [
      'below the least',
      '110000',
      { kind: 'spending', spend: '1999.99', family: 'dibao' },
      'policy/spend-below-least',
    ],
  ])('%s', (_, place, facts, amount) => {
    expect(amountsOf(assessed(place, '2025-06', aid(facts)))).toEqual([amount]);
  });

  it('what was taken for granted is said', () => {
    const paths = assessed('440100', '2025-06', aid({ kind: 'urgent', months: 2 })).assumed?.map(
      ({ path }) => path,
    );
    const filled = ['persons', 'residence', 'registration', 'family', 'cause', 'eventOn'];
    expect(paths).toEqual(filled.map((field) => `enrolments[0].facts.${field}`));
  });
});

describe('the line of a table in words', () => {
  const LINES = [
    [
      '110000',
      { identityClass: '低保' },
      '2025-07：重度，低保，按政策表“低保、重度”一档（多项符合：列在前者）',
    ],
    [
      '310000',
      { employment: '无业' },
      '2025-07：重度，其他或低保边缘（低收入），无业，16–59周岁，按政策表“无业、重度”一档（多项符合：列在前者）',
    ],
    ['110000', { age: 10 }, '2025-07：重度，0–15周岁，按政策表“未成年人、重度”一档（多项符合：列在前者）'],
  ] as const;
  it.each(LINES)('%s %j', (place, who, sentence) => {
    const person = { age: 40, disability: '肢体一级', ...who };
    const answer = assessed(place, '2025-07', { person, enrolments: [{ programme: 'disability-living' }] });
    const [living] = answer.results;
    const steps = living && 'derivation' in living ? living.derivation : [];
    expect(steps.filter(({ code }) => code.startsWith('class')).map(({ zh }) => zh)).toEqual([sentence]);
  });
});
