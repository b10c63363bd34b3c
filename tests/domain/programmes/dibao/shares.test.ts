// Goal: whose part of a household's amount each is (本人份额) adds up to it, for every household, place and kind of proposal.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fraction } from '../../../../domain/fraction.ts';
import { fen, sumFen } from '../../../../domain/money.ts';
import { dividedAmong, dividedLike } from '../../../../domain/programmes/decided-shares.ts';
import { propose } from '../../../../domain/programmes/dibao/propose.ts';
import { proposeSchedule } from '../../../../domain/programmes/dibao/schedule.ts';
import type { Determination, DeterminationSpan } from '../../../../domain/register/determination.ts';
import { must } from '../samples.ts';
import { anyHousehold, shuffled } from './households.ts';
import {
  decide,
  family,
  householdOf,
  inputOf as input,
  member,
  monthly,
  schedule,
  viewOf,
} from './samples.ts';

const BEIJING = '110000';
const MONTHS: Readonly<Record<string, string>> = {
  '110000': '2025-03',
  '231025': '2026-06',
  '321281': '2025-03',
  '440100': '2025-09',
};
const views = Object.fromEntries(Object.keys(MONTHS).map((place) => [place, viewOf(place)]));

/** What the shares come to by component, beside the components. */
function addsUp({ components, shares }: Pick<DeterminationSpan, 'components' | 'shares'>): void {
  const totals = components.map(({ component }) => ({
    component,
    fen: sumFen((shares ?? []).filter((one) => one.component === component).map((one) => one.fen)),
  }));
  expect(totals).toEqual(components);
  for (const share of shares ?? []) expect(share.fen).toBeGreaterThan(0);
}

describe('shares', () => {
  it('add up to every component, belong to covered members, and do not depend on the order of anything', () => {
    const both = anyHousehold.chain((one) => fc.tuple(fc.constant(one), shuffled(one)));
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(MONTHS)), both, (place, [household, other]) => {
        const proposal = must(propose(household, views[place]!, MONTHS[place]!));
        addsUp(proposal);
        const covered = household.members.filter((one) => one.covered && one.exclusion === undefined);
        const persons = covered.map(({ person }) => person);
        for (const { person } of proposal.shares) expect(persons).toContain(person);
        expect(must(propose(other, views[place]!, MONTHS[place]!)).shares).toEqual(proposal.shares);
      }),
      { numRuns: 200 },
    );
  });

  it('divide to the fen, in proportion, what is over to the first by key', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 9999 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), weights, (amount, parts) => {
        const persons = parts.map((part, index) => ({ person: `P${index}`, weight: fraction(String(part)) }));
        const shares = dividedAmong('base', fen(amount), persons);
        expect(sumFen(shares.map((share) => share.fen))).toBe(amount);
        const sum = parts.reduce((total, part) => total + part, 0);
        for (const [index, part] of parts.entries()) {
          const mine = shares.find(({ person }) => person === `P${index}`)?.fen ?? 0;
          const exact = sum === 0 ? amount / parts.length : (amount * part) / sum;
          expect(Math.abs(mine - exact)).toBeLessThanOrEqual(parts.length);
        }
      }),
    );
    const thirds = ['C', 'A', 'B'].map((person) => ({ person, weight: fraction('1') }));
    expect(dividedAmong('base', fen(100), thirds).map((share) => [share.person, share.fen])).toEqual([
      ['A', 34],
      ['B', 33],
      ['C', 33],
    ]);
  });

  it('of who gets the standard in full are the standard, the rest divide the difference', () => {
    const disabled = { disability: { grade: 1, kind: 'limb' } } as const;
    const household = householdOf([member('P1', { incomes: monthly('1000.00') }), member('P2', disabled)]);
    const { components, shares } = must(propose(household, viewOf(BEIJING), '2025-03'));
    addsUp({ components, shares });
    expect(shares.find((one) => one.person === 'P2' && one.component === 'base')?.fen).toBe(145_000);
  });
});

describe('determinations', () => {
  const decidedOn = '2024-03-10';
  const before = decide(
    [],
    schedule(
      { kind: 'initial', appliedOn: decidedOn, decidedOn },
      input(BEIJING, { cases: cases('300.00') }),
    ),
    decidedOn,
  );
  function cases(income: string) {
    return [{ from: '2020-01', household: family(3, income) }];
  }

  it('keep their shares through a change of standard and a taper', () => {
    const change = { kind: 'standard-change', issuedOn: '2024-08-21', through: '2024-12' } as const;
    const moved = schedule(change, input(BEIJING, { cases: cases('300.00'), determinations: before })).spans;
    expect(moved.length).toBeGreaterThan(0);
    for (const span of moved) addsUp(span);
    const rich = [...cases('300.00'), { from: '2024-10', household: family(3, '9000.00') }];
    const taper = { kind: 'taper', declaredOn: '2024-09-30' } as const;
    const tapered = schedule(taper, input(BEIJING, { cases: rich, determinations: before })).spans;
    expect(tapered.map(({ components }) => components.length)).toEqual([1, 1, 0]);
    for (const span of tapered) addsUp(span);
  });

  it('without shares get them by a review, unless they are one person’s alone', () => {
    const bare = before.map((one) => ({
      ...one,
      spans: one.spans.map(({ from, components, derivation }) => ({ from, components, derivation })),
    }));
    const review = { kind: 'review', decidedOn: '2024-04-10' } as const;
    const asked = (determinations: readonly Determination[]) =>
      must(proposeSchedule(review, input(BEIJING, { cases: cases('300.00'), determinations }))).spans;
    expect(asked(before)).toEqual([]);
    expect(asked(bare).map(({ shares }) => shares?.length)).toEqual([3]);
  });

  it('are divided like the first division that comes to the same, else in proportion', () => {
    const component = 'base';
    const one = [{ person: 'P1', component, fen: fen(100) }];
    const two = [
      { person: 'P1', component, fen: fen(50) },
      { person: 'P2', component, fen: fen(150) },
    ];
    const like = (amount: number) => dividedLike([{ component, fen: fen(amount) }], [two, undefined, one]);
    expect(like(100)).toEqual(one);
    expect(like(400)?.map((share) => share.fen)).toEqual([100, 300]);
    expect(dividedLike([{ component: 'top-up', fen: fen(1) }], [two])).toBeUndefined();
  });
});
