// Goal: whatever is on record of a person, a month is a rate of the table or nothing, says why, and does not depend on the order in which
// facts are listed; of two districts one pays each month. Method: random histories of cards, grades, classes, custody, moves and papers.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { addMonths, monthOf as monthOfDate, monthRange } from '../../../domain/calendar.ts';
import { assess } from '../../../domain/programmes/assess.ts';
import { renderStep } from '../../../domain/programmes/sentences.ts';
import type { Fact, FactKind } from '../../../domain/register/facts.ts';
import { BOOK, fact, LAST, LIVING, monthOf, must, NURSING, PERSON, person, situationOf } from './samples.ts';

const MONTHS = monthRange('2025-01', '2026-12');
const day = fc
  .tuple(fc.constantFrom(...MONTHS), fc.integer({ min: 1, max: 28 }))
  .map(([month, date]) => `${month}-${String(date).padStart(2, '0')}`);
const kind = (of: FactKind, ...values: string[]) =>
  fc.tuple(day, fc.constantFrom(...values)).map(([on, value]) => fact(of, on, value));
const happening = fc.oneof(
  kind('disability', '1:limb', '2:visual', '3:mental', '4:limb', ''),
  kind('disability-card', 'valid:-', 'valid:2025-08-20', 'valid:2026-03-31', 'frozen', 'cancelled'),
  kind('identity-class', 'dibao', 'marginal', 'none', 'tekun'),
  kind('custody', 'custody', 'released'),
  kind('regrading', 'open', ''),
  kind('service-disability', '3:military', '8:police', ''),
  kind('work-injury-care', 'yes', ''),
  kind('missing', 'missing', 'found'),
  day.map((on) => fact('review', on)),
  day.map((on) => fact('reapplication', on)),
  day.map((on) => fact('income-report', on)),
);
const history = fc.array(happening, { maxLength: 12 });
const RATES: Record<string, readonly number[]> = {
  [LIVING]: [0, 20_900, 21_700],
  [NURSING]: [0, 28_000, 29_000],
};

it('a month is a rate of the table or nothing, with a reason that can be read', () => {
  fc.assert(
    fc.property(
      history,
      fc.constantFrom(...MONTHS),
      fc.constantFrom(LIVING, NURSING),
      (facts, month, programme) => {
        const { fen, components, derivation } = must(
          monthOf('440100', person('1:limb', '2024-05-06', ...facts), month, { programme }),
        );
        expect(RATES[programme]).toContain(fen);
        expect(components.length).toBe(fen === 0 ? 0 : 1);
        expect(derivation.at(-1)?.result === '0.00').toBe(fen === 0);
        for (const step of derivation)
          expect(Object.values(renderStep({ id: programme }, step)).join()).not.toMatch(/undefined|\{/);
      },
    ),
    { numRuns: 300 },
  );
});

it('the order in which facts are listed decides nothing', () => {
  fc.assert(
    fc.property(
      history.chain((facts) =>
        fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length })),
      ),
      fc.constantFrom(...MONTHS),
      ([facts, shuffled], month) => {
        const given = (list: readonly Fact[]) =>
          assess(situationOf('440100', [...list, ...person('1:limb')]), BOOK, { month, knownOn: LAST });
        expect(given(shuffled)).toEqual(given(facts));
      },
    ),
    { numRuns: 200 },
  );
});

it('of two districts of a city exactly one pays each month, whenever somebody moved and applied anew', () => {
  fc.assert(
    fc.property(day, day, (moved, applied) => {
      // From 2027 on Beijing asks for checks that these two have not had.
      fc.pre(moved < '2026-08');
      const lastMonth = monthOfDate(moved);
      const registered = fact('household-registration', moved, '110105');
      const there = person('1:limb', '2024-05-06', registered);
      const late = applied < moved ? moved : applied;
      const here = person('1:limb', late, registered, fact('paid-elsewhere', late, lastMonth));
      for (const month of [-2, -1, 0, 1, 2, 3].map((offset) => addMonths(lastMonth, offset))) {
        const paid = [
          must(monthOf('110101', there, month, { programme: NURSING })).fen,
          must(monthOf('110105', here, month, { programme: NURSING })).fen,
        ];
        expect(paid.toSorted((a, b) => a - b)).toEqual([0, 30_000]);
      }
    }),
    { numRuns: 60 },
  );
});

it('what happens in a month takes nothing back of those before it; a new card may pay some back', () => {
  fc.assert(
    fc.property(history, happening, (facts, later) => {
      const before = addMonths(monthOfDate(later.validFrom), -1);
      fc.pre(before >= '2025-01');
      const at = (list: readonly Fact[]) => {
        const situation = situationOf('440100', person('1:limb', '2024-05-06', ...list), [NURSING]);
        expect(situation.persons[PERSON]).toBeDefined();
        return must(assess(situation, BOOK, { month: before, knownOn: LAST }).enrolments[0]!.result).fen;
      };
      fc.pre(later.kind !== 'disability-card' || !later.value.startsWith('valid'));
      expect(at([...facts, later])).toBe(at(facts));
    }),
    { numRuns: 200 },
  );
});
