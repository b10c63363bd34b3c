// Goal: top-ups and 单人保 by every named option, to the fen. Method: one small household per option, ages the month before, of and
// after.
import { describe, expect, it } from 'vitest';
import type { HouseholdMember } from '../../../../domain/household/household-case.ts';
import { propose } from '../../../../domain/programmes/dibao/propose.ts';
import { codeOf } from '../samples.ts';
import { due, family, householdOf, member, monthly, proposed, viewOf } from './samples.ts';

const BEIJING = '110000';
const LINKOU = '231025';
const XINGHUA = '321281';
const MONTH = '2024-09';

describe('top-ups', () => {
  const withOne = (changes: Partial<HouseholdMember>) => householdOf([member('P1', changes)]);

  it.each([
    ['nothing', {}, '0.00'],
    ['serious illness', { seriousIllness: true }, '507.50'],
    ['severe disability', { disability: { grade: 3, kind: 'intellectual' } }, '507.50'],
    ['disability that is not severe', { disability: { grade: 3, kind: 'limb' } }, '0.00'],
    ['pension age', { pensionAge: true }, '362.50'],
    ['hardly able to work', { reducedWorkCapacity: true }, '362.50'],
    ['a student', { birthDate: '2004-01-01', student: 'undergraduate' }, '362.50'],
    ['a postgraduate', { birthDate: '2000-01-01', student: 'postgraduate' }, '0.00'],
    ['a group of the place', { specialGroups: ['local-special'] }, '362.50'],
    [
      'three reasons, the higher once',
      { seriousIllness: true, pensionAge: true, birthDate: '1950-01-01' },
      '507.50',
    ],
  ] as const)('北京, %s: %s', (_, changes, expected) => {
    expect(due(BEIJING, withOne(changes), MONTH)).toBe(`1450.00 + ${expected}`);
  });

  it.each([
    ['北京, 60', BEIJING, '1964-09-30', ['0.00', '362.50', '362.50']],
    ['北京, 17', BEIJING, '2007-09-30', ['362.50', '0.00', '0.00']],
    ['林口, 60', LINKOU, '1966-09-30', ['0.00', '142.00', '142.00']],
    ['林口, 18', LINKOU, '2008-09-30', ['142.00', '0.00', '0.00']],
  ])('%s: the month before, of and after the birthday', (_, place, birthDate, expected) => {
    const year = place === BEIJING ? '2024' : '2026';
    const topUps = ['08', '09', '10'].map(
      (month) => due(place, withOne({ birthDate }), `${year}-${month}`).split(' + ')[1],
    );
    expect(topUps).toEqual(expected);
    const later = ['09', '10', '11'].map(
      (month) =>
        due(place, withOne({ birthDate }), `${year}-${month}`, { ageChange: 'next-month' }).split(' + ')[1],
    );
    expect(later).toEqual(expected);
  });

  it.each([
    ['feb-28', ['0.00', '362.50']],
    ['mar-1', ['0.00', '0.00']],
  ])('born on 29 February, %s', (leapDay, expected) => {
    const topUps = ['2025-01', '2025-02'].map((month) => {
      // 61 in 2025, a common year.
      const tiers = [{ when: [{ group: 'elderly', fromAge: 61 }], percent: '25' }];
      const changes = { leapDay, topUps: { tiers, overlap: 'highest' } };
      return due(BEIJING, withOne({ birthDate: '1964-02-29' }), month, changes).split(' + ')[1];
    });
    expect(topUps).toEqual(expected);
  });

  it('兴化: classes exclude each other in the order of the list', () => {
    const of = (changes: Partial<HouseholdMember>, rules = {}) =>
      due(XINGHUA, withOne(changes), '2025-06', rules);
    const severe = { disability: { grade: 1, kind: 'limb' as const } };
    expect(of({ birthDate: '1950-01-01' })).toBe('710.00 + 71.00');
    expect(of({ specialGroups: ['living-alone'] })).toBe('710.00 + 71.00');
    expect(of({ specialGroups: ['returned-overseas', 'veteran'] })).toBe('710.00 + 71.00');
    expect(of({ ...severe, birthDate: '1950-01-01' })).toBe('710.00 + 0.00');
    expect(of({ ...severe, seriousIllness: true })).toBe('710.00 + 142.00');
    const tiers = [
      { when: [{ group: 'severe-disability' }], percent: '0' },
      { when: [{ group: 'elderly', fromAge: 60 }], percent: '10' },
    ];
    const highest = { topUps: { tiers, overlap: 'highest' } };
    expect(of({ ...severe, birthDate: '1950-01-01' }, highest)).toBe('710.00 + 71.00');
  });

  it('兴化: full standard for the ill, a difference for the others, each rounded', () => {
    const members = [
      member('P1', { seriousIllness: true }),
      member('P2', { birthDate: '1950-01-01' }),
      member('P3'),
    ];
    // 710 + 142; ceil(710 − 33.33…) + 71; ceil(710 − 33.33…).
    expect(due(XINGHUA, householdOf(members, { incomes: monthly('100.00') }), '2025-06')).toBe(
      '2064.00 + 213.00',
    );
  });

  it('rounded for each person, once, or with the base (ambiguity 5)', () => {
    const household = householdOf(
      [member('P1', { seriousIllness: true }), member('P2', { seriousIllness: true })],
      { incomes: [{ kind: 'transfer', amount: '0.06', basis: 'year' }] },
    );
    const rules = (order: string, rule: string, unit: string) => ({
      topUps: { tiers: [{ when: [{ group: 'serious-illness' }], percent: '35.0003' }], overlap: 'highest' },
      topUpRounding: { order, rule, unit },
      incomeDeduction: 'none',
      base: { formula: 'household-total', level: 'household', rule: 'down', unit: 'fen' },
    });
    // 507.50435 each; 1015.0087 together; 2899.995 of base, 2899.99 rounded down.
    const of = (order: string, rule = 'up', unit = 'fen') =>
      due(BEIJING, household, MONTH, rules(order, rule, unit));
    expect(of('each-person')).toBe('2899.99 + 1015.02');
    expect(of('household')).toBe('2899.99 + 1015.01');
    // 3915.0037 in all, rounded up to 3915.01.
    expect(of('with-base')).toBe('2899.99 + 1015.02');
    expect(of('with-base', 'down')).toBe('2899.99 + 1015.01');
    expect(of('with-base', 'down', 'yuan')).toBe('2899.99 + 1015.01');
    expect(of('household', 'half-up', 'yuan')).toBe('2899.99 + 1015.00');
  });

  it('rounding with the base never makes a top-up negative', () => {
    const household = householdOf([member('P1', { seriousIllness: true })]);
    const rules = {
      standard: { urban: '100.40', rural: '100.40' },
      topUps: { tiers: [{ when: [{ group: 'serious-illness' }], percent: '0.1' }], overlap: 'highest' },
      topUpRounding: { order: 'with-base', rule: 'down', unit: 'yuan' },
    };
    expect(due(BEIJING, household, MONTH, rules)).toBe('100.40 + 0.00');
  });

  it('广州: percentages are of the old standard until the document reaches them', () => {
    const household = householdOf([member('P1', { seriousIllness: true })]);
    const topUps = ['2025-05', '2025-06', '2025-07'].map(
      (month) => due('440100', household, month).split(' + ')[1],
    );
    expect(topUps).toEqual(['371.40', '392.70', '392.70']);
    expect(proposed('440100', household, '2025-06').sample).toBe(true);
    expect(proposed('440100', householdOf([member('P1')]), '2025-06').sample).toBe(false);
  });
});

describe('单人保', () => {
  const single = (changes: Partial<HouseholdMember>, recognised = true) =>
    householdOf(
      [
        member('P1', changes),
        member('P2', { covered: false, employment: { kind: 'employed', monthly: '3000.00' } }),
      ],
      {
        application: { kind: 'single-person', familyRecognisedMarginal: recognised },
      },
    );
  const mental = (grade: number) => ({ disability: { grade, kind: 'mental' as const } });

  it.each([
    ['seriously ill', { seriousIllness: true }, '710.00'],
    // 75 % of 710 is 532.50, 65 % is 461.50: rounded up.
    ['mental, grade 3', mental(3), '533.00'],
    ['mental, grade 1', mental(1), '462.00'],
    ['limb, grade 2', { disability: { grade: 2, kind: 'limb' as const } }, '462.00'],
    ['limb, grade 3', { disability: { grade: 3, kind: 'limb' as const } }, '0.00'],
    ['ill and grade 3, the first listed', { seriousIllness: true, ...mental(3) }, '710.00'],
    ['healthy', {}, '0.00'],
  ])('兴化, %s: %s', (_, changes, expected) => {
    expect(due(XINGHUA, single(changes), '2025-06')).toBe(`${expected} + 0.00`);
  });

  it('only for the one covered person of a family recognised as low-income', () => {
    const ill = { seriousIllness: true };
    expect(due(LINKOU, single(ill), '2026-05')).toBe('313.00 + 0.00');
    expect(due(LINKOU, single(ill, false), '2026-05')).toBe('0.00 + 0.00');
    const two = householdOf([member('P1', ill), member('P2', ill)], {
      application: { kind: 'single-person', familyRecognisedMarginal: true },
    });
    expect(due(LINKOU, two, '2026-05')).toBe('0.00 + 0.00');
    expect(proposed(LINKOU, two, '2026-05').eligible).toBe(false);
  });

  it('林口: flat by date, also in months that have no standard', () => {
    const of = (month: string) => due(LINKOU, single({ seriousIllness: true }), month);
    expect(['2026-02', '2026-03', '2026-04', '2026-05'].map(of)).toEqual([
      '282.00 + 0.00',
      '282.00 + 0.00',
      '313.00 + 0.00',
      '313.00 + 0.00',
    ]);
  });

  it('gets top-ups only where policy says so', () => {
    const flat = { rule: 'flat', groups: [{ group: 'serious-illness' }], urban: '300.00', rural: '200.00' };
    const of = (topUps: boolean) =>
      due(LINKOU, single({ seriousIllness: true }), '2026-05', { singlePerson: { ...flat, topUps } });
    expect([of(false), of(true)]).toEqual(['300.00 + 0.00', '300.00 + 142.00']);
  });

  it('is refused where the place has none, like hardship from spending', () => {
    const of = (kind: 'single-person' | 'rigid-expenditure') => {
      const application =
        kind === 'single-person' ? ({ kind, familyRecognisedMarginal: true } as const) : { kind };
      return codeOf(propose(family(1, '0.00', { application }), viewOf('500000'), MONTH));
    };
    expect([of('single-person'), of('rigid-expenditure')]).toEqual([
      'policy/not-offered',
      'policy/not-offered',
    ]);
  });
});
