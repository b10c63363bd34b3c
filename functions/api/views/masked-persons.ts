import type { PersonKey } from '../../../domain/ids.ts';
import type { RegisterStore } from '../../adapters/register-store.ts';
import { nameBearers } from '../../register/name-bearers.ts';
import { type MaskedBody, maskedPerson } from './person-view.ts';

/** Opening a record costs a decryption; a list longer than this shows the rest by key alone. */
const PERSONS_MAX = 300;

/** The same for a printed list, whose length is limited elsewhere: nobody is left out of it. */
export async function allMasked(
  register: RegisterStore,
  keys: readonly PersonKey[],
): Promise<ReadonlyMap<PersonKey, MaskedBody>> {
  const unique = [...new Set(keys)];
  const found = new Map<PersonKey, MaskedBody>();
  for (let from = 0; from < unique.length; from += PERSONS_MAX) {
    const some = await maskedPersons(register, unique.slice(from, from + PERSONS_MAX));
    for (const [key, masked] of some) found.set(key, masked);
  }
  return found;
}

/** Masked names by person key, for lists; for a household's key, that of its head today. */
export async function maskedPersons(
  register: RegisterStore,
  keys: readonly PersonKey[],
): Promise<ReadonlyMap<PersonKey, MaskedBody>> {
  const wanted = [...new Set(keys)].slice(0, PERSONS_MAX);
  const bearers = await nameBearers(register, wanted, { consistent: false });
  return new Map([...bearers].map(([key, record]) => [key, maskedPerson(record)]));
}
