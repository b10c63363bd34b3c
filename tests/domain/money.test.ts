import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fen, parseYuan, sumFen, toYuan, ZERO } from '../../domain/money.ts';
import { InvariantError } from '../../domain/result.ts';
import {
  decimal,
  ROUNDING_RULES,
  ROUNDING_UNITS,
  type RoundingRule,
  roundToFen,
} from '../../domain/rounding.ts';

const MAX = Number.MAX_SAFE_INTEGER;

describe('fen', () => {
  it('takes whole fen up to 2^53 - 1 and nothing else', () => {
    expect(fen(MAX)).toBe(MAX);
    expect(fen(-MAX)).toBe(-MAX);
    for (const wrong of [MAX + 1, 0.5, -1.5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => fen(wrong)).toThrow(InvariantError);
  });

  it('has one zero', () => {
    expect(Object.is(fen(-0), 0)).toBe(true);
    expect(Object.is(ZERO, 0)).toBe(true);
    expect(Object.is(sumFen([fen(5), fen(-5)]), 0)).toBe(true);
  });

  it('adds up exactly, or throws rather than lose a fen', () => {
    expect(sumFen([])).toBe(0);
    expect(sumFen([fen(1), fen(2), fen(39)])).toBe(42);
    expect(() => sumFen([fen(MAX), fen(1)])).toThrow(InvariantError);
    // Also when the total would come back into range: the sum in between was not exact.
    expect(() => sumFen([fen(MAX), fen(1), fen(-1)])).toThrow(InvariantError);
  });
});

describe('yuan on the wire', () => {
  it.each([
    [0, '0.00'],
    [1, '0.01'],
    [10, '0.10'],
    [99, '0.99'],
    [100, '1.00'],
    [120000, '1200.00'],
    [-1, '-0.01'],
    [-12345, '-123.45'],
  ])('%d fen is %s', (amount, text) => {
    expect(toYuan(fen(amount))).toBe(text);
    const read = parseYuan(text);
    expect(read.ok && read.value).toBe(amount);
  });

  it.each([
    ['0', 0],
    ['-0', 0],
    ['7', 700],
    ['7.5', 750],
    ['9999999999999.99', 999_999_999_999_999],
  ])('reads %s', (text, amount) => {
    const read = parseYuan(text);
    expect(read.ok && Object.is(read.value, amount)).toBe(true);
  });

  it.each([
    '',
    ' 1',
    '1 ',
    '1.',
    '.5',
    '+1',
    '01',
    '00.10',
    '1.005',
    '1,200.00',
    '1e3',
    '１００',
    '1。00',
    'NaN',
    '--1',
    '0x10',
    '10000000000000',
    '1\n',
  ])('refuses %j instead of repairing it', (text) => {
    const read = parseYuan(text);
    expect(read.ok ? 'ok' : read.error.code).toBe('invalid/amount');
  });

  it('prints at most 40 characters of what it refuses', () => {
    const read = parseYuan('x'.repeat(500));
    if (read.ok) throw new Error('must be refused');
    expect(read.error.en.match(/x+/)?.[0].length).toBe(40);
    expect(read.error.zh.match(/x+/)?.[0].length).toBe(40);
  });

  it('what is written is read back, for any amount that can be written', () => {
    fc.assert(
      fc.property(fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 }), (amount) => {
        const read = parseYuan(toYuan(fen(amount)));
        expect(read.ok && read.value).toBe(amount);
      }),
    );
  });
});

describe('rounding', () => {
  const at = (rule: RoundingRule, unit: 'fen' | 'jiao' | 'yuan') => (yuan: string) =>
    roundToFen(decimal(yuan), { rule, unit });

  it.each([
    ['half-up', ['0.004', '0.005', '0.015', '-0.005'], [0, 1, 2, -1]],
    ['half-even', ['0.005', '0.015', '0.025', '-0.005'], [0, 2, 2, 0]],
    ['up', ['0.0001', '0.01', '1.011', '-0.001'], [1, 1, 102, -1]],
    ['down', ['0.0099', '0.01', '1.019', '-0.009'], [0, 1, 101, 0]],
  ] as const)('%s to fen', (rule, yuan, expected) => {
    expect(yuan.map(at(rule, 'fen'))).toEqual(expected);
  });

  it('rounds to the unit the policy names', () => {
    expect(['12.34', '12.35', '12.36'].map(at('half-up', 'jiao'))).toEqual([1230, 1240, 1240]);
    expect(['12.49', '12.50', '13.50'].map(at('half-up', 'yuan'))).toEqual([1200, 1300, 1400]);
    expect(['12.49', '12.50', '13.50'].map(at('half-even', 'yuan'))).toEqual([1200, 1200, 1400]);
    expect(['12.01', '12.00'].map(at('up', 'yuan'))).toEqual([1300, 1200]);
    expect(['12.99', '12.00'].map(at('down', 'yuan'))).toEqual([1200, 1200]);
  });

  it('exact takes what is whole in the unit and throws otherwise', () => {
    expect(at('exact', 'fen')('12.34')).toBe(1234);
    expect(at('exact', 'jiao')('12.30')).toBe(1230);
    expect(at('exact', 'yuan')('12')).toBe(1200);
    expect(() => at('exact', 'fen')('12.345')).toThrow(InvariantError);
    expect(() => at('exact', 'jiao')('12.34')).toThrow(InvariantError);
    expect(() => at('exact', 'yuan')('12.10')).toThrow(InvariantError);
  });

  it('does not pass through binary floats', () => {
    // 1.005 is 1.00499999999999989… as a double: half up would lose the fen.
    expect(at('half-up', 'fen')('1.005')).toBe(101);
    expect(roundToFen(decimal('1058.2').times('0.35'), { rule: 'exact', unit: 'fen' })).toBe(37037);
    expect(decimal('0.1').plus('0.2').toString()).toBe('0.3');
    expect(decimal('1').dividedBy('3').toString().length).toBe(42);
  });

  it('whole fen stay as they are under every rule and come out whole in the unit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -10_000_000, max: 10_000_000 }),
        fc.constantFrom(...ROUNDING_RULES.filter((rule) => rule !== 'exact')),
        fc.constantFrom(...ROUNDING_UNITS),
        (amount, rule, unit) => {
          const yuan = decimal(toYuan(fen(amount)));
          expect(roundToFen(yuan, { rule, unit: 'fen' })).toBe(amount);
          const per = { fen: 1, jiao: 10, yuan: 100 }[unit];
          const rounded = roundToFen(yuan, { rule, unit });
          expect(Math.abs(rounded % per)).toBe(0);
          expect(Math.abs(rounded - amount)).toBeLessThan(per);
          const grown = Math.abs(rounded) - Math.abs(amount);
          expect(rule === 'up' ? grown >= 0 : rule === 'down' ? grown <= 0 : Math.abs(grown) * 2 <= per).toBe(
            true,
          );
        },
      ),
    );
  });
});
