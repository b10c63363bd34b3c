import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, contentHash, type Json } from '../../domain/canonical.ts';
import { InvariantError } from '../../domain/result.ts';
import { sha256Hex } from '../../functions/adapters/hashing.ts';

const sha256 = (text: string) => sha256Hex(text);
/** JSON values with safe integers as their only numbers. */
const json = fc.letrec<{ any: Json }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'binary', maxLength: 6 }), tie('any'), {
      maxKeys: 5,
      noNullPrototype: true,
    }),
  ),
})).any;

function reordered(value: Json): Json {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, member === undefined ? undefined : reordered(member)]),
  );
}

describe('canonical JSON', () => {
  it('sorts members by UTF-16 code unit, as the example of RFC 8785 section 3.2.3', () => {
    const value = {
      '\u20ac': 1,
      '\r': 2,
      '\ufb33': 3,
      '1': 4,
      '\ud83d\ude00': 5,
      '\u0080': 6,
      '\u00f6': 7,
    };
    expect(canonicalJson(value)).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
    );
  });

  it('has no white space, leaves undefined members out and keeps the order of lists', () => {
    expect(canonicalJson({ b: [3, 1, 2], a: { d: undefined, c: null } })).toBe(
      '{"a":{"c":null},"b":[3,1,2]}',
    );
    expect(canonicalJson({})).toBe('{}');
    expect(canonicalJson([])).toBe('[]');
    expect(canonicalJson('金额"\n')).toBe('"金额\\"\\n"');
    expect([true, false, null].map(canonicalJson)).toEqual(['true', 'false', 'null']);
  });

  it('spells integers in one way and refuses every other number', () => {
    expect(canonicalJson(-0)).toBe('0');
    expect(canonicalJson(Number.MAX_SAFE_INTEGER)).toBe('9007199254740991');
    for (const wrong of [0.1, 1e21, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])
      expect(() => canonicalJson([wrong])).toThrow(InvariantError);
  });

  it('gives the same bytes whatever the order of members, and reads back as the same value', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(reordered(value))).toBe(text);
        expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('content hash', () => {
  it('is the hash of tag, line break and canonical bytes', () => {
    expect(contentHash(sha256, 'x.v1', { b: 1, a: 2 })).toBe(sha256('x.v1\n{"a":2,"b":1}'));
  });

  it('keeps kinds of content apart', () => {
    expect(contentHash(sha256, 'x.v1', { a: 1 })).not.toBe(contentHash(sha256, 'x.v2', { a: 1 }));
  });

  it('differs exactly when the content does', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        const same = canonicalJson(a) === canonicalJson(b);
        expect(contentHash(sha256, 't', a) === contentHash(sha256, 't', b)).toBe(same);
      }),
    );
  });
});
