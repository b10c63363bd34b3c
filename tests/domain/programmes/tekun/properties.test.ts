// Goal: whenever somebody looks, the months are what the facts of each say, and looking again proposes nothing. Method: any history of tiers,
// settings and a death, decided step by step.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, monthRange } from '../../../../domain/calendar.ts';
import type { PersonCase } from '../../../../domain/care/person-case.ts';
import { CARE_TIERS } from '../../../../domain/care/self-care.ts';
import { PROGRAMMES } from '../../../../domain/programmes/index.ts';
import type { ScheduleProposal } from '../../../../domain/programmes/schedule.ts';
import { type Determination, determinedFor } from '../../../../domain/register/determination.ts';
import { must } from '../samples.ts';
import { type CareProgramme, inputOf, PROGRAMME_IDS, SOMEBODY } from './samples.ts';

const FIRST = '2026-02';
const NOW = '2026-10';
const MONTHS = monthRange(FIRST, NOW);
type History = readonly (readonly [from: string, person: PersonCase])[];

const person: fc.Arbitrary<PersonCase> = fc
  .record({
    selfCare: fc.constantFrom(...CARE_TIERS),
    setting: fc.constantFrom('institution' as const, 'family' as const),
    residence: fc.constantFrom('urban' as const, 'rural' as const),
  })
  .map((said) => ({ ...SOMEBODY, ...said }));
/** A person of every month, and perhaps dead and buried in some of them; the same from the first month on. */
const history: fc.Arbitrary<History> = fc
  .record({
    persons: fc.array(person, { minLength: 1, maxLength: MONTHS.length }),
    died: fc.option(fc.nat(MONTHS.length - 1)),
    later: fc.nat(2),
  })
  .map(({ persons, died, later }) =>
    persons.map((one, index) => {
      const diedIn = died === null ? undefined : MONTHS[died];
      const death = diedIn && { diedIn, funeralIn: addMonths(diedIn, later) };
      return [index === 0 ? '2026-01' : (MONTHS[index] ?? FIRST), { ...one, ...death }] as const;
    }),
  );

function determination(number: number, { kind, sample, spans }: ScheduleProposal): Determination {
  const by = { document: '文', decidedOn: '2026-01-20', proposedBy: 'a', decidedBy: 'b', recordedAt: '' };
  return { enrolment: 'TK-P-1', number, kind, spans, sample, ...by };
}
const amounts = (decided: readonly Determination[], month: string) =>
  determinedFor(decided, month)?.span.components ?? [];

function stepByStep(id: CareProgramme, cases: History, reviewed: readonly string[]) {
  const propose = PROGRAMMES[id]!.propose!;
  const input = (determinations: readonly Determination[]) =>
    inputOf('110199', id, cases, { determinations });
  const first = propose({ kind: 'initial', appliedOn: '2026-01-03', decidedOn: '2026-01-20' }, input([]));
  let decided = [determination(1, must(first))];
  for (const month of reviewed) {
    const review = must(propose({ kind: 'review', decidedOn: `${month}-10`, from: FIRST }, input(decided)));
    if (review.spans.length > 0) decided = [...decided, determination(decided.length + 1, review)];
  }
  return { decided, again: propose({ kind: 'review', decidedOn: `${NOW}-10`, from: FIRST }, input(decided)) };
}

describe.each(PROGRAMME_IDS)('%s', (id) => {
  it('reviews in any months end where one review of all of them ends, and the next finds nothing', () => {
    fc.assert(
      fc.property(history, fc.subarray([...MONTHS]), (cases, between) => {
        const once = stepByStep(id, cases, [NOW]);
        const often = stepByStep(id, cases, [...between, NOW]);
        for (const month of MONTHS)
          expect(amounts(often.decided, month)).toEqual(amounts(once.decided, month));
        expect(must(once.again).spans).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
  it('after the funeral nothing is due, whatever else is known', () => {
    fc.assert(
      fc.property(history, (cases) => {
        const { decided } = stepByStep(id, cases, [NOW]);
        const end = cases.at(-1)?.[1].funeralIn;
        for (const month of MONTHS.filter((one) => end !== undefined && one > end))
          expect(amounts(decided, month)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
