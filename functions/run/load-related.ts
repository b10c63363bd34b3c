import type { Instant } from '../../domain/calendar.ts';
import { householdsEver } from '../../domain/household/membership.ts';
import type { Bucket, HouseholdKey, JurisdictionCode, PersonKey, ProgrammeId } from '../../domain/ids.ts';
import type { EnrolmentFacts, Situation } from '../../domain/programmes/programme.ts';
import { RUN_RULES } from '../../domain/programmes/run-rules.ts';
import type { RelatedProgrammes } from '../../domain/programmes/stacking-rules.ts';
import { type Determination, determinationsKnownBy } from '../../domain/register/determination.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import { knownBy } from '../../domain/register/facts.ts';
import { invariant } from '../../domain/result.ts';
import type { EnrolmentRead, RegisterStore } from '../adapters/register-store.ts';
import { mapBounded } from '../concurrency.ts';
import { type HouseholdRead, householdKnownBy, loadHouseholds } from '../register/load-households.ts';
import type { Subjects } from './load-subjects.ts';

/** What stands around the enrolments of a run: the other programmes of the person, of his household and of its members. */
export type Related = {
  /** The situation of an enrolment as known at an instant, with everything that its amount may rest on. */
  readonly situationOf: (enrolment: EnrolmentFacts, subject: Around, knownAt: Instant) => Situation;
  /** When anything of it was last recorded, item by item: later than a run's cut-off means that the run did not know it. */
  readonly changedAt: (subject: PersonKey) => readonly Instant[];
};
type Around = Pick<Situation, 'persons' | 'households'>;

export const NOTHING_RELATED: Related = {
  situationOf: (enrolment, around) => ({ ...around, enrolments: [enrolment] }),
  changedAt: () => [],
};

type Scope = {
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  /** As the policy of the run has it; absent where nothing of another programme bears on this one. */
  readonly related?: RelatedProgrammes | undefined;
};

const READ_AT_ONCE = 16;
/** From so many persons of a bucket on, reading the other programme's partition is cheaper than asking for each. */
const WHOLE_PARTITION_FROM = 8;

/**
 * Reads what bears on the enrolments of one bucket and nothing else: nothing at all where policy has no stacking; of a programme of
 * persons one partition (the same subject is in the same bucket of every programme); of a programme of households one query for each
 * household that a person was ever a member of, and members only of those that are in it.
 */
export async function loadRelated(
  register: RegisterStore,
  { jurisdiction, programme, related }: Scope,
  bucket: Bucket,
  enrolments: readonly Pick<EnrolmentDocument, 'subject'>[],
  subjects: Pick<Subjects, 'persons'>,
): Promise<Related> {
  if (!related || enrolments.length === 0) return NOTHING_RELATED;
  const mine = [...new Set(enrolments.map(({ subject }) => subject))];
  const ownHouseholds = RUN_RULES[programme]?.unit === 'household';
  const householdsOf = new Map<PersonKey, readonly HouseholdKey[]>(
    mine.map((subject) => [
      subject,
      ownHouseholds ? [subject] : [...householdsEver(subjects.persons.get(subject)?.record.facts ?? [])],
    ]),
  );
  const asked = related.ofHouseholds.length === 0 ? [] : [...new Set([...householdsOf.values()].flat())];
  const ofHousehold = await readEach(register, jurisdiction, related.ofHouseholds, asked);
  const inForce = asked.filter((key) => (ofHousehold.get(key)?.length ?? 0) > 0);
  const households = await loadHouseholds(register, ownHouseholds && related.members ? mine : inForce);
  const members = related.members
    ? [...households.values()].flatMap(({ persons }) => [...persons.keys()])
    : [];
  const persons = ownHouseholds ? [] : mine;
  const ofPerson = await readPersons(register, jurisdiction, related.ofPersons, bucket, persons, members);
  const readsOf = (subject: PersonKey): EnrolmentRead[] => {
    const keys = householdsOf.get(subject) ?? [];
    const around = related.members
      ? keys.flatMap((key) => [...(households.get(key)?.persons.keys() ?? [])])
      : [];
    return [
      ...[...new Set([subject, ...around])].flatMap((person) => ofPerson.get(person) ?? []),
      ...keys.flatMap((key) => ofHousehold.get(key) ?? []),
    ];
  };
  const readHouseholdsOf = (subject: PersonKey): [HouseholdKey, HouseholdRead][] =>
    (householdsOf.get(subject) ?? []).flatMap((key) => {
      const read = households.get(key);
      return read ? [[key, read]] : [];
    });
  return {
    situationOf: (enrolment, around, knownAt) =>
      situationOf(
        enrolment,
        around,
        knownAt,
        readHouseholdsOf(enrolment.subject),
        readsOf(enrolment.subject),
      ),
    changedAt: (subject) => [
      ...readsOf(subject).flatMap(({ document, determinations }) => [
        document.changedAt,
        ...determinations.map(({ recordedAt }) => recordedAt),
      ]),
      ...readHouseholdsOf(subject).flatMap(([, { document, persons: people }]) => [
        ...(document ? [document.changedAt] : []),
        ...[...people.values()].map(({ changedAt }) => changedAt),
      ]),
    ],
  };
}

function situationOf(
  enrolment: EnrolmentFacts,
  around: Around,
  knownAt: Instant,
  households: readonly [HouseholdKey, HouseholdRead][],
  reads: readonly EnrolmentRead[],
): Situation {
  const others = reads.flatMap((read) => {
    const facts = enrolmentKnownBy(read.document, read.determinations, knownAt);
    // Registered afterwards: nothing of it is known yet.
    return facts.facts.length === 0 && !facts.determinations ? [] : [facts];
  });
  const known = households.map(([key, read]) => householdKnownBy(key, read, knownAt));
  const all = { ...around.households, ...Object.assign({}, ...known.map((one) => one.households)) };
  return {
    // The subject's own facts are the caller's.
    persons: { ...Object.assign({}, ...known.map((one) => one.persons)), ...around.persons },
    ...(Object.keys(all).length > 0 && { households: all }),
    enrolments: [enrolment, ...others],
  };
}

/** An enrolment with what was recorded and decided by an instant. */
export function enrolmentKnownBy(
  { id, programme, jurisdiction, subject, facts }: EnrolmentDocument,
  determinations: readonly Determination[],
  knownAt: Instant,
): EnrolmentFacts {
  const decided = determinationsKnownBy(determinations, knownAt);
  return {
    id,
    programme,
    jurisdiction,
    subject,
    facts: knownBy(facts, knownAt),
    ...(decided.length > 0 && { determinations: decided }),
  };
}

/** Enrolments of the bucket's own persons, and of members of households, who are in any bucket. */
async function readPersons(
  register: RegisterStore,
  jurisdiction: JurisdictionCode,
  programmes: readonly ProgrammeId[],
  bucket: Bucket,
  persons: readonly PersonKey[],
  members: readonly PersonKey[],
): Promise<Map<PersonKey, EnrolmentRead[]>> {
  const own = new Set(persons);
  const whole = persons.length >= WHOLE_PARTITION_FROM;
  const each = [...new Set([...(whole ? [] : persons), ...members.filter((key) => !own.has(key))])];
  const found = await readEach(register, jurisdiction, programmes, each);
  if (!whole) return found;
  await mapBounded(programmes, READ_AT_ONCE, async (programme) => {
    for await (const read of register.enrolmentsOfBucket(jurisdiction, programme, bucket)) {
      if (own.has(read.document.subject)) add(found, read);
    }
  });
  return found;
}

async function readEach(
  register: RegisterStore,
  jurisdiction: JurisdictionCode,
  programmes: readonly ProgrammeId[],
  subjects: readonly PersonKey[],
): Promise<Map<PersonKey, EnrolmentRead[]>> {
  const found = new Map<PersonKey, EnrolmentRead[]>();
  const wanted = subjects.flatMap((subject) => programmes.map((programme) => ({ subject, programme })));
  const reads = await mapBounded(wanted, READ_AT_ONCE, ({ subject, programme }) => {
    const rules = RUN_RULES[programme];
    invariant(rules, `an unknown programme bears on another: ${programme}`);
    return register.enrolmentsOfSubject(jurisdiction, rules, subject);
  });
  for (const read of reads.flat()) add(found, read);
  return found;
}

function add(found: Map<PersonKey, EnrolmentRead[]>, read: EnrolmentRead): void {
  const { subject } = read.document;
  found.set(subject, [...(found.get(subject) ?? []), read]);
}
