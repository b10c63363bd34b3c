import type { Period } from '../../domain/calendar.ts';
import {
  type Bucket,
  bucketOf,
  type EnrolmentId,
  type JurisdictionCode,
  type PaymentId,
  type ProgrammeId,
  parsePaymentId,
  subjectOf,
} from '../../domain/ids.ts';
import type { Entry, Slot } from '../../domain/ledger/entry.ts';
import { SLOT_OF } from '../../domain/ledger/entry.ts';
import { type FundingEntry, recordingOf } from '../../domain/ledger/funding.ts';
import type { Fen } from '../../domain/money.ts';
import { mapBounded } from '../concurrency.ts';
import type { DynamoTable, Item, Key } from './dynamo-table.ts';
import { sha256Hex } from './hashing.ts';

/**
 * The ledger (append-only):
 *
 *   <jur>#<prog>#<period>#<bucket>   <enrolment>#<round>#<attempt>#<slot>   one entry, both sides, one item
 *   <jur>#<prog>#<period>#<bucket>   <enrolment>#<round>#<attempt>#5recovery-<order>-<step>   act on a recovery order (追缴)
 *   <jur>#<prog>#<period>#funding    <round>#<voucher>[~<n>][~reversed]     the finance bureau's lump sum, and its reversal
 *
 * Every entry is written by a conditional put at its slot; there is no update and no delete here, and the role that runs it has
 * neither. When the slot is taken, equal content means "already done" and other content is reported.
 */
export type LedgerScope = { readonly jurisdiction: JurisdictionCode; readonly programme: ProgrammeId };
export type AttemptKey = LedgerScope & { readonly payment: PaymentId; readonly attempt: number };
export type AppendOutcome = 'created' | 'same' | { readonly divergentFrom: Entry };

/** Of an entry in the ledger: its content hash and its amount. */
export type Written = { readonly c: string; readonly fen: Fen };

/** So that release sorts before its outcome, that before a return, and a reversal comes last. */
const SLOT_KEYS: Record<Slot, string> = {
  release: '1release',
  outcome: '2outcome',
  return: '3return',
  reversal: '4reversal',
  recovery: '5recovery',
};

/** Keys of one partition from which on they are read as a range; fewer when only hash and amount of each come back. */
const DENSE_FROM = 24;
const DENSE_FROM_BRIEF = 8;
const READS_AT_ONCE = 8;

export class LedgerStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  async append(entry: Entry): Promise<AppendOutcome> {
    const key = keyOf(entry, SLOT_OF[entry.kind]);
    const written = await this.#table.putNewOrSame({ ...key, sk: `${key.sk}${stepOf(entry)}`, ...entry });
    return written.outcome === 'divergent' ? { divergentFrom: entryFrom(written.existing) } : written.outcome;
  }

  async appendFunding(
    entry: FundingEntry,
    period: Period,
    round: string,
  ): Promise<'created' | 'same' | 'divergent'> {
    const pk = `${entry.jurisdiction}#${entry.programme}#${period}#funding`;
    const sk = `${round}#${recordingOf(entry)}${entry.kind === 'funding' ? '' : '~reversed'}`;
    const written = await this.#table.putNewOrSame({ pk, sk, ...entry });
    return written.outcome;
  }

  /** The slots of many attempts by strong reads, in the order asked; empty slots are left out. Reversals only when asked for. */
  async slots(
    keys: readonly AttemptKey[],
    slots: readonly Slot[] = ['release', 'outcome', 'return'],
  ): Promise<Entry[][]> {
    const all = keys.flatMap((key) => {
      const at = placeOf({ ...key, enrolment: parsePaymentId(key.payment).enrolment });
      return slots.map((slot) => at(slot));
    });
    const items = await this.#many(all);
    return keys.map((_, index) =>
      items
        .slice(index * slots.length, (index + 1) * slots.length)
        .flatMap((item) => (item ? [entryFrom(item)] : [])),
    );
  }

  /** What stands at one slot of many attempts, by strong reads, in the order asked: to check what was written, nothing more. */
  async written(keys: readonly AttemptKey[], slot: Slot): Promise<(Written | undefined)[]> {
    const all = keys.map((key) => keyOf({ ...key, enrolment: parsePaymentId(key.payment).enrolment }, slot));
    const items = await this.#many(all, DENSE_FROM_BRIEF, ['c', 'fen']);
    return items.map((item) => item && (withoutKey(item) as unknown as Written));
  }

  /**
   * Lines of one file lie side by side in few partitions, so one query over their range costs a fraction of asking key by key, where
   * also every empty slot is paid for. Scattered keys are asked for one by one.
   */
  async #many(
    keys: readonly Key[],
    denseFrom = DENSE_FROM,
    only?: readonly string[],
  ): Promise<(Item | undefined)[]> {
    const brief = only && { only };
    const partitions = [...Map.groupBy(keys, ({ pk }) => pk)];
    const found = new Map<string, Item>();
    const note = (item: Item | undefined) => item && found.set(nameOf(item), item);
    const dense = partitions.filter(([, wanted]) => wanted.length >= denseFrom);
    await mapBounded(dense, READS_AT_ONCE, async ([pk, wanted]) => {
      const names = wanted.map(({ sk }) => sk).sort();
      const between = [names[0] ?? '', names.at(-1) ?? ''] as const;
      for await (const item of this.#table.query(pk, { between, ...brief })) note(item);
    });
    const scattered = partitions.filter(([, wanted]) => wanted.length < denseFrom);
    const few = scattered.flatMap(([, wanted]) => wanted);
    for (const item of await this.#table.batchGet(few, brief)) note(item);
    return keys.map((key) => found.get(nameOf(key)));
  }

  /** Entries of one bucket of a period in key order, read strongly. */
  async *ofBucket(
    scope: LedgerScope,
    period: Period,
    bucket: Bucket,
  ): AsyncGenerator<Entry, void, undefined> {
    for await (const item of this.#table.query(partition(scope, period, bucket))) yield entryFrom(item);
  }

  /** Entries of one enrolment in one period: all rounds and attempts. */
  async ofEnrolment(scope: LedgerScope, period: Period, enrolment: EnrolmentId): Promise<Entry[]> {
    const entries: Entry[] = [];
    const bucket = bucketOf(sha256Hex, subjectOf(enrolment));
    for await (const item of this.#table.query(partition(scope, period, bucket), { begins: `${enrolment}#` }))
      entries.push(entryFrom(item));
    return entries;
  }

  async fundings(scope: LedgerScope, period: Period, round: string): Promise<FundingEntry[]> {
    const entries: FundingEntry[] = [];
    for await (const item of this.#table.query(`${scope.jurisdiction}#${scope.programme}#${period}#funding`, {
      begins: `${round}#`,
    })) {
      entries.push(withoutKey(item) as unknown as FundingEntry);
    }
    return entries;
  }
}

const nameOf = ({ pk, sk }: Key): string => `${pk}\n${sk}`;

function partition(scope: LedgerScope, period: Period, bucket: Bucket): string {
  return `${scope.jurisdiction}#${scope.programme}#${period}#${bucket}`;
}

type Place = LedgerScope & { payment: PaymentId; enrolment: EnrolmentId; attempt: number };

/** Where the slots of an attempt stand; its bucket is hashed once for all of them. */
function placeOf(attempt: Place): (slot: Slot) => Key {
  const { period, round } = parsePaymentId(attempt.payment);
  const bucket = bucketOf(sha256Hex, subjectOf(attempt.enrolment));
  const pk = partition(attempt, period, bucket);
  const name = `${attempt.enrolment}#${round}#${String(attempt.attempt).padStart(2, '0')}`;
  return (slot) => ({ pk, sk: `${name}#${SLOT_KEYS[slot]}` });
}

const keyOf = (attempt: Place, slot: Slot): Key => placeOf(attempt)(slot);

/** Each act on a recovery order has a key of its own. */
const stepOf = ({ recovery }: Entry): string =>
  recovery ? `-${String(recovery.order).padStart(3, '0')}-${String(recovery.step).padStart(6, '0')}` : '';

function withoutKey(item: Item): Record<string, unknown> {
  const { pk: _pk, sk: _sk, ...rest } = item;
  return rest;
}

function entryFrom(item: Item): Entry {
  return withoutKey(item) as unknown as Entry;
}
