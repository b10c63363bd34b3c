import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../domain/canonical.ts';
import { caseOn } from '../../../domain/household/case-on.ts';
import { HouseholdCase } from '../../../domain/household/household-case.ts';
import { membershipText } from '../../../domain/household/membership.ts';
import type { Situation } from '../../../domain/programmes/programme.ts';
import { type Fact, knownBy } from '../../../domain/register/facts.ts';
import { belongs, born, fact, family, HOUSEHOLD, OTHER_HOUSEHOLD } from './households.ts';

const [HEAD, SPOUSE, CHILD] = ['P0000000000A', 'P0000000000B', 'P0000000000C'] as const;

function caseOf(situation: Situation, month: string) {
  const found = caseOn(situation, HOUSEHOLD, month);
  if (!found.ok) throw new Error(found.error.en);
  return found.value;
}
const codeOf = (situation: Situation, month: string) => {
  const found = caseOn(situation, HOUSEHOLD, month);
  return found.ok ? 'ok' : found.error.code;
};
const keys = (situation: Situation, month: string) =>
  caseOf(situation, month).members.map(({ person }) => person);
const member = (situation: Situation, month: string, person: string) =>
  caseOf(situation, month).members.find((one) => one.person === person);

describe('a household for a month', () => {
  it('is its members and what is known of them, as the assessment reads it', () => {
    const found = caseOf(
      {
        ...family({
          [HEAD]: [
            fact('disability', '2025-02-01', '2:limb'),
            fact('employment', '2025-02-01', 'employed:2200.00'),
            fact('incomes', '2025-02-01', 'pension:1200.00:month;transfer:300.00:year'),
            fact('special-groups', '2025-02-01', 'lone-parent;veteran'),
          ],
          [CHILD]: [fact('student', '2025-02-01', 'compulsory')],
        }),
        households: {
          [HOUSEHOLD]: [
            fact('residence', '2025-01-05', 'rural'),
            fact('obligors', '2025-02-01', 'parent-support:6000.00:3:2:low-income'),
            fact('spending', '2025-02-01', 'medical:12000.00:year'),
            fact('household-incomes', '2025-02-01', 'operating:5000.00:year'),
            fact('application-kind', '2025-02-01', 'single-person:marginal'),
          ],
        },
      },
      '2025-02',
    );
    expect(HouseholdCase.parse(found)).toEqual(found);
    expect(found).toMatchObject({
      residence: 'rural',
      application: { kind: 'single-person', familyRecognisedMarginal: true },
      incomes: [{ kind: 'operating', amount: '5000.00', basis: 'year' }],
      obligors: [
        { duty: 'parent-support', monthlyIncome: '6000.00', persons: 3, supported: 2, exempt: 'low-income' },
      ],
      spending: [{ kind: 'medical', amount: '12000.00', basis: 'year' }],
    });
    expect(found.members[0]).toMatchObject({
      person: HEAD,
      relation: 'head',
      birthDate: '1980-05-10',
      disability: { grade: 2, kind: 'limb' },
      employment: { kind: 'employed', monthly: '2200.00' },
      incomes: [{ kind: 'pension' }, { kind: 'transfer' }],
      specialGroups: ['lone-parent', 'veteran'],
    });
    expect(found.members[2]).toMatchObject({ person: CHILD, student: 'compulsory' });
  });

  it('has a member from the month in which the membership begins to the one before it ends', () => {
    const married = family({ P0000000000D: [born('1990-01-01'), belongs('2026-05-31', 'other')] });
    expect(['2026-04', '2026-05', '2026-06'].map((month) => keys(married, month).length)).toEqual([3, 4, 4]);
    const left = family({ [SPOUSE]: [fact('household', '2026-05-01', '')] });
    expect(['2026-04', '2026-05', '2026-06'].map((month) => keys(left, month).length)).toEqual([3, 2, 2]);
  });

  it('keeps the dead through the month of a certified death; a reported one changes nothing', () => {
    const widowed = family({ [SPOUSE]: [fact('death-certified', '2026-05-20', '2026-05-20')] });
    expect(['2026-04', '2026-05', '2026-06'].map((month) => keys(widowed, month).length)).toEqual([3, 3, 2]);
    const reported = family({ [SPOUSE]: [fact('death-reported', '2026-05-20', '2026-05-20')] });
    expect(keys(reported, '2026-06')).toHaveLength(3);
  });

  it.each([
    ['custody', 'custody', 'released', 'custody'],
    ['custody', 'compulsory-rehabilitation', 'released', 'compulsory-rehabilitation'],
    ['missing', 'missing', 'found', 'missing'],
    ['clergy', 'clergy', 'left', 'clergy'],
  ] as const)('%s excludes a member while it lasts (%s)', (kind, away, back, exclusion) => {
    const situation = family({ [SPOUSE]: [fact(kind, '2026-05-20', away), fact(kind, '2026-08-10', back)] });
    const said = ['2026-04', '2026-05', '2026-07', '2026-08'].map(
      (month) => member(situation, month, SPOUSE)?.exclusion,
    );
    expect(said).toEqual([undefined, exclusion, exclusion, undefined]);
  });

  it('has a person in one household at a time', () => {
    const moved = family({
      [SPOUSE]: [
        fact(
          'household',
          '2026-05-01',
          membershipText({ household: OTHER_HOUSEHOLD, relation: 'head', covered: true }),
        ),
      ],
    });
    const both = {
      ...moved,
      households: { ...moved.households, [OTHER_HOUSEHOLD]: [fact('residence', '2026-05-01', 'rural')] },
    };
    for (const [month, mine, theirs] of [
      ['2026-04', 3, 0],
      ['2026-05', 2, 1],
    ] as const) {
      const other = caseOn(both, OTHER_HOUSEHOLD, month);
      expect([keys(both, month).length, other.ok ? other.value.members.length : 0]).toEqual([mine, theirs]);
    }
  });

  it('has one head: of two the one named later', () => {
    const renamed = family({ [SPOUSE]: [belongs('2026-05-01', 'head')] });
    expect(member(renamed, '2026-04', HEAD)?.relation).toBe('head');
    expect(member(renamed, '2026-05', SPOUSE)?.relation).toBe('head');
    expect(member(renamed, '2026-05', HEAD)?.relation).toBe('other');
  });

  it('reads a correction of the same day by when it was learned', () => {
    const corrected = [
      fact('serious-illness', '2026-05-01', 'yes', '2026-05-02T00:00:00.000Z'),
      fact('serious-illness', '2026-05-01', '', '2026-06-02T00:00:00.000Z'),
    ];
    expect(member(family({ [HEAD]: corrected }), '2026-05', HEAD)?.seriousIllness).toBe(false);
    const asKnown = knownBy(corrected, '2026-05-31T00:00:00.000Z');
    expect(member(family({ [HEAD]: asKnown }), '2026-05', HEAD)?.seriousIllness).toBe(true);
  });

  it('is refused when nobody is in it, when its residence or a birth date is unknown', () => {
    expect(codeOf(family(), '2024-12')).toBe('missing/members');
    expect(codeOf({ ...family(), households: {} }, '2026-01')).toBe('missing/residence');
    expect(codeOf(family({ P0000000000D: [belongs('2026-01-01', 'other')] }), '2026-01')).toBe(
      'missing/birth-date',
    );
  });
});

const anyFact: fc.Arbitrary<Fact> = fc
  .tuple(
    fc.constantFrom<[Fact['kind'], string]>(
      ['disability', '1:visual'],
      ['disability', ''],
      ['custody', 'custody'],
      ['custody', 'released'],
      ['employment', 'flexible:800.00'],
      ['incomes', 'pension:10.00:month'],
      ['household', ''],
      ['household', membershipText({ household: HOUSEHOLD, relation: 'head', covered: false })],
      ['household', membershipText({ household: OTHER_HOUSEHOLD, relation: 'other', covered: true })],
      ['death-certified', '2026-02-03'],
    ),
    fc.constantFrom('2026-01-05', '2026-03-01', '2026-04-30'),
    // Few days and instants, so that facts often tie on every date.
    fc.constantFrom('2026-05-01T00:00:00.000Z', '2026-05-02T00:00:00.000Z'),
  )
  .map(([[kind, value], validFrom, recordedAt]) => fact(kind, validFrom, value, recordedAt));

describe('properties of a household for a month', () => {
  const histories = fc.record({
    [HEAD]: fc.array(anyFact, { maxLength: 6 }),
    [SPOUSE]: fc.array(anyFact, { maxLength: 6 }),
    [CHILD]: fc.array(anyFact, { maxLength: 6 }),
  });

  it('is the same bytes in whatever order persons and facts are listed', () => {
    fc.assert(
      fc.property(
        histories,
        fc.constantFrom('2026-01', '2026-02', '2026-03', '2026-04'),
        fc.infiniteStream(fc.nat()),
        (more, month, random) => {
          const situation = family(more);
          const shuffled: Situation = {
            ...situation,
            persons: Object.fromEntries(
              shuffle(Object.entries(situation.persons), random).map(([key, facts]) => [
                key,
                shuffle(facts, random),
              ]),
            ),
          };
          const bytes = (one: Situation) => canonicalJson(caseOn(one, HOUSEHOLD, month));
          expect(bytes(shuffled)).toBe(bytes(situation));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('has at most one head, and nobody in two households', () => {
    fc.assert(
      fc.property(histories, (more) => {
        const situation = {
          ...family(more),
          households: {
            ...family().households,
            [OTHER_HOUSEHOLD]: [fact('residence', '2025-01-01', 'urban')],
          },
        };
        const members = [HOUSEHOLD, OTHER_HOUSEHOLD].flatMap((household) => {
          const found = caseOn(situation, household, '2026-04');
          return found.ok ? [found.value.members] : [];
        });
        for (const one of members)
          expect(one.filter(({ relation }) => relation === 'head').length).toBeLessThanOrEqual(1);
        const everyone = members.flat().map(({ person }) => person);
        expect(new Set(everyone).size).toBe(everyone.length);
      }),
    );
  });
});

function shuffle<T>(items: readonly T[], random: fc.Stream<number>): T[] {
  const left = [...items];
  const out: T[] = [];
  while (left.length > 0) {
    const at = (random.next().value as number) % left.length;
    out.push(...left.splice(at, 1));
  }
  return out;
}
