import type { Instant } from '../../domain/calendar.ts';
import type { RunId } from '../../domain/ids.ts';
import { type BankException, type ExceptionDecision, storedDecision } from '../../domain/run/reconcile.ts';
import type { DynamoTable, Item } from './dynamo-table.ts';
import { itemsOf, type Listed, withFollowers } from './followed-items.ts';

/**
 * Bank results (回盘) of a run, in the operations table:
 *
 *   RUN#<run>#RESULT             <result>                  one uploaded file, by the hash of its bytes
 *   RUN#<run>#CHUNK#<result>     <00001>                   plan of one chunk (immutable)
 *   RUN#<run>#CHUNK#<result>     <00001>#DONE              its absolute counts
 *   RUN#<run>#EXCEPTION          <exception>               a line that wrote no outcome (immutable)
 *   RUN#<run>#EXCEPTION          <exception>#DECISION      what a person decided (immutable)
 *   RUN#<run>#EARLY-RETURN       <exception>               that it is a return reported before its success (immutable)
 *   UPLOAD-RESULT#<run>          <result job>              job asked for by a person → what became of it
 */
export type ResultRecord = {
  readonly resultId: string;
  /** The file as it was uploaded. */
  readonly objectKey: string;
  /** What it says, in canonical form; chunks are ranges of it. Absent from results of before this was kept. */
  readonly answersKey?: string;
  /** Of the file's bytes; with the name of the instruction file where only the upload's name says which one is answered. */
  readonly sha256: string;
  readonly fileName: string;
  readonly lines: number;
  readonly chunks: number;
  readonly at: Instant;
  readonly by: string;
};
/** What became of an upload: accepted as a result, the same bytes as one before, or refused as a whole. */
export type ResultJob = {
  readonly resultId: string;
  readonly objectKey: string;
  /** As the person who uploaded it called it: some banks name the answered file nowhere else. Absent from jobs of before it was kept. */
  readonly fileName?: string;
  readonly by: string;
  readonly at: Instant;
  readonly state: 'received' | 'accepted' | 'repeated' | 'refused';
  /** Hash of the bytes, once they were read; the key of the result. */
  readonly sha256?: string;
  readonly refusal?: { readonly code: string; readonly zh: string; readonly en: string };
};
export type ChunkPlan = {
  readonly chunk: number;
  readonly firstByte: number;
  readonly lastByte: number;
  readonly sha256: string;
  /** Only of results of before answers were kept: the chunk is a range of the file itself, from this line on. */
  readonly firstLine?: number;
};
export type ChunkCounts = {
  readonly lines: number;
  readonly settled: number;
  readonly failed: number;
  readonly returned: number;
  readonly pending: number;
  readonly exceptions: number;
};
export type StoredException = BankException & {
  readonly exceptionId: string;
  readonly decision?: ExceptionDecision;
};

export class BankResultStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  async putJob(runId: RunId, job: ResultJob): Promise<void> {
    await this.#table.put({ pk: `UPLOAD-RESULT#${runId}`, sk: job.resultId, job });
  }

  async job(runId: RunId, resultId: string): Promise<ResultJob | undefined> {
    return (await this.#table.get(`UPLOAD-RESULT#${runId}`, resultId))?.['job'] as ResultJob | undefined;
  }

  /** In the order in which they were submitted: their ids are in none. */
  async jobs(runId: RunId): Promise<ResultJob[]> {
    const jobs = await gather<ResultJob>(this.#table.query(`UPLOAD-RESULT#${runId}`), 'job');
    return jobs.toSorted((one, other) => (one.at < other.at ? -1 : 1));
  }

  /** Plans first, then the record that makes them count: a crash in between is repeated to the same end. */
  async accept(
    runId: RunId,
    record: ResultRecord,
    plans: readonly ChunkPlan[],
  ): Promise<'created' | 'exists'> {
    for (const plan of plans) {
      await this.#table.putNew({
        pk: `RUN#${runId}#CHUNK#${record.sha256}`,
        sk: chunkName(plan.chunk),
        plan,
      });
    }
    return this.#table.putNew({ pk: `RUN#${runId}#RESULT`, sk: record.sha256, record });
  }

  async results(runId: RunId): Promise<ResultRecord[]> {
    return gather(this.#table.query(`RUN#${runId}#RESULT`), 'record');
  }

  async result(runId: RunId, sha256: string): Promise<ResultRecord | undefined> {
    return (await this.#table.get(`RUN#${runId}#RESULT`, sha256))?.['record'] as ResultRecord | undefined;
  }

  async plan(runId: RunId, sha256: string, chunk: number): Promise<ChunkPlan | undefined> {
    return (await this.#table.get(`RUN#${runId}#CHUNK#${sha256}`, chunkName(chunk)))?.['plan'] as
      | ChunkPlan
      | undefined;
  }

  async putChunkDone(runId: RunId, sha256: string, chunk: number, counts: ChunkCounts): Promise<void> {
    await this.#table.put({ pk: `RUN#${runId}#CHUNK#${sha256}`, sk: `${chunkName(chunk)}#DONE`, counts });
  }

  /** Counts of the chunks that are done, by chunk number. */
  async chunksDone(runId: RunId, sha256: string): Promise<Map<number, ChunkCounts>> {
    const done = new Map<number, ChunkCounts>();
    for await (const item of this.#table.query(`RUN#${runId}#CHUNK#${sha256}`)) {
      if (item['counts']) done.set(Number.parseInt(item.sk, 10), item['counts'] as ChunkCounts);
    }
    return done;
  }

  /** The marker first: an exception without one would be found by nobody, a marker without one is nothing. */
  async putException(runId: RunId, exceptionId: string, exception: BankException): Promise<void> {
    if (exception.kind === 'return-without-success')
      await this.#table.putNew({ pk: `RUN#${runId}#EARLY-RETURN`, sk: exceptionId });
    await this.#table.putNew({ pk: `RUN#${runId}#EXCEPTION`, sk: exceptionId, exception });
  }

  /** One exception with what was decided about it. */
  async exception(runId: RunId, exceptionId: string): Promise<StoredException | undefined> {
    const pk = `RUN#${runId}#EXCEPTION`;
    const item = await this.#table.get(pk, exceptionId);
    if (!item) return undefined;
    const follower = await this.#table.get(pk, `${exceptionId}#DECISION`);
    return storedFrom(exceptionId, item, follower);
  }

  /** Returns that were reported before their success, with what was decided since: few, and usually none. */
  async earlyReturns(runId: RunId): Promise<StoredException[]> {
    const found: StoredException[] = [];
    for await (const { sk } of this.#table.query(`RUN#${runId}#EARLY-RETURN`)) {
      const exception = await this.exception(runId, sk);
      if (exception) found.push(exception);
    }
    return found;
  }

  async decide(
    runId: RunId,
    exceptionId: string,
    decision: ExceptionDecision,
  ): Promise<'created' | 'exists'> {
    return this.#table.putNew({ pk: `RUN#${runId}#EXCEPTION`, sk: `${exceptionId}#DECISION`, decision });
  }

  async exceptions(runId: RunId): Promise<StoredException[]> {
    return itemsOf(this.exceptionsAfter(runId));
  }

  /** The same, one by one from behind an exception. */
  async *exceptionsAfter(runId: RunId, after?: string): AsyncGenerator<Listed<StoredException>> {
    const options = after === undefined ? {} : { startAfter: after };
    const items = this.#table.query(`RUN#${runId}#EXCEPTION`, options);
    for await (const { key, item, follower } of withFollowers(items, '#DECISION')) {
      yield { key, item: storedFrom(key, item, follower) };
    }
  }
}

function storedFrom(exceptionId: string, item: Item, follower: Item | undefined): StoredException {
  const decision = follower?.['decision'] as ExceptionDecision | undefined;
  const stored = decision && storedDecision(decision);
  return { ...(item['exception'] as BankException), exceptionId, ...(stored && { decision: stored }) };
}

const chunkName = (chunk: number): string => String(chunk).padStart(5, '0');

async function gather<T>(items: AsyncIterable<Record<string, unknown>>, attribute: string): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item[attribute] as T);
  return found;
}
