import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addWorkingDays,
  dayOfWeek,
  daysBetween,
  dueWithin,
  nextWorkingDay,
  previousWorkingDay,
  workingDaysBetween,
} from '../../domain/working-days.ts';
import { loadWorkingDays } from '../../functions/adapters/working-days.ts';

const days = await loadWorkingDays();
const known = integer({ min: 40, max: 7950 }).map((number) => addDays('2005-01-01', number));
const value = <T>(result: { ok: true; value: T } | { ok: false }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.value;
};

describe('days of the calendar', () => {
  it('agree with the clock of the machine over four centuries', () => {
    assert(
      property(integer({ min: -50_000, max: 80_000 }), (number) => {
        const date = new Date(number * 86_400_000);
        const text = date.toISOString().slice(0, 10);
        expect(addDays('1970-01-01', number)).toBe(text);
        expect(daysBetween('1970-01-01', text)).toBe(number);
        expect(dayOfWeek(text)).toBe(date.getUTCDay() || 7);
      }),
    );
  });
});

describe('what is due within working days', () => {
  // A calendar that ends with 2026, as every one does until the next notice is published.
  const published: typeof days = {
    ...days,
    isWorkingDay: (day) =>
      day < '2027'
        ? days.isWorkingDay(day)
        : { ok: false, error: { code: 'missing/calendar-year', zh: '', en: '' } },
  };

  it('is due on its working day while the calendar reaches it', () => {
    expect(value(dueWithin(published, '2026-11-20', 10))).toBe('2026-12-04');
    expect(value(dueWithin(published, '2026-12-17', 10))).toBe('2026-12-31');
  });

  it('is due on the last day that is known where the calendar ends before, never later than the true day', () => {
    expect(addWorkingDays(published, '2026-12-25', 10).ok).toBe(false);
    expect(value(dueWithin(published, '2026-12-25', 10))).toBe('2026-12-31');
    expect(dueWithin(published, '2027-01-04', 10).ok).toBe(false);
    for (const day of ['2024-12-25', '2025-12-31'])
      expect(value(dueWithin(days, day, 10)) > `${day.slice(0, 4)}-12-31`).toBe(true);
  });
});

describe('working days', () => {
  it('worked example: 15 working days from Tuesday 2026-09-22 end on 2026-10-20, not on 10-13', () => {
    expect(value(addWorkingDays(days, '2026-09-22', 15))).toBe('2026-10-20');
    expect(value(workingDaysBetween(days, '2026-09-22', '2026-10-20'))).toBe(15);
  });

  it.each([
    ['a worked Saturday (调休)', '2026-10-10', true],
    ['a worked Sunday (调休)', '2026-09-20', true],
    ['a Thursday of the National Day', '2026-10-01', false],
    ['an ordinary Saturday', '2026-10-17', false],
    ['an ordinary Monday', '2026-10-19', true],
    ['the Monday after a short New Year', '2026-01-05', true],
  ])('%s: %s', (_, day, expected) => {
    expect(value(days.isWorkingDay(day))).toBe(expected);
  });

  it('names what a day is, and the first day of the Spring Festival', () => {
    expect(days.nameOf('2026-02-16')?.zh).toBe('春节');
    expect(days.nameOf('2026-10-19')).toBeUndefined();
    expect(value(days.springFestival('2026'))).toBe('2026-02-15');
  });

  it.each(['2003-05-01', '2027-01-04', '2031-01-01'])('%s is of a year not published: refused', (day) => {
    const year = day.slice(0, 4);
    const updateBy = `${Number(year) - 1}-12-15`;
    for (const refused of [
      days.isWorkingDay(day),
      days.springFestival(year),
      addWorkingDays(days, day, 1),
      previousWorkingDay(days, day),
      nextWorkingDay(days, day),
    ]) {
      expect(refused).toMatchObject({
        ok: false,
        error: { code: 'missing/calendar-year', detail: { year, updateBy } },
      });
    }
    expect(addWorkingDays(days, '2026-12-28', 6).ok).toBe(false);
  });

  it('nearest days are worked, and nothing worked lies between', () => {
    assert(
      property(known, (day) => {
        const [before, after] = [value(previousWorkingDay(days, day)), value(nextWorkingDay(days, day))];
        expect(before <= day && day <= after).toBe(true);
        expect(value(days.isWorkingDay(before)) && value(days.isWorkingDay(after))).toBe(true);
        const worked = value(days.isWorkingDay(day));
        expect(before === day).toBe(worked);
        expect(after === day).toBe(worked);
        expect(value(workingDaysBetween(days, before, after))).toBe(worked ? 0 : 1);
      }),
      { numRuns: 300 },
    );
  });

  it('adding and counting undo each other, both ways', () => {
    assert(
      property(known, integer({ min: -60, max: 60 }), (from, count) => {
        const start = value(nextWorkingDay(days, from));
        const to = value(addWorkingDays(days, start, count));
        expect(value(workingDaysBetween(days, start, to))).toBe(count);
        expect(value(addWorkingDays(days, to, -count))).toBe(start);
      }),
      { numRuns: 200 },
    );
  });
});
