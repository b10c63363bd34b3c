import { type Bucket, bucketOf, type PaymentId, parsePaymentId, subjectOf } from '../../domain/ids.ts';
import type { Claim, Notice, StatedSurrender, SurrenderDecision } from '../../domain/unpaid/unclaimed.ts';
import type { DynamoTable, Item, Key } from './dynamo-table.ts';
import { sha256Hex } from './hashing.ts';
import type { LedgerScope } from './ledger-store.ts';

/**
 * Unclaimed money (无人认领), by programme in the operations table, so that one query finds all of a bucket or of a programme:
 *
 *   UNCLAIMED#<jur>#<prog>   <b>#<payment>#<attempt>#NOTICE                     that the payee was told (immutable)
 *   UNCLAIMED#<jur>#<prog>   <b>#<payment>#<attempt>#S#<surrender>              surrender as one person stated it (immutable)
 *   UNCLAIMED#<jur>#<prog>   <b>#<payment>#<attempt>#S#<surrender>#DECISION     confirmed or rejected (immutable)
 *   UNCLAIMED#<jur>#<prog>   <b>#<payment>#<attempt>#S#<surrender>#POSTED       it is in the ledger and the budget was told (mark)
 *   UNCLAIMED#<jur>#<prog>   <b>#<payment>#<attempt>#CLAIM                      somebody came for it after all (immutable)
 */
export type UnclaimedKey = LedgerScope & { readonly payment: PaymentId; readonly attempt: number };
export type StoredSurrender = StatedSurrender & {
  readonly surrenderId: string;
  readonly decision?: SurrenderDecision;
  readonly posted?: boolean;
};
/** Everything people did about one attempt that nobody claimed. */
export type UnclaimedRecord = {
  readonly payment: PaymentId;
  readonly attempt: number;
  readonly notice?: Notice;
  readonly surrenders: readonly StoredSurrender[];
  readonly claim?: Claim;
};

export class UnclaimedStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  /** Records the first notice. @returns the one that stands: an earlier one, where somebody was faster */
  async notice(key: UnclaimedKey, notice: Notice): Promise<Notice> {
    return this.#once(keyOf(key, 'NOTICE'), 'notice', notice);
  }

  /** Records a claim once. @returns the one that stands */
  async claim(key: UnclaimedKey, claim: Claim): Promise<Claim> {
    return this.#once(keyOf(key, 'CLAIM'), 'claim', claim);
  }

  /** Records a statement under its id, which comes from its content: the same again changes nothing. */
  async propose(scope: LedgerScope, surrenderId: string, stated: StatedSurrender): Promise<void> {
    await this.#table.putNew({ ...keyOf({ ...scope, ...stated }, `S#${surrenderId}`), stated });
  }

  async decide(
    key: UnclaimedKey,
    surrenderId: string,
    decision: SurrenderDecision,
  ): Promise<'created' | 'exists'> {
    return this.#table.putNew({ ...keyOf(key, `S#${surrenderId}#DECISION`), decision });
  }

  async markPosted(key: UnclaimedKey, surrenderId: string): Promise<void> {
    await this.#table.put({ ...keyOf(key, `S#${surrenderId}#POSTED`), posted: true });
  }

  /** What was done about one attempt, read strongly. */
  async find(key: UnclaimedKey): Promise<UnclaimedRecord> {
    const { pk, sk } = keyOf(key, '');
    const [found] = await this.#records(pk, sk);
    return found ?? { payment: key.payment, attempt: key.attempt, surrenders: [] };
  }

  /** Of a bucket, in the order of enrolment periods; of the whole programme when none is given. */
  async records({ jurisdiction, programme }: LedgerScope, bucket?: Bucket): Promise<UnclaimedRecord[]> {
    return this.#records(`UNCLAIMED#${jurisdiction}#${programme}`, bucket === undefined ? '' : `${bucket}#`);
  }

  async #records(pk: string, begins: string): Promise<UnclaimedRecord[]> {
    const found = new Map<string, UnclaimedRecord>();
    for await (const item of this.#table.query(pk, begins === '' ? {} : { begins })) {
      const [, payment = '', attempt = '', ...rest] = item.sk.split('#');
      const name = `${payment}#${attempt}`;
      const before = found.get(name) ?? { payment, attempt: Number(attempt), surrenders: [] };
      found.set(name, withItem(before, rest, item));
    }
    return [...found.values()];
  }

  async #once<T>(key: Key, attribute: string, content: T): Promise<T> {
    if ((await this.#table.putNew({ ...key, [attribute]: content })) === 'created') return content;
    return (await this.#table.get(key.pk, key.sk))?.[attribute] as T;
  }
}

function withItem(
  before: UnclaimedRecord,
  [part = '', surrenderId = '']: readonly string[],
  item: Item,
): UnclaimedRecord {
  if (part === 'NOTICE') return { ...before, notice: item['notice'] as Notice };
  if (part === 'CLAIM') return { ...before, claim: item['claim'] as Claim };
  const decision = item['decision'] as SurrenderDecision | undefined;
  const more = { ...(decision && { decision }), ...(item['posted'] === true && { posted: true }) };
  const stated = item['stated'] as StatedSurrender | undefined;
  const surrenders = stated
    ? [...before.surrenders, { ...stated, surrenderId }]
    : before.surrenders.map((one) => (one.surrenderId === surrenderId ? { ...one, ...more } : one));
  return { ...before, surrenders };
}

function keyOf({ jurisdiction, programme, payment, attempt }: UnclaimedKey, part: string): Key {
  const bucket = bucketOf(sha256Hex, subjectOf(parsePaymentId(payment).enrolment));
  const number = String(attempt).padStart(2, '0');
  return { pk: `UNCLAIMED#${jurisdiction}#${programme}`, sk: `${bucket}#${payment}#${number}#${part}` };
}
