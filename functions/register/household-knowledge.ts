import type { FactNote, HouseholdKnowledge } from '../../domain/determination/cases.ts';
import { caseOn } from '../../domain/household/case-on.ts';
import type { EnrolmentId } from '../../domain/ids.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import type { Fact } from '../../domain/register/facts.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import { householdKnownBy, loadHouseholds } from './load-households.ts';

/**
 * What the register knows of the households of some enrolments, for proposing and reviewing. The facts are those of the
 * household, of everybody who was ever its member and of the enrolment. A household nobody belongs to is missing.
 */
export function householdKnowledge(register: RegisterStore): {
  readonly of: (
    enrolments: readonly EnrolmentDocument[],
  ) => Promise<ReadonlyMap<EnrolmentId, HouseholdKnowledge>>;
} {
  return {
    of: async (enrolments) => {
      const households = await loadHouseholds(
        register,
        enrolments.map(({ subject }) => subject),
      );
      const known = new Map<EnrolmentId, HouseholdKnowledge>();
      for (const { id, subject, facts } of enrolments) {
        const read = households.get(subject);
        if (!read || read.persons.size === 0) continue;
        known.set(id, {
          facts: [
            ...notes(subject, read.document?.record.facts ?? []),
            ...[...read.persons].flatMap(([person, { record }]) => notes(person, record.facts)),
            ...notes(id, facts),
          ],
          caseOn: (month, knownBy) =>
            caseOn({ ...householdKnownBy(subject, read, knownBy), enrolments: [] }, subject, month),
        });
      }
      return known;
    },
  };
}

const notes = (about: string, facts: readonly Fact[]): FactNote[] =>
  facts.map(({ kind, validFrom, recordedAt }) => ({ kind, about, validFrom, recordedAt }));
