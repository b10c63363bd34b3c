// Goal: whatever facts there are, in whatever order, a child gets the rate in exactly the months of the texts. Method: random lives
// against a count of months that knows nothing of the rules' code.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, monthRange } from '../../../../domain/calendar.ts';
import { canonicalJson, type Json } from '../../../../domain/canonical.ts';
import { differences } from '../../../../domain/programmes/differences.ts';
import { PROGRAMMES } from '../../../../domain/programmes/index.ts';
import { renderStep } from '../../../../domain/programmes/sentences.ts';
import type { Fact } from '../../../../domain/register/facts.ts';
import { must } from '../samples.ts';
import { approved, childBook, due, type Given, monthOf, monthsOf, on, orphan } from './samples.ts';

const BOOK = childBook({ '110000/orphan': { studyGap: 0 } });
const [FROM, THROUGH] = ['2025-07', '2026-12'];
const pad = (value: number) => String(value).padStart(2, '0');
const day = (firstYear: number, lastYear: number) =>
  fc
    .tuple(
      fc.integer({ min: firstYear, max: lastYear }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 28 }),
    )
    .map(([year, month, date]) => `${year}-${pad(month)}-${pad(date)}`);
const ascending = (dates: readonly string[]) => [...new Set(dates)].toSorted();

const life = fc
  .record({
    // Around 18 in the months looked at, so that study matters.
    birth: day(2006, 2009),
    decided: day(2024, 2026),
    death: fc.option(day(2025, 2026), { nil: undefined }),
    adopted: fc.option(day(2025, 2026), { nil: undefined }),
    /** Begins and ends of school in turn. */
    school: fc.array(day(2023, 2026), { maxLength: 5 }).map(ascending),
  })
  .map((one) => ({ ...one, facts: factsOf(one) }));
type Life = {
  readonly birth: string;
  readonly decided: string;
  readonly death: string | undefined;
  readonly adopted: string | undefined;
  readonly school: readonly string[];
};
function factsOf({ birth, decided, death, adopted, school }: Life): Fact[] {
  return [
    ...approved(birth, decided),
    ...(death === undefined ? [] : [on('death-certified', death)]),
    ...(adopted === undefined ? [] : [on('guardianship', adopted, 'adopted')]),
    ...school.map((date, index) => on('student', date, index % 2 === 0 ? 'vocational' : '')),
  ];
}
const given = (facts: readonly Fact[]): Given => ({ ...orphan(), facts });

/** By the texts: from the month after the decision to the month of death, of adoption, of the 18th birthday or of the end of school. */
function isDue({ birth, decided, death, adopted, school }: Life, month: string): boolean {
  const eighteen = `${Number(birth.slice(0, 4)) + 18}${birth.slice(4, 7)}`;
  const inSchool = (at: string) =>
    school.some((begin, index) => {
      const end = school[index + 1];
      return index % 2 === 0 && begin.slice(0, 7) <= at && (end === undefined || at <= end.slice(0, 7));
    });
  const young = month <= eighteen || monthRange(addMonths(eighteen, 1), month).every(inSchool);
  const before = (date: string | undefined) => date === undefined || month <= date.slice(0, 7);
  return decided.slice(0, 7) < month && before(death) && before(adopted) && young;
}

describe('properties of the programmes for children', () => {
  it('the rate in exactly the months of the texts, and nothing in the others', () => {
    fc.assert(
      fc.property(life, (one) => {
        for (const month of monthRange(FROM, THROUGH)) {
          const expected = isDue(one, month) ? 285000 : 0;
          expect([month, due(given(one.facts), month, BOOK)]).toEqual([month, expected]);
        }
      }),
      { numRuns: 120 },
    );
  });

  it('the order of facts changes nothing; every step reads in both languages and holds no date of the child', () => {
    fc.assert(
      fc.property(
        life.chain((one) =>
          fc.tuple(fc.constant(one), fc.shuffledSubarray(one.facts, { minLength: one.facts.length })),
        ),
        fc.constantFrom(...monthRange(FROM, THROUGH)),
        ([one, shuffled], month) => {
          const entitlement = must(monthOf(given(one.facts), month, BOOK));
          expect(canonicalJson(must(monthOf(given(shuffled), month, BOOK)) as unknown as Json)).toBe(
            canonicalJson(entitlement as unknown as Json),
          );
          expect(entitlement.components.reduce((sum, { fen }) => sum + fen, 0)).toBe(entitlement.fen);
          const text = JSON.stringify(entitlement.derivation);
          const dates = [one.birth, one.death, one.adopted].filter((date) => date !== undefined);
          expect(dates.filter((date) => text.includes(date))).toEqual([]);
          for (const step of entitlement.derivation)
            expect(renderStep(PROGRAMMES['orphan']!, step).zh).not.toMatch(/[{}]/);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('a fact that comes late gives arrears and recoveries that come to new less old', () => {
    fc.assert(
      fc.property(life, fc.nat({ max: 8 }), ({ facts }, known) => {
        const span = { from: FROM, through: THROUGH };
        const early = facts.filter((_, index) => index < 4 || index < known);
        const paid = monthsOf(given(early), FROM, THROUGH, BOOK).months;
        const accrued = paid.flatMap(({ month, components }) => components.map((one) => ({ month, ...one })));
        const now = monthsOf(given(facts), FROM, THROUGH, BOOK).months;
        const total = (months: typeof now) => months.reduce((sum, { fen }) => sum + fen, 0);
        const found = differences(accrued, now, span);
        expect(found.reduce((sum, { fen }) => sum + fen, 0)).toBe(total(now) - total(paid));
      }),
      { numRuns: 60 },
    );
  });
});
