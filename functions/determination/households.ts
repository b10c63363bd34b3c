import type { Instant } from '../../domain/calendar.ts';
import type { FactNote, HouseholdKnowledge } from '../../domain/determination/cases.ts';
import { caseOn } from '../../domain/household/case-on.ts';
import type { HouseholdKey } from '../../domain/ids.ts';
import type { Situation } from '../../domain/programmes/programme.ts';
import type { Fact } from '../../domain/register/facts.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import { type HouseholdRead, householdKnownBy, loadHouseholds } from '../register/load-households.ts';
import type { Households } from './ports.ts';

/** Households as the register has them, with everybody who was ever entered as a member. */
export function householdsOf(register: RegisterStore): Households {
  return {
    of: async (enrolments) => {
      const read = await loadHouseholds(
        register,
        enrolments.map(({ subject }) => subject),
      );
      return new Map(
        enrolments.flatMap(({ id, subject }) => {
          const found = read.get(subject);
          return found?.document ? [[id, knowledgeOf(subject, found)] as const] : [];
        }),
      );
    },
  };
}

function knowledgeOf(household: HouseholdKey, read: HouseholdRead): HouseholdKnowledge {
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
