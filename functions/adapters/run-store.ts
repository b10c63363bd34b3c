import type { Instant, Period } from '../../domain/calendar.ts';
import { contentHash } from '../../domain/canonical.ts';
import type { JurisdictionCode, ProgrammeId, RunId } from '../../domain/ids.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import type { Act, ActBody } from '../../domain/run/act.ts';
import { applyAct, foldRun } from '../../domain/run/fold-run.ts';
import type { RunIdentity } from '../../domain/run/manifest.ts';
import type { OutsidePayment } from '../../domain/run/outside-payment.ts';
import type { Run } from '../../domain/run/run.ts';
import type { DynamoTable } from './dynamo-table.ts';
import { sha256Hex } from './hashing.ts';

/**
 * Runs in the operations table.
 *
 *   RUN#<run>              ACT#<000001>          one immutable act
 *   RUN#<run>#<phase>#<n>  <shard>               absolute answer of one shard in one phase (DONE, CHECK, RELEASED)
 *   LIVE#<jur>#<prog>      <period>#<round>      which run is the live one of a period and round
 *   ACTIVE#<jur>#<prog>    RUN                   which run stands between start and dispatched
 *   VOUCHER#<jur>          <voucher>             what a voucher was recorded for (immutable)
 *   RUNS#<jur>             <run>                 list for people: a projection, rebuilt from acts at will
 */
export type Phase = 'DONE' | 'CHECK' | 'RELEASED';
export type LivePointer = {
  readonly runId: RunId;
  readonly period: Period;
  readonly round: string;
  readonly version: number;
};
export type ActivePointer = {
  readonly runId: RunId;
  readonly version: number;
  readonly at: Instant;
  /** Who is starting the run: stands in its first act, whoever finishes a start that died. */
  readonly by: string;
  /** The street that the run is limited to. */
  readonly street?: string;
};
export type RunListing = {
  readonly runId: RunId;
  readonly state: Run['state'];
  readonly revision: number;
  readonly sequence: number;
  readonly startedAt: Instant;
  readonly count: number;
  readonly fen: number;
};

/** What a voucher pays: one sum, for one period and round of one programme, or by hand for one attempt of a payment. */
export type VoucherUse = (
  | Pick<RunIdentity, 'programme' | 'period' | 'round'>
  | Pick<OutsidePayment, 'payment' | 'attempt' | 'means'>
) & {
  readonly date: string;
  readonly fen: number;
};

/** Two people who act at once compete for one number; the loser looks again at what the winner did, this often. */
const TRIES = 20;

export class RunStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  async acts(runId: RunId): Promise<Act[]> {
    const acts: Act[] = [];
    for await (const item of this.#table.query(runKey(runId), { begins: 'ACT#' }))
      acts.push(item['act'] as Act);
    return acts;
  }

  /** The run as folded from a strong read of its acts. */
  async load(runId: RunId): Promise<Run | undefined> {
    return foldRun(await this.acts(runId));
  }

  /** Refusal `missing/run` when there is none. */
  async get(runId: RunId): Promise<Result<Run>> {
    return foldedRun(runId, await this.acts(runId));
  }

  /** Writes an act at its number unless someone was faster. */
  async append(act: Act): Promise<'appended' | 'taken'> {
    const sk = `ACT#${String(act.sequence).padStart(6, '0')}`;
    return (await this.#table.putNew({ pk: runKey(act.runId), sk, act })) === 'created'
      ? 'appended'
      : 'taken';
  }

  /**
   * Load, decide, append; when someone was faster, again from what they did. `decide` may answer `undefined`: there is nothing
   * left to do, and the run is returned as it is. So it is when the same request already left its act: a caller who never
   * got the answer asks again and is told what came of it.
   */
  async act(
    runId: RunId,
    decide: (run: Run) => Result<ActBody> | undefined | Promise<Result<ActBody> | undefined>,
    stamp: { readonly at: Instant; readonly by: string; readonly request?: string },
  ): Promise<Result<Run>> {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const acts = await this.acts(runId);
      const found = foldedRun(runId, acts);
      if (!found.ok || (stamp.request !== undefined && acts.some((act) => act.request === stamp.request)))
        return found;
      const decision = await decide(found.value);
      if (!decision) return found;
      if (!decision.ok) return decision;
      const act: Act = { ...decision.value, runId, sequence: found.value.sequence + 1, ...stamp };
      if ((await this.append(act)) === 'appended') {
        const after = applyAct(found.value, act);
        await this.list(after);
        return ok(after);
      }
    }
    return refuse(
      refusal(
        'conflict/busy',
        '批次正被多人操作，请稍后重试',
        'many people are acting on this run: try again',
      ),
    );
  }

  /** Rewrites the projection that lists are read from. Absolute, so that writing it late or twice does no harm. */
  async list(run: Run): Promise<void> {
    const listing: RunListing = {
      runId: run.runId,
      state: run.state,
      revision: run.revision,
      sequence: run.sequence,
      startedAt: run.startedAt,
      count: run.totals?.payable.count ?? 0,
      fen: run.totals?.payable.fen ?? 0,
    };
    await this.#table.put({ pk: `RUNS#${run.manifest.jurisdiction}`, sk: run.runId, ...listing });
  }

  async listings(jurisdiction: JurisdictionCode): Promise<RunListing[]> {
    const listings: RunListing[] = [];
    for await (const item of this.#table.query(`RUNS#${jurisdiction}`))
      listings.push(item as unknown as RunListing);
    return listings;
  }

  /** The list from behind a run: by programme, the newest period first. */
  async *listingsAfter(
    jurisdiction: JurisdictionCode,
    options: { readonly programme?: ProgrammeId; readonly after?: string },
  ): AsyncGenerator<RunListing> {
    const { programme, after } = options;
    for await (const item of this.#table.query(`RUNS#${jurisdiction}`, {
      descending: true,
      ...(programme !== undefined && { begins: `${jurisdiction}.${programme}.` }),
      ...(after !== undefined && { startAfter: after }),
    }))
      yield item as unknown as RunListing;
  }

  async livePointers(scope: {
    jurisdiction: JurisdictionCode;
    programme: ProgrammeId;
  }): Promise<LivePointer[]> {
    const pointers: LivePointer[] = [];
    for await (const item of this.#table.query(liveKey(scope))) pointers.push(item as unknown as LivePointer);
    return pointers;
  }

  async livePointer(identity: RunIdentity): Promise<LivePointer | undefined> {
    return (await this.#table.get(liveKey(identity), `${identity.period}#${identity.round}`)) as unknown as
      | LivePointer
      | undefined;
  }

  async setLive(
    identity: RunIdentity,
    runId: RunId,
    expectedVersion: number,
  ): Promise<'written' | 'conflict'> {
    const { period, round } = identity;
    const item = {
      pk: liveKey(identity),
      sk: `${period}#${round}`,
      runId,
      period,
      round,
      version: expectedVersion + 1,
    };
    return this.#table.putIfVersion(item, expectedVersion);
  }

  async activePointer(scope: {
    jurisdiction: JurisdictionCode;
    programme: ProgrammeId;
  }): Promise<ActivePointer | undefined> {
    return (await this.#table.get(activeKey(scope), 'RUN')) as unknown as ActivePointer | undefined;
  }

  async setActive(
    identity: RunIdentity,
    pointer: Pick<ActivePointer, 'runId' | 'at' | 'by' | 'street'>,
    expectedVersion: number,
  ): Promise<'written' | 'conflict'> {
    const item = { pk: activeKey(identity), sk: 'RUN', ...pointer, version: expectedVersion + 1 };
    return this.#table.putIfVersion(item, expectedVersion);
  }

  /**
   * Binds a voucher to one use until that is released. Answers which recording of the voucher it is, from 1; undefined when it is
   * bound to another use.
   */
  async claimVoucher(
    jurisdiction: JurisdictionCode,
    voucher: string,
    use: VoucherUse,
  ): Promise<number | undefined> {
    const c = contentHash(sha256Hex, 'voucher.v1', use);
    const pk = `VOUCHER#${jurisdiction}`;
    for (let recording = 1; ; recording += 1) {
      const sk = bindingKey(voucher, recording);
      if (await this.#table.get(pk, releasedKey(sk), { consistent: true })) continue;
      const written = await this.#table.putNewOrSame({ pk, sk, use, c });
      return written.outcome === 'divergent' ? undefined : recording;
    }
  }

  /** Ends a binding: its recording was reversed, and the voucher may be recorded anew. May be repeated. */
  async releaseVoucher(jurisdiction: JurisdictionCode, voucher: string, recording: number): Promise<void> {
    await this.#table.putNew({
      pk: `VOUCHER#${jurisdiction}`,
      sk: releasedKey(bindingKey(voucher, recording)),
    });
  }

  /** One shard's absolute answer; writing it again with the same figures changes nothing. */
  async putShard(runId: RunId, phase: Phase, revision: number, shard: string, answer: object): Promise<void> {
    await this.#table.put({ pk: phaseKey(runId, phase, revision), sk: shard, answer });
  }

  /** Answers of all shards that have one, by a strong read. */
  async shards<T>(runId: RunId, phase: Phase, revision: number): Promise<Map<string, T>> {
    const answers = new Map<string, T>();
    for await (const item of this.#table.query(phaseKey(runId, phase, revision)))
      answers.set(item.sk, item['answer'] as T);
    return answers;
  }
}

function foldedRun(runId: RunId, acts: readonly Act[]): Result<Run> {
  const run = foldRun(acts);
  return run
    ? ok(run)
    : refuse(refusal('missing/run', '没有这个发放批次', 'there is no such payment run', { runId }));
}

const bindingKey = (voucher: string, recording: number): string =>
  recording === 1 ? voucher : `${voucher}~${recording}`;
const releasedKey = (binding: string): string => `${binding}~released`;
const runKey = (runId: RunId): string => `RUN#${runId}`;
const phaseKey = (runId: RunId, phase: Phase, revision: number): string =>
  `RUN#${runId}#${phase}#${revision}`;
const liveKey = (scope: { jurisdiction: string; programme: string }): string =>
  `LIVE#${scope.jurisdiction}#${scope.programme}`;
const activeKey = (scope: { jurisdiction: string; programme: string }): string =>
  `ACTIVE#${scope.jurisdiction}#${scope.programme}`;
