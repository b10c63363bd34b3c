import { LAST_DAY } from '../../domain/calendar.ts';
import { headOn } from '../../domain/household/membership.ts';
import type { PersonKey } from '../../domain/ids.ts';
import type { PersonRecord } from '../../domain/register/person.ts';
import type { ReadOptions } from '../adapters/dynamo-table.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import { loadHouseholds } from './load-households.ts';

/** The head whom the register knows last, also one named for a day to come. */

/** Whose name stands for each subject: the person, or for a household's key its head. Keys of neither are missing from the answer. */
export async function nameBearers(
  register: RegisterStore,
  subjects: readonly PersonKey[],
  options: ReadOptions = {},
): Promise<Map<PersonKey, PersonRecord>> {
  const documents = await register.persons(subjects, options);
  const found = new Map([...documents].map(([key, { record }]) => [key, record]));
  const households = [...new Set(subjects)].filter((key) => !documents.has(key));
  for (const [household, { persons }] of await loadHouseholds(register, households)) {
    const facts = Object.fromEntries([...persons].map(([key, { record }]) => [key, record.facts]));
    const head = persons.get(headOn(facts, household, LAST_DAY)?.person ?? '');
    if (head) found.set(household, head.record);
  }
  return found;
}
