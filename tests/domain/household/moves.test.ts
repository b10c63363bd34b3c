// Goal: a household that moves is paid for each month by exactly one district. Method: the month before, of and after each move.
import { describe, expect, it } from 'vitest';
import type { HouseholdNow } from '../../../domain/household/event-changes.ts';
import { decidedStop } from '../../../domain/programmes/decided-stop.ts';
import { determinedMonth } from '../../../domain/programmes/determined.ts';
import { paidElsewhereStep } from '../../../domain/programmes/paid-elsewhere.ts';
import type { Fact } from '../../../domain/register/facts.ts';
import {
  CHILD,
  code,
  enrolment,
  evidence,
  HEAD,
  HERE,
  MONTHS,
  made,
  neighbours,
  now,
  SPOUSE,
  THERE,
} from './events.ts';
import { fact, family, HOUSEHOLD, OTHER_HOUSEHOLD } from './households.ts';

describe('moves', () => {
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
});
