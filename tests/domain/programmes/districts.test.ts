// Goal: a person who moves inside a city is paid for every month by exactly one district, whatever the dates; and what one district decides
// leaves every other byte for byte as it was. Method: fast-check over moves, deaths and custody, with enrolments in both districts.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monthRange } from '../../../domain/calendar.ts';
import { type PolicyBook, policyBook } from '../../../domain/policy/book.ts';
import { assess } from '../../../domain/programmes/assess.ts';
import type { EnrolmentFacts, Situation } from '../../../domain/programmes/programme.ts';
import type { Fact } from '../../../domain/register/facts.ts';
import { bookOf, changedPack, fact, must, pack, packFile } from './samples.ts';

const FROM = '110101';
const TO = '110199';
const PERSON = '7Z3K9QX2M4BT';
const MONTHS = monthRange('2026-01', '2026-12');
const at = (month: string) => ({ month, knownOn: '2026-12-31' });
const effect = fc.constantFrom('same-month', 'next-month');
const day = fc
  .record({ month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 28 }) })
  .map((on) => `2026-${String(on.month).padStart(2, '0')}-${String(on.day).padStart(2, '0')}`);

const enrolment = (n: number, jurisdiction: string, facts: readonly Fact[]): EnrolmentFacts => ({
  id: `GL-${PERSON}-${n}`,
  programme: 'high-age',
  jurisdiction,
  subject: PERSON,
  // The day of the first application goes with the person.
  facts: [fact('application', '2020-03-05'), ...facts],
});

/** The last month that the first district pays, by its own facts. */
function lastPaid(book: PolicyBook, person: readonly Fact[], old: EnrolmentFacts): string {
  const found = { persons: { [PERSON]: person }, enrolments: [old] };
  const paid = MONTHS.filter((month) => must(assess(found, book, at(month)).enrolments[0]!.result).fen > 0);
  return paid.at(-1) ?? '2025-12';
}

describe('a move from one district to another', () => {
  it('leaves every month to exactly one of them, where both stop and resume alike; never to two', () => {
    const life = fc.record({
      moved: day,
      stopFrom: effect,
      resumeFrom: effect,
      death: fc.option(day, { nil: undefined }),
      custody: fc.option(day, { nil: undefined }),
    });
    fc.assert(
      fc.property(life, ({ moved, stopFrom, resumeFrom, death, custody }) => {
        const book = bookOf(changedPack('110000', { stopFrom, resumeFrom }));
        const person = [
          fact('birth-date', '1940-03-05'),
          fact('household-registration', '2000-01-01', FROM),
          fact('household-registration', moved, TO),
          ...(death ? [fact('death-certified', death)] : []),
          ...(custody ? [fact('custody', custody, 'custody')] : []),
        ];
        const before = enrolment(1, FROM, []);
        const handedOver = lastPaid(
          book,
          person.filter(({ kind }) => kind !== 'death-certified' && kind !== 'custody'),
          before,
        );
        const after = enrolment(2, TO, [fact('paid-elsewhere', moved, handedOver)]);
        const both: Situation = { persons: { [PERSON]: person }, enrolments: [before, after] };
        const stayed: Situation = {
          persons: { [PERSON]: person.filter(({ kind }) => kind !== 'household-registration') },
          enrolments: [before],
        };
        for (const month of MONTHS) {
          const paid = assess(both, book, at(month)).enrolments.map(({ result }) => must(result).fen);
          const due = must(assess(stayed, book, at(month)).enrolments[0]!.result).fen;
          expect(paid.filter((amount) => amount > 0).length).toBeLessThanOrEqual(1);
          const once = paid[0]! + paid[1]!;
          expect(stopFrom === resumeFrom ? once : Math.min(once, due)).toBe(
            stopFrom === resumeFrom ? due : once,
          );
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a change of policy in one district', () => {
  it('leaves the entitlements of every other byte for byte as they were', () => {
    const others = ['110101', '231025'];
    const amounts = fc.array(fc.integer({ min: 1, max: 999 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(amounts, effect, fc.constantFrom('2026-01', '2026-07'), (yuan, stopFrom, inForceFrom) => {
        const bands = yuan.map((amount, index) => ({ fromAge: 80 + 5 * index, amount: `${amount}.00` }));
        const template = packFile('110000').values.find(({ parameter }) => parameter === 'bands')!;
        const own = {
          jurisdiction: '110199',
          programme: 'high-age',
          values: [
            { ...template, parameter: 'bands', value: bands, inForceFrom, decidedOn: '2026-06-30' },
            { ...template, parameter: 'stopFrom', value: stopFrom, inForceFrom, decidedOn: '2026-06-30' },
          ],
        };
        const places = ['110000', '231025'].map((place) => pack(packFile(place)));
        const [before, after] = [must(policyBook(places)), must(policyBook([...places, pack(own)]))];
        const person = [fact('birth-date', '1935-03-05'), fact('death-certified', '2026-08-20')];
        const found: Situation = {
          persons: { [PERSON]: person },
          enrolments: [...others, '110199'].map((place, index) => enrolment(index + 1, place, [])),
        };
        const elsewhere = (book: typeof before, month: string) =>
          JSON.stringify(
            assess(found, book, at(month)).enrolments.filter(({ enrolment: id }) => !id.endsWith('-3')),
          );
        for (const month of MONTHS) expect(elsewhere(after, month)).toBe(elsewhere(before, month));
        // And it is a change: the district itself owes something else.
        const mine = (book: typeof before) =>
          JSON.stringify(
            assess(found, book, at('2026-07')).enrolments.find(({ enrolment: id }) => id.endsWith('-3')),
          );
        expect(mine(after)).not.toBe(mine(before));
      }),
      { numRuns: 30 },
    );
  });
});
