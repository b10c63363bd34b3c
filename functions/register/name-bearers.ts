import { LAST_DAY } from '../../domain/calendar.ts';
import { headOn } from '../../domain/household/membership.ts';
import type { PersonKey } from '../../domain/ids.ts';
import { currentPayee } from '../../domain/register/enrolment.ts';
import type { PersonRecord } from '../../domain/register/person.ts';
import type { ReadOptions } from '../adapters/dynamo-table.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import { mapBounded } from '../concurrency.ts';
import { loadHouseholds } from './load-households.ts';

/**
 * Whose name stands for each subject: the person; for a household's key its head, the last that the register knows, also one named for a
 * day to come; for a project's key the organisation that is paid for it. Keys of none of them are missing from the answer.
 */
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
  for (const [project, organisation] of await projectBearers(register, households, found))
    found.set(project, organisation);
  return found;
}

/** The organisations paid for the enrolments of keys that stand for nobody in person. */
async function projectBearers(
  register: RegisterStore,
  keys: readonly PersonKey[],
  known: ReadonlyMap<PersonKey, PersonRecord>,
): Promise<Map<PersonKey, PersonRecord>> {
  const payees = new Map<PersonKey, PersonKey>();
  await mapBounded(
    keys.filter((key) => !known.has(key)),
    READS_AT_ONCE,
    async (key) => {
      const payee = (await register.enrolmentsOfPerson(key)).map(currentPayee).findLast(Boolean);
      if (payee !== undefined) payees.set(key, payee);
    },
  );
  const documents = await register.persons([...payees.values()]);
  return new Map(
    [...payees].flatMap(([key, payee]) => {
      const record = documents.get(payee)?.record;
      return record?.organisation ? [[key, record] as const] : [];
    }),
  );
}

const READS_AT_ONCE = 8;
