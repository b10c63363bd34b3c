// Goal: base, full standard, top-ups and 单人保 by every named option, to the fen. Method: one small household per option, and the
// same household under two options where the choice matters.
import { describe, expect, it } from 'vitest';
import { propose } from '../../../../domain/programmes/dibao/propose.ts';
import { codeOf } from '../samples.ts';
import { due, family, householdOf, member, monthly, proposed, viewOf } from './samples.ts';

const BEIJING = '110000';
const LINKOU = '231025';
const XINGHUA = '321281';
const MONTH = '2024-09';

describe('the standard of a month', () => {
  const one = family(1);

  it.each([
    ['2024-06', '1395.00 + 0.00'],
    ['2024-07', '1450.00 + 0.00'],
    ['2024-08', '1450.00 + 0.00'],
  ])('北京, new in July: %s', (month, expected) => {
    expect(due(BEIJING, one, month)).toBe(expected);
  });

  it('is another one in town and in the country', () => {
    expect(due(LINKOU, one, '2026-04')).toBe('832.00 + 0.00');
    expect(due(LINKOU, { ...one, residence: 'rural' }, '2026-04')).toBe('632.00 + 0.00');
  });

  it('lapses with its document: 广州 has none from June 2026', () => {
    const of = (month: string) => codeOf(propose(one, viewOf('440100'), month));
    expect(['2026-05', '2026-06', '2026-07'].map(of)).toEqual(['ok', 'policy/gap', 'policy/gap']);
  });

  it('is not known before it is decided', () => {
    const view = (knownOn: string) => propose(one, viewOf(BEIJING, undefined, knownOn), '2024-07');
    const fen = (knownOn: string) => {
      const answer = view(knownOn);
      return answer.ok ? answer.value.fen : answer.error.code;
    };
    expect(['2024-08-20', '2024-08-21', '2024-08-22'].map(fen)).toEqual([139500, 145000, 145000]);
  });

  it.each([
    ['4349.99', '0.01 + 0.00', true],
    ['4350.00', '0.00 + 0.00', false],
    ['4350.01', '0.00 + 0.00', false],
  ])('income %s of three is below the standard or not', (income, expected, eligible) => {
    expect(due(BEIJING, family(3, income), MONTH)).toBe(expected);
    expect(proposed(BEIJING, family(3, income), MONTH).eligible).toBe(eligible);
  });
});

describe('difference and rounding', () => {
  const base = (formula: string, level: string, rule: string, unit: string) => ({
    base: { formula, level, rule, unit },
    topUps: 'none',
  });
  const country = (persons: number, income: string) => family(persons, income, { residence: 'rural' });

  it.each([
    // 632 × 3 − 1894.01 is 1.99; a third of it is 0.6633….
    ['household-total', 'household', 'up', 'yuan', '2.00'],
    ['per-capita-difference', 'household', 'up', 'yuan', '2.00'],
    ['per-capita-difference', 'member', 'up', 'yuan', '3.00'],
    ['per-capita-difference', 'member', 'down', 'yuan', '0.00'],
    ['per-capita-difference', 'member', 'half-up', 'yuan', '3.00'],
    ['per-capita-difference', 'member', 'half-up', 'jiao', '2.10'],
    ['per-capita-difference', 'member', 'half-up', 'fen', '1.98'],
    ['per-capita-difference', 'household', 'half-up', 'fen', '1.99'],
    ['household-total', 'household', 'down', 'yuan', '1.00'],
    ['household-total', 'household', 'half-up', 'jiao', '2.00'],
    ['household-total', 'household', 'down', 'jiao', '1.90'],
  ])('%s per %s, %s to %s: %s', (formula, level, rule, unit, expected) => {
    const changes = base(formula, level, rule, unit);
    expect(due(LINKOU, country(3, '1894.01'), '2026-05', changes)).toBe(`${expected} + 0.00`);
  });

  it('half to even: 0.5 and 1.5 fen', () => {
    const yearly = (amount: string) => [{ kind: 'transfer', amount, basis: 'year' }] as const;
    const of = (rule: string, income: string) =>
      due(
        LINKOU,
        { ...country(2, '0.00'), incomes: yearly(income) },
        '2026-05',
        base('household-total', 'household', rule, 'fen'),
      );
    // 1264 − 0.06 ÷ 12 is 1263.995; 1264 − 0.18 ÷ 12 is 1263.985.
    expect([of('half-up', '0.06'), of('half-up', '0.18')]).toEqual(['1264.00 + 0.00', '1263.99 + 0.00']);
    expect([of('half-even', '0.06'), of('half-even', '0.18')]).toEqual(['1264.00 + 0.00', '1263.98 + 0.00']);
  });

  it('per head of covered persons, or the household’s total: another amount once a member is not covered', () => {
    const household = householdOf([member('P1'), member('P2'), member('P3', { covered: false })], {
      incomes: monthly('900.00'),
      residence: 'rural',
    });
    const of = (formula: string) =>
      due(LINKOU, household, '2026-05', base(formula, 'household', 'half-up', 'fen'));
    expect(of('per-capita-difference')).toBe('664.00 + 0.00');
    expect(of('household-total')).toBe('364.00 + 0.00');
  });

  it('兴化: up to n − 1 yuan more than one rounding for the household', () => {
    const three = family(3, '100.00');
    // 710 − 33.33… is 676.66…, 677 for each.
    expect(due(XINGHUA, three, '2025-06')).toBe('2031.00 + 0.00');
    expect(due(XINGHUA, three, '2025-06', base('per-capita-difference', 'household', 'up', 'yuan'))).toBe(
      '2030.00 + 0.00',
    );
  });

  it('a minimum payment raises what is due, and makes nothing of nothing', () => {
    const minimum = { minimumPayment: { atLeast: '50.00' } };
    expect(due(BEIJING, family(3, '4349.99'), MONTH, minimum)).toBe('50.00 + 0.00');
    expect(due(BEIJING, family(3, '4300.00'), MONTH, minimum)).toBe('50.00 + 0.00');
    expect(due(BEIJING, family(3, '4299.99'), MONTH, minimum)).toBe('50.01 + 0.00');
    expect(due(BEIJING, family(3, '4350.00'), MONTH, minimum)).toBe('0.00 + 0.00');
    // A third of a fen over the minimum is not rounded twice.
    const third = family(3, '0.00', { incomes: [{ kind: 'operating', amount: '1000.00', basis: 'year' }] });
    expect(due(BEIJING, third, MONTH, minimum)).toBe('4266.67 + 0.00');
    const down = base('household-total', 'household', 'down', 'yuan');
    expect(due(BEIJING, family(3, '4349.50'), MONTH, { ...down, ...minimum })).toBe('50.00 + 0.00');
    const few = householdOf([member('P1'), member('P2', { covered: false })], {
      incomes: monthly('1500.00'),
    });
    expect(due(BEIJING, few, MONTH, { ...down, ...minimum })).toBe('0.00 + 0.00');
  });
});

describe('full standard', () => {
  const severe = member('P1', { relation: 'head', disability: { grade: 2, kind: 'visual' } });
  const couple = householdOf([severe, member('P2', { relation: 'sibling' })], {
    incomes: monthly('1000.00'),
  });
  const noDeduction = { incomeDeduction: 'none', topUps: 'none' };
  const split = (how: string) => ({
    ...noDeduction,
    fullStandardIncome: { split: how, incomeDeduction: 'also' },
  });

  it('the income of the others: shared by all, or carried by them (ambiguity 1)', () => {
    // 1450 + (1450 − 500), or 1450 + (1450 − 1000).
    expect(due(BEIJING, couple, MONTH, split('share-of-all'))).toBe('2400.00 + 0.00');
    expect(due(BEIJING, couple, MONTH, split('carried-by-others'))).toBe('1900.00 + 0.00');
    expect(due(BEIJING, couple, MONTH, { ...noDeduction, fullStandard: 'none' })).toBe('1900.00 + 0.00');
  });

  it('never takes the share of the others below nothing', () => {
    const rich = { ...couple, incomes: monthly('2000.00') };
    expect(due(BEIJING, rich, MONTH, split('carried-by-others'))).toBe('1450.00 + 0.00');
    expect(due(BEIJING, rich, MONTH, split('share-of-all'))).toBe('1900.00 + 0.00');
  });

  it('the same split where the household’s total is worked out', () => {
    const total = {
      base: { formula: 'household-total', level: 'household', rule: 'half-up', unit: 'fen' },
    };
    const of = (how: string) => due(BEIJING, couple, MONTH, { ...split(how), ...total });
    expect([of('share-of-all'), of('carried-by-others')]).toEqual(['2400.00 + 0.00', '1900.00 + 0.00']);
  });

  it('only while the household is below the standard', () => {
    const rich = { ...couple, incomes: monthly('2900.00') };
    expect(due(BEIJING, rich, MONTH, noDeduction)).toBe('0.00 + 0.00');
  });

  it.each(['traditional-relief', 'preferential-lone'] as const)('%s', (special) => {
    const members = [member('P1', { specialGroups: [special] }), member('P2')];
    const household = householdOf(members, { incomes: monthly('1000.00') });
    expect(due(BEIJING, household, MONTH, noDeduction)).toBe('2400.00 + 0.00');
  });
});
