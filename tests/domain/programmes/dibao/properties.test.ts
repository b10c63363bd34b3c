// Goal: what must hold for every household. Method: fast-check over households of any kind, at every place that has a pack with
// rules of its own.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, monthRange } from '../../../../domain/calendar.ts';
import { sumFen } from '../../../../domain/money.ts';
import { dibao } from '../../../../domain/programmes/dibao/programme.ts';
import { propose } from '../../../../domain/programmes/dibao/propose.ts';
import { renderStep } from '../../../../domain/programmes/sentences.ts';
import { type Determination, determinedFor } from '../../../../domain/register/determination.ts';
import { must } from '../samples.ts';
import { anyHousehold, shuffled } from './households.ts';
import { decide, determined, dibaoFile, PLACES, schedule, viewOf } from './samples.ts';

/** A month with every parameter in force, in each place with rules. */
const MONTHS: Readonly<Record<string, string>> = {
  '110000': '2025-03',
  '231025': '2026-06',
  '310000': '2025-09',
  '321281': '2025-03',
  '440100': '2025-09',
  '500000': '2025-03',
};
const views = Object.fromEntries(Object.keys(MONTHS).map((place) => [place, viewOf(place)]));
const places = fc.constantFrom(...Object.keys(MONTHS));
const proposedFor = (place: string, household: Parameters<typeof propose>[0], month = MONTHS[place]!) =>
  must(propose(household, views[place]!, month));
const standardOf = (place: string, residence: 'urban' | 'rural'): number => {
  const rows = dibaoFile(place).values.filter(({ parameter }) => parameter === 'standard');
  const row = rows.findLast((one) => one.inForceFrom <= MONTHS[place]!);
  return Number((row!.value as Record<string, string>)[residence]) * 100;
};

it('every place with rules is looked at', () => {
  expect(Object.keys(MONTHS)).toEqual(PLACES.filter((place) => place !== '110199'));
});

describe('a proposal', () => {
  it('does not depend on the order of anything: amount and derivation', () => {
    const both = anyHousehold.chain((one) => fc.tuple(fc.constant(one), shuffled(one)));
    fc.assert(
      fc.property(places, both, (place, [one, other]) => {
        expect(proposedFor(place, other)).toEqual(proposedFor(place, one));
      }),
    );
  });

  it('is never negative, never above standard × covered persons plus top-ups; a top-up once per person', () => {
    fc.assert(
      fc.property(places, anyHousehold, (place, household) => {
        const { components, derivation, fen, eligible } = proposedFor(place, household);
        const standard = standardOf(place, household.residence);
        const covered = household.members.filter((one) => one.covered && one.exclusion === undefined);
        const of = (name: string) => components.find(({ component }) => component === name)?.fen ?? 0;
        expect(fen).toBe(sumFen(components.map((one) => one.fen)));
        for (const component of components) expect(component.fen).toBeGreaterThan(0);
        expect(of('base')).toBeLessThanOrEqual(standard * covered.length);
        // The largest tier of any pack is 35 %, or 142 yuan.
        expect(of('top-up')).toBeLessThanOrEqual(Math.max(standard * 0.35, 14_200) * covered.length);
        expect(eligible || components.length === 0).toBe(true);
        const persons = derivation
          .filter(({ code }) => code === 'top-up-percent' || code === 'top-up-flat')
          .map(({ inputs }) => inputs['person']);
        expect(new Set(persons).size).toBe(persons.length);
      }),
    );
  });

  it('never gives more for more income', () => {
    const more = fc.integer({ min: 1, max: 300_000 });
    fc.assert(
      fc.property(places, anyHousehold, more, (place, household, cents) => {
        const extra = { kind: 'transfer', amount: (cents / 100).toFixed(2), basis: 'month' } as const;
        const richer = { ...household, incomes: [...household.incomes, extra] };
        expect(proposedFor(place, richer).fen).toBeLessThanOrEqual(proposedFor(place, household).fen);
      }),
    );
  });

  it('explains itself: every step renders in both languages and cites its source', () => {
    fc.assert(
      fc.property(places, anyHousehold, (place, household) => {
        for (const step of proposedFor(place, household).derivation) {
          const { zh, en } = renderStep(dibao, step);
          expect(zh.length * en.length).toBeGreaterThan(0);
          expect(step.citation?.document).toBeTruthy();
          expect(`${zh} ${en}`).not.toMatch(/19\d\d-\d\d-\d\d|\{|undefined/);
        }
      }),
    );
  });
});

/** Fen per month by the determinations. */
const paid = (determinations: readonly Determination[], months: readonly string[]) =>
  months.map((month) => {
    const found = determinedFor(determinations, month);
    return sumFen((found?.span.components ?? []).map(({ fen }) => fen));
  });

describe('a schedule', () => {
  const MONTHS_OF_CHANGE = monthRange('2024-01', '2025-06');
  const issued = { kind: 'standard-change', issuedOn: '2024-08-21' } as const;
  /** What the old standard gave since January, as it was decided then. */
  const before = (household: Parameters<typeof propose>[0]) => {
    const view = viewOf('110000', views['110000']!.book, '2024-01-10');
    const { components } = must(propose(household, view, '2024-01'));
    return [
      {
        ...determined([], { decidedOn: '2024-01-10' }),
        spans: [{ from: '2024-01', components, derivation: [] }],
      },
    ];
  };
  /** Grown-ups only: nobody's age changes a group between the months that are compared. */
  const steady = anyHousehold.map((household) => ({
    ...household,
    members: household.members.map((one) => ({ ...one, birthDate: '1980-01-15' })),
  }));
  const inputOf = (household: Parameters<typeof propose>[0], determinations: readonly Determination[]) => ({
    ...views['110000']!,
    cases: [{ from: '2020-01', household }],
    determinations,
  });

  it('a change of standard is exactly new minus old from its first month, and nothing before', () => {
    fc.assert(
      fc.property(steady, (household) => {
        const old = before(household);
        const proposal = schedule({ ...issued, through: '2024-09' }, inputOf(household, old));
        const now = decide(old, proposal, '2024-08-28');
        const fresh =
          old[0]!.spans[0]!.components.length === 0 ? 0 : proposedFor('110000', household, '2024-09').fen;
        const [was = 0] = paid(old, ['2024-01']);
        expect(paid(now, MONTHS_OF_CHANGE)).toEqual(
          MONTHS_OF_CHANGE.map((month) => (month < '2024-07' ? was : fresh)),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('done at once or in two steps split at any month, every month is the same', () => {
    const split = fc.constantFrom(...monthRange('2024-05', '2024-12'));
    fc.assert(
      fc.property(steady, split, (household, through) => {
        const old = before(household);
        const step = (from: readonly Determination[], last: string) => {
          const proposal = schedule({ ...issued, through: last }, inputOf(household, from));
          return proposal.spans.length === 0 ? [...from] : decide(from, proposal, '2024-08-28');
        };
        const once = step(old, '2024-12');
        const twice = step(step(old, through), '2024-12');
        expect(paid(twice, MONTHS_OF_CHANGE)).toEqual(paid(once, MONTHS_OF_CHANGE));
      }),
      { numRuns: 60 },
    );
  });

  it('a span split anywhere pays the same', () => {
    const spans = fc.uniqueArray(fc.constantFrom(...MONTHS_OF_CHANGE), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(spans, fc.constantFrom(...MONTHS_OF_CHANGE), (starts, at) => {
        const whole = determined(starts.sort().map((from, index) => [from, 100 * index] as const));
        const covering = whole.spans.findLast(({ from }) => from <= at);
        if (!covering) return;
        const parts = [...whole.spans.filter(({ from }) => from !== at), { ...covering, from: at }];
        const cut = { ...whole, spans: parts.sort((a, b) => (a.from < b.from ? -1 : 1)) };
        expect(paid([cut], MONTHS_OF_CHANGE)).toEqual(paid([whole], MONTHS_OF_CHANGE));
      }),
    );
  });

  it('an unchanged household proposes nothing more after its first approval', () => {
    fc.assert(
      fc.property(places, anyHousehold, (place, household) => {
        const decidedOn = `${addMonths(MONTHS[place]!, -1)}-10`;
        const initial = { kind: 'initial', appliedOn: decidedOn, decidedOn } as const;
        const at = { ...views[place]!, cases: [{ from: '2020-01', household }] };
        const after = decide([], schedule(initial, { ...at, determinations: [] }), decidedOn);
        const input = { ...at, determinations: after };
        const again = { kind: 'review', decidedOn } as const;
        expect(schedule(again, input).spans).toEqual([]);
        const change = { kind: 'standard-change', issuedOn: decidedOn, through: MONTHS[place]! } as const;
        expect(schedule(change, input).spans).toEqual([]);
      }),
    );
  });
});
