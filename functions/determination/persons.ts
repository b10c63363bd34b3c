import { personCaseOn } from '../../domain/care/person-case.ts';
import type { CaseKnowledge, FactNote } from '../../domain/determination/cases.ts';
import { householdsEver } from '../../domain/household/membership.ts';
import type { EnrolmentId } from '../../domain/ids.ts';
import { PROGRAMMES } from '../../domain/programmes/index.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import { type Fact, knownBy } from '../../domain/register/facts.ts';
import { ok } from '../../domain/result.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import { mapBounded } from '../concurrency.ts';
import { loadHouseholds } from '../register/load-households.ts';
import { decidedTogether } from './companions.ts';
import type { DecidedFor } from './ports.ts';

const READS_AT_ONCE = 8;

/** Whether what is decided about the enrolment is decided from a person's facts. */
export const isOfPerson = ({ programme }: Pick<EnrolmentDocument, 'programme'>): boolean =>
  PROGRAMMES[programme]?.unit === 'person';

/**
 * Persons as the register has them, for enrolments of programmes of persons: their own facts, those of every enrolment that the same
 * decision covers (the same whichever of them is asked for), and where they live by the households they belong to.
 */
export async function personsOf(
  register: RegisterStore,
  enrolments: readonly DecidedFor[],
): Promise<Map<EnrolmentId, CaseKnowledge>> {
  const persons = await register.persons(enrolments.map(({ subject }) => subject));
  const keys = enrolments.flatMap(({ subject }) => [
    ...householdsEver(persons.get(subject)?.record.facts ?? []),
  ]);
  const households = keys.length === 0 ? new Map() : await loadHouseholds(register, [...new Set(keys)]);
  const kept = Object.fromEntries(
    [...households].map(([key, { document }]) => [key, (document?.record.facts ?? []) as readonly Fact[]]),
  );
  const groups = await mapBounded(enrolments, READS_AT_ONCE, (one) => decidedTogether(register, one));
  return new Map(
    enrolments.flatMap((enrolment, index) => {
      const document = persons.get(enrolment.subject);
      if (!document) return [];
      const own = (groups[index] ?? []).flatMap(({ facts }) => facts);
      const facts = { person: document.record.facts, own: own.length > 0 ? own : enrolment.facts, kept };
      return [[enrolment.id, knowledgeOf(enrolment, facts)] as const];
    }),
  );
}

type Facts = {
  readonly person: readonly Fact[];
  readonly own: readonly Fact[];
  readonly kept: Readonly<Record<string, readonly Fact[]>>;
};

function knowledgeOf({ id, jurisdiction, subject }: DecidedFor, facts: Facts): CaseKnowledge {
  const notes = (about: string, of: readonly Fact[]): FactNote[] =>
    of.map(({ kind, validFrom, recordedAt }) => ({ kind, about, validFrom, recordedAt }));
  return {
    facts: [
      ...notes(subject, facts.person),
      ...notes(id, facts.own),
      ...Object.entries(facts.kept).flatMap(([key, of]) =>
        notes(
          key,
          of.filter(({ kind }) => kind === 'residence'),
        ),
      ),
    ],
    caseOn: (month, at) =>
      ok(
        personCaseOn(
          {
            persons: { [subject]: knownBy(facts.person, at) },
            households: Object.fromEntries(
              Object.entries(facts.kept).map(([key, of]) => [key, knownBy(of, at)]),
            ),
          },
          { subject, jurisdiction, facts: knownBy(facts.own, at) },
          month,
        ),
      ),
  };
}
