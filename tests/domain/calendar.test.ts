import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMonths,
  birthday,
  cycleOf,
  daysInMonth,
  isLeapYear,
  isMonth,
  isPlainDate,
  maxMonth,
  monthOf,
  monthRange,
  monthsBetween,
  monthsOfPeriod,
  PAY_CYCLES,
  parseDate,
  periodOf,
} from '../../domain/calendar.ts';
import { InvariantError } from '../../domain/result.ts';

const months = fc
  .integer({ min: 1900 * 12, max: 2190 * 12 })
  .map((value) => `${Math.floor(value / 12)}-${String((value % 12) + 1).padStart(2, '0')}`);

describe('dates', () => {
  it('knows leap years by the Gregorian rule', () => {
    expect([1900, 2000, 2023, 2024, 2100].map(isLeapYear)).toEqual([false, true, false, true, false]);
  });

  it('knows the length of every month', () => {
    const lengths = Array.from({ length: 12 }, (_, index) => daysInMonth(2026, index + 1));
    expect(lengths).toEqual([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
    expect([daysInMonth(2024, 2), daysInMonth(1900, 2)]).toEqual([29, 28]);
  });

  it.each(['1800-01-01', '2199-12-31', '2024-02-29', '2000-02-29', '2026-04-30', '1946-03-05'])(
    '%s exists',
    (text) => {
      expect(isPlainDate(text)).toBe(true);
      const read = parseDate(text);
      expect(read.ok && read.value).toBe(text);
    },
  );

  it.each([
    '1799-12-31',
    '2200-01-01',
    '2023-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-00-10',
    '2026-13-01',
    '2026-01-00',
    '2026-01-32',
    '2026-1-1',
    '2026/01/01',
    '20260101',
    '2026-01-01T00:00',
    ' 2026-01-01',
    '',
  ])('%j is no date and is refused as such', (text) => {
    expect(isPlainDate(text)).toBe(false);
    const read = parseDate(text);
    expect(read.ok ? 'ok' : read.error.code).toBe('invalid/date');
  });

  it('every day of a month exists, and the day after the last does not', () => {
    fc.assert(
      fc.property(months, (month) => {
        const last = daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5)));
        for (let day = 1; day <= last; day += 1)
          expect(isPlainDate(`${month}-${String(day).padStart(2, '0')}`)).toBe(true);
        expect(isPlainDate(`${month}-${last + 1}`)).toBe(false);
      }),
    );
  });
});

describe('birthdays', () => {
  it('fall on the day of birth', () => {
    expect(birthday('1946-12-31', 80, 'feb-28')).toBe('2026-12-31');
    expect(birthday('1947-02-28', 80, 'mar-1')).toBe('2027-02-28');
  });

  it('of 29 February stay there in leap years and follow the policy in others', () => {
    expect(birthday('1944-02-29', 80, 'feb-28')).toBe('2024-02-29');
    expect(birthday('1944-02-29', 80, 'mar-1')).toBe('2024-02-29');
    expect(birthday('1944-02-29', 81, 'feb-28')).toBe('2025-02-28');
    expect(birthday('1944-02-29', 81, 'mar-1')).toBe('2025-03-01');
    // 2100 is no leap year.
    expect(birthday('2000-02-29', 100, 'mar-1')).toBe('2100-03-01');
  });
});

describe('months', () => {
  it('are written YYYY-MM', () => {
    expect(['2026-01', '2026-12'].every(isMonth)).toBe(true);
    for (const wrong of ['2026-00', '2026-13', '2026-1', '2026-12-01', '202612', '', '2026-Q4'])
      expect(isMonth(wrong)).toBe(false);
    expect(monthOf('2026-12-31')).toBe('2026-12');
  });

  it('are of the years in which dates can be: 9999-12 is how other systems write “for ever”, and no month', () => {
    expect(['1800-01', '2199-12'].every(isMonth)).toBe(true);
    for (const wrong of ['9999-12', '2200-01', '1799-12', '0001-01']) expect(isMonth(wrong)).toBe(false);
    for (const wrong of ['9999-12', '2200-Q1', '1799-Y']) expect(cycleOf(wrong)).toBeUndefined();
    for (const wrong of ['2200-01-01', '1799-12-31']) expect(isPlainDate(wrong)).toBe(false);
  });

  it('add over the end of the year in both directions', () => {
    expect(addMonths('2026-12', 1)).toBe('2027-01');
    expect(addMonths('2026-01', -1)).toBe('2025-12');
    expect(addMonths('2026-06', 0)).toBe('2026-06');
    expect(addMonths('2026-06', -30)).toBe('2023-12');
    expect(addMonths('0999-12', 1)).toBe('1000-01');
  });

  it('cannot be counted from what is no month', () => {
    for (const wrong of ['2026-13', '2026-Q4', '2026-1'])
      expect(() => addMonths(wrong, 1)).toThrow(InvariantError);
    expect(() => addMonths('9999-12', 1)).toThrow(InvariantError);
    expect(() => addMonths('0000-01', -1)).toThrow(InvariantError);
  });

  it('count, add and range agree, and text order is calendar order', () => {
    fc.assert(
      fc.property(months, fc.integer({ min: -200, max: 200 }), (month, count) => {
        const other = addMonths(month, count);
        expect(monthsBetween(month, other)).toBe(count);
        expect(addMonths(other, -count)).toBe(month);
        expect(other > month).toBe(count > 0);
        expect(maxMonth(month, other)).toBe(count > 0 ? other : month);
        const range = monthRange(month, other);
        expect(range.length).toBe(Math.max(0, count + 1));
        expect(range.every((at, index) => monthsBetween(month, at) === index)).toBe(true);
      }),
    );
  });
});

describe('pay periods', () => {
  it.each([
    ['2026-12', 'month', ['2026-12']],
    ['2026-Q1', 'quarter', ['2026-01', '2026-02', '2026-03']],
    ['2026-Q4', 'quarter', ['2026-10', '2026-11', '2026-12']],
    ['2026-H1', 'half-year', ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06']],
    ['2026-H2', 'half-year', ['2026-07', '2026-08', '2026-09', '2026-10', '2026-11', '2026-12']],
  ])('%s is a %s', (period, cycle, list) => {
    expect(cycleOf(period)).toBe(cycle);
    expect(monthsOfPeriod(period)).toEqual(list);
  });

  it('a year has its twelve months', () => {
    expect(cycleOf('2026-Y')).toBe('year');
    expect(monthsOfPeriod('2026-Y')).toEqual(monthRange('2026-01', '2026-12'));
  });

  it.each(['2026-Q0', '2026-Q5', '2026-H3', '2026-13', '2026', '2026-', 'x2026-Y', '2026-Y1', ''])(
    '%j is no period',
    (text) => {
      expect(cycleOf(text)).toBeUndefined();
      expect(() => monthsOfPeriod(text)).toThrow(InvariantError);
    },
  );

  it('every month is in exactly the period of its cycle', () => {
    fc.assert(
      fc.property(months, fc.constantFrom(...PAY_CYCLES), (month, cycle) => {
        const period = periodOf(month, cycle);
        expect(cycleOf(period)).toBe(cycle);
        const inside = monthsOfPeriod(period);
        expect(inside).toContain(month);
        for (const other of inside) expect(periodOf(other, cycle)).toBe(period);
        expect(periodOf(addMonths(inside[0]!, -1), cycle)).not.toBe(period);
        expect(periodOf(addMonths(inside.at(-1)!, 1), cycle)).not.toBe(period);
      }),
    );
  });
});
