// Goal: who belongs to which household, from which month. Method: the month before, of and after each event.
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../domain/register/facts.ts';
import {
  after,
  CHILD,
  code,
  decide,
  evidence,
  HEAD,
  made,
  neighbours,
  now,
  OTHER,
  SPOUSE,
  sizes,
} from './events.ts';
import { belongs, born, fact, family, HOUSEHOLD, OTHER_HOUSEHOLD } from './households.ts';

describe('who joins and who leaves', () => {
  it('split: who leaves is in the new household from that month, and in one only', () => {
    const event = {
      event: 'split',
      members: [{ person: SPOUSE, relation: 'head', covered: true }],
      from: '2026-05',
      evidence,
    };
    const changes = made(event, { founded: OTHER_HOUSEHOLD });
    const empty = { ...family(), persons: family().persons };
    const situation = after(changes, empty);
    expect(sizes(situation)).toEqual([3, 2, 2]);
    expect(sizes({ ...situation, persons: { ...situation.persons, [OTHER]: [] } }, OTHER_HOUSEHOLD)).toEqual([
      0, 1, 1,
    ]);
    expect(changes.review).toEqual([HOUSEHOLD]);
  });

  it('split: not by the head, not by strangers, with exactly one new head', () => {
    const event = (person: string, relation = 'head') => ({
      event: 'split',
      members: [{ person, relation, covered: true }],
      from: '2026-05',
      evidence,
    });
    expect(code(event(HEAD), { founded: OTHER_HOUSEHOLD })).toBe('conflict/head-first');
    expect(code(event(OTHER), { founded: OTHER_HOUSEHOLD })).toBe('missing/member');
    expect(code(event(CHILD, 'child'), { founded: OTHER_HOUSEHOLD })).toBe('invalid/one-head');
  });

  it('merge: everybody moves over, the enrolment here ends with the month before', () => {
    const members = [HEAD, SPOUSE, CHILD].map((person) => ({ person, relation: 'other', covered: true }));
    const event = { event: 'merge', into: OTHER_HOUSEHOLD, members, from: '2026-05', evidence };
    const changes = made(event, { other: neighbours });
    expect(sizes(after(changes))).toEqual([3, 0, 0]);
    expect(sizes(after(changes), OTHER_HOUSEHOLD)).toEqual([1, 4, 4]);
    expect(changes.enrolments).toMatchObject([
      { id: `DB-${HOUSEHOLD}-1`, facts: [{ kind: 'stop', value: '2026-04' }] },
    ]);
    expect(changes.review).toEqual([HOUSEHOLD, OTHER_HOUSEHOLD]);
    expect(code({ ...event, members: members.slice(1) }, { other: neighbours })).toBe('invalid/everybody');
    expect(code(event)).toBe('missing/household');
  });

  it.each(['marriage', 'birth'])('%s: one more member from the month on', (cause) => {
    const event = {
      event: 'join',
      cause,
      name: '王新',
      idNumber: '110101199003070011',
      relation: 'child',
      covered: true,
      from: '2026-05',
      evidence,
    };
    const changes = made(event, { joining: { key: 'P0000000000E', facts: [] } });
    expect(sizes(after(changes))).toEqual([3, 4, 4]);
  });

  it('marriage: out of the other household, whose determination is reviewed too; a head of others names a new one first', () => {
    const event = {
      event: 'join',
      cause: 'marriage',
      name: '王新',
      idNumber: '110101199003070011',
      relation: 'spouse',
      covered: true,
      from: '2026-05',
      evidence,
    };
    const alone = { key: OTHER, facts: neighbours.persons[OTHER] ?? [] };
    const changes = made(event, { joining: alone, other: neighbours });
    expect(sizes(after(changes), OTHER_HOUSEHOLD)).toEqual([1, 0, 0]);
    expect(changes.review).toEqual([HOUSEHOLD, OTHER_HOUSEHOLD]);
    const child = [born('2010-01-01'), belongs('2025-01-05', 'child', { household: OTHER_HOUSEHOLD })];
    const other = { ...neighbours, persons: { ...neighbours.persons, P0000000000F: child } };
    expect(code(event, { joining: alone, other })).toBe('conflict/head-first');
    expect(code(event, { joining: { key: SPOUSE, facts: family().persons[SPOUSE] ?? [] } })).toBe(
      'conflict/already-member',
    );
  });

  it('leaving: not the head', () => {
    expect(sizes(after(made({ event: 'leave', person: CHILD, from: '2026-05', evidence })))).toEqual([
      3, 2, 2,
    ]);
    expect(code({ event: 'leave', person: HEAD, from: '2026-05', evidence })).toBe('conflict/head-first');
  });

  describe('the dead are members of nothing that is still to be decided', () => {
    const dead = fact('death-certified', '2026-03-04', '2026-03-04');
    const join = {
      event: 'join',
      cause: 'marriage',
      name: '王新',
      idNumber: '110101199003070011',
      relation: 'spouse',
      covered: true,
      from: '2026-05',
      evidence,
    };
    const late = 'P0000000000F';
    const spouse = [born('1970-01-01'), belongs('2025-01-05', 'spouse', { household: OTHER_HOUSEHOLD })];
    const withSpouse = (facts: readonly Fact[]) => ({
      ...neighbours,
      persons: { ...neighbours.persons, [late]: facts },
    });

    it('a widowed head of nobody else may join another household', () => {
      const joining = { key: OTHER, facts: neighbours.persons[OTHER] ?? [] };
      expect(code(join, { joining, other: withSpouse(spouse) })).toBe('conflict/head-first');
      expect(code(join, { joining, other: withSpouse([...spouse, dead]) })).toBe('ok');
    });

    it('nobody merges into a household whose members have all died', () => {
      const members = [HEAD, SPOUSE, CHILD].map((person) => ({ person, relation: 'other', covered: true }));
      const event = { event: 'merge', into: OTHER_HOUSEHOLD, members, from: '2026-05', evidence };
      const head = neighbours.persons[OTHER] ?? [];
      const gone = { ...neighbours, persons: { [OTHER]: [...head, dead] } };
      expect(code(event, { other: neighbours })).toBe('ok');
      expect(code(event, { other: gone })).toBe('missing/household');
    });
  });
});

describe('an event that the history of a member does not bear', () => {
  const refusalOf = (event: unknown, changes: Parameters<typeof decide>[1] = {}) => {
    const decided = decide(event, { founded: OTHER_HOUSEHOLD, ...changes });
    return decided.ok ? 'ok' : [decided.error.code, decided.error.detail];
  };
  const split = (from: string, ...persons: readonly string[]) => ({
    event: 'split',
    members: persons.map((person, index) => ({
      person,
      relation: index === 0 ? 'head' : 'other',
      covered: true,
    })),
    from,
    evidence,
  });

  it('names nobody twice, and says in which row', () => {
    const twice = { person: SPOUSE, row: 3, field: '/members/2/person' };
    expect(refusalOf(split('2026-05', SPOUSE, CHILD, SPOUSE))).toEqual(['invalid/named-twice', twice]);
    expect(refusalOf(split('2026-05', SPOUSE, CHILD))).toBe('ok');
  });

  it('names who is no member by the row', () => {
    const stranger = { person: OTHER, row: 2, field: '/members/1/person' };
    expect(refusalOf(split('2026-05', SPOUSE, OTHER))).toEqual(['missing/member', stranger]);
  });

  // On the roll since 2025-01-05, a relation since 2026-03-10.
  const later = now(family({ [CHILD]: [belongs('2026-03-10', 'grandchild')] }));
  const before = (row?: number) => ({
    person: CHILD,
    since: '2026-03-10',
    ...(row !== undefined && { row }),
    field: '/from',
  });

  it.each([
    ['2026-02', ['conflict/before-membership', before(2)]],
    ['2026-03', ['conflict/before-membership', before(2)]],
    ['2026-04', 'ok'],
  ])('split from %s', (from, expected) => {
    expect(refusalOf(split(from, SPOUSE, CHILD), { household: later })).toEqual(expected);
  });

  it('from the very day is late enough', () => {
    const household = now(family({ [CHILD]: [belongs('2026-03-01', 'grandchild')] }));
    expect(refusalOf(split('2026-03', SPOUSE, CHILD), { household })).toBe('ok');
  });

  it('nor a merger, a member who leaves, a new head or a marriage', () => {
    const members = [HEAD, SPOUSE, CHILD].map((person) => ({ person, relation: 'other', covered: true }));
    const merge = { event: 'merge', into: OTHER_HOUSEHOLD, members, from: '2026-03', evidence };
    const leave = { event: 'leave', person: CHILD, from: '2026-03', evidence };
    const newHead = { event: 'new-head', person: CHILD, formerHead: 'parent', from: '2026-03', evidence };
    const join = {
      event: 'join',
      cause: 'other',
      name: '王新',
      idNumber: '110101199003070011',
      relation: 'child',
      covered: true,
      from: '2026-03',
      evidence,
    };
    const joining = { key: CHILD, facts: later.persons[CHILD] ?? [] };
    const refused = (row?: number) => ['conflict/before-membership', before(row)];
    expect(refusalOf(merge, { household: later, other: neighbours })).toEqual(refused(3));
    expect(refusalOf(leave, { household: later })).toEqual(refused());
    expect(refusalOf(newHead, { household: later })).toEqual(refused());
    expect(refusalOf(join, { household: neighbours, joining, other: later })).toEqual(refused());
    for (const event of [merge, leave, newHead]) {
      expect(refusalOf({ ...event, from: '2026-04' }, { household: later, other: neighbours })).toBe('ok');
    }
    const april = { household: neighbours, joining, other: later };
    expect(refusalOf({ ...join, from: '2026-04' }, april)).toBe('ok');
  });
});
