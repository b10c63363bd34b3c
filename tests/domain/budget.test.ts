import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  available,
  type Budget,
  type BudgetLine,
  release,
  reserve,
  restate,
  setLines,
} from '../../domain/budget.ts';
import { fen } from '../../domain/money.ts';
import type { Result } from '../../domain/result.ts';

const line = (name: string, appropriated: number, level: BudgetLine['level'] = 'district'): BudgetLine => ({
  line: name,
  level,
  fund: 'general',
  appropriated: fen(appropriated),
});
const budgetOf = (...lines: BudgetLine[]): Budget => ({
  jurisdiction: '110199',
  programme: 'high-age',
  fiscalYear: '2026',
  lines,
  runs: {},
});
function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.en}`);
  return result.value;
}
const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code);
const total = (amounts: Readonly<Record<string, number>>) =>
  Object.values(amounts).reduce((sum, amount) => sum + amount, 0);
const RUN = '110199.high-age.2026-12.R.1';
const OTHER = '110199.high-age.2026-12.S1.1';

describe('reserving', () => {
  const budget = budgetOf(line('city', 6000, 'city'), line('district', 5000));

  it('draws the lines in their order, each to its last fen', () => {
    expect(must(reserve(budget, RUN, fen(6000))).runs[RUN]).toEqual({ reserved: { city: 6000 }, spent: {} });
    expect(must(reserve(budget, RUN, fen(6001))).runs[RUN]?.reserved).toEqual({ city: 6000, district: 1 });
    expect(available(must(reserve(budget, RUN, fen(6001))))).toEqual({ city: 0, district: 4999 });
  });

  it('takes everything there is and refuses a fen more, naming both amounts', () => {
    expect(available(must(reserve(budget, RUN, fen(11000))))).toEqual({ city: 0, district: 0 });
    const refused = reserve(budget, RUN, fen(11001));
    expect(codeOf(refused)).toBe('limit/budget');
    if (!refused.ok) expect(refused.error.detail).toEqual({ available: '110.00', needed: '110.01' });
  });

  it('counts what other runs reserved', () => {
    const first = must(reserve(budget, RUN, fen(7000)));
    expect(codeOf(reserve(first, OTHER, fen(4001)))).toBe('limit/budget');
    expect(must(reserve(first, OTHER, fen(4000))).runs[OTHER]?.reserved).toEqual({ district: 4000 });
  });

  it('a second time changes nothing; another amount replaces the first', () => {
    const first = must(reserve(budget, RUN, fen(7000)));
    expect(must(reserve(first, RUN, fen(7000)))).toBe(first);
    expect(available(must(reserve(first, RUN, fen(11000))))).toEqual({ city: 0, district: 0 });
    expect(must(reserve(first, RUN, fen(100))).runs[RUN]?.reserved).toEqual({ city: 100 });
  });

  it('a late repetition does not forget what was already spent', () => {
    const spent = restate(must(reserve(budget, RUN, fen(7000))), RUN, fen(7000), fen(6500));
    expect(must(reserve(spent, RUN, fen(7000)))).toBe(spent);
    expect(must(reserve(spent, RUN, fen(6900)))).toBe(spent);
    expect(must(reserve(spent, RUN, fen(99999)))).toBe(spent);
  });

  it('nothing at all needs no line', () => {
    expect(must(reserve(budgetOf(), RUN, fen(0))).runs[RUN]).toEqual({ reserved: {}, spent: {} });
    expect(codeOf(reserve(budgetOf(), RUN, fen(1)))).toBe('limit/budget');
  });
});

describe('releasing', () => {
  const budget = budgetOf(line('district', 5000));

  it('gives a reservation back', () => {
    const reserved = must(reserve(budget, RUN, fen(5000)));
    expect(release(reserved, RUN)).toEqual(budget);
    expect(release(budget, RUN)).toBe(budget);
  });

  it('never gives back a run that has spent', () => {
    const spent = restate(must(reserve(budget, RUN, fen(5000))), RUN, fen(5000), fen(1));
    expect(release(spent, RUN)).toBe(spent);
  });

  it('leaves other runs alone', () => {
    const both = must(reserve(must(reserve(budget, RUN, fen(2000))), OTHER, fen(3000)));
    expect(release(both, RUN).runs).toEqual({ [OTHER]: { reserved: { district: 3000 }, spent: {} } });
  });
});

describe('restating from the ledger', () => {
  const reserved = must(
    reserve(budgetOf(line('city', 6000, 'city'), line('district', 5000)), RUN, fen(8000)),
  );

  it('what is settled is spent in line order, and the rest stays reserved', () => {
    expect(restate(reserved, RUN, fen(8000), fen(6500)).runs[RUN]).toEqual({
      spent: { city: 6000, district: 500 },
      reserved: { district: 1500 },
    });
    expect(restate(reserved, RUN, fen(8000), fen(0)).runs[RUN]).toEqual({
      spent: {},
      reserved: { city: 6000, district: 2000 },
    });
    expect(restate(reserved, RUN, fen(8000), fen(8000)).runs[RUN]).toEqual({
      spent: { city: 6000, district: 2000 },
      reserved: {},
    });
  });

  it('what turned out not to be paid is given back', () => {
    const after = restate(reserved, RUN, fen(7000), fen(6500));
    expect(after.runs[RUN]).toEqual({ spent: { city: 6000, district: 500 }, reserved: { district: 500 } });
    expect(available(after)).toEqual({ city: 0, district: 4000 });
  });

  it('never spends more than was reserved', () => {
    expect(restate(reserved, RUN, fen(8000), fen(9000)).runs[RUN]).toEqual({
      spent: { city: 6000, district: 2000 },
      reserved: {},
    });
  });

  it('a run without a reservation is left out', () => {
    expect(restate(reserved, OTHER, fen(8000), fen(6500))).toBe(reserved);
  });
});

describe('setting the lines', () => {
  const reserved = must(reserve(budgetOf(line('city', 6000), line('district', 5000)), RUN, fen(8000)));

  it('goes down to what is in use and no lower', () => {
    expect(codeOf(setLines(reserved, [line('city', 6000), line('district', 2000)]))).toBe('ok');
    const refused = setLines(reserved, [line('city', 6000), line('district', 1999)]);
    expect(codeOf(refused)).toBe('conflict/budget-in-use');
    if (!refused.ok) expect(refused.error.detail).toEqual({ line: 'district' });
  });

  it('drops a line only when nothing uses it, whether reserved or spent', () => {
    expect(codeOf(setLines(reserved, [line('city', 9000)]))).toBe('conflict/budget-in-use');
    const spent = restate(reserved, RUN, fen(8000), fen(8000));
    expect(codeOf(setLines(spent, [line('city', 9000)]))).toBe('conflict/budget-in-use');
    const small = must(reserve(budgetOf(line('city', 6000), line('district', 5000)), RUN, fen(100)));
    expect(must(setLines(small, [line('city', 100)])).lines.map((one) => one.line)).toEqual(['city']);
  });

  it('adds lines at the place given', () => {
    const more = must(setLines(reserved, [line('central', 1000), ...reserved.lines]));
    expect(must(reserve(more, OTHER, fen(1500))).runs[OTHER]?.reserved).toEqual({
      central: 1000,
      district: 500,
    });
  });

  it('refuses two lines of one name: the same money would be drawn twice', () => {
    const refused = setLines(budgetOf(), [line('city', 100), line('city', 100)]);
    expect(codeOf(refused)).toBe('invalid/budget-line');
  });

  it('refuses an appropriation below zero', () => {
    expect(codeOf(setLines(budgetOf(), [line('city', -1)]))).toBe('conflict/budget-in-use');
    expect(codeOf(setLines(budgetOf(), [line('city', 0)]))).toBe('ok');
  });
});

describe('any sequence of changes', () => {
  const lines = ['central', 'city', 'district'];
  const runs = [RUN, OTHER, '110199.high-age.2027-01.R.1'];
  const amount = fc.integer({ min: 0, max: 12000 }).map(fen);
  const change = fc.oneof(
    fc.record({ kind: fc.constant('reserve' as const), run: fc.constantFrom(...runs), amount }),
    fc.record({ kind: fc.constant('release' as const), run: fc.constantFrom(...runs) }),
    fc.record({
      kind: fc.constant('restate' as const),
      run: fc.constantFrom(...runs),
      approved: amount,
      part: fc.integer({ min: 0, max: 120 }),
    }),
    fc.record({
      kind: fc.constant('lines' as const),
      lines: fc.uniqueArray(
        fc.record({ name: fc.constantFrom(...lines), appropriated: fc.integer({ min: 0, max: 9000 }) }),
        { selector: (one) => one.name },
      ),
    }),
  );

  it('keeps reserved and spent within every appropriation; refusals leave no trace; repeating changes nothing', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 25 }), (changes) => {
        let budget = budgetOf(line('central', 4000), line('city', 3000), line('district', 8000));
        for (const one of changes) {
          const apply = (now: Budget): Budget => {
            if (one.kind === 'reserve') {
              const result = reserve(now, one.run, one.amount);
              const { [one.run]: mine, ...others } = now.runs;
              const room = total(available({ ...now, runs: others }));
              const hasSpent = mine !== undefined && total(mine.spent) > 0;
              expect(result.ok).toBe(hasSpent || one.amount <= room);
              if (result.ok && !hasSpent) {
                expect(total(result.value.runs[one.run]!.reserved)).toBe(one.amount);
              }
              return result.ok ? result.value : now;
            }
            if (one.kind === 'release') return release(now, one.run);
            if (one.kind === 'restate') {
              const settled = fen(Math.floor((one.approved * one.part) / 100));
              return restate(now, one.run, one.approved, settled);
            }
            const result = setLines(
              now,
              one.lines.map(({ name, appropriated }) => line(name, appropriated)),
            );
            return result.ok ? result.value : now;
          };
          const after = apply(budget);
          expect(apply(after)).toEqual(after);
          for (const { line: name, appropriated } of after.lines) {
            let used = 0;
            for (const use of Object.values(after.runs)) {
              for (const part of [use.reserved[name] ?? 0, use.spent[name] ?? 0]) {
                expect(part).toBeGreaterThanOrEqual(0);
                used += part;
              }
            }
            expect(used).toBeLessThanOrEqual(appropriated);
            expect(available(after)[name]).toBe(appropriated - used);
          }
          const known = new Set(after.lines.map((one) => one.line));
          for (const use of Object.values(after.runs)) {
            expect(
              [...Object.keys(use.reserved), ...Object.keys(use.spent)].every((name) => known.has(name)),
            ).toBe(true);
          }
          budget = after;
        }
      }),
      { numRuns: 300 },
    );
  });
});
