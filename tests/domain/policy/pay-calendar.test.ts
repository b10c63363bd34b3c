import { assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PAY_CYCLES } from '../../../domain/calendar.ts';
import { policyBook } from '../../../domain/policy/book.ts';
import { parsePolicyPack } from '../../../domain/policy/parse-pack.ts';
import { payCalendar } from '../../../domain/policy/pay-calendar.ts';
import { DAY_SHIFTS, RUN_PARAMETERS } from '../../../domain/policy/run-parameters.ts';
import { addDays } from '../../../domain/working-days.ts';
import { loadWorkingDays } from '../../../functions/adapters/working-days.ts';
import { policyFile } from '../../policy-files.ts';
import { codeOf, must } from '../programmes/samples.ts';

const days = await loadWorkingDays();
const scope = { jurisdiction: '110199', programme: 'high-age', knownOn: '2026-11-22' };

/** The book of the sample district with parameters set anew, for all of time. */
function bookWith(set: Readonly<Record<string, unknown>>) {
  const own = policyFile('110199', 'high-age');
  const model = own.values.find(({ parameter }) => parameter === 'payDayShift')!;
  const values = [
    ...own.values.filter(({ parameter }) => !(parameter in set)),
    ...Object.entries(set).flatMap(([parameter, value]) =>
      value === undefined ? [] : [{ ...model, inForceFrom: '2010-01', parameter, value }],
    ),
  ];
  const city = policyFile('110000', 'high-age');
  const always = 'historyFrom' in set;
  const packs = [city, { ...own, values }].map((file) =>
    always ? { ...file, values: file.values.filter(isOfRuns).map(from2010) } : file,
  );
  return must(policyBook(packs.map((file) => must(parsePolicyPack(file)).pack)));
}

type Row = ReturnType<typeof policyFile>['values'][number];
const isOfRuns = ({ parameter }: Row) => parameter in RUN_PARAMETERS;
const from2010 = (row: Row) => ({ ...row, inForceFrom: '2010-01' });

describe('the calendar of pay days', () => {
  it('of the sample district in 2026: from its first month, with what was brought forward', () => {
    const { periods, undecided } = must(payCalendar(bookWith({}), scope, '2026', days));
    expect(periods.map(({ period, payDay }) => [period, payDay.day, payDay.moved?.from])).toEqual([
      ['2026-10', '2026-09-30', undefined],
      ['2026-11', '2026-10-30', '2026-10-31'],
      ['2026-12', '2026-11-30', undefined],
      ['2027-01', '2026-12-31', undefined],
    ]);
    expect(periods[1]).toMatchObject({ startsOn: '2026-10-20', reportCutOff: { day: '2026-10-25' } });
    expect(undecided).toEqual([]);
  });

  it('moves the cut-off of reports where the place says so', () => {
    const book = bookWith({ reportCutOffShift: 'before' });
    const { periods } = must(payCalendar(book, scope, '2026', days));
    expect(periods[1]?.reportCutOff).toMatchObject({ day: '2026-10-23', moved: { from: '2026-10-25' } });
  });

  it('of a year whose holidays are not published is refused, and says by when to update', () => {
    const refused = payCalendar(bookWith({}), scope, '2027', days);
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'missing/calendar-year', detail: { year: '2027', updateBy: '2026-12-15' } },
    });
    const plain = bookWith({ payDayShift: undefined });
    expect(must(payCalendar(plain, scope, '2027', days)).periods).toHaveLength(12);
    expect(codeOf(payCalendar(plain, scope, '2024', days))).toBe('policy/gap');
  });

  it('names what is due early next year and may yet be brought forward', () => {
    const payTiming = { mode: 'advance', dueDay: 1, monthsOffset: 0 };
    const { periods, undecided } = must(payCalendar(bookWith({ payTiming }), scope, '2026', days));
    expect(undecided).toEqual(['2027-01']);
    expect(periods.map(({ payDay }) => payDay.day)).toEqual(['2026-09-30', '2026-10-30', '2026-12-01']);
  });

  it('says which pay day is too late for the treasury', () => {
    const fiscalYearClose = { lastPayDay: '12-25', closeDay: '12-31' };
    const { periods, yearEnd } = must(payCalendar(bookWith({ fiscalYearClose }), scope, '2026', days));
    expect(yearEnd).toEqual({ lastPayDay: '2026-12-25', closeDay: '2026-12-31' });
    expect(periods.map(({ refused }) => refused?.code)).toEqual([
      undefined,
      undefined,
      undefined,
      'conflict/after-last-pay-day',
    ]);
  });

  it('every period is in the calendar of one year, whatever the cycle and the options', () => {
    const timing = record({
      mode: constantFrom('advance', 'arrears'),
      dueDay: integer({ min: 1, max: 31 }),
      monthsOffset: integer({ min: -12, max: 12 }),
    });
    assert(
      property(
        timing,
        constantFrom(...PAY_CYCLES),
        constantFrom(...DAY_SHIFTS),
        (payTiming, payCycle, shift) => {
          const book = bookWith({ payTiming, payCycle, payDayShift: shift, historyFrom: '2012-01' });
          const years = Array.from({ length: 12 }, (_, index) => String(2014 + index));
          const all = years.flatMap((year) => {
            const { periods } = must(payCalendar(book, scope, year, days));
            const paid = periods.map(({ payDay }) => payDay.day);
            expect(paid.every((day) => day.startsWith(year))).toBe(true);
            expect(paid).toEqual(paid.toSorted());
            expect(periods.every(({ startsOn, payDay }) => startsOn === addDays(payDay.day, -10))).toBe(true);
            return periods.map(({ period }) => period);
          });
          expect(new Set(all).size).toBe(all.length);
          const perYear = { month: 12, quarter: 4, 'half-year': 2, year: 1 }[payCycle];
          // At the edges a period may be paid in the year before the first or after the last.
          expect(Math.abs(all.length - perYear * years.length)).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 60 },
    );
  });
});
