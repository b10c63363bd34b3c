import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amountInWords } from '../../domain/amount-in-words.ts';
import { fen } from '../../domain/money.ts';

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const UNITS: Record<string, bigint> = { 拾: 10n, 佰: 100n, 仟: 1000n };

/** An independent reading of capital numerals, by units only: it knows nothing of where 零 and 整 are written. */
function read(words: string): bigint {
  const [, sign, yuan = '', rest = ''] = /^人民币(负?)(?:(.*)元)?(.*)$/.exec(words) ?? [];
  const number = (text: string): bigint => {
    for (const [name, unit] of [
      ['亿', 100_000_000n],
      ['万', 10_000n],
    ] as const) {
      const at = text.lastIndexOf(name);
      if (at !== -1) return number(text.slice(0, at)) * unit + number(text.slice(at + 1));
    }
    let total = 0n;
    let digit = 0n;
    for (const character of text) {
      const unit = UNITS[character];
      if (unit === undefined) digit = BigInt(DIGITS.indexOf(character));
      else total += digit * unit;
      if (unit !== undefined) digit = 0n;
    }
    return total + digit;
  };
  const tail = (unit: string) => number(new RegExp(`(.)${unit}`).exec(rest)?.[1] ?? '');
  const value = number(yuan) * 100n + tail('角') * 10n + tail('分');
  return sign ? -value : value;
}

describe('amounts in capital numerals (支付结算办法 annex 1)', () => {
  test.each([
    [140950, '人民币壹仟肆佰零玖元伍角'],
    [600714, '人民币陆仟零柒元壹角肆分'],
    [168032, '人民币壹仟陆佰捌拾元零叁角贰分'],
    [10700053, '人民币壹拾万柒仟元零伍角叁分'],
    [1640902, '人民币壹万陆仟肆佰零玖元零贰分'],
    [32504, '人民币叁佰贰拾伍元零肆分'],
    [0, '人民币零元整'],
    [1, '人民币壹分'],
    [50, '人民币伍角'],
    [55, '人民币伍角伍分'],
    [100, '人民币壹元整'],
    [1000, '人民币壹拾元整'],
    [120000, '人民币壹仟贰佰元整'],
    [148080000, '人民币壹佰肆拾捌万零捌佰元整'],
    [10000500, '人民币壹拾万零伍元整'],
    [10_000_5000_00, '人民币壹亿零伍仟元整'],
    [10_2000_0000_00, '人民币壹拾亿零贰仟万元整'],
    [10_0000_0000_0000_00, '人民币壹拾万亿元整'],
    [10_0001_0000_0001_00, '人民币壹拾万零壹亿零壹元整'],
    [-120050, '人民币负壹仟贰佰元零伍角'],
  ])('%d fen is %s', (amount, words) => {
    expect(amountInWords(fen(amount))).toBe(words);
  });

  test('every amount can be read back, has no gap of zeros and never two 零 in a row', () => {
    const amounts = fc.oneof(
      fc.integer({ min: -1_000_000, max: 100_000_000 }),
      fc.maxSafeNat(),
      // Many zeros inside: the places where 零 is decided.
      fc
        .array(fc.constantFrom(0, 0, 0, 1, 5, 9), { minLength: 1, maxLength: 15 })
        .map((digits) => Number(digits.join(''))),
    );
    fc.assert(
      fc.property(amounts, (amount) => {
        const words = amountInWords(fen(amount));
        expect(read(words)).toBe(BigInt(amount));
        expect(words === '人民币零元整' ? '' : words).not.toMatch(/零零|零元|零[万亿拾佰仟角分]/);
        expect(words.endsWith('整')).toBe(amount % 100 === 0);
      }),
      { numRuns: 20_000 },
    );
  });
});
