import * as z from 'zod/mini';
import type { PersonKey } from '../../domain/ids.ts';
import type { DynamoTable } from './dynamo-table.ts';
import type { EnrolmentAddress } from './register-store.ts';

/**
 * For whom somebody was ever named as payee: one set per payee in the register table, added to before the enrolment says so. An
 * enrolment that is in it and names another payee by now is harmless: the enrolment decides.
 *
 *     P#<payee>  WARDS   set of <jurisdiction>#<programme>#<enrolment>
 */
export async function rememberWard(
  table: DynamoTable,
  payee: PersonKey,
  { jurisdiction, programme, id }: EnrolmentAddress,
): Promise<void> {
  await table.addToSet(keyOf(payee), 'wards', [`${jurisdiction}#${programme}#${id}`]);
}

/** The enrolments that each payee was ever named for; payees of nobody else are left out. */
export async function wardsOf(
  table: DynamoTable,
  payees: readonly PersonKey[],
): Promise<Map<PersonKey, EnrolmentAddress[]>> {
  const items = await table.batchGet(payees.map(keyOf));
  const found = new Map<PersonKey, EnrolmentAddress[]>();
  for (const [index, payee] of payees.entries()) {
    const item = items[index];
    if (item) found.set(payee, [...z.parse(z.set(z.string()), item['wards'])].sort().map(addressOf));
  }
  return found;
}

const keyOf = (payee: PersonKey) => ({ pk: `P#${payee}`, sk: 'WARDS' });

function addressOf(text: string): EnrolmentAddress {
  const [jurisdiction = '', programme = '', id = ''] = text.split('#');
  return { jurisdiction, programme, id };
}
