import type { Instant, Month } from '../../domain/calendar.ts';
import {
  type Bucket,
  bucketOf,
  type EnrolmentId,
  type PaymentId,
  type RunId,
  subjectOf,
} from '../../domain/ids.ts';
import type { Fen } from '../../domain/money.ts';
import { invariant } from '../../domain/result.ts';
import type { RecoveryProposal } from '../../domain/run/draft.ts';
import type { DynamoTable } from './dynamo-table.ts';
import { itemsOf, type Listed, withFollowers } from './followed-items.ts';
import { sha256Hex } from './hashing.ts';
import type { LedgerScope } from './ledger-store.ts';

/**
 * What a run leaves behind for later ones, per bucket, in the operations table:
 *
 *   HOLD#<jur>#<prog>#<bucket>      <enrolment>#<payment>           a payment kept out of a dispatched run (immutable)
 *   HOLD#<jur>#<prog>#<bucket>      <enrolment>#<payment>#RELEASE   who let it go again, and why (immutable)
 *   OPEN#<jur>#<prog>#<bucket>      <enrolment>#<payment>#<attempt> an attempt that failed or came back
 *   OPEN#<jur>#<prog>#<bucket>      …#CLEARED                       who said that it may be sent again, and why (immutable)
 *   RETURNS#<jur>#<prog>            <period>#<round>, …#COUNTED     when money of it came back last, and what the budget counted
 *   RECOVERY#<jur>#<prog>#<bucket>  <enrolment>#<month>#<component> overpaid money, as last computed
 */
const COUNTED = '#COUNTED';
const returnsOf = ({ jurisdiction, programme }: LedgerScope): string =>
  `RETURNS#${jurisdiction}#${programme}`;

export type HeldPayment = {
  readonly payment: PaymentId;
  readonly enrolment: EnrolmentId;
  readonly runId: RunId;
  readonly months: readonly Month[];
  readonly fen: Fen;
  readonly reasons: readonly { readonly control: string; readonly zh: string; readonly en: string }[];
  readonly at: Instant;
};
export type HoldRelease = { readonly by: string; readonly reason: string; readonly at: Instant };
export type Hold = HeldPayment & { readonly release?: HoldRelease };

export type OpenAttempt = {
  readonly payment: PaymentId;
  readonly enrolment: EnrolmentId;
  readonly attempt: number;
  readonly runId: RunId;
  readonly kind: 'failed' | 'returned';
  readonly fen: Fen;
  readonly reason: string;
  readonly since: Instant;
  /** A person's word that it may be sent again as things are. */
  readonly clearance?: Clearance;
  /** Was found to be over for ever: another attempt followed, or nothing of it is owed. Not to be asked for again (projection). */
  readonly over?: boolean;
};
export type Clearance = { readonly by: string; readonly reason: string; readonly at: Instant };

export type Recovery = RecoveryProposal & {
  readonly enrolment: EnrolmentId;
  readonly runId: RunId;
  readonly at: Instant;
};

export class FollowUpStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  /** Records a hold once; the run and payment identify it. */
  async openHold(scope: LedgerScope, hold: HeldPayment): Promise<void> {
    await this.#table.putNew({
      pk: pkOf('HOLD', scope, hold.enrolment),
      sk: `${hold.enrolment}#${hold.payment}`,
      hold,
    });
  }

  /** Lets a held payment be paid by the next run. @returns the release that stands: an earlier one, where somebody was faster */
  async releaseHold(
    scope: LedgerScope,
    enrolment: EnrolmentId,
    payment: PaymentId,
    release: HoldRelease,
  ): Promise<HoldRelease> {
    const key = { pk: pkOf('HOLD', scope, enrolment), sk: `${enrolment}#${payment}#RELEASE` };
    if ((await this.#table.putNew({ ...key, release })) === 'created') return release;
    const standing = await this.#table.get(key.pk, key.sk);
    invariant(standing, `a release vanished: ${key.sk}`);
    return standing['release'] as HoldRelease;
  }

  /** Holds of a bucket in enrolment order, with their releases. */
  async holds(scope: LedgerScope, bucket: Bucket): Promise<Hold[]> {
    return itemsOf(this.holdsAfter(scope, bucket));
  }

  /** The same, one by one from behind a key. */
  async *holdsAfter(scope: LedgerScope, bucket: Bucket, after?: string): AsyncGenerator<Listed<Hold>> {
    const items = this.#table.query(partition('HOLD', scope, bucket), readingAfter(after));
    for await (const { key, item, follower } of withFollowers(items, '#RELEASE')) {
      const hold = item['hold'] as HeldPayment;
      const release = follower?.['release'] as HoldRelease | undefined;
      yield { key, item: { ...hold, ...(release && { release }) } };
    }
  }

  async hold(scope: LedgerScope, enrolment: EnrolmentId, payment: PaymentId): Promise<Hold | undefined> {
    const pk = pkOf('HOLD', scope, enrolment);
    const [held, released] = await this.#table.batchGet([
      { pk, sk: `${enrolment}#${payment}` },
      { pk, sk: `${enrolment}#${payment}#RELEASE` },
    ]);
    if (!held) return undefined;
    const hold = held['hold'] as HeldPayment;
    return released ? { ...hold, release: released['release'] as HoldRelease } : hold;
  }

  /** Lists an attempt that failed or came back. A projection of the ledger: absolute, may be written again. */
  async listOpen(scope: LedgerScope, open: OpenAttempt): Promise<void> {
    const sk = openKey(open);
    await this.#table.put({ pk: pkOf('OPEN', scope, open.enrolment), sk, open });
  }

  /** Whether an attempt is on the list as what it is: one that failed late is listed again when it comes back. */
  async isListed(scope: LedgerScope, open: OpenAttempt): Promise<boolean> {
    const item = await this.#table.get(pkOf('OPEN', scope, open.enrolment), openKey(open));
    return (item?.['open'] as OpenAttempt | undefined)?.kind === open.kind;
  }

  /** Says that money of what a period and round accrued came back: the budget counts it again. */
  async markReturned(scope: LedgerScope, origin: string, at: Instant): Promise<void> {
    await this.#table.put({ pk: returnsOf(scope), sk: origin, at });
  }

  /** Origins of which money came back since they were last counted, each with when. */
  async uncountedReturns(scope: LedgerScope): Promise<Map<string, Instant>> {
    const open = new Map<string, Instant>();
    for await (const { sk, at } of this.#table.query(returnsOf(scope))) {
      const origin = sk.replace(COUNTED, '');
      if (origin === sk) open.set(origin, String(at));
      else if (open.get(origin) === at) open.delete(origin);
    }
    return open;
  }

  /** @param at as it was read before the count */
  async putCounted(scope: LedgerScope, origin: string, at: Instant): Promise<void> {
    await this.#table.put({ pk: returnsOf(scope), sk: `${origin}${COUNTED}`, at });
  }

  /** Attempts of a bucket that ever failed or came back, with clearances; whether they still stand is for the ledger to say. */
  async open(scope: LedgerScope, bucket: Bucket): Promise<OpenAttempt[]> {
    return itemsOf(this.openAfter(scope, bucket));
  }

  /** The same, one by one from behind a key. */
  async *openAfter(scope: LedgerScope, bucket: Bucket, after?: string): AsyncGenerator<Listed<OpenAttempt>> {
    const items = this.#table.query(partition('OPEN', scope, bucket), readingAfter(after));
    for await (const { key, item, follower } of withFollowers(items, '#CLEARED')) {
      const open = item['open'] as OpenAttempt;
      const clearance = follower?.['clearance'] as Clearance | undefined;
      const over = item['over'] === true;
      yield { key, item: { ...open, ...(clearance && { clearance }), ...(over && { over }) } };
    }
  }

  /** Marks an attempt that is over, so that lists of open money do not ask the ledger about it again. */
  async markOver(scope: LedgerScope, open: OpenAttempt): Promise<void> {
    await this.#table.update(
      { pk: pkOf('OPEN', scope, open.enrolment), sk: openKey(open) },
      { expression: 'SET #over = :over', names: { '#over': 'over' }, values: { ':over': true } },
    );
  }

  /** Clears one attempt to be sent again. @returns the clearance that stands: an earlier one, where somebody was faster */
  async clear(scope: LedgerScope, open: OpenAttempt, clearance: Clearance): Promise<Clearance> {
    const key = { pk: pkOf('OPEN', scope, open.enrolment), sk: `${openKey(open)}#CLEARED` };
    if ((await this.#table.putNew({ ...key, clearance })) === 'created') return clearance;
    const standing = await this.#table.get(key.pk, key.sk);
    invariant(standing, `a clearance vanished: ${key.sk}`);
    return standing['clearance'] as Clearance;
  }

  /** States the proposal for one enrolment, month and component; zero withdraws an earlier one. */
  async propose(scope: LedgerScope, recovery: Recovery): Promise<void> {
    const sk = `${recovery.enrolment}#${recovery.month}#${recovery.component}`;
    await this.#table.put({ pk: pkOf('RECOVERY', scope, recovery.enrolment), sk, recovery });
  }

  async recoveries(scope: LedgerScope, bucket: Bucket): Promise<Recovery[]> {
    return itemsOf(this.recoveriesAfter(scope, bucket));
  }

  /** The same, one by one from behind a key. */
  async *recoveriesAfter(
    scope: LedgerScope,
    bucket: Bucket,
    after?: string,
  ): AsyncGenerator<Listed<Recovery>> {
    for await (const { sk, recovery } of this.#table.query(
      partition('RECOVERY', scope, bucket),
      readingAfter(after),
    ))
      yield { key: sk, item: recovery as Recovery };
  }
}

const readingAfter = (after: string | undefined) => (after === undefined ? {} : { startAfter: after });

const openKey = ({ enrolment, payment, attempt }: OpenAttempt): string =>
  `${enrolment}#${payment}#${String(attempt).padStart(2, '0')}`;
const partition = (kind: string, scope: LedgerScope, bucket: Bucket): string =>
  `${kind}#${scope.jurisdiction}#${scope.programme}#${bucket}`;
const pkOf = (kind: string, scope: LedgerScope, enrolment: EnrolmentId): string =>
  partition(kind, scope, bucketOf(sha256Hex, subjectOf(enrolment)));
