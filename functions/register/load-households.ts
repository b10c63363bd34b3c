import { type Instant, monthsOfPeriod, type Period } from '../../domain/calendar.ts';
import { headOn } from '../../domain/household/membership.ts';
import type { HouseholdKey, PersonKey } from '../../domain/ids.ts';
import type { Situation } from '../../domain/programmes/programme.ts';
import { type Fact, knownBy } from '../../domain/register/facts.ts';
import type { HouseholdDocument } from '../../domain/register/household.ts';
import type { PersonDocument } from '../../domain/register/person.ts';
import { HouseholdStore } from '../adapters/household-store.ts';
import type { RegisterStore } from '../adapters/register-store.ts';

/** A household as read: its own facts, and everybody who was ever entered as its member. */
export type HouseholdRead = {
  readonly document: HouseholdDocument | undefined;
  readonly persons: ReadonlyMap<PersonKey, PersonDocument>;
};

/** Households with their members' documents: one query per household, then one batch for all their members. */
export async function loadHouseholds(
  register: RegisterStore,
  keys: readonly HouseholdKey[],
): Promise<Map<HouseholdKey, HouseholdRead>> {
  const households = await new HouseholdStore(register).households(keys);
  const everyone = await register.persons([...households.values()].flatMap(({ pointers }) => pointers));
  const read = new Map<HouseholdKey, HouseholdRead>();
  for (const [key, { document, pointers }] of households) {
    const found = pointers.flatMap((person): [PersonKey, PersonDocument][] => {
      const known = everyone.get(person);
      return known ? [[person, known]] : [];
    });
    read.set(key, { document, persons: new Map(found) });
  }
  return read;
}

/** The head at the end of a period, as known at an instant; undefined for a household without one. */
export function headKnownBy(
  household: HouseholdKey,
  read: HouseholdRead,
  period: Period,
  knownAt: Instant,
): PersonKey | undefined {
  const { persons } = householdKnownBy(household, read, knownAt);
  return headOn(persons, household, `${monthsOfPeriod(period).at(-1) ?? ''}-31`)?.person;
}

/** Persons and facts of one household as known at an instant; the enrolments are the caller's. */
export function householdKnownBy(
  household: HouseholdKey,
  { document, persons }: HouseholdRead,
  cutOff: Instant,
): Required<Pick<Situation, 'persons' | 'households'>> {
  const known = (facts: readonly Fact[] = []) => knownBy(facts, cutOff);
  return {
    persons: Object.fromEntries([...persons].map(([key, { record }]) => [key, known(record.facts)])),
    households: { [household]: known(document?.record.facts) },
  };
}
