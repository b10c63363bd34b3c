// Goal: a case may be written in several ways and comes to the same; what is wrong with it is told at its place, and everything at once.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountsOf, asked, assessed, pathsOf } from './assessed.ts';

const place = '110000';
const month = '2024-09';
const family = {
  household: {
    residence: 'urban',
    members: [
      {
        id: 'father',
        relation: 'head',
        birthDate: '1980-05-10',
        employment: { kind: 'employed', monthly: '2800.00' },
      },
      { id: 'mother', relation: 'spouse', birthDate: '1979-03-01' },
      { id: 'child', relation: 'child', birthDate: '2014-06-01' },
    ],
    incomes: [{ kind: 'transfer', amount: '100.00', basis: 'month' }],
  },
  enrolments: [{ programme: 'dibao' }],
};
const [father, mother, child] = family.household.members;
const zhang = { birthDate: '1985-04-12', identityClass: 'dibao', disability: { grade: 1, kind: 'limb' } };
const both = { enrolments: ['disability-living', 'disability-nursing'] };

describe('ways to write the same', () => {
  const expected = amountsOf(assessed(place, month, family));
  it.each([
    [
      'numbers and words in Chinese',
      { ...father, relation: '户主', employment: { kind: '在职', monthly: 2800 } },
    ],
    [
      'dates with slashes, amounts with separators',
      { ...father, birthDate: '1980/5/10', employment: { kind: '就业', monthly: '2,800元' } },
    ],
    [
      'what is not so said explicitly',
      { ...father, seriousIllness: '否', specialGroups: '无', disability: '无', student: '不在读' },
    ],
  ])('%s', (_, head) => {
    const given = {
      household: {
        residence: '城镇',
        application: '整户',
        members: [head, { ...mother, employment: '未就业' }, { ...child, relation: '子女' }],
        incomes: { kind: '转移收入', amount: 1200, basis: '每年' },
      },
      enrolments: '低保',
    };
    expect(amountsOf(assessed(place, month, given))).toEqual(expected);
  });

  it.each([
    ['1级肢体'],
    ['一级肢体'],
    ['1:limb'],
    ['肢体一级'],
    ['肢体残疾1级'],
    ['一级 肢体残疾'],
    ['limb:1'],
    [{ grade: '一级', kind: '肢体', card: {} }],
    [{ grade: 1, kind: 'limb', card: { state: '有效', issued: '2015-01-01', expires: '2034-12-31' } }],
  ])('a disability as %j', (disability) => {
    const given = { person: { ...zhang, identityClass: '低保', disability }, ...both };
    expect(amountsOf(assessed(place, month, given))).toEqual(['400.00', '300.00']);
  });

  it('a disability that nobody can read is told with how to write it', () => {
    for (const disability of ['较重', '九级肢体', 7]) {
      const given = { person: { ...zhang, disability }, ...both };
      const answer = asked(place, month, given);
      expect(answer.ok ? [] : answer.error).toMatchObject([
        { path: 'persons[0].disability', zh: expect.stringContaining('一级肢体') },
      ]);
    }
  });

  it('a person alone who is in 低保 is a household', () => {
    const given = { person: { age: 40, residence: '城镇', disability: '一级肢体' }, enrolments: '低保' };
    expect(amountsOf(assessed(place, month, given))).toEqual(['1957.50']);
  });

  it('a card that is frozen, cancelled or over pays nothing', () => {
    for (const card of [{ state: '冻结' }, { state: 'cancelled' }, { expires: '2024-01-31' }]) {
      const given = { person: { ...zhang, disability: { ...zhang.disability, card } }, ...both };
      expect([card, amountsOf(assessed(place, month, given))]).toEqual([card, ['0.00', '0.00']]);
    }
  });

  it('the order of members and enrolments changes no amount', () => {
    const members = family.household.members;
    const enrolments = ['dibao', ...both.enrolments.map((programme) => ({ programme, person: 'father' }))];
    const totalOf = (given: unknown) => assessed(place, month, given).total;
    const first = totalOf({ household: { ...family.household, members }, enrolments });
    fc.assert(
      fc.property(
        fc.shuffledSubarray(members, { minLength: 3 }),
        fc.shuffledSubarray(enrolments, { minLength: 3 }),
        (people, programmes) => {
          const given = { household: { ...family.household, members: people }, enrolments: programmes };
          expect(totalOf(given)).toBe(first);
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('what is wrong', () => {
  const members = (...changes: object[]) => ({
    ...family,
    household: { ...family.household, members: changes },
  });
  it.each([
    [
      'a date that never was',
      members({ ...father, birthDate: '1980-02-30' }),
      ['household.members[0].birthDate'],
    ],
    ['an age and a birth date', members({ ...father, age: 44 }), ['household.members[0].age']],
    ['neither of them', members({ id: 'father' }), ['household.members[0].birthDate']],
    [
      'two faults at once',
      members({ ...father, relation: '叔' }, { ...mother, employment: { kind: '在职' } }),
      ['household.members[0].relation', 'household.members[1].employment'],
    ],
    ['one id twice', members(father!, { ...mother, id: 'father' }), ['household.members[1].id']],
    ['a field nobody knows', { ...family, household: { ...family.household, income: 100 } }, ['household']],
    ['a programme nobody knows', { ...family, enrolments: ['舞蹈补贴'] }, ['enrolments[0].programme']],
    ['a programme twice', { ...family, enrolments: ['dibao', 'dibao'] }, ['enrolments[1]']],
    ['nobody said for whom', { ...family, enrolments: ['high-age'] }, ['enrolments[0].person']],
    ['urban or rural', { person: { age: 40 }, enrolments: ['dibao'] }, ['household.residence']],
    ['a household that is missing', { enrolments: ['dibao'] }, ['household']],
    [
      'a fact nobody knows',
      { person: { ...zhang, facts: { height: '180' } }, ...both },
      ['persons[0].facts.height'],
    ],
    [
      'a fact of another form',
      { person: { ...zhang, facts: { custody: 'jail' } }, ...both },
      ['persons[0].facts.custody'],
    ],
    [
      'a component nobody knows',
      { ...family, enrolments: [{ programme: 'dibao', determined: { from: month, amount: { rent: 1 } } }] },
      ['enrolments[0].determined[0].amount'],
    ],
    [
      'facts of a grant',
      { enrolments: [{ programme: 'temporary-aid', facts: { kind: 'dance', persons: 'many', song: 1 } }] },
      ['enrolments[0].facts.kind', 'enrolments[0].facts.persons', 'enrolments[0].facts'],
    ],
    [
      'a trial value of another form',
      { ...family, policy: [{ programme: 'dibao', values: { standard: '1' } }] },
      ['policy[0]'],
    ],
    ['no case at all', [], ['(case)']],
  ])('%s', (_, given, paths) => {
    expect(pathsOf(place, month, given)).toEqual(paths);
  });

  it('says what there may be instead, in both languages', () => {
    const answer = asked(place, month, { ...family, household: { ...family.household, income: 100 } });
    const [found] = answer.ok ? [] : answer.error;
    expect(found?.zh).toContain('incomes');
    expect(found?.en).toContain('there are: residence, application, incomes');
    expect(pathsOf('11', month, family)).toEqual(['jurisdiction']);
    expect(pathsOf(place, '2024-13', family)).toEqual(['from']);
    expect(pathsOf(place, '2024-09..2024-08', family)).toEqual(['through']);
  });

  it('a refused programme leaves the others alone', () => {
    const head = { id: 'head', birthDate: '1936-01-31', identityClass: 'none' };
    const household = { residence: 'rural', members: [head] };
    const answer = assessed('231025', '2026-02', { household, enrolments: ['dibao', 'high-age'] });
    expect(amountsOf(answer)).toEqual(['policy/gap', '100.00']);
    expect(answer.total).toBeUndefined();
  });

  it('and takes those with it that need its amount', () => {
    const born = { id: 'child', birthDate: '2015-03-05', relation: 'child' };
    const household = { residence: 'urban', members: [{ id: 'head', age: 40 }, born] };
    const child = { programme: 'unattended-child', person: 'child', facts: { 'child-category': '120' } };
    // The standard of 低保 ended in May 2026, and the subsidy tops up what 低保 gives.
    const policy = [{ programme: 'unattended-child', values: { stacking: TOPPED_UP } }];
    const given = { household, enrolments: ['dibao', child], policy };
    expect(amountsOf(assessed('440100', '2026-06', given))).toEqual(['policy/gap', 'missing/stacked-amount']);
  });
});

const TOPPED_UP = [{ with: 'dibao', of: 'household', action: 'top-up', reference: 'own-share' }];
