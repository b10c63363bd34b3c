import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { available, type Budget, release, reserve, restate } from '../../../domain/budget/budget.ts';
import type { BudgetLine } from '../../../domain/budget/line.ts';
import { setLines } from '../../../domain/budget/line-acts.ts';
import { type Fen, fen } from '../../../domain/money.ts';
import type { Result } from '../../../domain/result.ts';

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
const detailOf = (result: Result<unknown>) => (result.ok ? undefined : result.error.detail);
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
    expect(detailOf(refused)).toEqual({ available: '110.00', needed: '110.01' });
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
    expect(after.runs[RUN]).toEqual({
      spent: { city: 6000, district: 500 },
      reserved: { district: 500 },
      released: { district: 1000 },
    });
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
    expect(detailOf(refused)).toEqual({ line: 'district' });
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

type Change =
  | { readonly kind: 'reserve'; readonly run: string; readonly amount: Fen }
  | { readonly kind: 'release'; readonly run: string }
  | { readonly kind: 'restate'; readonly run: string; readonly approved: Fen; readonly part: number }
  | { readonly kind: 'lines'; readonly lines: readonly BudgetLine[] };

function applied(change: Change, budget: Budget): Budget {
  switch (change.kind) {
    case 'reserve': {
      const result = reserve(budget, change.run, change.amount);
      return result.ok ? result.value : budget;
    }
    case 'release':
      return release(budget, change.run);
    case 'restate': {
      const settled = fen(Math.floor((change.approved * change.part) / 100));
      return restate(budget, change.run, change.approved, settled);
    }
    case 'lines': {
      const result = setLines(budget, change.lines);
      return result.ok ? result.value : budget;
    }
    default:
      return change satisfies never;
  }
}

/** What is wrong with a budget: parts below zero, uses above their appropriation, money of unknown lines. */
function faults({ lines, runs, ...rest }: Budget): string[] {
  const left = available({ ...rest, lines, runs });
  const parts = Object.values(runs).flatMap(({ reserved, spent }) => [
    ...Object.entries(reserved),
    ...Object.entries(spent),
  ]);
  return [
    ...parts.filter(([, part]) => part <= 0).map(([name]) => `nothing or less of ${name}`),
    ...parts
      .filter(([part]) => !lines.some(({ line: name }) => name === part))
      .map(([name]) => `no line ${name}`),
    ...lines.flatMap(({ line: name, appropriated }) => {
      const used = parts.filter(([part]) => part === name).reduce((sum, [, amount]) => sum + amount, 0);
      return used > appropriated || left[name] !== appropriated - used ? [`${name} uses ${used}`] : [];
    }),
  ];
}

describe('any sequence of changes', () => {
  const names = ['central', 'city', 'district'];
  const run = fc.constantFrom(RUN, OTHER, '110199.high-age.2027-01.R.1');
  const amount = fc.integer({ min: 0, max: 12000 }).map(fen);
  const lines = fc
    .uniqueArray(fc.tuple(fc.constantFrom(...names), fc.integer({ min: 0, max: 9000 })), {
      selector: ([name]) => name,
    })
    .map((list) => list.map(([name, appropriated]) => line(name, appropriated)));
  const change: fc.Arbitrary<Change> = fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('reserve'), run, amount }) },
    fc.record({ kind: fc.constant('release'), run }),
    fc.record({
      kind: fc.constant('restate'),
      run,
      approved: amount,
      part: fc.integer({ min: 0, max: 120 }),
    }),
    fc.record({ kind: fc.constant('lines'), lines }),
  );
  const start = budgetOf(line('central', 4000), line('city', 3000), line('district', 8000));

  it('keeps reserved and spent within every appropriation, and repeating a change changes nothing', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 25 }), (changes) => {
        let budget = start;
        for (const one of changes) {
          budget = applied(one, budget);
          expect(faults(budget)).toEqual([]);
          expect(applied(one, budget)).toEqual(budget);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a run gets its whole amount exactly when the others leave enough, or it has spent already', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 15 }), run, amount, (changes, mine, needed) => {
        const budget = changes.reduce((now, one) => applied(one, now), start);
        const { [mine]: use, ...others } = budget.runs;
        const hasSpent = use !== undefined && total(use.spent) > 0;
        const result = reserve(budget, mine, needed);
        expect(result.ok).toBe(hasSpent || needed <= total(available({ ...budget, runs: others })));
        const after = result.ok ? total(result.value.runs[mine]!.reserved) : needed;
        expect(after).toBe(hasSpent ? total(use.reserved) : needed);
      }),
      { numRuns: 300 },
    );
  });
});
