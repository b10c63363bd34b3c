import { addMonths, type Month, type PlainDate } from '../calendar.ts';
import { DISABILITY, EMPLOYMENT, INCOMES, SPECIAL, STUDENT } from '../household/fact-values.ts';
import { membershipText } from '../household/membership.ts';
import type { HouseholdKey } from '../ids.ts';
import type { Fact, FactKind } from '../register/facts.ts';
import { type CasePerson, type StatedOfPerson, withBasis } from './member-schema.ts';

/** As far back as anyone knows, where nobody was born. */
export const EVER: PlainDate = '1900-01-01';
const KNOWN_EVER = '1900-01-01T00:00:00.000Z';

/** One fact of a case. `recordedOn`: absent where it was always known. */
export function caseFact(kind: FactKind, value: string, validFrom: PlainDate, recordedOn?: PlainDate): Fact {
  const recordedAt = recordedOn === undefined ? KNOWN_EVER : `${recordedOn}T00:00:00.000Z`;
  return { kind, value, validFrom, recordedAt, source: 'case', by: 'case' };
}

/** The birthday of somebody of an age: half a year before the month, so that they are of that age in it and in those around it. */
export function birthDateOfAge(age: number, month: Month): PlainDate {
  return `${addMonths(month, -(age * 12 + 6))}-15`;
}

/** The facts of a person of a case, but for those given by kind. `birthDate` as given or by the age; first statements hold since then. */
export function personFacts(person: CasePerson, birthDate: PlainDate | undefined): Fact[] {
  const since = birthDate ?? EVER;
  const facts = birthDate === undefined ? [] : [caseFact('birth-date', birthDate, birthDate)];
  if (person.died !== undefined) facts.push(caseFact('death-certified', person.died, person.died));
  facts.push(...stated(person, since, true));
  for (const { from, recordedOn, ...change } of person.changes ?? [])
    facts.push(...stated(change, from, false, recordedOn));
  return facts;
}

function stated(said: StatedOfPerson, from: PlainDate, first: boolean, recordedOn?: PlainDate): Fact[] {
  const facts: Fact[] = [];
  const add = (kind: FactKind, value: string | undefined, since = from) => {
    if (value !== undefined) facts.push(caseFact(kind, value, since, recordedOn));
  };
  const flag = (value: boolean | undefined) => (value === undefined ? undefined : value ? 'yes' : '');
  for (const [kind, value, since] of disabilityFacts(said, from, first)) add(kind, value, since);
  add('serious-illness', flag(said.seriousIllness));
  add('student', said.student && STUDENT.write(said.student));
  add('pension-age', flag(said.pensionAge));
  add('reduced-work-capacity', flag(said.reducedWorkCapacity));
  const { employment, incomes, specialGroups, excluded } = said;
  if (employment)
    add(
      'employment',
      EMPLOYMENT.write(
        employment.kind === 'none'
          ? { kind: 'none' }
          : { kind: employment.kind, monthly: employment.monthly ?? '0.00' },
      ),
    );
  add('incomes', incomes && INCOMES.write(withBasis(incomes)));
  add('special-groups', specialGroups && SPECIAL.write([...new Set(specialGroups)]));
  add('identity-class', said.identityClass);
  add('household-registration', said.registration);
  add('registration-kind', said.residence);
  const custody = excluded === 'custody' || excluded === 'compulsory-rehabilitation' ? excluded : 'released';
  if (excluded !== undefined && (custody !== 'released' || excluded === 'none')) add('custody', custody);
  if (excluded === 'missing' || excluded === 'none') add('missing', excluded === 'none' ? 'found' : excluded);
  if (excluded === 'clergy' || excluded === 'none') add('clergy', excluded === 'none' ? 'left' : excluded);
  return facts;
}

/** A disability without a word of its card has a card that is valid without end, since the grading. */
function disabilityFacts(
  { disability }: StatedOfPerson,
  from: PlainDate,
  first: boolean,
): [FactKind, string, PlainDate][] {
  if (!disability) return [];
  const { grade, kind, card } = disability;
  const since = disability.from ?? from;
  const value = grade === 0 ? '' : DISABILITY.write({ grade, kind: kind ?? 'limb' });
  const graded: [FactKind, string, PlainDate] = ['disability', value, since];
  if (grade === 0 || (!card && !first)) return [graded];
  const state = (card?.state ?? 'valid') === 'valid' ? `valid:${card?.expires ?? '-'}` : (card?.state ?? '');
  return [graded, ['disability-card', state, card?.issued ?? since]];
}

/** Being a member of the household of the case, from the start and where that changes. */
export function membershipFacts(person: CasePerson, household: HouseholdKey, isFirst: boolean): Fact[] {
  const relation = person.relation ?? (isFirst ? 'head' : 'other');
  const text = (covered: boolean) => membershipText({ household, relation, covered });
  const changes = (person.changes ?? []).flatMap(({ from, covered }) =>
    covered === undefined ? [] : [caseFact('household', text(covered), from)],
  );
  return [caseFact('household', text(person.covered ?? true), EVER), ...changes];
}
