import * as z from 'zod/mini';
import type { PersonKey } from '../../domain/ids.ts';
import { unifyDots } from '../../domain/person-name.ts';
import { type Fact, latestFact } from '../../domain/register/facts.ts';
import type { PersonRecord } from '../../domain/register/person.ts';
import type { DynamoTable } from './dynamo-table.ts';
import type { PersonalData } from './personal-data.ts';

/**
 * Who has, or once had, a name with a birth date, or a telephone number: one set per keyed hash in the register table, added to
 * before the document says so. Their documents decide whether they still have it.
 *
 *     X#<hash>  BEARERS   set of person keys
 */
type Shared = Pick<PersonRecord, 'legalName' | 'phone'> & { readonly facts: readonly Fact[] };
export type BearerKind = 'birth-name' | 'phone';

/** What a person can be found by beside the numbers; undefined where it is not on record. */
export function bearerValue(kind: BearerKind, record: Shared): string | undefined {
  if (kind === 'phone') return record.phone;
  const born = latestFact(record.facts, 'birth-date')?.value;
  return born === undefined ? undefined : `${unifyDots(record.legalName.normalize('NFC').trim())}|${born}`;
}

/** Pointers to what is new in a record; `before` is the one that it was derived from. */
export async function rememberBearer(
  table: DynamoTable,
  personalData: PersonalData,
  record: PersonRecord,
  before: PersonRecord | undefined,
): Promise<void> {
  if (record.organisation) return;
  for (const kind of ['birth-name', 'phone'] as const) {
    const value = bearerValue(kind, record);
    if (value === undefined || (before && bearerValue(kind, before) === value)) continue;
    await table.addToSet(await keyOf(personalData, kind, value), 'bearers', [record.personKey]);
  }
}

/** In the order asked for: the persons who have or had each value. */
export async function bearersOf(
  table: DynamoTable,
  personalData: PersonalData,
  kind: BearerKind,
  values: readonly string[],
): Promise<PersonKey[][]> {
  const keys = await Promise.all(values.map((value) => keyOf(personalData, kind, value)));
  const items = await table.batchGet(keys);
  return items.map((item) => (item ? [...z.parse(z.set(z.string()), item['bearers'])].sort() : []));
}

async function keyOf(personalData: PersonalData, kind: BearerKind, value: string) {
  return { pk: `X#${await personalData.lookupHash(kind, value)}`, sk: 'BEARERS' };
}
