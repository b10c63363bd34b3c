import { assert, constantFrom, integer, option, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monthOf, type PlainDate } from '../../../domain/calendar.ts';
import { policyBook } from '../../../domain/policy/book.ts';
import { parsePolicyPack } from '../../../domain/policy/parse-pack.ts';
import { moveText, type PayDayRules, payDay, payDayRules } from '../../../domain/policy/pay-day.ts';
import { DAY_SHIFTS } from '../../../domain/policy/run-parameters.ts';
import { addDays, workingDaysBetween } from '../../../domain/working-days.ts';
import { loadWorkingDays } from '../../../functions/adapters/working-days.ts';
import { policyFile } from '../../policy-files.ts';

const days = await loadWorkingDays();
const value = <T>(result: { ok: true; value: T } | { ok: false }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.value;
};
const BEFORE: PayDayRules = { shift: 'before' };
const AFTER: PayDayRules = { shift: 'after' };
const FESTIVAL: PayDayRules = { shift: 'before', festivalLead: 3 };

describe('the pay day of a period', () => {
  it.each<[string, PlainDate, PayDayRules, PlainDate, string | undefined]>([
    ['a working day stays', '2026-11-30', BEFORE, '2026-11-30', undefined],
    ['a Saturday is brought forward', '2026-10-31', BEFORE, '2026-10-30', 'before'],
    [
      'a Saturday at the end of the month is not put off into the next',
      '2026-10-31',
      AFTER,
      '2026-10-30',
      'before',
    ],
    ['a Saturday in the month is put off', '2026-12-12', AFTER, '2026-12-14', 'after'],
    ['a worked Saturday pays', '2026-10-10', BEFORE, '2026-10-10', undefined],
    ['the National Day is brought forward over eight days', '2026-10-07', BEFORE, '2026-09-30', 'before'],
    ['the National Day is put off', '2026-10-01', AFTER, '2026-10-08', 'after'],
    ['without the option nothing moves', '2026-10-31', { shift: 'none' }, '2026-10-31', undefined],
    // First day off 2026-02-15, a Sunday; Saturday the 14th is worked.
    ['before the festival', '2026-02-25', FESTIVAL, '2026-02-12', 'spring-festival'],
    ['due on a day off of the festival', '2026-02-20', FESTIVAL, '2026-02-12', 'spring-festival'],
    ['due earlier than that in its month', '2026-02-10', FESTIVAL, '2026-02-10', undefined],
    ['of another month', '2026-03-01', FESTIVAL, '2026-02-28', 'before'],
    ['of January', '2026-01-31', FESTIVAL, '2026-01-30', 'before'],
    // The holidays of 2025 began on 28 January.
    [
      'a festival in January, due in its days off of February',
      '2025-02-03',
      FESTIVAL,
      '2025-01-24',
      'spring-festival',
    ],
    [
      'a festival in January, due on a worked Saturday in February',
      '2025-02-08',
      FESTIVAL,
      '2025-02-08',
      undefined,
    ],
  ])('%s: %s', (_, due, rules, day, reason) => {
    const planned = value(payDay(due, rules, days));
    expect(planned.day).toBe(day);
    expect(planned.moved?.reason).toBe(reason);
    expect(planned.moved?.from).toBe(reason && due);
  });

  it('says which holiday, or that it is a weekend', () => {
    const text = (due: PlainDate, rules: PayDayRules) => {
      const planned = value(payDay(due, rules, days));
      return moveText(planned.moved!, planned.day).zh;
    };
    expect(text('2026-10-07', BEFORE)).toBe('2026-10-07 为法定节假日（国庆节），提前至 2026-09-30');
    expect(text('2026-12-12', AFTER)).toBe('2026-12-12 为休息日，顺延至 2026-12-14');
    expect(text('2026-02-25', FESTIVAL)).toContain('春节');
  });

  it('without the holidays of its year is refused', () => {
    for (const rules of [BEFORE, AFTER, FESTIVAL])
      expect(payDay('2027-01-31', rules, days)).toMatchObject({ error: { code: 'missing/calendar-year' } });
    // Nothing of the year before says what the first of January is.
    expect(payDay('2027-01-01', BEFORE, days).ok).toBe(false);
    expect(value(payDay('2027-01-31', { shift: 'none' }, days)).day).toBe('2027-01-31');
  });

  it('is a working day, near, and on the right side', () => {
    assert(
      property(
        integer({ min: 400, max: 7700 }).map((number) => addDays('2005-01-01', number)),
        constantFrom(...DAY_SHIFTS.slice(1)),
        option(integer({ min: 1, max: 10 }), { nil: undefined }),
        (due, shift, festivalLead) => {
          const rules = { shift, ...(festivalLead !== undefined && { festivalLead }) };
          const { day, moved } = value(payDay(due, rules, days));
          expect(value(days.isWorkingDay(day))).toBe(true);
          expect(moved === undefined).toBe(day === due);
          const festival = moved?.reason === 'spring-festival';
          // Put off never leaves the month; brought forward is never late.
          expect(
            shift === 'before' || festival ? day <= due : monthOf(day) === monthOf(due) || day < due,
          ).toBe(true);
          // No working day lies between the due day and the one that stands for it, unless the festival made it so.
          const between = Math.abs(value(workingDaysBetween(days, due, day)));
          expect(festival || between <= 1).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('the sample district brings forward; a place that says nothing moves nothing; a lapsed option is a gap', () => {
    const scope = { jurisdiction: '110199', programme: 'high-age', knownOn: '2026-11-22' };
    const rules = (change: (row: { parameter: string; inForceTo?: string }) => boolean) => {
      const own = policyFile('110199', 'high-age');
      const { pack } = value(parsePolicyPack({ ...own, values: own.values.filter(change) }));
      return payDayRules(value(policyBook([pack])), scope, '2026-12');
    };
    expect(rules(() => true)).toEqual({ ok: true, value: { shift: 'before' } });
    expect(rules(({ parameter }) => parameter !== 'payDayShift')).toEqual({
      ok: true,
      value: { shift: 'none' },
    });
    const lapsed = rules((row) => {
      if (row.parameter === 'payDayShift') row.inForceTo = '2026-11';
      return true;
    });
    expect(lapsed).toMatchObject({ ok: false, error: { code: 'policy/gap' } });
  });
});
