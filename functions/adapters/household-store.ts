import * as z from 'zod/mini';
import type { Instant } from '../../domain/calendar.ts';
import type { EnrolmentId, HouseholdKey, PersonKey } from '../../domain/ids.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import {
  type HouseholdDocument,
  type HouseholdRecord,
  HouseholdRecordSchema,
} from '../../domain/register/household.ts';
import { invariant } from '../../domain/result.ts';
import { mapBounded } from '../concurrency.ts';
import type { Item } from './dynamo-table.ts';
import { laterOf, type RegisterStore } from './register-store.ts';

/** A household as stored, and everybody who was ever entered as its member: whether they still are, their own facts say. */
export type StoredHousehold = {
  readonly document?: HouseholdDocument;
  readonly pointers: readonly PersonKey[];
};

const READ_AT_ONCE = 16;
const KEY_ATTEMPTS = 64;
const SealedSchema = z.object({ version: z.int(), changedAt: z.string(), sealed: z.instanceof(Uint8Array) });

/**
 * Households in the register table:
 *
 *     H#<household>  ID           whom the key was first given to: assigned once, for ever
 *     H#<household>  DOC          version in clear; the household's own facts in one encrypted blob
 *     H#<household>  M#<person>   pointer to a member, written before the fact that makes a member; a stale one is harmless
 *     P#<household>  E#<enrolment>  its enrolments, as a person's
 *     P#<person>     E#<enrolment>  pointer from a member to the household's enrolment
 */
export class HouseholdStore {
  readonly #register: RegisterStore;

  constructor(register: RegisterStore) {
    this.#register = register;
  }

  /**
   * The key of the household that a person founds. `ever` are the households the person has been a member of: who lost a key
   * to a crash, or asks twice at once, gets the same one; who left a household and founds another gets a new one.
   */
  async assignKey(founder: PersonKey, ever: ReadonlySet<HouseholdKey>): Promise<HouseholdKey> {
    const { personalData, table } = this.#register;
    for (let number = 1; number <= KEY_ATTEMPTS; number += 1) {
      const key = await personalData.opaqueId('household-key', [founder, String(number)]);
      if (ever.has(key)) continue;
      const claim = await table.putNewOrSame({ pk: `H#${key}`, sk: 'ID', c: founder });
      if (claim.outcome !== 'divergent') return key;
    }
    throw new Error('no free household key: the look-up key is broken');
  }

  async household(key: HouseholdKey): Promise<StoredHousehold> {
    const pointers: PersonKey[] = [];
    let document: HouseholdDocument | undefined;
    for await (const item of this.#register.table.query(`H#${key}`)) {
      if (item.sk === 'DOC') document = await this.#open(key, item);
      if (item.sk.startsWith(MEMBER)) pointers.push(item.sk.slice(MEMBER.length));
    }
    return { ...(document && { document }), pointers };
  }

  /** Documents of households by key, in batches; those without one are missing from the answer. */
  async documents(keys: readonly HouseholdKey[]): Promise<Map<HouseholdKey, HouseholdDocument>> {
    const unique = [...new Set(keys)];
    const items = await this.#register.table.batchGet(unique.map((key) => ({ pk: `H#${key}`, sk: 'DOC' })));
    const found = new Map<HouseholdKey, HouseholdDocument>();
    await mapBounded(unique, READ_AT_ONCE, async (key, index) => {
      const item = items[index];
      if (item) found.set(key, await this.#open(key, item));
    });
    return found;
  }

  /** Whether what `savePointers` writes for a member and one enrolment is there, in the order asked for. */
  async havePointers(
    members: readonly {
      readonly household: HouseholdKey;
      readonly person: PersonKey;
      readonly enrolmentId: EnrolmentId;
    }[],
  ): Promise<boolean[]> {
    const items = await this.#register.table.batchGet(
      members.flatMap(({ household, person, enrolmentId }) => [
        { pk: `H#${household}`, sk: `${MEMBER}${person}` },
        { pk: `P#${person}`, sk: `E#${enrolmentId}` },
      ]),
    );
    return members.map((_, index) => items[2 * index] !== undefined && items[2 * index + 1] !== undefined);
  }

  /** Households by key, each as of one strong read; a key without anything has no document and no pointers. */
  async households(keys: readonly HouseholdKey[]): Promise<Map<HouseholdKey, StoredHousehold>> {
    const unique = [...new Set(keys)];
    const read = await mapBounded(unique, READ_AT_ONCE, (key) => this.household(key));
    return new Map(read.map((household, index) => [unique[index] ?? '', household]));
  }

  /** Makes a member findable from the household, and the household's enrolments from the member. */
  async savePointers(
    key: HouseholdKey,
    person: PersonKey,
    enrolments: readonly Pick<EnrolmentDocument, 'id' | 'jurisdiction' | 'programme'>[],
  ): Promise<void> {
    const { table } = this.#register;
    await table.putNew({ pk: `H#${key}`, sk: `${MEMBER}${person}` });
    for (const { id, jurisdiction, programme } of enrolments) {
      await table.putNew({ pk: `P#${person}`, sk: `E#${id}`, jurisdiction, programme });
    }
  }

  /** Stores the household's own facts under an optimistic lock; `changedAt` never goes back. */
  async saveHousehold(
    record: HouseholdRecord,
    before: HouseholdDocument | undefined,
    now: Instant,
  ): Promise<'written' | 'conflict'> {
    const { personalData, table } = this.#register;
    const expected = before?.version ?? 0;
    const sealed = await personalData.sealRecord(`household:${record.householdKey}`, record);
    const changedAt = laterOf(now, before?.changedAt);
    return table.putIfVersion(
      { pk: `H#${record.householdKey}`, sk: 'DOC', version: expected + 1, changedAt, sealed },
      expected,
    );
  }

  async #open(key: HouseholdKey, item: Item): Promise<HouseholdDocument> {
    const { version, changedAt, sealed } = z.parse(SealedSchema, item);
    const opened = await this.#register.personalData.openRecord(`household:${key}`, sealed);
    const record = z.parse(HouseholdRecordSchema, opened);
    invariant(record.householdKey === key, 'a household stored under another key');
    return { version, changedAt, record };
  }
}

const MEMBER = 'M#';
