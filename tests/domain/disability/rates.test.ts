// Goal: lines of the table by age, work, own income, residence and self-care, at each side of a boundary, and what is missing is asked for.
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../domain/register/facts.ts';
import { bookWith, due, fact, LIVING, months, NURSING, person } from './samples.ts';

const BJ = '110000';
const nobody = (grade: string, ...more: Fact[]): Fact[] =>
  person(grade, '2017-03-01', ...more).filter(({ kind }) => kind !== 'identity-class');
const born = (on: string) => fact('birth-date', on);
const work = (value: string, on = '2015-01-01') => fact('employment', on, value);
const income = (value: string, on = '2015-01-01') => fact('incomes', on, value);

describe('北京', () => {
  it('16 and 60 are boundaries, in the month of the birthday', () => {
    const young = nobody('2:limb', born('2008-09-20'), work('none'));
    expect(months(BJ, young, '2024-08', 2)).toEqual(['300.00', '1450.00']);
    const old = nobody('2:limb', born('1964-09-20'), work('none'), income('pension:1000.00:month'));
    expect(months(BJ, old, '2024-08', 2)).toEqual(['1450.00', '450.00']);
  });

  it.each([
    ['basic-pension:1449.99:month', '0.01'],
    ['basic-pension:1450.00:month', '0.00'],
    ['pension:2000.00:month', '0.00'],
    ['basic-pension:12000.00:year', '450.00'],
    // What the state gives as preferential treatment is no income.
    ['preferential-allowance:1200.00:month', '1450.00'],
    ['', '1450.00'],
  ])('an elderly person with %j: %s', (value, yuan) => {
    expect(due(BJ, nobody('3:limb', born('1950-05-20'), work('none'), income(value)), '2024-09')).toBe(yuan);
  });

  it('work ends the class of those without work in the month after', () => {
    const facts = nobody('2:limb', born('1990-05-20'), work('none'), work('employed:3000.00', '2024-09-10'));
    expect(months(BJ, facts, '2024-09', 2)).toEqual(['1450.00', '0.00']);
  });

  it('what nobody recorded is asked for, and only where it decides', () => {
    expect(due(BJ, nobody('2:limb'), '2024-09')).toBe('missing/birth-date');
    expect(due(BJ, nobody('2:limb', born('1990-05-20')), '2024-09')).toBe('missing/employment');
    expect(due(BJ, nobody('2:limb', born('1950-05-20')), '2024-09')).toBe('missing/incomes');
    expect(due(BJ, nobody('2:limb', born('2012-05-20')), '2024-09')).toBe('300.00');
    expect(due(BJ, nobody('2:limb'), '2024-09', { programme: NURSING })).toBe('100.00');
  });
});

describe('other tables', () => {
  it('the difference to the standard is never negative', () => {
    const rows = [{ class: 'all', amount: { rule: 'standard-less-income' } }];
    const book = bookWith(BJ, LIVING, { rates: { overlap: 'first-listed', rows } });
    expect(
      due(BJ, nobody('2:limb', work('none'), income('pension:2000.00:month')), '2024-09', { book }),
    ).toBe('0.00');
  });

  it('the line that gives most, where policy says so', () => {
    const rows = [
      { class: 'dibao', identity: ['dibao'], amount: '100.00' },
      { class: 'severe', tiers: ['severe'], amount: '150.00' },
      { class: 'other', amount: '90.00' },
    ];
    const first = bookWith(BJ, LIVING, { rates: { overlap: 'first-listed', rows } });
    const highest = bookWith(BJ, LIVING, { rates: { overlap: 'highest', rows } });
    expect(due(BJ, person('1:limb', '2017-03-01'), '2024-09', { book: first })).toBe('100.00');
    expect(due(BJ, person('1:limb', '2017-03-01'), '2024-09', { book: highest })).toBe('150.00');
  });

  it('by age above and below sixty', () => {
    const rows = [
      { class: 'elderly', tiers: ['severe'], fromAge: 60, amount: '80.00' },
      { class: 'severe', tiers: ['severe'], throughAge: 59, amount: '120.00' },
    ];
    const tiers = [{ tier: 'severe', grades: [1, 2] }];
    const book = bookWith(BJ, NURSING, { tiers, rates: { overlap: 'first-listed', rows } });
    const facts = nobody('2:limb', born('1964-09-20'));
    expect(months(BJ, facts, '2024-08', 2, { book, programme: NURSING })).toEqual(['120.00', '80.00']);
  });

  it('by self-care and by residence, of the person or of the household', () => {
    const care = (level: string) => person('1:limb', '2022-03-01', fact('self-care', '2022-01-01', level));
    const nursing = { programme: NURSING };
    expect(['full', 'half', 'none'].map((level) => due('330203', care(level), '2025-01', nursing))).toEqual([
      '125.00',
      '250.00',
      '500.00',
    ]);
    expect(due('330203', person('1:limb', '2022-03-01'), '2025-01', nursing)).toBe('missing/self-care');
    expect(due('320000', person('1:limb', '2023-05-01'), '2025-01', nursing)).toBe('missing/residence');
  });

  it('a percentage of a base that the place sets, rounded as it says', () => {
    const rows = [
      {
        class: 'half-up',
        tiers: ['grade-one'],
        amount: { percent: '30', of: 'base', rule: 'half-up', unit: 'yuan' },
      },
      { class: 'down', amount: { percent: '25', of: 'base', rule: 'down', unit: 'jiao' } },
    ];
    const rates = { overlap: 'first-listed', rows };
    const set = bookWith('350000', NURSING, { base: { urban: '484.50', rural: '484.50' }, rates });
    const at = { book: set, programme: NURSING };
    expect(due('350000', person('1:limb'), '2025-01', at)).toBe('145.00');
    expect(due('350000', person('2:limb'), '2025-01', at)).toBe('121.10');
    const unset = bookWith('350000', NURSING, { rates });
    expect(due('350000', person('1:limb'), '2025-01', { ...at, book: unset })).toBe('policy/no-rule');
  });
});
