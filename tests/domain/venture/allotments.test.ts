// Goal: a pool is never overspent and no organisation gets more than it may, in whatever order people give and give back.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fen, fen, sumFen } from '../../../domain/money.ts';
import {
  type Allotment,
  type AllotmentAct,
  type AllotmentActBody,
  allot,
  allottedOf,
  foldAllotments,
  giveBack,
  groupOf,
  partiesOf,
} from '../../../domain/venture/allotments.ts';

const POOL = { callId: '2026-1', fen: fen(100_00) };
const NONE = foldAllotments([]);
const one = (project: string, grant: number, changes: Partial<Allotment> = {}): Allotment => ({
  project,
  callId: '2026-1',
  organisation: `of-${project}`,
  grant: fen(grant),
  average: '80',
  ...changes,
});
const actsOf = (...bodies: readonly AllotmentActBody[]): AllotmentAct[] =>
  bodies.map((body, index) => ({ ...body, sequence: index + 1, at: '2026-02-01T00:00:00.000Z', by: 'an' }));
const given = (...allotments: readonly Allotment[]) =>
  foldAllotments(actsOf({ kind: 'allotted', document: '文1', allotments }));
const codeOf = (done: ReturnType<typeof allot>) => (done && !done.ok ? done.error.code : undefined);

describe('a pool', () => {
  it('is given to the last fen and not one beyond', () => {
    const before = given(one('a', 60_00));
    expect(allot(before, [one('b', 40_00)], '文2', POOL, {})).toMatchObject({ ok: true });
    const refused = allot(before, [one('b', 40_01)], '文2', POOL, {});
    expect(refused).toMatchObject({ error: { code: 'limit/pool', detail: { left: '40.00' } } });
  });

  it('is of its call: what another call of the year gave is not taken from it', () => {
    const before = given(one('a', 99_00, { callId: '2026-2' }));
    expect(allot(before, [one('b', 100_00)], '文2', POOL, {})).toMatchObject({ ok: true });
  });

  it('counts the difference when a project gets another amount, and nothing when it gets the same', () => {
    const before = given(one('a', 60_00), one('b', 40_00));
    expect(allot(before, [one('a', 60_00)], '文2', POOL, {})).toBeUndefined();
    expect(codeOf(allot(before, [one('a', 60_01)], '文2', POOL, {}))).toBe('limit/pool');
    expect(allot(before, [one('a', 59_99), one('b', 40_01)], '文2', POOL, {})).toMatchObject({ ok: true });
  });

  it('has again what is given back', () => {
    const bodies: AllotmentActBody[] = [
      { kind: 'allotted', document: '文1', allotments: [one('a', 100_00)] },
    ];
    const before = foldAllotments(actsOf(...bodies));
    const back = giveBack(before, 'a', '退出');
    if (!back?.ok) throw new Error('not given back');
    const after = foldAllotments(actsOf(...bodies, back.value));
    expect(allottedOf(after, '2026-1')).toBe(0);
    expect(giveBack(after, 'a', '退出')).toBeUndefined();
    expect(allot(after, [one('b', 100_00)], '文2', POOL, {})).toMatchObject({ ok: true });
  });

  it('is never overspent, nor an organisation beyond its limits, by any sequence of decisions', () => {
    const step = fc.record({
      projects: fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 3 }),
      grant: fc.integer({ min: 1, max: 60_00 }),
      back: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const bodies: AllotmentActBody[] = [];
        for (const { projects, grant, back } of steps) {
          const before = foldAllotments(actsOf(...bodies));
          const wanted = projects.map((n) => one(`p${n}`, grant, { organisation: `o${n % 4}` }));
          const limits = { projects: 2, money: fen(70_00) };
          const done = back
            ? giveBack(before, `p${projects[0]}`, '退出')
            : allot(before, wanted, '文', POOL, limits);
          if (done?.ok) bodies.push(done.value);
          const after = [...foldAllotments(actsOf(...bodies)).given.values()];
          expect(sumFen(after.map((each) => each.grant))).toBeLessThanOrEqual(POOL.fen);
          for (const own of Map.groupBy(after, ({ organisation }) => organisation).values()) {
            expect(own.length).toBeLessThanOrEqual(2);
            expect(sumFen(own.map((each): Fen => each.grant))).toBeLessThanOrEqual(70_00);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('double support (A3 example 14)', () => {
  const same = { organisation: 'o' };
  const before = given(one('a', 10_00, same));
  it('blocks the second project of an organisation, and lets it pass once another person has said so', () => {
    expect(codeOf(allot(before, [one('b', 10_00, same)], '文2', POOL, { projects: 1 }))).toBe(
      'conflict/double-support',
    );
    const overridden = one('b', 10_00, { ...same, overridden: true });
    expect(allot(before, [overridden], '文2', POOL, { projects: 1 })).toMatchObject({ ok: true });
  });
  it('blocks two of one organisation in one list, and of two calls of a year', () => {
    const two = [one('b', 10_00, { organisation: 'x' }), one('c', 10_00, { organisation: 'x' })];
    expect(codeOf(allot(NONE, two, '文', POOL, { projects: 1 }))).toBe('conflict/double-support');
    const elsewhere = given(one('a', 10_00, { ...same, callId: '2026-2' }));
    expect(codeOf(allot(elsewhere, [one('b', 1, same)], '文', POOL, { projects: 1 }))).toBe(
      'conflict/double-support',
    );
  });
  it('blocks whoever won the year before, where the place says so', () => {
    const lastYear = new Set(['o']);
    expect(codeOf(allot(NONE, [one('b', 1, same)], '文', POOL, { lastYear }))).toBe(
      'conflict/double-support',
    );
    expect(codeOf(allot(NONE, [one('b', 1)], '文', POOL, { lastYear }))).toBeUndefined();
  });
  it('blocks an unregistered group that comes through another sponsor, also in the year after', () => {
    const group = groupOf('（红叶）志愿队 ');
    const first = given(one('a', 10_00, { organisation: 'sponsor-1', group }));
    const again = one('b', 10_00, { organisation: 'sponsor-2', group: groupOf('(红叶)志愿队') });
    expect(codeOf(allot(first, [again], '文', POOL, { projects: 1 }))).toBe('conflict/double-support');
    const other = { ...again, group: groupOf('绿叶志愿队') };
    expect(codeOf(allot(first, [other], '文', POOL, { projects: 1 }))).toBeUndefined();
    const lastYear = new Set([...first.given.values()].flatMap(partiesOf));
    expect(codeOf(allot(NONE, [again], '文', POOL, { lastYear }))).toBe('conflict/double-support');
    expect(codeOf(allot(NONE, [other], '文', POOL, { lastYear }))).toBeUndefined();
  });
  it('limits what one organisation gets in a call, exactly at the line', () => {
    const limits = { money: fen(30_00) };
    expect(codeOf(allot(before, [one('b', 20_00, same)], '文', POOL, limits))).toBeUndefined();
    expect(codeOf(allot(before, [one('b', 20_01, same)], '文', POOL, limits))).toBe('limit/organisation');
  });
});
