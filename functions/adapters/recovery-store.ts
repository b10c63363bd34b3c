import * as z from 'zod/mini';
import { addMonths, type Instant, type Month } from '../../domain/calendar.ts';
import type { EnrolmentId } from '../../domain/ids.ts';
import type { Command } from '../../domain/recovery/commands.ts';
import {
  applyRecoveryAct,
  foldRecoveries,
  type Recoveries,
  type RecoveryAct,
} from '../../domain/recovery/recovery.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import type { DynamoTable } from './dynamo-table.ts';
import type { LedgerScope } from './ledger-store.ts';

/**
 * Recovery orders (追缴) in the operations table. Nothing personal is in them.
 *
 *   RECOVERY-ACTS#<j>#<p>#<enrolment>   ACT#<000001>              one immutable act on the orders of an enrolment, numbered through
 *   RECOVERY-ORDERS#<j>#<p>             <enrolment>               whose acts there are, or what an opening says is to be recovered: written first (pointer)
 *   RECOVERIES-POSTING#<YYYY-MM>        <j>#<p>#<enrolment>       a mark, written before an act that moves money; not evidence
 */
export type RecoveryAddress = LedgerScope & { readonly enrolment: EnrolmentId };
/** What an enrolment's orders are, and whether this request wrote the last act. */
export type Acted = { readonly recoveries: Recoveries; readonly wrote: boolean };
export type PostingRecovery = RecoveryAddress & { readonly at: Instant };

const MarkSchema = z.object({
  jurisdiction: z.string(),
  programme: z.string(),
  enrolment: z.string(),
  at: z.string(),
  done: z.boolean(),
});
const TRIES = 20;
/** Acts that write entries, or are followed by what a run does. */
const MOVING: readonly RecoveryAct['kind'][] = ['ordered', 'received', 'relief-decided', 'set-off'];

export class RecoveryStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  async acts(address: RecoveryAddress): Promise<RecoveryAct[]> {
    const acts: RecoveryAct[] = [];
    for await (const item of this.#table.query(actsKey(address))) acts.push(item['act'] as RecoveryAct);
    return acts;
  }

  /** All orders about an enrolment, read strongly. */
  async of(address: RecoveryAddress): Promise<Recoveries> {
    return foldRecoveries(await this.acts(address));
  }

  /**
   * Load, decide, append; when somebody was faster, again from what they did. The same request is told what came of it. Refusals:
   * `conflict/busy`, those of `decide`.
   */
  async act(
    address: RecoveryAddress,
    decide: (recoveries: Recoveries) => Command | Promise<Command>,
    stamp: { readonly now: () => Instant; readonly by: string; readonly request?: string },
  ): Promise<Result<Acted>> {
    const { now, ...who } = stamp;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const acts = await this.acts(address);
      const recoveries = foldRecoveries(acts);
      const asked = stamp.request !== undefined && acts.some(({ request }) => request === stamp.request);
      const decision = asked ? ok(undefined) : await decide(recoveries);
      if (!decision.ok) return decision;
      if (!decision.value) return ok({ recoveries, wrote: false });
      const act: RecoveryAct = { ...decision.value, sequence: recoveries.sequence + 1, at: now(), ...who };
      if (act.sequence === 1) await this.list(address);
      if (MOVING.includes(act.kind)) await this.mark({ ...address, at: act.at });
      const sk = `ACT#${String(act.sequence).padStart(6, '0')}`;
      if ((await this.#table.putNew({ pk: actsKey(address), sk, act })) === 'created')
        return ok({ recoveries: applyRecoveryAct(recoveries, act), wrote: true });
    }
    return refuse(
      refusal(
        'conflict/busy',
        '该对象的追缴正被多人操作，请稍后重试',
        'many people are acting on this recovery: try again',
      ),
    );
  }

  /** Lists an enrolment among those that have orders, or recoverables of before go-live; a second time changes nothing. */
  async list(address: RecoveryAddress): Promise<void> {
    await this.#table.putNew({ pk: ordersKey(address), sk: address.enrolment });
  }

  /** Enrolments that have orders or were brought in with recoverables, from behind one, in order. */
  async *enrolments(scope: LedgerScope, startAfter?: string): AsyncGenerator<EnrolmentId, void, undefined> {
    const options = startAfter === undefined ? {} : { startAfter };
    for await (const { sk } of this.#table.query(ordersKey(scope), options)) yield sk;
  }

  /** Before the act: a mark without one leads to orders of which everything is posted. */
  async mark(posting: PostingRecovery): Promise<void> {
    const { jurisdiction, programme, enrolment, at } = posting;
    await this.#table.put({ ...markKey(posting), jurisdiction, programme, enrolment, at, done: false });
  }

  /** Takes the mark away, unless another writer has set it since for an act of their own. */
  async settle(posting: PostingRecovery): Promise<void> {
    await this.#table.update(markKey(posting), {
      expression: 'SET #done = :done',
      condition: '#at = :at',
      names: { '#done': 'done', '#at': 'at' },
      values: { ':done': true, ':at': posting.at },
    });
  }

  /** Marks of this month and the one before. */
  async posting(now: Instant): Promise<PostingRecovery[]> {
    const month = now.slice(0, 7);
    const open: PostingRecovery[] = [];
    for (const each of [addMonths(month, -1), month]) {
      for await (const item of this.#table.query(marksKey(each))) {
        const { done, ...mark } = z.parse(MarkSchema, item);
        if (!done) open.push(mark);
      }
    }
    return open;
  }
}

const actsKey = ({ jurisdiction, programme, enrolment }: RecoveryAddress): string =>
  `RECOVERY-ACTS#${jurisdiction}#${programme}#${enrolment}`;
const ordersKey = ({ jurisdiction, programme }: LedgerScope): string =>
  `RECOVERY-ORDERS#${jurisdiction}#${programme}`;
const marksKey = (month: Month): string => `RECOVERIES-POSTING#${month}`;
const markKey = ({ jurisdiction, programme, enrolment, at }: PostingRecovery) => ({
  pk: marksKey(at.slice(0, 7)),
  sk: `${jurisdiction}#${programme}#${enrolment}`,
});
