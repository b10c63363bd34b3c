import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../domain/register/facts.ts';
import { keeperOn, keptStreet } from '../../../domain/street/kept-street.ts';
import {
  type KeptBy,
  placeHistory,
  placesOn,
  type StreetChange,
  type StreetChangeBody,
  streetOn,
  streetsOn,
} from '../../../domain/street/street-history.ts';

const [EAST, WEST, NORTH, SOUTH] = ['110199001', '110199002', '110199003', '110199004'];
const place = (code: string, name: string) => ({ code, name });
const recorded = (...bodies: readonly (StreetChangeBody & { from: string })[]): StreetChange[] =>
  bodies.map((body, index) => ({
    ...body,
    number: index + 1,
    document: '示政发〔2026〕1号',
    at: '2026-01-01T00:00:00.000Z',
    by: 'st-1',
  }));
const opened = (code: string, name: string, from = '2020-01-01') =>
  ({ kind: 'opened', place: place(code, name), from }) as const;
const BASE = [opened(EAST, '东街'), opened(WEST, '西街')];
const kept = (changes: StreetChange[], date: string, by: Partial<KeptBy> = {}) => {
  const street = streetOn(changes, { street: EAST, since: '2024-05-01', ...by }, date);
  return street.ok ? street.value : street.error.code;
};

describe('names and codes in time', () => {
  it('a new name holds from its day, and the old one is kept', () => {
    const changes = recorded(...BASE, { kind: 'renamed', place: place(EAST, '朝阳里'), from: '2026-07-01' });
    expect(placesOn(changes, '2026-06-30').get(EAST)?.name).toBe('东街');
    expect(placesOn(changes, '2026-07-01').get(EAST)?.name).toBe('朝阳里');
    expect(placeHistory(changes).filter(({ code }) => code === EAST)).toEqual([
      { code: EAST, name: '东街', from: '2020-01-01', to: '2026-07-01' },
      { code: EAST, name: '朝阳里', from: '2026-07-01' },
    ]);
  });

  it('the list of streets is that of the day, communities left out', () => {
    const community = opened('110199001001', '一社区');
    const merged = {
      kind: 'merged',
      codes: [EAST, WEST],
      place: place(NORTH, '新街'),
      from: '2026-07-01',
    } as const;
    const changes = recorded(...BASE, community, merged);
    expect(streetsOn(changes, '2019-12-31')).toEqual([]);
    expect(streetsOn(changes, '2026-06-30')).toEqual([EAST, WEST]);
    expect(streetsOn(changes, '2026-07-01')).toEqual([NORTH]);
    expect(placesOn(changes, '2026-07-01').has('110199001001')).toBe(true);
  });
});

describe('who keeps an enrolment', () => {
  it('a merger or takeover: the old code before the day, its successor from it', () => {
    const changes = recorded(...BASE, {
      kind: 'merged',
      codes: [EAST],
      place: place(WEST, '西街'),
      from: '2026-07-01',
    });
    expect([kept(changes, '2026-06-30'), kept(changes, '2026-07-01'), kept(changes, '2026-07-02')]).toEqual([
      EAST,
      WEST,
      WEST,
    ]);
    // Somebody who still writes the old code afterwards means the successor.
    expect(kept(changes, '2026-08-01', { since: '2026-07-15' })).toBe(WEST);
  });

  it('follows one change after another, in order of their days and not of their recording', () => {
    const changes = recorded(
      { kind: 'merged', codes: [WEST], place: place(NORTH, '北街'), from: '2026-09-01' },
      ...BASE,
      { kind: 'merged', codes: [EAST], place: place(WEST, '西街'), from: '2026-07-01' },
    );
    expect([kept(changes, '2026-08-31'), kept(changes, '2026-09-01')]).toEqual([WEST, NORTH]);
  });

  const split = {
    kind: 'split',
    code: EAST,
    parts: [
      { ...place(EAST, '东街'), communities: ['110199001001'] },
      { ...place(SOUTH, '南街'), communities: ['110199001002', '110199001003'] },
    ],
    from: '2026-07-01',
  } as const;
  it('a split by the community that is named, and refused without one', () => {
    const changes = recorded(...BASE, split);
    expect(kept(changes, '2026-06-30', { community: '110199001002' })).toBe(EAST);
    expect(kept(changes, '2026-07-01', { community: '110199001002' })).toBe(SOUTH);
    expect(kept(changes, '2026-07-01', { community: '110199001001' })).toBe(EAST);
    expect(kept(changes, '2026-07-01')).toBe('conflict/street-split');
    expect(kept(changes, '2026-07-01', { community: '110199001009' })).toBe('conflict/street-split');
    expect(kept(changes, '2026-06-30')).toBe(EAST);
    // Put on record on the day or later, it is the part that bears the code.
    expect(kept(changes, '2026-07-01', { since: '2026-07-01' })).toBe(EAST);
    expect(kept(changes, '2026-07-01', { since: '2026-06-30' })).toBe('conflict/street-split');
    expect(kept(changes, '2026-07-01', { street: WEST })).toBe(WEST);
  });

  it('a community that was merged before its street was split goes where its successor goes', () => {
    const changes = recorded(
      ...BASE,
      { kind: 'merged', codes: ['110199001009'], place: place('110199001003', '三社区'), from: '2026-03-01' },
      split,
    );
    expect(kept(changes, '2026-07-01', { community: '110199001009' })).toBe(SOUTH);
  });

  it('is read from the facts known for the last day of the period', () => {
    const fact = (kind: Fact['kind'], value: string, validFrom: string): Fact => ({
      kind,
      value,
      validFrom,
      recordedAt: '2026-01-01T00:00:00.000Z',
      source: 'register',
      by: 'im-1',
    });
    const facts = [fact('street', EAST, '2024-05-01'), fact('community', '110199001002', '2024-05-01')];
    const streetChanges = recorded(...BASE, split);
    expect(keptStreet({ period: '2026-06', streetChanges }, facts)).toEqual({ ok: true, value: EAST });
    expect(keptStreet({ period: '2026-07', streetChanges }, facts)).toEqual({ ok: true, value: SOUTH });
    expect(keptStreet({ period: '2026-07', streetChanges }, [])).toEqual({ ok: true, value: '' });
    expect(keptStreet({ period: '2026-07' }, facts)).toEqual({ ok: true, value: EAST });
    const keepers = ['2026-06-30', '2026-07-01'].map((day) => keeperOn(facts, streetChanges, day));
    expect([...keepers, keeperOn([], streetChanges, '2026-07-01')]).toEqual([EAST, SOUTH, undefined]);
  });
});
