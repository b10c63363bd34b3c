import { array, assert, constantFrom, integer, nat, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyCheck, parseOrganisationCode, wholeCheck } from '../../domain/organisation-code.ts';

const code = (text: string): string => {
  const parsed = parseOrganisationCode(text);
  return parsed.ok ? parsed.value : parsed.error.code;
};
const CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'.split('');
const built = tuple(
  constantFrom('1', '5', '9', 'Y'),
  constantFrom('1', '2', '3', '9'),
  integer({ min: 110000, max: 659999 }),
  array(constantFrom(...CHARACTERS), { minLength: 8, maxLength: 8 }),
).map(([office, kind, region, body]) => {
  const first = `${office}${kind}${region}${body.join('')}${bodyCheck(body.join(''))}`;
  return first + wholeCheck(first);
});

describe('a unified social credit code', () => {
  it('is read as published ones are, in any case and with spaces around', () => {
    // A code that implementations commonly take as their example.
    expect(code('91350100M000100Y43')).toBe('91350100M000100Y43');
    expect(code(' 91350100m000100y43 ')).toBe('91350100M000100Y43');
  });

  it('is refused without its form', () => {
    for (const text of [
      '',
      '91350100M000100Y4',
      '91350100M000100Y433',
      '91350100I000100Y43',
      '9135010OM000100Y43',
    ])
      expect(code(text)).toBe('invalid/organisation-code');
  });

  it('has two check characters, each of which is looked at', () => {
    assert(
      property(built, nat(17), constantFrom(...CHARACTERS), (good, at, other) => {
        expect(code(good)).toBe(good);
        if (good[at] === other) return;
        expect(code(`${good.slice(0, at)}${other}${good.slice(at + 1)}`)).toMatch(/^invalid\//);
      }),
    );
    // The last character right for a body whose own check is wrong.
    const body = '91350100M000100Y';
    const wrong = `${body}${bodyCheck('M000100Y') === '4' ? '5' : '4'}`;
    expect(code(wrong + wholeCheck(wrong))).toBe('invalid/organisation-code-check');
    expect(parseOrganisationCode(wrong + wholeCheck(wrong))).toMatchObject({
      error: { detail: { position: 17 } },
    });
    expect(parseOrganisationCode('91350100M000100Y44')).toMatchObject({
      error: { detail: { position: 18 } },
    });
  });
});
