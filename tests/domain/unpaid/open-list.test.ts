import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { RETURN_REASONS } from '../../../domain/bank/return-codes.ts';
import { fen } from '../../../domain/money.ts';
import {
  ageOpen,
  NEXT_STEPS,
  type OpenFact,
  retryClassOf,
  totalsOfOpen,
} from '../../../domain/unpaid/open-list.ts';
import { stuckMoney } from '../../../domain/unpaid/stuck-money.ts';
import { addDays, type WorkingDays } from '../../../domain/working-days.ts';
import { loadWorkingDays } from '../../../functions/adapters/working-days.ts';

let days: WorkingDays;
beforeAll(async () => {
  days = await loadWorkingDays();
});

const fact = (more: Partial<OpenFact> = {}): OpenFact => ({
  programme: 'high-age',
  payment: '2026-01_R_GL-7Z3K9QX2M4BT-1',
  enrolment: 'GL-7Z3K9QX2M4BT-1',
  attempt: 1,
  runId: '110199.high-age.2026-01.R.1',
  kind: 'failed',
  fen: fen(30_000),
  reason: 'ACCT_CLOSED',
  since: '2026-01-05',
  street: '110199001',
  lateSuccess: false,
  ...more,
});
const aged = (today: string, facts: readonly OpenFact[] = [fact()], alarm = 5) =>
  ageOpen(facts, days, today, () => alarm);

describe('the age of an open payment', () => {
  it.each([
    // Monday 5 January 2026: the day itself does not count.
    ['2026-01-05', 0, false],
    ['2026-01-06', 1, false],
    ['2026-01-11', 4, false],
    ['2026-01-12', 5, false],
    ['2026-01-13', 6, true],
    // 14 February is worked, the Spring Festival is off until the 23rd, 28 February is worked.
    ['2026-02-14', 30, true],
    ['2026-02-23', 30, true],
    ['2026-02-24', 31, true],
  ])('on %s is %d working days, overdue: %s', (today, workingDays, overdue) => {
    expect(aged(today).items).toMatchObject([{ workingDays, overdue }]);
  });

  it('is held against what policy allows', () => {
    expect(aged('2026-01-13', [fact()], 6).items[0]?.overdue).toBe(false);
    expect(aged('2026-01-07', [fact()], 1).items[0]?.overdue).toBe(true);
  });

  it('says from which day on it is overdue, unless that year is not published yet', () => {
    expect(aged('2026-01-05').items[0]?.overdueFrom).toBe('2026-01-13');
    expect(aged('2026-02-13', [fact({ since: '2026-02-13' })], 1).items[0]?.overdueFrom).toBe('2026-02-24');
    expect(aged('2026-12-31', [fact({ since: '2026-12-31' })]).items[0]).not.toHaveProperty('overdueFrom');
  });

  it('is at least what is known of it where the calendar ends before today', () => {
    const { items, calendarGap } = aged('2059-01-13', [
      fact({ since: '2026-12-22' }),
      fact({ since: '2026-12-28' }),
    ]);
    expect(items).toMatchObject([
      { workingDays: 7, atLeast: true, overdue: true },
      { workingDays: 3, atLeast: true, overdue: false },
    ]);
    expect(calendarGap?.code).toBe('missing/calendar-year');
    expect(aged('2026-12-31').items[0]).not.toHaveProperty('atLeast');
  });

  it('is left out, with the reason, where the calendar of a year is missing; the payment stays on the list', () => {
    const { items, calendarGap } = aged('2059-01-13', [
      fact({ since: '2059-01-02' }),
      fact({ since: '2058-12-01' }),
    ]);
    expect(items).toMatchObject([
      { band: 'unknown', overdue: false },
      { band: 'unknown', overdue: false },
    ]);
    expect(items[0]).not.toHaveProperty('workingDays');
    expect(calendarGap?.code).toBe('missing/calendar-year');
  });
});

describe('what to do next', () => {
  it('comes from the class of the reason, for every reason of the bank', () => {
    for (const { code, retryClass } of RETURN_REASONS) {
      const [item] = aged('2026-01-06', [fact({ reason: code })]).items;
      expect([code, item?.retryClass, item?.nextStep]).toEqual([code, retryClass, retryClass]);
      expect(NEXT_STEPS[retryClass].zh).not.toBe('');
    }
  });

  it('of what was decided or cleared is to be sent; of what the bank called credited since, to decide that', () => {
    const step = (more: Partial<OpenFact>) => aged('2026-01-06', [fact(more)]).items[0]?.nextStep;
    expect(step({ reason: 'DECIDED:unanswered' })).toBe('retry');
    expect(step({ reason: 'DECEASED', clearedAt: '2026-01-06T01:00:00.000Z' })).toBe('retry');
    expect(step({ clearedAt: '2026-01-06T01:00:00.000Z', lateSuccess: true })).toBe('decide-exception');
    expect(retryClassOf('A-CODE-OF-NOBODY')).toBe('investigate');
  });
});

describe('totals by class and age', () => {
  const facts = fc.array(
    fc.record({
      reason: fc.constantFrom(
        'ACCT_CLOSED',
        'ACCT_FROZEN',
        'CUTOFF',
        'OTHER',
        'DECEASED',
        'DECIDED:unanswered',
      ),
      since: fc.integer({ min: 0, max: 120 }).map((offset) => addDays('2026-01-05', offset)),
      fen: fc.integer({ min: 1, max: 100_000 }).map(fen),
      place: fc.integer({ min: 0, max: 999 }),
    }),
    { maxLength: 30 },
  );

  it('add up to the whole, each payment in one row, the oldest first', () => {
    fc.assert(
      fc.property(facts, (drawn) => {
        const all = drawn.map(({ place, ...more }) => fact({ ...more, payment: `2026-01_R_GL-${place}-1` }));
        const { items } = aged('2026-06-30', all);
        const { open, overdue, rows } = totalsOfOpen(items);
        const total = (pick: 'count' | 'fen') => rows.reduce((sum, row) => sum + row[pick], 0);
        expect([total('count'), total('fen')]).toEqual([open.count, open.fen]);
        expect(open).toEqual({ count: all.length, fen: all.reduce((sum, one) => sum + one.fen, 0) });
        expect(overdue.count).toBe(items.filter((item) => item.overdue).length);
        expect(new Set(rows.map((row) => `${row.retryClass} ${row.band}`)).size).toBe(rows.length);
        const since = items.map((item) => item.since);
        expect(since).toEqual(since.toSorted());
      }),
      { numRuns: 60 },
    );
  });
});

describe('money that stands still', () => {
  const money = (since: string, amount = 100) => ({
    runId: `r-${since}`,
    programme: 'high-age',
    kind: 'funded-not-sent' as const,
    since,
    fen: fen(amount),
  });

  it('for more than 30 days is named, the oldest first', () => {
    const found = stuckMoney(
      [money('2026-03-01'), money('2026-01-01'), money('2026-02-28', 0)],
      '2026-03-31',
    );
    expect(found.map(({ runId, days: count }) => [runId, count])).toEqual([['r-2026-01-01', 89]]);
    expect(stuckMoney([money('2026-03-01')], '2026-04-01')).toMatchObject([{ days: 31 }]);
  });
});
