import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compare,
  dividedBy,
  fraction,
  larger,
  minus,
  NOTHING,
  notBelowZero,
  ofFen,
  percentOf,
  plainText,
  plus,
  roundedToFen,
  smaller,
  times,
  yuanText,
} from '../../domain/fraction.ts';
import { type Fen, fen } from '../../domain/money.ts';
import { InvariantError } from '../../domain/result.ts';
import { decimal, ROUNDING_UNITS, type Rounding, roundToFen } from '../../domain/rounding.ts';

const UP_TO_YUAN = { rule: 'up', unit: 'yuan' } as const;

describe('fraction', () => {
  it('divides and multiplies without loss: (632 − 1894 ÷ 3) × 3 is 2, not 3', () => {
    const share = minus(fraction('632.00'), dividedBy(fraction('1894.00'), 3));
    expect(roundedToFen(times(share, 3), UP_TO_YUAN)).toBe(200);
    // A third of a fen above two yuan is rounded up.
    expect(roundedToFen(plus(fraction('2'), dividedBy(fraction('0.01'), 3)), UP_TO_YUAN)).toBe(300);
  });

  it('reads plain decimals only', () => {
    expect(fraction('-12.50')).toEqual({ over: -25n, under: 2n });
    for (const text of ['', '1,200', '1e3', '.5', '１', '1.'])
      expect(() => fraction(text)).toThrow(InvariantError);
  });

  it('divides by whole positive numbers only', () => {
    for (const by of [0, -1, 1.5]) expect(() => dividedBy(NOTHING, by)).toThrow(InvariantError);
  });

  it('compares, and keeps the larger, the smaller and what is not negative', () => {
    const [third, half] = [dividedBy(fraction('1'), 3), fraction('0.5')];
    expect([compare(third, half), compare(half, third), compare(half, fraction('0.50'))]).toEqual([-1, 1, 0]);
    expect([larger(third, half), smaller(third, half)]).toEqual([half, third]);
    expect(notBelowZero(minus(third, half))).toEqual(NOTHING);
    expect(notBelowZero(half)).toEqual(half);
  });

  it('reads like money, and says where decimals never end', () => {
    expect(yuanText(fraction('1957.5'))).toBe('1957.50');
    expect(yuanText(percentOf(fraction('1450.00'), '12.5'))).toBe('181.25');
    expect(yuanText(dividedBy(fraction('1894.00'), 3))).toBe('≈631.3333');
    expect(yuanText(fraction('0.125'))).toBe('0.125');
    expect([plainText(fraction('150.00')), plainText(fraction('12.50'))]).toEqual(['150', '12.5']);
  });

  it('rounds and writes as decimals do, whatever the rule, the unit and the sign', () => {
    const whole = fc.integer({ min: -1e9, max: 1e9 });
    const rounding = fc.record({
      rule: fc.constantFrom('half-up', 'half-even', 'up', 'down'),
      unit: fc.constantFrom(...ROUNDING_UNITS),
    });
    fc.assert(
      fc.property(whole, fc.constantFrom(1, 2, 3, 4, 7, 8, 200, 2000, 20_000), rounding, (over, by, rule) => {
        const value = dividedBy(fraction(String(over)), by);
        const same = decimal(String(over)).dividedBy(decimal(String(by)));
        expect(roundedToFen(value, rule as Rounding)).toBe(roundToFen(same, rule as Rounding));
        const exact = same.times(10_000).isInteger();
        expect(yuanText(value)).toBe(
          exact ? same.toFixed(Math.max(2, same.decimalPlaces())) : `≈${same.toFixed(4)}`,
        );
      }),
      { numRuns: 400 },
    );
    expect(() => roundedToFen(fraction('0.125'), { rule: 'exact', unit: 'fen' })).toThrow('not whole in fen');
    expect(roundedToFen(fraction('-0.12'), { rule: 'exact', unit: 'fen' })).toBe(-12);
    expect(() => plainText(dividedBy(fraction('1'), 3))).toThrow(InvariantError);
    expect([plainText(fraction('-0.5')), plainText(fraction('0')), yuanText(fraction('-7'))]).toEqual([
      '-0.5',
      '0',
      '-7.00',
    ]);
  });

  it('agrees with whole numbers of fen, and rounding never goes the wrong way', () => {
    const amount = fc.integer({ min: -1e12, max: 1e12 }).map(fen);
    const divisor = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(amount, amount, divisor, (a, b, by) => {
        expect(roundedToFen(plus(ofFen(a), ofFen(b)), { rule: 'half-up', unit: 'fen' })).toBe(a + b);
        expect(times(dividedBy(ofFen(a), by), by)).toEqual(ofFen(a));
        const up = roundedToFen(dividedBy(ofFen(Math.abs(a) as Fen), by), UP_TO_YUAN);
        expect(up * by).toBeGreaterThanOrEqual(Math.abs(a));
        expect((up - 100) * by).toBeLessThan(Math.max(1, Math.abs(a)));
      }),
    );
  });
});
