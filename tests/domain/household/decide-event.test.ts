import { describe, expect, it } from 'vitest';
import { caseOn } from '../../../domain/household/case-on.ts';
import { decideEvent } from '../../../domain/household/decide-event.ts';
import { HouseholdEvent } from '../../../domain/household/event.ts';
import type { EventChanges, EventInput, HouseholdNow } from '../../../domain/household/event-changes.ts';
import { decidedStop } from '../../../domain/programmes/decided-stop.ts';
import { determinedMonth } from '../../../domain/programmes/determined.ts';
import { paidElsewhereStep } from '../../../domain/programmes/paid-elsewhere.ts';
import type { Situation } from '../../../domain/programmes/programme.ts';
import type { EnrolmentDocument } from '../../../domain/register/enrolment.ts';
import type { Fact } from '../../../domain/register/facts.ts';
import { belongs, born, fact, family, HOUSEHOLD, OTHER_HOUSEHOLD } from './households.ts';

const [HEAD, SPOUSE, CHILD, OTHER] = [
  'P0000000000A',
  'P0000000000B',
  'P0000000000C',
  'P0000000000D',
] as const;
const [HERE, THERE] = ['110199', '110105'] as const;
const evidence = '户口簿';

const enrolment = (
  household: string,
  jurisdiction: string,
  facts: readonly Fact[] = [],
): EnrolmentDocument => ({
  id: `DB-${household}-${jurisdiction === HERE ? 1 : 2}`,
  jurisdiction,
  programme: 'dibao',
  subject: household,
  payees: [],
  facts,
  version: 1,
  changedAt: '2026-01-01T00:00:00.000Z',
});
const now = (situation: Situation, changes: Partial<HouseholdNow> = {}): HouseholdNow => ({
  key: HOUSEHOLD,
  facts: situation.households?.[HOUSEHOLD] ?? [],
  persons: situation.persons,
  enrolments: [enrolment(HOUSEHOLD, HERE)],
  ...changes,
});
const NEIGHBOURS: Situation = {
  persons: { [OTHER]: [born('1970-01-01'), belongs('2025-01-05', 'head', { household: OTHER_HOUSEHOLD })] },
  enrolments: [],
  households: { [OTHER_HOUSEHOLD]: [fact('residence', '2025-01-05', 'urban')] },
};
const neighbours: HouseholdNow = {
  key: OTHER_HOUSEHOLD,
  facts: NEIGHBOURS.households?.[OTHER_HOUSEHOLD] ?? [],
  persons: NEIGHBOURS.persons,
  enrolments: [enrolment(OTHER_HOUSEHOLD, HERE)],
};

function decide(event: unknown, changes: Partial<EventInput> = {}) {
  return decideEvent({
    event: HouseholdEvent.parse(event),
    household: now(family()),
    other: undefined,
    founded: undefined,
    joining: undefined,
    enrolmentId: undefined,
    jurisdiction: HERE,
    ...changes,
  });
}
function made(event: unknown, changes: Partial<EventInput> = {}): EventChanges {
  const decided = decide(event, changes);
  if (!decided.ok) throw new Error(decided.error.en);
  return decided.value;
}
const code = (event: unknown, changes: Partial<EventInput> = {}) => {
  const decided = decide(event, changes);
  return decided.ok ? 'ok' : decided.error.code;
};

/** The families together after an event, as facts. */
function after(changes: EventChanges, before: Situation = family()): Situation {
  const persons: Record<string, readonly Fact[]> = { ...NEIGHBOURS.persons, ...before.persons };
  const households: Record<string, readonly Fact[]> = { ...NEIGHBOURS.households, ...before.households };
  const asFacts = (facts: EventChanges['persons'][number]['facts']) =>
    facts.map(({ kind, value, validFrom }) => fact(kind, validFrom, value, '2026-06-20T00:00:00.000Z'));
  for (const { person, facts } of changes.persons)
    persons[person] = [...(persons[person] ?? [born('2026-05-03')]), ...asFacts(facts)];
  for (const { household, facts } of changes.households)
    households[household] = [...(households[household] ?? []), ...asFacts(facts)];
  return { persons, households, enrolments: [] };
}
const MONTHS = ['2026-04', '2026-05', '2026-06'] as const;
/** Members of a household the month before, of and after May. */
const sizes = (situation: Situation, household = HOUSEHOLD) =>
  MONTHS.map((month) => {
    const found = caseOn(situation, household, month);
    return found.ok ? found.value.members.length : 0;
  });
const heads = (situation: Situation) =>
  MONTHS.map((month) => {
    const found = caseOn(situation, HOUSEHOLD, month);
    return found.ok ? found.value.members.find(({ relation }) => relation === 'head')?.person : undefined;
  });

describe('events of a household, the month before, of and after', () => {
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

  it('death of a member: counted through its month', () => {
    const event = { event: 'death', person: SPOUSE, date: '2026-05-20', evidence };
    expect(sizes(after(made(event)))).toEqual([3, 3, 2]);
    expect(code({ ...event, person: OTHER })).toBe('missing/member');
  });

  it('new head: from that month, the former one stays what is said of them', () => {
    const changes = made({
      event: 'new-head',
      person: SPOUSE,
      formerHead: 'spouse',
      from: '2026-05',
      evidence,
    });
    expect(heads(after(changes))).toEqual([HEAD, SPOUSE, SPOUSE]);
    expect(code({ event: 'new-head', person: HEAD, formerHead: 'other', from: '2026-05', evidence })).toBe(
      'conflict/already-head',
    );
    const dead = now(family({ [SPOUSE]: [fact('death-certified', '2026-04-01', '2026-04-01')] }));
    expect(
      code(
        { event: 'new-head', person: SPOUSE, formerHead: 'other', from: '2026-05', evidence },
        { household: dead },
      ),
    ).toBe('conflict/dead');
  });

  it.each([
    ['nobody named', undefined, [HEAD]],
    ['the head named', { payee: HEAD, source: 'desk' }, [HEAD]],
    ['the head named as whoever heads', { payee: HOUSEHOLD, source: 'payee-change' }, [HEAD]],
    ['a representative', { payee: OTHER, source: 'payee-change' }, []],
    [
      'who is still paid after an earlier change of head',
      { payee: OTHER, source: 'household-event:he-1' },
      [OTHER],
    ],
  ])('new head where the payee is %s: who was paid stays named', (_who, payee, named) => {
    const record = payee && { ...payee, recordedAt: '2026-01-01T00:00:00.000Z', by: 'x' };
    const paid = { ...enrolment(HOUSEHOLD, HERE), payees: record ? [record] : [] };
    const changes = made(
      { event: 'new-head', person: SPOUSE, formerHead: 'spouse', from: '2026-05', evidence },
      { household: now(family(), { enrolments: [paid] }) },
    );
    expect(changes.enrolments.map((change) => [change.payee, change.facts])).toEqual(
      named.map((key) => [key, []]),
    );
  });

  it('prison and return: excluded while it lasts', () => {
    const excluded = (situation: Situation) =>
      MONTHS.map((month) => {
        const found = caseOn(situation, HOUSEHOLD, month);
        return found.ok && found.value.members.some(({ exclusion }) => exclusion === 'custody');
      });
    const gone = after(
      made({ event: 'custody', person: SPOUSE, state: 'custody', date: '2026-05-10', evidence }),
    );
    expect(excluded(gone)).toEqual([false, true, true]);
    const back = after(
      made({ event: 'custody', person: SPOUSE, state: 'released', date: '2026-06-02', evidence }),
      gone,
    );
    expect(excluded(back)).toEqual([false, true, false]);
  });

  it('leaving: not the head', () => {
    expect(sizes(after(made({ event: 'leave', person: CHILD, from: '2026-05', evidence })))).toEqual([
      3, 2, 2,
    ]);
    expect(code({ event: 'leave', person: HEAD, from: '2026-05', evidence })).toBe('conflict/head-first');
  });

  it('urban or rural: from that month', () => {
    const situation = after(made({ event: 'residence', residence: 'rural', from: '2026-05', evidence }));
    const said = MONTHS.map((month) => {
      const found = caseOn(situation, HOUSEHOLD, month);
      return found.ok && found.value.residence;
    });
    expect(said).toEqual(['urban', 'rural', 'rural']);
  });

  it('move between streets: the enrolment goes on under the street from the month', () => {
    const event = { event: 'move-street', street: '110199002', from: '2026-05', evidence };
    expect(made(event).enrolments).toMatchObject([
      { facts: [{ kind: 'street', value: '110199002', validFrom: '2026-05-01' }] },
    ]);
    expect(code({ ...event, street: '110105002' })).toBe('invalid/other-district');
  });

  it('move between districts: each month is paid by exactly one, whatever month it is', () => {
    const decided = {
      enrolment: '',
      number: 1,
      kind: 'initial',
      document: 'x',
      decidedOn: '2026-01-01',
      spans: [{ from: '2026-01', components: [{ component: 'base', fen: 100_00 as never }], derivation: [] }],
      sample: false,
      proposedBy: 'a',
      decidedBy: 'b',
      recordedAt: '2026-01-01T00:00:00.000Z',
    } as const;
    const out = made({ event: 'move-out', to: THERE, lastMonth: '2026-05', evidence });
    expect(out.persons.map(({ facts }) => facts[0]?.value)).toEqual([THERE, THERE, THERE]);
    const stopped =
      out.enrolments[0]?.facts.map(({ kind, value, validFrom }) => fact(kind, validFrom, value)) ?? [];
    const household = now(family(), { enrolments: [enrolment(HOUSEHOLD, HERE, stopped)] });
    const event = {
      event: 'move-in',
      programme: 'dibao',
      street: '110105001',
      appliedOn: '2026-05-20',
      paidThrough: '2026-05',
      evidence,
    };
    const inThere = { household, jurisdiction: THERE, enrolmentId: `DB-${HOUSEHOLD}-2` };
    const moved =
      made(event, inThere).enrolments[0]?.facts.map(({ kind, value, validFrom }) =>
        fact(kind, validFrom, value),
      ) ?? [];
    const due = (jurisdiction: string, facts: readonly Fact[], month: string) => {
      const one = { ...enrolment(HOUSEHOLD, jurisdiction, facts), determinations: [decided] };
      const result = determinedMonth({
        enrolment: one,
        situation: family(),
        book: undefined as never,
        knownOn: '2026-07-01',
        month,
      });
      return result.ok && result.value.fen > 0;
    };
    for (const month of ['2026-03', ...MONTHS, '2026-07'])
      expect([due(HERE, stopped, month), due(THERE, moved, month)].filter(Boolean)).toHaveLength(1);
    // Too early, or while the other district has not recorded its stop.
    expect(code({ ...event, paidThrough: '2026-04' }, inThere)).toBe('conflict/still-paid-elsewhere');
    expect(code(event, { ...inThere, household: now(family()) })).toBe('conflict/still-paid-elsewhere');
  });

  describe('an enrolment that was stopped before', () => {
    const stoppedIn = (...stops: readonly (readonly [string, string, string])[]) =>
      now(family(), {
        enrolments: [
          enrolment(
            HOUSEHOLD,
            HERE,
            stops.map(([value, validFrom, at]) => fact('stop', validFrom, value, at)),
          ),
        ],
      });
    const members = [HEAD, SPOUSE, CHILD].map((person) => ({ person, relation: 'other', covered: true }));
    const merge = { event: 'merge', into: OTHER_HOUSEHOLD, members, from: '2026-06', evidence };
    const moveOut = { event: 'move-out', to: THERE, lastMonth: '2026-05', evidence };
    const stops = (event: unknown, household: HouseholdNow) =>
      made(event, { household, other: neighbours }).enrolments.flatMap(({ facts }) =>
        facts.map(({ kind, value }) => [kind, value]),
      );

    it.each([
      ['merge', merge],
      ['move out', moveOut],
    ])('%s: its stop stays where it is, so that no stopped month becomes due', (_, event) => {
      const long = ['2025-02', '2025-03-01', '2025-02-20T01:00:00.000Z'] as const;
      expect(stops(event, stoppedIn(long))).toEqual([]);
      expect(stops(event, stoppedIn(['2026-05', '2026-06-01', '2026-05-20T01:00:00.000Z']))).toEqual([]);
      const sooner = [['stop', '2026-05']];
      expect(stops(event, stoppedIn(['2026-06', '2026-07-01', '2026-05-20T01:00:00.000Z']))).toEqual(sooner);
      const resumed = ['', '2025-06-01', '2025-06-02T01:00:00.000Z'] as const;
      expect(stops(event, stoppedIn(long, resumed))).toEqual(sooner);
    });
  });

  describe('moving in where the household has an enrolment of the programme already', () => {
    const moveIn = {
      event: 'move-in',
      programme: 'dibao',
      street: '110199002',
      appliedOn: '2026-08-20',
      paidThrough: '2026-08',
      evidence,
    };
    const at = (facts: readonly Fact[], programme = 'dibao') => ({
      household: now(family(), { enrolments: [{ ...enrolment(HOUSEHOLD, HERE, facts), programme }] }),
      enrolmentId: `DB-${HOUSEHOLD}-1`,
    });
    const stopped = [fact('stop', '2026-06-01', '2026-05', '2026-05-20T01:00:00.000Z')];

    it('back again: it goes on after the other district, and the months paid here before stay due', () => {
      const [back, ...more] = made(moveIn, at(stopped)).enrolments;
      expect(more).toEqual([]);
      expect(back).toMatchObject({ id: `DB-${HOUSEHOLD}-1`, programme: 'dibao', household: HOUSEHOLD });
      expect(back!.facts).toEqual([
        { kind: 'street', value: '110199002', validFrom: '2026-09-01' },
        { kind: 'stop', value: '', validFrom: '2026-09-01' },
      ]);
      const facts = [
        ...stopped,
        ...back!.facts.map(({ kind, value, validFrom }) =>
          fact(kind, validFrom, value, '2026-08-20T01:00:00.000Z'),
        ),
      ];
      const months = ['2026-05', '2026-06', '2026-08', '2026-09', '2026-12'];
      expect(months.map((month) => decidedStop(month, facts))).toEqual([
        undefined,
        '2026-05',
        '2026-05',
        undefined,
        undefined,
      ]);
      expect(months.map((month) => paidElsewhereStep(month, facts))).toEqual(months.map(() => undefined));
    });

    it('not while it is paid here, so that a mistaken move in changes nothing', () => {
      expect(code(moveIn, at([]))).toBe('conflict/already-here');
      expect(code({ ...moveIn, paidThrough: '2026-04' }, at(stopped))).toBe('conflict/already-here');
      expect(code({ ...moveIn, paidThrough: '2026-05' }, at(stopped))).toBe('ok');
      const resumed = [...stopped, fact('stop', '2026-07-01', '', '2026-07-02T01:00:00.000Z')];
      expect(code(moveIn, at(resumed))).toBe('conflict/already-here');
    });

    it('another programme is none of it', () => {
      const [first] = made(moveIn, at([], 'high-age')).enrolments;
      expect(first!.facts.map(({ kind }) => kind)).toEqual(['application', 'street', 'paid-elsewhere']);
    });
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
