import * as z from 'zod/mini';
import type { Instant } from '../../domain/calendar.ts';
import {
  type Bucket,
  bucketOf,
  type EnrolmentId,
  enrolmentId,
  type JurisdictionCode,
  type PersonKey,
  type ProgrammeId,
  subjectOf,
} from '../../domain/ids.ts';
import type { Determination } from '../../domain/register/determination.ts';
import { type EnrolmentDocument, EnrolmentDocumentSchema } from '../../domain/register/enrolment.ts';
import { type PersonDocument, type PersonRecord, PersonRecordSchema } from '../../domain/register/person.ts';
import { invariant } from '../../domain/result.ts';
import { mapBounded } from '../concurrency.ts';
import { rememberBearer } from './bearers.ts';
import {
  determinationFrom,
  determinationItem,
  determinationsBegin,
  enrolmentOfItem,
  isDetermination,
} from './determination-items.ts';
import type { DynamoTable, Item, PutOutcome, QueryOptions, ReadOptions } from './dynamo-table.ts';
import { sha256Hex } from './hashing.ts';
import type { PersonalData } from './personal-data.ts';

/**
 * Persons and enrolments in the register table. Keys (X: look-up hash, P: person key, E: jurisdiction, programme, bucket):
 *
 *     P#<person>  ID                 which identity number (as hash) the key was given to: assigned once, for ever
 *     P#<person>  DOC                the person: version in clear, everything else in one encrypted blob
 *     P#<person>  E#<enrolment>      pointer: enrolments of a person, and to which jurisdiction each id was given
 *     P#<person>  ACC-CHANGE#<id>…   account changes (account-changes.ts)
 *     X#<hash>    ID                 identity number → person key
 *     X#<hash>    HOLDERS            account → set of the persons who have or had it
 *     X#<hash>    <person>           name → person keys
 *     X#<hash>  BEARERS            name with birth date, telephone → set of persons (bearers.ts)
 *     E#<j>#<p>#<bucket>  <enrolment>  the enrolment; nothing personal in it
 *     E#<j>#<p>#<bucket>  <enrolment>#DET#<0001>  its determinations (determination-items.ts)
 *     STREETS#<j>  <code>            names of streets, for lists
 *
 * Order of writes: the key, the pointers, the document. A pointer whose document is missing is harmless, and every step
 * may be repeated, so a writer that was interrupted is finished by doing the same again.
 */
export class RegisterStore {
  readonly table: DynamoTable;
  readonly personalData: PersonalData;

  constructor(table: DynamoTable, personalData: PersonalData) {
    this.table = table;
    this.personalData = personalData;
  }

  async person(key: PersonKey, options: ReadOptions = {}): Promise<PersonDocument | undefined> {
    const item = await this.table.get(`P#${key}`, 'DOC', options);
    return item && this.#openPerson(key, item);
  }

  /** Persons by key; keys without a document are missing from the answer. */
  async persons(
    keys: readonly PersonKey[],
    options: ReadOptions = {},
  ): Promise<Map<PersonKey, PersonDocument>> {
    const unique = [...new Set(keys)];
    const items = await this.table.batchGet(
      unique.map((key) => ({ pk: `P#${key}`, sk: 'DOC' })),
      options,
    );
    const found = new Map<PersonKey, PersonDocument>();
    await mapBounded(unique, OPENED_AT_ONCE, async (key, index) => {
      const item = items[index];
      if (item) found.set(key, await this.#openPerson(key, item));
    });
    return found;
  }

  async personByIdNumber(idNumber: string): Promise<PersonDocument | undefined> {
    const [key] = await this.personKeysByIdNumber([idNumber]);
    return key === undefined ? undefined : this.person(key);
  }

  /** In the order of the numbers; undefined for those that no one was registered with. */
  async personKeysByIdNumber(idNumbers: readonly string[]): Promise<(PersonKey | undefined)[]> {
    const hashes = await Promise.all(idNumbers.map((number) => this.personalData.lookupHash('id', number)));
    const items = await this.table.batchGet(hashes.map((hash) => ({ pk: `X#${hash}`, sk: 'ID' })));
    return items.map((item) => item && z.parse(z.string(), item['personKey']));
  }

  /** Persons with exactly this name, at most `limit`. */
  async personKeysByName(name: string, limit: number): Promise<PersonKey[]> {
    const hash = await this.personalData.lookupHash('name', name);
    const page = await this.table.page(`X#${hash}`, { limit });
    return page.items.map((item) => item.sk);
  }

  /**
   * The key of the person with this identity number, assigned now if there is none (look first with
   * `personKeysByIdNumber`, which is cheaper). Two who ask at once get the same key; a key that another person has
   * already is never given out again.
   */
  async assignPersonKey(idNumber: string): Promise<PersonKey> {
    const hash = await this.personalData.lookupHash('id', idNumber);
    for (let attempt = 0; attempt < KEY_ATTEMPTS; attempt += 1) {
      const key = await this.personalData.personKeyFor(idNumber, attempt);
      const claim = await this.table.putNewOrSame({ pk: `P#${key}`, sk: 'ID', c: hash });
      if (claim.outcome === 'divergent') continue;
      const pointer = await this.table.putNewOrSame({ pk: `X#${hash}`, sk: 'ID', c: key, personKey: key });
      return pointer.outcome === 'divergent' ? z.parse(z.string(), pointer.existing['personKey']) : key;
    }
    throw new Error('no free person key: the look-up key is broken');
  }

  /**
   * Stores a person under an optimistic lock; `before` is the document that the record was derived from.
   * 'conflict': someone else was faster; load again and decide again.
   */
  async savePerson(
    record: PersonRecord,
    before: PersonDocument | undefined,
    now: Instant,
  ): Promise<'written' | 'conflict'> {
    await this.savePersonPointers(record, before);
    return this.putPerson(record, before, now);
  }

  /**
   * The second half of `savePerson`, for who stamps a record only when its pointers are written: one put. `changedAt` never
   * goes back, whatever the writer's clock says: runs look at the past of what changed since a cut-off.
   */
  async putPerson(
    record: PersonRecord,
    before: PersonDocument | undefined,
    now: Instant,
  ): Promise<'written' | 'conflict'> {
    const expected = before?.version ?? 0;
    const sealed = await this.personalData.sealRecord(`person:${record.personKey}`, record);
    const changedAt = laterOf(now, before?.changedAt);
    return this.table.putIfVersion(
      { pk: `P#${record.personKey}`, sk: 'DOC', version: expected + 1, changedAt, sealed },
      expected,
    );
  }

  /** For each account (by its look-up hash) the persons who have or had it; ask their documents which still do. */
  async accountHolders(accountHashes: readonly string[]): Promise<PersonKey[][]> {
    const items = await this.table.batchGet(
      accountHashes.map((hash) => ({ pk: `X#${hash}`, sk: 'HOLDERS' })),
    );
    return items.map((item) => (item ? [...z.parse(z.set(z.string()), item['holders'])].sort() : []));
  }

  async enrolment(
    jurisdiction: JurisdictionCode,
    programme: ProgrammeId,
    id: EnrolmentId,
  ): Promise<EnrolmentDocument | undefined> {
    const [found] = await this.enrolments([{ jurisdiction, programme, id }]);
    return found;
  }

  /** In the order asked for. */
  async enrolments(wanted: readonly EnrolmentAddress[]): Promise<(EnrolmentDocument | undefined)[]> {
    const items = await this.table.batchGet(wanted.map(enrolmentKey));
    return items.map((item) => item && z.parse(EnrolmentDocumentSchema, item));
  }

  /**
   * The enrolments of a bucket in the order of their ids, each with its determinations in the order of their numbers, as of one
   * strong read per page.
   */
  async *enrolmentsOfBucket(
    jurisdiction: JurisdictionCode,
    programme: ProgrammeId,
    bucket: Bucket,
  ): AsyncGenerator<EnrolmentRead, void, undefined> {
    yield* this.#enrolmentReads(`E#${jurisdiction}#${programme}#${bucket}`);
  }

  /** Every enrolment of one person or household in a programme of a jurisdiction, in one query. `code` is the programme's. */
  async enrolmentsOfSubject(
    jurisdiction: JurisdictionCode,
    { id: programme, code }: { readonly id: ProgrammeId; readonly code: string },
    subject: PersonKey,
  ): Promise<EnrolmentRead[]> {
    const found: EnrolmentRead[] = [];
    const { pk } = enrolmentKey({ jurisdiction, programme, id: enrolmentId(code, subject, 1) });
    for await (const read of this.#enrolmentReads(pk, { begins: `${code}-${subject}-` })) found.push(read);
    return found;
  }

  async *#enrolmentReads(
    pk: string,
    options: QueryOptions = {},
  ): AsyncGenerator<EnrolmentRead, void, undefined> {
    let read: { document: EnrolmentDocument; determinations: Determination[] } | undefined;
    for await (const item of this.table.query(pk, options)) {
      if (isDetermination(item)) {
        invariant(read?.document.id === enrolmentOfItem(item), 'a determination without its enrolment');
        read.determinations.push(determinationFrom(item));
        continue;
      }
      if (read) yield read;
      read = { document: z.parse(EnrolmentDocumentSchema, item), determinations: [] };
    }
    if (read) yield read;
  }

  /** One enrolment with its determinations; undefined when there is no such enrolment. */
  async enrolmentRead(address: EnrolmentAddress): Promise<EnrolmentRead | undefined> {
    const { pk, sk } = enrolmentKey(address);
    let document: EnrolmentDocument | undefined;
    const determinations: Determination[] = [];
    // In the bucket the determinations of an enrolment follow it, and one query reads both.
    for await (const found of this.table.query(pk, { between: [sk, `${determinationsBegin(sk)}~`] })) {
      if (found.sk === sk) document = z.parse(EnrolmentDocumentSchema, found);
      else determinations.push(determinationFrom(found));
    }
    return document && { document, determinations };
  }

  /**
   * Puts a determination at its number, once: 'same' when the same decision is there already, 'divergent' when the number went to
   * another one.
   */
  async recordDetermination(
    { jurisdiction, programme }: EnrolmentAddress,
    determination: Determination,
  ): Promise<PutOutcome['outcome']> {
    const { pk } = enrolmentKey({ jurisdiction, programme, id: determination.enrolment });
    return (await this.table.putNewOrSame(determinationItem(pk, determination))).outcome;
  }

  /** The enrolments that are for this person, in all programmes; of a household by its own key. */
  async enrolmentsOfPerson(key: PersonKey): Promise<EnrolmentDocument[]> {
    return (await this.enrolmentsPointedFrom(key)).filter(({ subject }) => subject === key);
  }

  /** Those, and those of every household that the person was ever entered in: whether they still belong, their facts say. */
  async enrolmentsPointedFrom(key: PersonKey): Promise<EnrolmentDocument[]> {
    const wanted: EnrolmentAddress[] = [];
    for await (const item of this.table.query(`P#${key}`, { begins: 'E#' })) {
      wanted.push({ ...z.parse(PointerSchema, item), id: item.sk.slice(2) });
    }
    return (await this.enrolments(wanted)).filter((document) => document !== undefined);
  }

  /**
   * The id that each person's enrolment in a jurisdiction and programme has or would have: the first number that no other
   * jurisdiction was given. An enrolment's id names its payments, also to the bank, so that no two enrolments may share one.
   */
  async enrolmentIds(
    keys: readonly PersonKey[],
    jurisdiction: JurisdictionCode,
    programmeCode: string,
  ): Promise<Map<PersonKey, EnrolmentId>> {
    const ids = new Map<PersonKey, EnrolmentId>();
    let open = [...new Set(keys)];
    for (let number = 1; open.length > 0; number += 1) {
      const tried = open.map((key) => ({ key, id: enrolmentId(programmeCode, key, number) }));
      const items = await this.table.batchGet(
        tried.map(({ key, id }) => ({ pk: `P#${key}`, sk: `E#${id}` })),
      );
      open = [];
      for (const [index, { key, id }] of tried.entries()) {
        const item = items[index];
        if (item && z.parse(PointerSchema, item).jurisdiction !== jurisdiction) open.push(key);
        else ids.set(key, id);
      }
    }
    return ids;
  }

  /** Stores an enrolment that carries the version after `before`, the document that it was derived from, after its pointer. */
  async saveEnrolment(
    document: EnrolmentDocument,
    before: EnrolmentDocument | undefined,
  ): Promise<'written' | 'conflict'> {
    if ((await this.saveEnrolmentPointer(document, before)) === 'conflict') return 'conflict';
    return this.putEnrolment(document, before);
  }

  /**
   * The first half of `saveEnrolment`: gives the id to the jurisdiction, unless another one was faster. Nothing to do for an
   * enrolment that is stored already.
   */
  async saveEnrolmentPointer(
    { id, jurisdiction, programme, subject }: EnrolmentDocument,
    before: EnrolmentDocument | undefined,
  ): Promise<'written' | 'conflict'> {
    if (before) return 'written';
    const key = { pk: `P#${subject}`, sk: `E#${id}` };
    if ((await this.table.putNew({ ...key, jurisdiction, programme })) === 'created') return 'written';
    const existing = await this.table.get(key.pk, key.sk, { consistent: true });
    return z.parse(PointerSchema, existing).jurisdiction === jurisdiction ? 'written' : 'conflict';
  }

  /** The second half of `saveEnrolment`: one put; `changedAt` never goes back. */
  async putEnrolment(
    document: EnrolmentDocument,
    before: EnrolmentDocument | undefined,
  ): Promise<'written' | 'conflict'> {
    const changedAt = laterOf(document.changedAt, before?.changedAt);
    return this.table.putIfVersion(
      { ...enrolmentKey(document), ...document, changedAt },
      before?.version ?? 0,
    );
  }

  /** Remembers what a street is called; the last name heard is shown. */
  async saveStreetName(jurisdiction: JurisdictionCode, code: string, name: string): Promise<void> {
    await this.table.put({ pk: `STREETS#${jurisdiction}`, sk: code, name });
  }

  /** Names by street code. */
  async streetNames(jurisdiction: JurisdictionCode): Promise<Map<string, string>> {
    const names = new Map<string, string>();
    for await (const item of this.table.query(`STREETS#${jurisdiction}`, { consistent: false })) {
      names.set(item.sk, z.parse(z.string(), item['name']));
    }
    return names;
  }

  /** The first half of `savePerson`: pointers to what is new in the record. */
  async savePersonPointers(record: PersonRecord, before: PersonDocument | undefined): Promise<void> {
    const { personKey } = record;
    const known = new Set(before?.record.accounts.map(({ account }) => account));
    for (const { account } of record.accounts) {
      if (known.has(account)) continue;
      const hash = await this.personalData.lookupHash('account', account);
      await this.table.addToSet({ pk: `X#${hash}`, sk: 'HOLDERS' }, 'holders', [personKey]);
    }
    if (record.legalName !== before?.record.legalName) {
      const hash = await this.personalData.lookupHash('name', record.legalName);
      await this.table.putNew({ pk: `X#${hash}`, sk: personKey });
    }
    await rememberBearer(this.table, this.personalData, record, before?.record);
  }

  async #openPerson(key: PersonKey, item: Item): Promise<PersonDocument> {
    const { version, changedAt, sealed } = z.parse(SealedPersonSchema, item);
    const record = z.parse(PersonRecordSchema, await this.personalData.openRecord(`person:${key}`, sealed));
    invariant(record.personKey === key, 'a person stored under another key');
    return { version, changedAt, record };
  }
}

export type EnrolmentAddress = {
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  readonly id: EnrolmentId;
};

/** An enrolment and the written decisions on its amount, none where amounts follow from rules. */
export type EnrolmentRead = {
  readonly document: EnrolmentDocument;
  readonly determinations: readonly Determination[];
};

const OPENED_AT_ONCE = 16;
const KEY_ATTEMPTS = 8;
const SealedPersonSchema = z.object({
  version: z.int(),
  changedAt: z.string(),
  sealed: z.instanceof(Uint8Array),
});
const PointerSchema = z.object({ jurisdiction: z.string(), programme: z.string() });

/** The later of two instants. */
export function laterOf(instant: Instant, other: Instant | undefined): Instant {
  return other !== undefined && other > instant ? other : instant;
}

function enrolmentKey({ jurisdiction, programme, id }: EnrolmentAddress): { pk: string; sk: string } {
  return { pk: `E#${jurisdiction}#${programme}#${bucketOf(sha256Hex, subjectOf(id))}`, sk: id };
}
