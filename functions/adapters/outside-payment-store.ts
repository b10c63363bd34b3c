import type { PaymentId, RunId } from '../../domain/ids.ts';
import type { OutsideDecision, OutsidePayment } from '../../domain/run/outside-payment.ts';
import type { DynamoTable } from './dynamo-table.ts';

/**
 * Payments made outside the system (系统外发放), in the operations table:
 *
 *   RUN#<run>#OUTSIDE   <outside payment>             as one person stated it (immutable)
 *   RUN#<run>#OUTSIDE   <outside payment>#DECISION    confirmed, rejected or withdrawn: one key (immutable)
 *   RUN#<run>#OUTSIDE   #BUDGET                       how many of them the budget has been restated for (projection)
 *   NEXT#<jur>#<prog>   <payment>#<attempt>           who makes that attempt: a run that sends it, or people by hand
 */
export type StoredOutsidePayment = OutsidePayment & {
  readonly outsideId: string;
  readonly decision?: OutsideDecision;
};

/** A run from when it was verified (at act `sequence`), a payment made outside, or a surrender to the treasury, after which there is none. */
export type Claimant =
  | { readonly by: 'run'; readonly runId: RunId; readonly sequence: number }
  | { readonly by: 'outside'; readonly runId: RunId; readonly outsideId: string }
  | { readonly by: 'surrender'; readonly runId: RunId; readonly surrenderId: string };
export type Claim = { readonly claimant: Claimant; readonly version: number };
type NextAttempt = {
  readonly jurisdiction: string;
  readonly programme: string;
  readonly payment: PaymentId;
  readonly attempt: number;
};

export class OutsidePaymentStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  /** Records a statement under its id, which comes from its content: the same again changes nothing. */
  async propose(outsideId: string, stated: OutsidePayment): Promise<'created' | 'exists'> {
    return this.#table.putNew({ pk: pkOf(stated.runId), sk: outsideId, stated });
  }

  async decide(runId: RunId, outsideId: string, decision: OutsideDecision): Promise<'created' | 'exists'> {
    return this.#table.putNew({ pk: pkOf(runId), sk: `${outsideId}#DECISION`, decision });
  }

  /** One of a run, read strongly. */
  async find(runId: RunId, outsideId: string): Promise<StoredOutsidePayment | undefined> {
    const pk = pkOf(runId);
    const [stated, decided] = await this.#table.batchGet([
      { pk, sk: outsideId },
      { pk, sk: `${outsideId}#DECISION` },
    ]);
    if (!stated?.['stated']) return undefined;
    const found = { ...(stated['stated'] as OutsidePayment), outsideId };
    return decided ? { ...found, decision: decided['decision'] as OutsideDecision } : found;
  }

  /** All of a run in the order of their ids, read strongly. */
  async ofRun(runId: RunId): Promise<StoredOutsidePayment[]> {
    const found = new Map<string, StoredOutsidePayment>();
    for await (const item of this.#table.query(pkOf(runId))) {
      const outsideId = item.sk.replace(/#DECISION$/, '');
      const known = found.get(outsideId);
      if (item['stated']) found.set(outsideId, { ...(item['stated'] as OutsidePayment), outsideId });
      else if (known) found.set(outsideId, { ...known, decision: item['decision'] as OutsideDecision });
    }
    return [...found.values()];
  }

  /** How many facts of this run the budget had been restated for when it was last counted. */
  async counted(runId: RunId): Promise<number> {
    return Number((await this.#table.get(pkOf(runId), '#BUDGET'))?.['facts'] ?? 0);
  }

  async putCounted(runId: RunId, facts: number): Promise<void> {
    await this.#table.put({ pk: pkOf(runId), sk: '#BUDGET', facts });
  }

  async claim(next: NextAttempt): Promise<Claim | undefined> {
    const { pk, sk } = nextKey(next);
    return (await this.#table.get(pk, sk)) as Claim | undefined;
  }

  /** Takes the next attempt, from nobody (version 0) or from a claimant who has given it up. */
  async putClaim(
    next: NextAttempt,
    claimant: Claimant,
    expectedVersion: number,
  ): Promise<'written' | 'conflict'> {
    const item = { ...nextKey(next), claimant, version: expectedVersion + 1 };
    return this.#table.putIfVersion(item, expectedVersion);
  }
}

const pkOf = (runId: RunId): string => `RUN#${runId}#OUTSIDE`;
const nextKey = ({ jurisdiction, programme, payment, attempt }: NextAttempt) => ({
  pk: `NEXT#${jurisdiction}#${programme}`,
  sk: `${payment}#${attempt}`,
});
