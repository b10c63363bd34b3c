import { describe, expect, it } from 'vitest';
import { itemBytes, readUnits, writeUnits } from '../bench/capacity.ts';

describe('item sizes and units by which the bench counts', () => {
  it.each([
    ['text in UTF-8', { pk: { S: '高龄' } }, 2 + 6],
    ['a number: a byte for two digits, and one', { n: { N: '12345' } }, 1 + 3 + 1],
    ['a negative number: one more', { n: { N: '-12345' } }, 1 + 3 + 1 + 1],
    ['zeros at either end are free', { n: { N: '0.0012300' } }, 1 + 2 + 1],
    ['binary', { b: { B: new Uint8Array(100) } }, 1 + 100],
    ['true and null', { t: { BOOL: true }, u: { NULL: true } }, 2 + 2],
    ['a set of texts', { s: { SS: ['ab', 'c'] } }, 1 + 3],
    ['an empty list', { l: { L: [] } }, 1 + 3],
    ['a list of two', { l: { L: [{ S: 'ab' }, { S: 'c' }] } }, 1 + 3 + 2 + 3],
    ['a map with one member', { m: { M: { key: { S: 'value' } } } }, 1 + 3 + 1 + 3 + 5],
  ] as const)('%s', (_, item, size) => {
    expect(itemBytes(item as never)).toBe(size);
  });

  it('rounds up to a kilobyte for a write, to four for a strong read, half of that for another', () => {
    expect([0, 1, 1024, 1025].map(writeUnits)).toEqual([1, 1, 1, 2]);
    expect([0, 4096, 4097].map((size) => readUnits(size, true))).toEqual([1, 1, 2]);
    expect([0, 4096, 4097].map((size) => readUnits(size, false))).toEqual([0.5, 0.5, 1]);
  });
});
