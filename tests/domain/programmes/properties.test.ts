import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, monthRange, monthsBetween } from '../../../domain/calendar.ts';
import { canonicalJson, type Json } from '../../../domain/canonical.ts';
import { assess } from '../../../domain/programmes/assess.ts';
import { PROGRAMMES } from '../../../domain/programmes/index.ts';
import { renderStep } from '../../../domain/programmes/sentences.ts';
import type { Fact, FactKind } from '../../../domain/register/facts.ts';
import {
  BOOK,
  bookOf,
  changedPack,
  due,
  fact,
  KNOWN_ON,
  monthOfFacts,
  monthsOfFacts,
  must,
  situationOf,
} from './samples.ts';

const pad = (value: number) => String(value).padStart(2, '0');
const dateFrom = (firstYear: number, lastYear: number) =>
  fc
    .record({
      year: fc.integer({ min: firstYear, max: lastYear }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 28 }),
    })
    .map(({ year, month, day }) => `${year}-${pad(month)}-${pad(day)}`);
const anyFact = fc
  .tuple(
    fc.constantFrom<[FactKind, string]>(
      ['identity-class', 'dibao'],
      ['identity-class', 'tekun'],
      ['identity-class', 'none'],
      ['household-registration', '420203'],
      ['household-registration', 'in'],
      ['custody', 'custody'],
      ['custody', 'released'],
      ['missing', 'missing'],
      ['missing', 'found'],
      ['stop', '2025-03'],
      ['stop', ''],
      ['death-reported', '2025-01-01'],
    ),
    fc.constantFrom('2024-12-05', '2025-02-20', '2025-08-01', '2026-03-31'),
    // Few days and instants, so that facts often tie on every date.
    fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'),
  )
  .map(([[kind, value], validFrom, recordedAt]) => fact(kind, validFrom, value, recordedAt));
const life = fc
  .record({
    birth: dateFrom(1920, 1950),
    applied: dateFrom(2019, 2026),
    more: fc.array(anyFact, { maxLength: 6 }),
    place: fc.constantFrom('110000', '231025'),
  })
  .map(({ birth, applied, more, place }) => ({
    place,
    facts: [fact('birth-date', birth), fact('application', applied), ...more] as Fact[],
  }));

const THROUGH = '2026-11';
const bytes = (value: unknown) => canonicalJson(value as Json);
const total = (place: string, facts: Fact[], from: string, to: string) =>
  monthRange(from, to).reduce((sum, month) => sum + due(place, facts, month), 0);

describe('properties of 高龄津贴', () => {
  it('a span of months split anywhere gives the same sum, and the same as all months at once', () => {
    fc.assert(
      fc.property(life, fc.nat({ max: 24 }), ({ place, facts }, cut) => {
        const start = '2024-10';
        const at = addMonths(start, cut);
        const whole = total(place, facts, start, THROUGH);
        expect(total(place, facts, start, at) + total(place, facts, addMonths(at, 1), THROUGH)).toBe(whole);
        const listed = must(monthsOfFacts(place, facts, THROUGH)).months.filter(
          ({ month }) => month >= start,
        );
        expect(listed.reduce((sum, { fen }) => sum + fen, 0)).toBe(whole);
      }),
      { numRuns: 40 },
    );
  });

  it('gives the same bytes again, in whatever order the facts are listed', () => {
    fc.assert(
      fc.property(
        life.chain((one) =>
          fc.tuple(fc.constant(one), fc.shuffledSubarray(one.facts, { minLength: one.facts.length })),
        ),
        fc.integer({ min: 0, max: 25 }),
        ([{ place, facts }, shuffled], offset) => {
          const month = addMonths('2024-10', offset);
          const once = bytes(must(monthOfFacts(place, facts, month)));
          expect(bytes(must(monthOfFacts(place, facts, month)))).toBe(once);
          expect(bytes(must(monthOfFacts(place, shuffled, month)))).toBe(once);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('nothing before 80 and nothing after death; a total equals its components and its last step', () => {
    fc.assert(
      fc.property(
        life,
        dateFrom(2024, 2026),
        fc.integer({ min: 0, max: 25 }),
        ({ place, facts }, death, offset) => {
          const month = addMonths('2024-10', offset);
          const birth = facts[0]!.validFrom;
          const entitlement = must(monthOfFacts(place, [...facts, fact('death-certified', death)], month));
          const reaches80 = addMonths(birth.slice(0, 7), 80 * 12);
          const mayBeDue = reaches80 <= month && month <= death.slice(0, 7);
          expect(mayBeDue ? 0 : entitlement.fen).toBe(0);
          expect(entitlement.components.reduce((sum, { fen }) => sum + fen, 0)).toBe(entitlement.fen);
          expect(Number(entitlement.derivation.at(-1)?.result) * 100).toBe(entitlement.fen);
          for (const step of entitlement.derivation) {
            expect(Object.keys(renderStep(PROGRAMMES['high-age']!, step)).length).toBe(2);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('months run without a break from the first, never before historyFrom', () => {
    const book = bookOf(changedPack('110000', { historyFrom: '2025-06' }));
    fc.assert(
      fc.property(life, ({ facts }) => {
        const { first, span, months } = must(monthsOfFacts('110000', facts, THROUGH, book));
        const from = first! > '2025-06' ? first! : '2025-06';
        expect(months.map(({ month }) => month)).toEqual(monthRange(from, THROUGH));
        expect(span).toEqual({ from: '2025-06', through: THROUGH });
        expect(months.length).toBe(Math.max(0, monthsBetween(from, THROUGH) + 1));
      }),
      { numRuns: 60 },
    );
  });
});

describe('assess', () => {
  it('answers for every enrolment of the household, in an order that does not depend on the list', () => {
    const one = situationOf('110000', [fact('birth-date', '1940-03-05'), fact('application', '2020-03-05')]);
    const other = { ...one.only, id: 'GL-AAAAAAAAAAAA-1', subject: 'AAAAAAAAAAAA' };
    const strange = { ...one.only, id: 'ZZ-AAAAAAAAAAAA-1', programme: 'constructor' };
    const persons = { ...one.persons, AAAAAAAAAAAA: [] };
    const at = { month: '2026-12', knownOn: KNOWN_ON };
    const answer = assess({ persons, enrolments: [strange, one.only, other] }, BOOK, at);
    expect(
      answer.enrolments.map(({ enrolment, result }) => [
        enrolment,
        result.ok ? result.value.fen : result.error.code,
      ]),
    ).toEqual([
      [one.only.id, 10000],
      ['GL-AAAAAAAAAAAA-1', 'missing/birth-date'],
      ['ZZ-AAAAAAAAAAAA-1', 'invalid/programme'],
    ]);
    expect(bytes(assess({ persons, enrolments: [other, strange, one.only] }, BOOK, at))).toBe(bytes(answer));
  });

  it('uses the jurisdiction it is given before the enrolment’s own', () => {
    const situation = situationOf('110000', [
      fact('birth-date', '1940-03-05'),
      fact('application', '2024-10-05'),
    ]);
    const at = { month: '2026-12', knownOn: KNOWN_ON, jurisdiction: '231025' };
    const { result } = assess(situation, BOOK, at).enrolments[0]!;
    expect(must(result).fen).toBe(2500);
  });
});
