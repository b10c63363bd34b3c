import type { EntrySide } from '../../domain/bank/statement.ts';
import type { StatementLayout } from '../../domain/bank/statement-layout.ts';
import type { Instant, PlainDate } from '../../domain/calendar.ts';
import type { JurisdictionCode, ProgrammeId, RunId } from '../../domain/ids.ts';
import type { Fen } from '../../domain/money.ts';
import type { BankItem } from '../../domain/reconciliation/bank-items.ts';
import type { Movement } from '../../domain/reconciliation/movement.ts';
import type { StatementHead } from '../../domain/reconciliation/statement-chain.ts';
import type { ExceptionDecision } from '../../domain/run/reconcile.ts';
import type { ChunkPlan } from './bank-result-store.ts';
import type { DynamoTable } from './dynamo-table.ts';

/**
 * Statements of the payers' accounts (对账单), in the operations table:
 *
 *   UPLOAD-STATEMENT#<j>               <statement id>        job asked for by a person → what became of it
 *   STATEMENTS#<j>#<account>           <from>#<number>, or <from>~<to>~<hash>   one accepted statement (immutable)
 *   STATEMENT-CHUNK#<j>#<content hash> RECORD, <00001>, …#DONE   where its record is; plan of one chunk (immutable); that it is matched
 *   BANK-ENTRY#<j>#<account>           <end-to-end id>.<D|C> the one booking of a payment's money, out or back (immutable)
 *   BANK-TWICE#<j>#<account>           <end-to-end id>, ….C  that a payment was debited twice; the credit that gives one back (immutable)
 *   BANK-LOOSE#<j>#<account>           <key>                 booking that names no payment sent (immutable)
 *   BREAK#<j>                          <break>               what a person decided about a break (immutable)
 *   RUN#<run>#MOVEMENTS                DIGEST                what a closed run's entries come to per file and day (projection)
 *   BANK-ACCOUNTS#<j>                  <account>             accounts that have statements
 */
export type StatementJob = {
  readonly statementId: string;
  readonly account: string;
  readonly objectKey: string;
  readonly by: string;
  readonly at: Instant;
  /** How the place said on that day that its bank heads a statement; the usual way where it did not. */
  readonly layout?: StatementLayout;
  readonly state: 'received' | 'accepted' | 'repeated' | 'refused';
  /** Name of the statement on its account, once it was read. */
  readonly name?: string;
  readonly refusal?: { readonly code: string; readonly zh: string; readonly en: string };
};
/** An accepted statement; an advice of single entries has no balances. */
export type StatementRecord = Omit<StatementHead, 'opening' | 'closing'> &
  Partial<Pick<StatementHead, 'opening' | 'closing'>> & {
    readonly name: string;
    readonly statementId: string;
    readonly account: string;
    readonly objectKey: string;
    readonly itemsKey: string;
    readonly sha256: string;
    readonly chunks: number;
    readonly at: Instant;
    readonly by: string;
    /** Hash over everything that the statement says. */
    readonly c: string;
  };
/** An item with the programme that its end-to-end id names. */
export type StatedItem = BankItem & { readonly programme?: ProgrammeId };
export type PaymentBooking = {
  readonly key: string;
  readonly side: EntrySide;
  readonly fen: Fen;
  readonly bookedOn: PlainDate;
  /** The instruction file that carried the payment. */
  readonly file: string;
};
type AccountKey = { readonly jurisdiction: JurisdictionCode; readonly account: string };

export class BankStatementStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  async putJob(jurisdiction: JurisdictionCode, job: StatementJob): Promise<void> {
    await this.#table.put({ pk: `UPLOAD-STATEMENT#${jurisdiction}`, sk: job.statementId, job });
  }

  async job(jurisdiction: JurisdictionCode, statementId: string): Promise<StatementJob | undefined> {
    const item = await this.#table.get(`UPLOAD-STATEMENT#${jurisdiction}`, statementId);
    return item?.['job'] as StatementJob | undefined;
  }

  /** In the order in which they were submitted. */
  async jobs(jurisdiction: JurisdictionCode): Promise<StatementJob[]> {
    const jobs = await this.#all<StatementJob>(`UPLOAD-STATEMENT#${jurisdiction}`, 'job');
    return jobs.toSorted((one, other) => (one.at < other.at ? -1 : 1));
  }

  /** Plans first, then the record that makes them count. The first statement under a name stands: it is returned. */
  async accept(
    jurisdiction: JurisdictionCode,
    record: StatementRecord,
    plans: readonly ChunkPlan[],
  ): Promise<StatementRecord> {
    const { account, name, c } = record;
    const pk = chunksKey(jurisdiction, c);
    for (const plan of plans) await this.#table.putNew({ pk, sk: chunkName(plan.chunk), plan });
    await this.#table.putNew({ pk, sk: 'RECORD', account, name });
    await this.#table.putNew({ pk: `BANK-ACCOUNTS#${jurisdiction}`, sk: account });
    await this.#table.putNew({ pk: `STATEMENTS#${jurisdiction}#${account}`, sk: name, record });
    return (await this.statement({ jurisdiction, account }, name)) ?? record;
  }

  async statement({ jurisdiction, account }: AccountKey, name: string): Promise<StatementRecord | undefined> {
    const item = await this.#table.get(`STATEMENTS#${jurisdiction}#${account}`, name);
    return item?.['record'] as StatementRecord | undefined;
  }

  /** The accepted statement with this content. */
  async withContent(jurisdiction: JurisdictionCode, c: string): Promise<StatementRecord | undefined> {
    const item = await this.#table.get(chunksKey(jurisdiction, c), 'RECORD');
    return item && this.statement({ jurisdiction, account: String(item['account']) }, String(item['name']));
  }

  async statements({ jurisdiction, account }: AccountKey): Promise<StatementRecord[]> {
    return this.#all(`STATEMENTS#${jurisdiction}#${account}`, 'record');
  }

  /** Accounts of which there are statements. */
  async accounts(jurisdiction: JurisdictionCode): Promise<string[]> {
    const accounts: string[] = [];
    for await (const { sk } of this.#table.query(`BANK-ACCOUNTS#${jurisdiction}`)) accounts.push(sk);
    return accounts;
  }

  async plan(jurisdiction: JurisdictionCode, c: string, chunk: number): Promise<ChunkPlan | undefined> {
    const item = await this.#table.get(chunksKey(jurisdiction, c), chunkName(chunk));
    return item?.['plan'] as ChunkPlan | undefined;
  }

  async putChunkDone(jurisdiction: JurisdictionCode, c: string, chunk: number): Promise<void> {
    await this.#table.putNew({ pk: chunksKey(jurisdiction, c), sk: `${chunkName(chunk)}#DONE` });
  }

  /** Numbers of the chunks that are matched. */
  async chunksDone(jurisdiction: JurisdictionCode, c: string): Promise<Set<number>> {
    const done = new Set<number>();
    for await (const { sk } of this.#table.query(chunksKey(jurisdiction, c)))
      if (sk.endsWith('#DONE')) done.add(Number.parseInt(sk, 10));
    return done;
  }

  /**
   * Says which booking took a payment's money out, or brought it back. `other` when another booking already did: the payment is booked
   * twice.
   */
  async claimBooking(
    { jurisdiction, account }: AccountKey,
    endToEndId: string,
    booking: PaymentBooking,
  ): Promise<'mine' | 'other'> {
    const sk = `${endToEndId}.${booking.side === 'debit' ? 'D' : 'C'}`;
    const item = { pk: `BANK-ENTRY#${jurisdiction}#${account}`, sk, ...booking, c: booking.key };
    return (await this.#table.putNewOrSame(item)).outcome === 'divergent' ? 'other' : 'mine';
  }

  /** Says, before it is kept as such, that a payment was debited a second time: the bank will put it right. */
  async markDebitedTwice({ jurisdiction, account }: AccountKey, endToEndId: string): Promise<void> {
    await this.#table.putNew({ pk: twiceKey(jurisdiction, account), sk: endToEndId });
  }

  async debitedTwice({ jurisdiction, account }: AccountKey, endToEndId: string): Promise<boolean> {
    return (await this.#table.get(twiceKey(jurisdiction, account), endToEndId)) !== undefined;
  }

  /** Debited twice, and no credit is known to give one back. */
  async awaitsReversal({ jurisdiction, account }: AccountKey, endToEndId: string): Promise<boolean> {
    const pk = twiceKey(jurisdiction, account);
    if ((await this.#table.get(pk, endToEndId)) === undefined) return false;
    return (await this.#table.get(pk, `${endToEndId}.C`)) === undefined;
  }

  /** Says which credit gives a second debit back; `other` when another one does, or when it was taken for the payment's own before. */
  async claimReversal(
    { jurisdiction, account }: AccountKey,
    endToEndId: string,
    key: string,
  ): Promise<'mine' | 'other'> {
    const own = await this.#table.get(`BANK-ENTRY#${jurisdiction}#${account}`, `${endToEndId}.C`);
    if (own?.['c'] === key) return 'other';
    const item = { pk: twiceKey(jurisdiction, account), sk: `${endToEndId}.C`, c: key };
    return (await this.#table.putNewOrSame(item)).outcome === 'divergent' ? 'other' : 'mine';
  }

  async *bookings({ jurisdiction, account }: AccountKey): AsyncGenerator<PaymentBooking> {
    for await (const item of this.#table.query(`BANK-ENTRY#${jurisdiction}#${account}`))
      yield item as unknown as PaymentBooking;
  }

  async putLoose({ jurisdiction, account }: AccountKey, item: BankItem): Promise<void> {
    await this.#table.putNew({ pk: `BANK-LOOSE#${jurisdiction}#${account}`, sk: item.key, item });
  }

  async loose({ jurisdiction, account }: AccountKey): Promise<BankItem[]> {
    return this.#all(`BANK-LOOSE#${jurisdiction}#${account}`, 'item');
  }

  /** The first decision on a break stands: it is returned. */
  async decide(
    jurisdiction: JurisdictionCode,
    breakId: string,
    decision: ExceptionDecision,
  ): Promise<ExceptionDecision> {
    const key = { pk: `BREAK#${jurisdiction}`, sk: breakId };
    await this.#table.putNew({ ...key, decision });
    return (
      ((await this.#table.get(key.pk, key.sk))?.['decision'] as ExceptionDecision | undefined) ?? decision
    );
  }

  /** What was decided, by break. */
  async decisions(jurisdiction: JurisdictionCode): Promise<Map<string, ExceptionDecision>> {
    const decisions = new Map<string, ExceptionDecision>();
    for await (const item of this.#table.query(`BREAK#${jurisdiction}`))
      decisions.set(item.sk, item['decision'] as ExceptionDecision);
    return decisions;
  }

  /** What a run's entries came to when its journal was in the state that the mark names. */
  async movements(runId: RunId, mark: string): Promise<readonly Movement[] | undefined> {
    const item = await this.#table.get(movementsKey(runId), 'DIGEST');
    return item?.['mark'] === mark ? (item['movements'] as Movement[]) : undefined;
  }

  async putMovements(runId: RunId, mark: string, movements: readonly Movement[]): Promise<void> {
    await this.#table.put({ pk: movementsKey(runId), sk: 'DIGEST', mark, movements });
  }

  async #all<T>(pk: string, attribute: string): Promise<T[]> {
    const found: T[] = [];
    for await (const item of this.#table.query(pk)) found.push(item[attribute] as T);
    return found;
  }
}

const twiceKey = (jurisdiction: JurisdictionCode, account: string): string =>
  `BANK-TWICE#${jurisdiction}#${account}`;
const movementsKey = (runId: RunId): string => `RUN#${runId}#MOVEMENTS`;
const chunksKey = (jurisdiction: JurisdictionCode, c: string): string =>
  `STATEMENT-CHUNK#${jurisdiction}#${c}`;
const chunkName = (chunk: number): string => String(chunk).padStart(5, '0');
