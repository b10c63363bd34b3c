// Goal: whatever becomes of a run's payments, and in whichever year, the books of the years together say what the ledger says, a
// closed year never changes, and no line is drawn beyond what it holds.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { totalOf } from '../../../domain/budget/apportion.ts';
import { available, type Budget, reserve, restate } from '../../../domain/budget/budget.ts';
import { lastDayOf } from '../../../domain/budget/fiscal-year.ts';
import type { BudgetLine } from '../../../domain/budget/line.ts';
import { recordLineAct, setLines } from '../../../domain/budget/line-acts.ts';
import { lineFigures } from '../../../domain/budget/report.ts';
import {
  carryIn,
  confirmYearEnd,
  netSpent,
  proposeYearEnd,
  type RunFacts,
  restateCarried,
} from '../../../domain/budget/year-end.ts';
import { fen } from '../../../domain/money.ts';
import type { Result } from '../../../domain/result.ts';

const RUN = '110199.high-age.2026-12.R.1';
const NEXT_RUN = '110199.high-age.2027-01.R.1';
const line = (name: string, appropriated: number, level: BudgetLine['level'] = 'district'): BudgetLine => ({
  line: name,
  level,
  fund: 'general',
  appropriated: fen(appropriated),
});
const budgetOf = (fiscalYear: string, ...lines: BudgetLine[]): Budget => ({
  jurisdiction: '110199',
  programme: 'high-age',
  fiscalYear,
  lines,
  runs: {},
});
function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.en}`);
  return result.value;
}
const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code);
const facts = (fiscalYear: string) => ({ days: lastDayOf(fiscalYear), openRuns: [], earlierOpen: false });
const stamp = (by: string, today = '2027-01-08') => ({ by, at: `${today}T02:00:00.000Z`, today });
const PLAN = { surplus: 'carried-over', except: [] } as const;
const propose = (budget: Budget, plan: Parameters<typeof proposeYearEnd>[1] = PLAN, today?: string) =>
  proposeYearEnd(budget, plan, facts(budget.fiscalYear), stamp('finance-1', today));
const proposedAt = ({ closing, closed }: Budget) => (closing ?? closed)?.proposedAt ?? '';
const confirm = (budget: Budget, by = 'finance-2', today?: string) =>
  confirmYearEnd(budget, proposedAt(budget), facts(budget.fiscalYear), stamp(by, today));
const closedOf = (budget: Budget, plan?: Parameters<typeof proposeYearEnd>[1]) => {
  const today = `${Number(budget.fiscalYear) + 1}-01-08`;
  return must(confirm(must(propose(budget, plan, today)), 'finance-2', today));
};
const ledger = (approved: number, settled: number, returned = 0, surrendered = 0): RunFacts => ({
  approved: fen(approved),
  settled: fen(settled),
  returned: fen(returned),
  surrendered: fen(surrendered),
});

/** 12,000 appropriated, 8,000 approved, 6,500 settled at the close. */
const year = (() => {
  const lines = [line('city', 6000, 'city'), line('district', 6000)];
  const reserved = must(reserve(budgetOf('2026', ...lines), RUN, fen(8000)));
  return restate(reserved, RUN, fen(8000), fen(6500));
})();

describe('closing a year', () => {
  it('takes two people, the last pay day behind, every run closed and the years in order', () => {
    expect(codeOf(propose(year, PLAN, '2026-12-31'))).toBe('conflict/before-last-pay-day');
    const open = { ...facts('2026'), openRuns: [RUN] };
    expect(codeOf(proposeYearEnd(year, PLAN, open, stamp('finance-1')))).toBe('conflict/runs-open');
    const earlier = { ...facts('2026'), earlierOpen: true };
    expect(codeOf(proposeYearEnd(year, PLAN, earlier, stamp('finance-1')))).toBe(
      'conflict/earlier-year-open',
    );
    expect(codeOf(propose(budgetOf('2026')))).toBe('missing/budget');
    expect(codeOf(propose(year, { surplus: 'lapsed', except: ['none'] }))).toBe('missing/budget-line');
    expect(codeOf(confirm(year))).toBe('conflict/no-proposal');
    const proposed = must(propose(year));
    expect(must(propose(proposed))).toBe(proposed);
    expect(codeOf(confirm(proposed, 'finance-1'))).toBe('forbidden/four-eyes');
    expect(codeOf(confirmYearEnd(proposed, proposedAt(proposed), open, stamp('finance-2')))).toBe(
      'conflict/runs-open',
    );
    const closed = must(confirm(proposed));
    expect(must(confirm(closed))).toBe(closed);
    expect(codeOf(confirm(closed, 'finance-3'))).toBe('conflict/budget-closed');
    expect(codeOf(propose(closed))).toBe('conflict/budget-closed');
  });

  it('is confirmed as it was read: a proposal put in its place meanwhile is refused', () => {
    const read = must(propose(year));
    const lapsing = must(propose(read, { surplus: 'lapsed', except: [] }, '2027-01-09'));
    const confirmed = confirmYearEnd(lapsing, proposedAt(read), facts('2026'), stamp('finance-2'));
    expect(codeOf(confirmed)).toBe('conflict/proposal-changed');
    expect(codeOf(confirm(lapsing))).toBe('ok');
  });

  it('leaves each line with what was spent of it, and carries over what is owed and the surplus', () => {
    const closed = closedOf(year);
    expect(closed.lines.map(({ appropriated }) => appropriated)).toEqual([6000, 500]);
    expect(available(closed)).toEqual({ city: 0, district: 0 });
    expect(closed.runs[RUN]).toEqual({
      spent: { city: 6000, district: 500 },
      reserved: {},
      owed: { district: 1500 },
    });
    const next = carryIn(budgetOf('2027', line('district-27', 9000)), closed);
    expect(next.lines.map(({ line: name, appropriated }) => [name, appropriated])).toEqual([
      ['district-JZ', 5500],
      ['district-27', 9000],
    ]);
    expect(next.runs[RUN]).toEqual({ reserved: { 'district-JZ': 1500 }, spent: {}, carried: true });
    expect(available(next)).toEqual({ 'district-JZ': 4000, 'district-27': 9000 });
    expect(carryIn(next, closed)).toBe(next);
  });

  it('gives a surplus up where that is decided; what is owed is carried over all the same', () => {
    const lapsed = carryIn(budgetOf('2027'), closedOf(year, { surplus: 'lapsed', except: [] }));
    expect(lapsed.lines.map(({ line: name, appropriated }) => [name, appropriated])).toEqual([
      ['district-JZ', 1500],
    ]);
    const kept = carryIn(budgetOf('2027'), closedOf(year, { surplus: 'lapsed', except: ['district'] }));
    expect(kept.lines[0]?.appropriated).toBe(5500);
    const acts = closedOf(year, { surplus: 'lapsed', except: [] }).acts ?? [];
    expect(acts.map(({ kind, line: name, fen: amount }) => [kind, name, amount])).toEqual([
      ['carried-out', 'district', -1500],
      ['lapsed', 'district', -4000],
    ]);
  });

  it('is final: nothing is reserved, released, restated or allocated in it', () => {
    const closed = closedOf(year);
    expect(codeOf(reserve(closed, NEXT_RUN, fen(1)))).toBe('conflict/budget-closed');
    expect(restate(closed, RUN, fen(8000), fen(0))).toBe(closed);
    expect(codeOf(setLines(closed, year.lines))).toBe('conflict/budget-closed');
    const act = { id: 'a', line: 'city', fen: fen(1), on: '2027-01-09', document: '财预〔2027〕1号' };
    const request = { ...act, kind: 'adjusted', by: 'finance-1', at: '2027-01-09T02:00:00.000Z' } as const;
    expect(codeOf(recordLineAct(closed, request))).toBe('conflict/budget-closed');
  });
});

describe('what happens to the payments of a closed year', () => {
  const closed = closedOf(year);
  const next = carryIn(budgetOf('2027', line('district-27', 9000)), closed);

  it('what settles later is spent from what was carried over', () => {
    const after = restateCarried(next, [closed], RUN, ledger(8000, 7500));
    expect(after.runs[RUN]).toEqual({
      reserved: { 'district-JZ': 500 },
      spent: { 'district-JZ': 1000 },
      carried: true,
    });
    expect(available(after)['district-JZ']).toBe(4000);
  });

  it('what comes back is carry-over on a line named after the old one, also when nothing was left of that', () => {
    // 650 of what the two lines paid: divided as they paid.
    const after = restateCarried(next, [closed], RUN, ledger(8000, 5850, 650));
    expect(after.runs[RUN]?.returned).toEqual({ 'city-JZ': 488, 'district-JZ': 162 });
    expect(totalOf(after.runs[RUN]?.reserved)).toBe(2150);
    expect(after.lines.find(({ line: name }) => name === 'city-JZ')).toMatchObject({
      appropriated: 0,
      level: 'city',
      carriedFrom: { fiscalYear: '2026', line: 'city' },
    });
    // It is owed still; sent again it is spent, and only what is no longer owed is free.
    const again = restateCarried(after, [closed], RUN, ledger(8000, 6500, 650));
    expect([totalOf(again.runs[RUN]?.spent), totalOf(again.runs[RUN]?.reserved)]).toEqual([650, 1500]);
    const free = restateCarried(after, [closed], RUN, ledger(7350, 5850, 650));
    expect(totalOf(available(free)) - totalOf(available(after))).toBe(650);
  });

  it('what is surrendered is nobody’s to spend', () => {
    const after = restateCarried(next, [closed], RUN, ledger(6500, 6500, 0, 1500));
    expect(after.runs[RUN]).toMatchObject({ reserved: {}, surrendered: { 'district-JZ': 1500 } });
    expect(available(after)).toEqual(available(next));
  });

  it('nothing new changes nothing', () => {
    expect(restateCarried(next, [closed], RUN, ledger(8000, 6500)).runs).toEqual(next.runs);
    expect(restateCarried(next, [closed], NEXT_RUN, ledger(0, 0))).toBe(next);
  });

  it('a carried line is closed into the line of the same name a year on, and joins the one beside it', () => {
    const same = carryIn(budgetOf('2027', line('district', 9000)), closed);
    const second = closedOf(same);
    const third = carryIn(budgetOf('2028'), second);
    expect(third.lines.map(({ line: name, appropriated }) => [name, appropriated])).toEqual([
      ['district-JZ', 14500],
    ]);
    expect(third.lines[0]?.carriedFrom).toEqual({ fiscalYear: '2027', line: 'district-JZ' });
    const after = restateCarried(third, [closed, second], RUN, ledger(8000, 6000, 500));
    expect(totalOf(after.runs[RUN]?.returned)).toBe(500);
    expect(totalOf(after.runs[RUN]?.reserved)).toBe(2000);
    expect(after.lines.map(({ line: name }) => name)).toContain('city-JZ');
  });
});

describe('over any number of years', () => {
  /** Facts as a ledger can have them: settled and still owed never exceed what was approved, and nothing un-happens. */
  const steps = fc.array(
    fc.record({
      settle: fc.integer({ min: 0, max: 4000 }),
      comeBack: fc.integer({ min: 0, max: 3000 }),
      takeBack: fc.integer({ min: 0, max: 1500 }),
      surrender: fc.integer({ min: 0, max: 1500 }),
      other: fc.integer({ min: 0, max: 5000 }),
      close: fc.boolean(),
    }),
    { minLength: 1, maxLength: 14 },
  );

  function fine(budget: Budget) {
    for (const left of Object.values(available(budget))) expect(left).toBeGreaterThanOrEqual(0);
    const moved = new Map<string, number>();
    for (const act of budget.acts ?? []) moved.set(act.line, (moved.get(act.line) ?? 0) + act.fen);
    for (const { line: name, appropriated } of budget.lines)
      expect([name, moved.get(name) ?? 0]).toEqual([name, appropriated]);
    for (const figures of lineFigures(budget)) {
      const { appropriated, returned, surrendered, reserved, spent } = figures;
      expect(appropriated + returned - surrendered).toBe(reserved + spent + figures.available);
    }
    const held = budget.closed ? Object.values(budget.runs) : [];
    expect(held.filter((use) => totalOf(use.reserved) > 0)).toEqual([]);
  }

  it('the years together have spent what is settled, hold what is owed, and a closed one stays as it is', () => {
    fc.assert(
      fc.property(steps, fc.boolean(), (changes, lapse) => {
        const set = (fiscalYear: string) =>
          must(
            setLines(budgetOf(fiscalYear), [line('city', 5000, 'city'), line(`d-${fiscalYear}`, 5000)], {
              id: 'set',
              on: '2026-01-02',
              by: 'finance-1',
              at: '2026-01-02T00:00:00.000Z',
            }),
          );
        let years: Budget[] = [must(reserve(set('2026'), RUN, fen(8000)))];
        let now = ledger(8000, 0);
        changes.forEach(({ settle, comeBack, takeBack, surrender, other, close }, index) => {
          const settled = Math.min(settle, now.approved - now.settled);
          const back = Math.min(comeBack, now.settled + settled);
          const open = now.approved - (now.settled + settled - back);
          const given = Math.min(surrender, open);
          const cancelled = Math.min(takeBack, open - given);
          now = ledger(
            now.approved - given - cancelled,
            now.settled + settled - back,
            now.returned + back,
            now.surrendered + given,
          );
          const closedYears = years.filter(({ closed }) => closed);
          const before = JSON.stringify(closedYears);
          const last = years.at(-1)!;
          const restated = (budget: Budget) =>
            closedYears.length === 0
              ? restate(budget, RUN, now.approved, now.settled, now)
              : restateCarried(budget, closedYears, RUN, now);
          // Another run takes what is free meanwhile.
          const taken = reserve(last, `other.${index}`, fen(other));
          let current = restated(taken.ok ? taken.value : last);
          expect(restated(current)).toEqual(current);
          const own = years.map((budget) => budget.runs[RUN]).slice(0, -1);
          const all = [...own, current.runs[RUN]];
          expect(all.reduce((sum, use) => sum + netSpent(use), 0)).toBe(now.settled);
          expect(totalOf(current.runs[RUN]?.reserved)).toBe(now.approved - now.settled);
          fine(current);
          expect(JSON.stringify(closedYears)).toBe(before);
          if (close) {
            // Runs that are not sent stand in the way of a close.
            const others = Object.entries(current.runs).filter(([run]) => run === RUN);
            current = { ...current, runs: Object.fromEntries(others) };
            const closed = closedOf(current, { surplus: lapse ? 'lapsed' : 'carried-over', except: [] });
            fine(closed);
            years = [...years.slice(0, -1), closed, carryIn(set(String(2027 + closedYears.length)), closed)];
            fine(years.at(-1)!);
          } else years = [...years.slice(0, -1), current];
        });
      }),
      { numRuns: 300 },
    );
  });
});
