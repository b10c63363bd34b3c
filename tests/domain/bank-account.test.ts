import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { looksMistyped, parseBankAccount } from '../../domain/bank-account.ts';

function codeOf(text: string): string {
  const result = parseBankAccount(text);
  return result.ok ? 'ok' : result.error.code;
}

describe('bank accounts', () => {
  test('cards with a right check digit', () => {
    for (const account of ['6222020000000000000', '621700000000000014']) {
      expect(parseBankAccount(account)).toEqual({ ok: true, value: { account } });
      expect(looksMistyped(account)).toBe(false);
    }
  });

  test('a wrong check digit is a warning for what looks like a card, because passbooks have none', () => {
    expect(parseBankAccount('6222020000000000001')).toEqual({
      ok: true,
      value: { account: '6222020000000000001' },
    });
    expect(looksMistyped('6222020000000000001')).toBe(true);
    expect(looksMistyped('6222020000000001')).toBe(true);
    for (const other of ['622202000000001', '62220200000000000001', '0122020000000000001', '123'])
      expect(looksMistyped(other)).toBe(false);
  });

  test('spaces as printed on a card are removed', () => {
    const result = parseBankAccount(' 6222 0200 0000 0000 000 ');
    expect(result.ok && result.value.account).toBe('6222020000000000000');
  });

  test.each([
    ['', 'invalid/bank-account-length'],
    ['1234567890', 'invalid/bank-account-length'],
    ['12345678901', 'ok'],
    ['1'.repeat(32), 'ok'],
    ['1'.repeat(33), 'invalid/bank-account-length'],
    ['6.22202E+18', 'invalid/bank-account-not-text'],
    ['6222020000000000000.00', 'invalid/bank-account-not-text'],
    ['６２２２０２００００００００００００', 'invalid/bank-account-characters'],
    ['A12345678901', 'invalid/bank-account-characters'],
    ['33-123401040001234', 'invalid/bank-account-characters'],
    ['6222020000000000000\t', 'invalid/bank-account-characters'],
    ['6222020000000　000000', 'invalid/bank-account-characters'],
  ])('%j is %s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  test('every single wrong digit of a good card is warned of, and no refusal prints the account', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 18 }), fc.nat(9), (position, digit) => {
        const card = '6222020000000000000';
        const mutated = card.slice(0, position) + String(digit) + card.slice(position + 1);
        expect(looksMistyped(mutated)).toBe(mutated !== card);
      }),
    );
    for (const text of ['622202000000A000', '62220200000000000000000000000000000000']) {
      const result = parseBankAccount(text);
      expect(JSON.stringify(result)).not.toContain('622202');
    }
  });
});
