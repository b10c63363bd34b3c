import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { apportion, totalOf } from '../../../domain/budget/apportion.ts';
import { available, type Budget, reserve, restate } from '../../../domain/budget/budget.ts';
import { FundingRule, splitByLevel } from '../../../domain/budget/funding-rule.ts';
import { type BudgetLine, FUNDING_LEVELS } from '../../../domain/budget/line.ts';
import { type Fen, fen } from '../../../domain/money.ts';
import { parsePolicyPack } from '../../../domain/policy/parse-pack.ts';

const line = (name: string, level: BudgetLine['level'], appropriated: number): BudgetLine => ({
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
const split = (shares: Record<string, string>, remainder: string, fallback?: string) =>
  z.parse(FundingRule, {
    mode: 'split',
    shares: Object.entries(shares).map(([level, percent]) => ({ level, percent })),
    remainder,
    ...(fallback !== undefined && { fallback }),
  }) as Extract<FundingRule, { mode: 'split' }>;
const valid = (rule: unknown): boolean => z.safeParse(FundingRule, rule).success;
const RUN = '110199.high-age.2026-12.R.1';
const OTHER = '110199.high-age.2026-12.S1.1';

describe('the table of shares', () => {
  const rule = (shares: [string, string][], remainder = 'district') => ({
    mode: 'split',
    shares: shares.map(([level, percent]) => ({ level, percent })),
    remainder,
  });

  it('adds up to 100 % exactly, names each level once and one of them for the remainder', () => {
    expect(valid({ mode: 'order' })).toBe(true);
    expect(valid(rule([['district', '100']]))).toBe(true);
    expect(
      valid(
        rule([
          ['city', '33.3333'],
          ['district', '66.6667'],
        ]),
      ),
    ).toBe(true);
    expect(
      valid(
        rule([
          ['city', '33.33'],
          ['district', '66.66'],
        ]),
      ),
    ).toBe(false);
    expect(
      valid(
        rule([
          ['city', '50'],
          ['district', '50.0001'],
        ]),
      ),
    ).toBe(false);
    expect(
      valid(
        rule([
          ['district', '50'],
          ['district', '50'],
        ]),
      ),
    ).toBe(false);
    expect(valid(rule([['city', '100']]))).toBe(false);
    for (const percent of ['100.1', '33.33333', '1e2', '-0', '５０', '050', '']) {
      expect([
        percent,
        valid(
          rule([
            ['city', percent],
            ['district', '50'],
          ]),
        ),
      ]).toEqual([percent, false]);
    }
  });

  it('is refused when a pack is imported that has it wrong, and says what the sum is', () => {
    const pack = {
      jurisdiction: '110199',
      programme: 'high-age',
      values: [
        {
          parameter: 'funding',
          value: rule([
            ['city', '30'],
            ['district', '60.5'],
          ]),
          inForceFrom: '2026-01',
          decidedOn: '2026-01-05',
          citation: { document: '示例文件', title: '示例' },
          retroactivity: { months: 'from-in-force', persons: 'entitled-in-month', components: 'all' },
          sample: true,
        },
      ],
    };
    const parsed = parsePolicyPack(pack);
    expect(parsed.ok).toBe(false);
    expect(JSON.stringify(parsed)).toContain('各级比例之和须为 100%，现为 90.5%');
  });

  it('gives what is left over to the named level, to the fen', () => {
    const thirds = split({ central: '33.3333', city: '33.3333', district: '33.3334' }, 'city');
    expect([...splitByLevel(thirds, fen(100))]).toEqual([
      ['central', 33],
      ['city', 34],
      ['district', 33],
    ]);
    expect([...splitByLevel(thirds, fen(1)).values()]).toEqual([0, 1, 0]);
    // Beyond 2^53 as a product.
    const most = fen(Number.MAX_SAFE_INTEGER);
    expect([...splitByLevel(split({ city: '60', district: '40' }, 'city'), most)]).toEqual([
      ['city', 5404319552844595],
      ['district', 3602879701896396],
    ]);
  });

  it('splits any amount by any table without losing a fen', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 999_999 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(
        cuts,
        fc.integer({ min: 0, max: 9e15 }),
        fc.constantFrom(...FUNDING_LEVELS),
        (at, amount, level) => {
          const [a = 0, b = 0, c = 0] = [...at].sort((x, y) => x - y);
          const parts = [a, b - a, c - b, 1_000_000 - c];
          const text = (part: number) =>
            `${Math.floor(part / 10_000)}.${String(part % 10_000).padStart(4, '0')}`;
          const rule = split(
            Object.fromEntries(FUNDING_LEVELS.map((name, index) => [name, text(parts[index]!)])),
            level,
          );
          const shares = splitByLevel(rule, fen(amount));
          expect([...shares.values()].reduce((sum, share) => sum + BigInt(share), 0n)).toBe(BigInt(amount));
          FUNDING_LEVELS.forEach((name, index) => {
            const exact = BigInt(amount) * BigInt(parts[index]!);
            const off = BigInt(shares.get(name)!) * 1_000_000n - exact;
            // At most a fen below, and the named level at most three above.
            expect(off > -1_000_000n && off < (name === level ? 4_000_000n : 1n)).toBe(true);
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('drawing by shares', () => {
  const budget = budgetOf(
    line('c-1', 'central', 3000),
    line('d-1', 'district', 5000),
    line('c-2', 'central', 4000),
    line('s-1', 'city', 0),
  );
  const half = split({ central: '50', district: '50' }, 'district');

  it('draws each level’s lines in their order', () => {
    const drawn = reserve(budget, RUN, fen(8001), half);
    expect(drawn.ok && drawn.value.runs[RUN]).toEqual({
      reserved: { 'c-1': 3000, 'c-2': 1000, 'd-1': 4001 },
      spent: {},
      split: true,
    });
  });

  it('refuses when one level has not enough, though all together have, and names it', () => {
    const refused = reserve(budget, RUN, fen(11000), half);
    expect(!refused.ok && [refused.error.code, refused.error.detail]).toEqual([
      'limit/budget-level',
      { level: 'district', needed: '55.00', available: '50.00' },
    ]);
  });

  it('lets the level named as fallback pay the rest, and refuses when that has not enough either', () => {
    const rule = split({ central: '50', district: '50' }, 'district', 'central');
    const drawn = reserve(budget, RUN, fen(11000), rule);
    expect(drawn.ok && drawn.value.runs[RUN]?.reserved).toEqual({ 'c-1': 3000, 'c-2': 3000, 'd-1': 5000 });
    const refused = reserve(budget, RUN, fen(12001), rule);
    expect(!refused.ok && refused.error.detail).toEqual({
      level: 'central',
      needed: '70.01',
      available: '70.00',
    });
  });

  it('spends and frees as it drew, whatever was restated before', () => {
    const drawn = reserve(budget, RUN, fen(8000), half);
    const whole = drawn.ok ? drawn.value : budget;
    const direct = restate(whole, RUN, fen(4000), fen(2000));
    expect(direct.runs[RUN]).toMatchObject({
      spent: { 'c-1': 750, 'c-2': 250, 'd-1': 1000 },
      reserved: { 'c-1': 750, 'c-2': 250, 'd-1': 1000 },
      released: { 'c-1': 1500, 'c-2': 500, 'd-1': 2000 },
    });
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 8000 }), fc.integer({ min: 0, max: 8000 })));
    fc.assert(
      fc.property(steps, (before) => {
        const now = before.reduce(
          (made, [approved, settled]) => restate(made, RUN, fen(approved), fen(Math.min(approved, settled))),
          whole,
        );
        expect(restate(now, RUN, fen(4000), fen(2000))).toEqual(direct);
      }),
      { numRuns: 100 },
    );
  });

  it('never takes back what others took meanwhile of what it freed', () => {
    const uses = fc.array(
      fc.record({
        approved: fc.integer({ min: 0, max: 8000 }),
        settled: fc.integer({ min: 0, max: 8000 }),
        other: fc.integer({ min: 0, max: 6000 }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(uses, fc.boolean(), (steps, byShares) => {
        const rule = byShares ? half : undefined;
        const drawn = reserve(budget, RUN, fen(8000), rule);
        let now = drawn.ok ? drawn.value : budget;
        for (const [index, { approved, settled, other }] of steps.entries()) {
          const taken = reserve(now, `${OTHER}.${index}`, fen(other), rule);
          now = restate(taken.ok ? taken.value : now, RUN, fen(approved), fen(Math.min(settled, approved)));
          for (const left of Object.values(available(now))) expect(left).toBeGreaterThanOrEqual(0);
          const { reserved, spent, released } = now.runs[RUN]!;
          expect(totalOf(reserved) + totalOf(spent) + totalOf(released)).toBe(8000);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('dividing by weights', () => {
  it('is exact, and no line gets more than its weight', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (list, part) => {
        const whole = list.reduce((sum, weight) => sum + weight, 0);
        fc.pre(whole > 0);
        const amount: Fen = fen(Math.floor(whole * part));
        const parts = apportion(
          amount,
          list.map((weight, index) => [`l${index}`, weight]),
        );
        expect(totalOf(parts)).toBe(amount);
        list.forEach((weight, index) => expect(parts[`l${index}`] ?? 0).toBeLessThanOrEqual(weight));
      }),
    );
  });
});
