import { headOn } from '../../../domain/household/membership.ts';
import type { PersonKey } from '../../../domain/ids.ts';
import type { RegisterStore } from '../../adapters/register-store.ts';
import { loadHouseholds } from '../../register/load-households.ts';
import { type MaskedBody, maskedPerson } from './person-view.ts';

/** Opening a record costs a decryption; a list longer than this shows the rest by key alone. */
const PERSONS_MAX = 300;
/** The head whom the register knows last, also one named for a day to come. */
const ANY_DAY_YET = '9999-12-31';

/** Masked names by person key, for lists; for a household's key, that of its head today. */
export async function maskedPersons(
  register: RegisterStore,
  keys: readonly PersonKey[],
): Promise<ReadonlyMap<PersonKey, MaskedBody>> {
  const wanted = [...new Set(keys)].slice(0, PERSONS_MAX);
  const documents = await register.persons(wanted, { consistent: false });
  const households = wanted.filter((key) => !documents.has(key));
  const found = new Map([...documents].map(([key, document]) => [key, maskedPerson(document.record)]));
  for (const [household, { persons }] of await loadHouseholds(register, households)) {
    const facts = Object.fromEntries([...persons].map(([key, { record }]) => [key, record.facts]));
    const head = persons.get(headOn(facts, household, ANY_DAY_YET)?.person ?? '');
    if (head) found.set(household, maskedPerson(head.record));
  }
  return found;
}
