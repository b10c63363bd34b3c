import type { Instant } from '../../domain/calendar.ts';
import type { CaseKnowledge, FactNote } from '../../domain/determination/cases.ts';
import { caseOn } from '../../domain/household/case-on.ts';
import type { HouseholdKey } from '../../domain/ids.ts';
import type { Situation } from '../../domain/programmes/programme.ts';
import type { Fact } from '../../domain/register/facts.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import { type HouseholdRead, householdKnownBy, loadHouseholds } from '../register/load-households.ts';
import { isOfPerson, personsOf } from './persons.ts';
import type { Households } from './ports.ts';

/** Households as the register has them, with everybody who was ever entered as a member; of programmes of persons, the persons. */
export function householdsOf(register: RegisterStore): Households {
  return {
    of: async (enrolments) => {
      const persons = enrolments.filter(isOfPerson);
      const households = enrolments.filter((enrolment) => !isOfPerson(enrolment));
      const read = await loadHouseholds(
        register,
        households.map(({ subject }) => subject),
      );
      return new Map([
        ...households.flatMap(({ id, subject }) => {
          const found = read.get(subject);
          return found?.document ? [[id, knowledgeOf(subject, found)] as const] : [];
        }),
        ...(persons.length === 0 ? [] : await personsOf(register, persons)),
      ]);
    },
  };
}

function knowledgeOf(household: HouseholdKey, read: HouseholdRead): CaseKnowledge {
  const known = new Map<Instant, Situation>();
  const situationAt = (knownBy: Instant): Situation => {
    const before = known.get(knownBy);
    if (before) return before;
    const situation = { ...householdKnownBy(household, read, knownBy), enrolments: [] };
    known.set(knownBy, situation);
    return situation;
  };
  const notes = (about: string, facts: readonly Fact[]): FactNote[] =>
    facts.map(({ kind, validFrom, recordedAt }) => ({ kind, about, validFrom, recordedAt }));
  return {
    facts: [
      ...notes(household, read.document?.record.facts ?? []),
      ...[...read.persons].flatMap(([person, { record }]) => notes(person, record.facts)),
    ],
    caseOn: (month, knownBy) => caseOn(situationAt(knownBy), household, month),
  };
}
