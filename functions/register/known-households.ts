import { householdsEver, lastMembership } from '../../domain/household/membership.ts';
import type { EnrolmentId, HouseholdKey, PersonKey } from '../../domain/ids.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import type { HouseholdDocument } from '../../domain/register/household.ts';
import type { HouseholdRow } from '../../domain/register/household-row.ts';
import type { PersonFound } from '../../domain/register/sheet-person.ts';
import { invariant } from '../../domain/result.ts';
import type { HouseholdStore } from '../adapters/household-store.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import { mapBounded } from '../concurrency.ts';
import type { ImportOrigin } from './record-row.ts';

/** The household that a row is about, as found or as it would be founded. */
export type HouseholdFound = {
  readonly household: HouseholdKey;
  readonly document: HouseholdDocument | undefined;
  readonly enrolment: EnrolmentDocument | undefined;
  readonly enrolmentId: EnrolmentId;
};

/** What the register knows of the people and the households in a set of rows. */
export type KnownHouseholds = {
  /** By identity number. */
  readonly people: ReadonlyMap<string, PersonFound>;
  /** By the identity number of the head. */
  readonly households: ReadonlyMap<string, HouseholdFound>;
  /** Members by identity number whose pointers from and to the household of their row are there. */
  readonly pointed: ReadonlySet<string>;
};

const KEYS_AT_ONCE = 16;

/**
 * Reads what a set of rows names, in a few batches whatever their number. The keys of persons and households that are new are
 * given out now, because who else is in a household depends on them; given out again, they are the same.
 */
export async function loadKnownHouseholds(
  register: RegisterStore,
  store: HouseholdStore,
  { jurisdiction, programme, programmeCode }: ImportOrigin,
  rows: readonly HouseholdRow[],
): Promise<KnownHouseholds> {
  const people = await loadPeople(
    register,
    rows.flatMap(({ member, head, payee }) => [member, head, ...(payee ? [payee] : [])]),
  );
  const heads = [...new Set(rows.map(({ head }) => head.idNumber))];
  const founded = await mapBounded(heads, KEYS_AT_ONCE, (head) => householdOf(store, people.get(head)));
  const ids = await register.enrolmentIds(founded, jurisdiction, programmeCode);
  const documents = await store.documents(founded);
  const enrolments = await register.enrolments(
    founded.map((household) => ({ jurisdiction, programme, id: idOf(ids, household) })),
  );
  const households = new Map(
    heads.map((head, index): [string, HouseholdFound] => {
      const household = founded[index];
      invariant(household, 'every head has a household');
      const enrolmentId = idOf(ids, household);
      const [document, enrolment] = [documents.get(household), enrolments[index]];
      return [head, { household, document, enrolment, enrolmentId }];
    }),
  );
  return { people, households, pointed: await loadPointed(store, rows, people, households) };
}

async function loadPeople(
  register: RegisterStore,
  named: readonly { readonly idNumber: string }[],
): Promise<Map<string, PersonFound>> {
  const numbers = [...new Set(named.map(({ idNumber }) => idNumber))];
  const known = await register.personKeysByIdNumber(numbers);
  const keys = await mapBounded(
    numbers,
    KEYS_AT_ONCE,
    async (idNumber, index) => known[index] ?? (await register.assignPersonKey(idNumber)),
  );
  const documents = await register.persons(keys);
  return new Map(
    numbers.map((idNumber, index): [string, PersonFound] => {
      const key = keys[index];
      invariant(key, 'every number has a key');
      return [idNumber, { key, document: documents.get(key) }];
    }),
  );
}

async function householdOf(store: HouseholdStore, head: PersonFound | undefined): Promise<HouseholdKey> {
  invariant(head, 'every head was looked up');
  const facts = head.document?.record.facts ?? [];
  return lastMembership(facts)?.household ?? (await store.assignKey(head.key, householdsEver(facts)));
}

/** Asked only of those who were members before: the others have no pointers, or their writer died before the fact. */
async function loadPointed(
  store: HouseholdStore,
  rows: readonly HouseholdRow[],
  people: KnownHouseholds['people'],
  households: KnownHouseholds['households'],
): Promise<Set<string>> {
  const members = rows.flatMap(({ member, head }) => {
    const found = people.get(member.idNumber);
    const at = households.get(head.idNumber);
    const ever = householdsEver(found?.document?.record.facts ?? []);
    if (!found || !at || !ever.has(at.household)) return [];
    return [{ idNumber: member.idNumber, person: found.key, ...at }];
  });
  const there = await store.havePointers(members);
  return new Set(members.filter((_, index) => there[index]).map(({ idNumber }) => idNumber));
}

function idOf(ids: ReadonlyMap<PersonKey, EnrolmentId>, household: HouseholdKey): EnrolmentId {
  const id = ids.get(household);
  invariant(id, 'a household has an id for its enrolment');
  return id;
}
