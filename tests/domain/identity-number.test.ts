import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysInMonth } from '../../domain/calendar.ts';
import { identityCheckDigit, parseIdentityNumber } from '../../domain/identity-number.ts';
import { InvariantError } from '../../domain/result.ts';

const today = '2026-12-01';

function codeOf(text: string, on = today): string {
  const result = parseIdentityNumber(text, { today: on });
  return result.ok ? 'ok' : result.error.code;
}

/** The first seventeen digits of a number whose birth date is real and not in the future. */
const first17 = fc
  .tuple(
    fc.integer({ min: 110000, max: 839999 }),
    fc.integer({ min: 1900, max: 2025 }),
    fc.integer({ min: 1, max: 12 }),
    fc.nat(30),
    fc.nat(999),
  )
  .map(([region, year, month, day, sequence]) => {
    const date = `${year}${String(month).padStart(2, '0')}${String((day % daysInMonth(year, month)) + 1).padStart(2, '0')}`;
    return `${region}${date}${String(sequence).padStart(3, '0')}`;
  });
const validNumber = first17.map((digits) => digits + identityCheckDigit(digits));

describe('identity numbers (GB 11643-1999)', () => {
  test('published vectors', () => {
    expect(identityCheckDigit('11010519491231002')).toBe('X');
    expect(identityCheckDigit('44052418800101001')).toBe('4');
    expect(identityCheckDigit('51310119820113001')).toBe('4');
    expect(parseIdentityNumber('11010519491231002X', { today })).toEqual({
      ok: true,
      value: {
        number: '11010519491231002X',
        birthDate: '1949-12-31',
        sex: 'female',
        regionCode: '110105',
      },
    });
    const old = parseIdentityNumber('440524188001010014', { today: '2010-12-31' });
    expect(old.ok && old.value.sex).toBe('male');
  });

  test('a small x and spaces around the number are accepted and stored in one spelling', () => {
    const result = parseIdentityNumber(' 11010519491231002x\t', { today });
    expect(result.ok && result.value.number).toBe('11010519491231002X');
  });

  test.each([
    ['', 'invalid/identity-number-length'],
    ['1101051949123100', 'invalid/identity-number-length'],
    ['11010519491231002XX', 'invalid/identity-number-length'],
    ['110105491231002', 'invalid/identity-number-fifteen-digits'],
    ['1.10105E+17', 'invalid/identity-number-not-text'],
    ['1.10105194912310e+17', 'invalid/identity-number-not-text'],
    ['110105194912310020.0', 'invalid/identity-number-not-text'],
    ['110,105,194,912,310,020', 'invalid/identity-number-not-text'],
    ['１１０１０５１９４９１２３１００２Ｘ', 'invalid/identity-number-characters'],
    ['1101051949X2310022', 'invalid/identity-number-characters'],
    ['110105 1949123100X', 'invalid/identity-number-characters'],
    ['110105194912310Ⅹ2X', 'invalid/identity-number-characters'],
    ['11010519490229002X', 'invalid/identity-number-birth-date'],
    ['110105194913310025', 'invalid/identity-number-birth-date'],
    ['110105194912310021', 'invalid/identity-number-check-digit'],
    ['330203194603050000', 'invalid/identity-number-check-digit'],
  ])('%s is refused as %s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  test('a number that ends in 000 says that a spreadsheet may have rounded it', () => {
    const rounded = parseIdentityNumber('330203194603050000', { today });
    const mistyped = parseIdentityNumber('110105194912310021', { today });
    expect(!rounded.ok && rounded.error.zh).toContain('文本格式');
    expect(!mistyped.ok && mistyped.error.zh).not.toContain('文本格式');
  });

  test('a wrong character is named by its position', () => {
    const result = parseIdentityNumber('1101051949X2310022', { today });
    expect(!result.ok && result.error.detail).toEqual({ position: 11 });
  });

  test('birth today is possible, tomorrow is not; 130 years are possible, 131 are not', () => {
    const bornOn = (date: string) => `110105${date}002${identityCheckDigit(`110105${date}002`)}`;
    expect(codeOf(bornOn('20261201'))).toBe('ok');
    expect(codeOf(bornOn('20261202'))).toBe('invalid/identity-number-future');
    expect(codeOf(bornOn('18951202'))).toBe('ok');
    expect(codeOf(bornOn('18951201'))).toBe('invalid/identity-number-age');
  });

  test('every well-formed number is read back, with the sex of its 17th digit', () => {
    fc.assert(
      fc.property(validNumber, (number) => {
        const result = parseIdentityNumber(number, { today });
        expect(result.ok).toBe(true);
        if (!result.ok) return;
        expect(result.value.number).toBe(number);
        expect(result.value.birthDate.replaceAll('-', '')).toBe(number.slice(6, 14));
        expect(result.value.sex).toBe('13579'.includes(number.charAt(16)) ? 'male' : 'female');
      }),
    );
  });

  test('any single wrong digit is refused, and so are two neighbours swapped', () => {
    fc.assert(
      fc.property(validNumber, fc.nat(17), fc.nat(9), (number, position, digit) => {
        const mutated = number.slice(0, position) + String(digit) + number.slice(position + 1);
        fc.pre(mutated !== number);
        expect(codeOf(mutated)).not.toBe('ok');
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(validNumber, fc.nat(15), (number, at) => {
        const swapped =
          number.slice(0, at) + number.charAt(at + 1) + number.charAt(at) + number.slice(at + 2);
        fc.pre(swapped !== number);
        expect(codeOf(swapped)).not.toBe('ok');
      }),
    );
  });

  test('no refusal prints the number or its birth date', () => {
    fc.assert(
      fc.property(
        validNumber,
        fc.nat(17),
        fc.constantFrom('', '0', 'A', '１', 'E', '.'),
        (number, at, noise) => {
          const result = parseIdentityNumber(number.slice(0, at) + noise + number.slice(at + 1), { today });
          if (result.ok) return;
          const said = JSON.stringify(result.error);
          expect(said).not.toMatch(/\d{6}/);
          expect(said).not.toContain(number.slice(6, 14));
        },
      ),
    );
  });

  test('a check digit of something else than seventeen digits is a bug', () => {
    expect(() => identityCheckDigit('1101051949123100')).toThrow(InvariantError);
  });
});
