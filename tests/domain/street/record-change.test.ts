import { describe, expect, it } from 'vitest';
import { recordStreetChange, type StreetChangeWish } from '../../../domain/street/record-change.ts';
import type { StreetChange } from '../../../domain/street/street-history.ts';

const place = (code: string, name = '某街') => ({ code, name });
const order = { from: '2026-07-01', document: '示政发〔2026〕1号' };
const BASE: StreetChange[] = [
  {
    kind: 'opened',
    place: place('110199001', '东街'),
    from: '2020-01-01',
    document: '示政发〔2020〕1号',
    number: 1,
    at: '2020-01-01T00:00:00.000Z',
    by: 'st-1',
  },
];
const code = (wish: StreetChangeWish) => {
  const recorded = recordStreetChange(BASE, wish, '110199');
  return recorded.ok ? 'ok' : recorded.error.code;
};
const split = (first: string[], second: string[]): StreetChangeWish => ({
  kind: 'split',
  code: '110199001',
  parts: [
    { ...place('110199001'), communities: first },
    { ...place('110199004'), communities: second },
  ],
  ...order,
});

describe('a change of streets', () => {
  it('opens what does not stand, and renames and ends what does', () => {
    expect(code({ kind: 'opened', place: place('110199002'), ...order })).toBe('ok');
    expect(code({ kind: 'opened', place: place('110199001'), ...order })).toBe('conflict/place-stands');
    expect(code({ kind: 'renamed', place: place('110199001'), ...order })).toBe('ok');
    expect(code({ kind: 'renamed', place: place('110199001'), ...order, from: '2019-12-31' })).toBe(
      'missing/place',
    );
    expect(code({ kind: 'merged', codes: ['110199001'], place: place('110199002'), ...order })).toBe('ok');
    expect(code({ kind: 'merged', codes: ['110199003'], place: place('110199001'), ...order })).toBe(
      'missing/place',
    );
    expect(code({ kind: 'merged', codes: ['110199001'], place: place('110199001'), ...order })).toBe(
      'conflict/place-stands',
    );
  });
  it('is of the district, and of one level', () => {
    expect(code({ kind: 'opened', place: place('110105001'), ...order })).toBe('invalid/place-code');
    expect(code({ kind: 'opened', place: place('11019900'), ...order })).toBe('invalid/place-code');
    expect(code({ kind: 'opened', place: place('110199001001'), ...order })).toBe('ok');
    expect(code({ kind: 'merged', codes: ['110199001'], place: place('110199002001'), ...order })).toBe(
      'invalid/place-code',
    );
  });
  it('that splits says whose each community is', () => {
    expect(code(split(['110199001001'], ['110199001002']))).toBe('ok');
    expect(code(split([], ['110199001002']))).toBe('invalid/street-split');
    expect(code(split(['110199001001'], ['110199001001']))).toBe('invalid/street-split');
    expect(code(split(['110199001'], ['110199001002']))).toBe('invalid/street-split');
  });
});
