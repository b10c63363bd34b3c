import * as z from 'zod/mini';
import { contentHash } from '../../domain/canonical.ts';
import type { NoChange, ReviewTask } from '../../domain/determination/review.ts';
import type { EnrolmentId } from '../../domain/ids.ts';
import type { DynamoTable } from './dynamo-table.ts';
import { sha256Hex } from './hashing.ts';
import type { EnrolmentAddress } from './register-store.ts';
import type { Scope } from './sweep-store.ts';

/**
 * Review tasks in the operations table:
 *
 *   REVIEW#<j>#<p>     <enrolment>          the enrolment's current or last task, under an optimistic lock: one at a time
 *   NO-CHANGE#<j>#<p>  <enrolment>#<0001>   who decided on which task that nothing changes, and why (immutable)
 *
 * The task is derived from facts and determinations and may be derived again; what a person decided is an item of its own, written
 * first.
 */
export type StoredTask = ReviewTask & { readonly version: number };
const VersionSchema = z.object({ version: z.int() });

export class ReviewStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  async task({ jurisdiction, programme, id }: EnrolmentAddress): Promise<StoredTask | undefined> {
    const item = await this.#table.get(tasks({ jurisdiction, programme }), id);
    return item && taskFrom(item);
  }

  /** The last task of every enrolment that ever had one, in order of enrolments. */
  async tasks(scope: Scope): Promise<StoredTask[]> {
    const found: StoredTask[] = [];
    for await (const task of this.tasksFrom(scope)) found.push(task);
    return found;
  }

  /** The same one by one, behind the place of an enrolment. */
  async *tasksFrom(scope: Scope, startAfter?: EnrolmentId): AsyncGenerator<StoredTask, void, undefined> {
    const options = startAfter === undefined ? {} : { startAfter };
    for await (const item of this.#table.query(tasks(scope), options)) yield taskFrom(item);
  }

  /** Replaces what was read; 'conflict' when somebody was faster. */
  async save(
    scope: Scope,
    task: ReviewTask,
    before: StoredTask | undefined,
  ): Promise<'written' | 'conflict'> {
    const version = before?.version ?? 0;
    return this.#table.putIfVersion(
      { pk: tasks(scope), sk: task.enrolment, task, version: version + 1 },
      version,
    );
  }

  /** The one decision on a task that nothing changes; what is there when somebody else was faster. */
  async decideNoChange(scope: Scope, enrolment: EnrolmentId, decision: NoChange): Promise<NoChange> {
    const key = { pk: noChanges(scope), sk: noChangeKey(enrolment, decision.task) };
    const c = contentHash(sha256Hex, 'no-change.v1', decision);
    const put = await this.#table.putNewOrSame({ ...key, c, decision });
    return put.outcome === 'divergent' ? (put.existing['decision'] as NoChange) : decision;
  }

  /** All such decisions on an enrolment, in order. */
  async noChanges(scope: Scope, enrolment: EnrolmentId): Promise<NoChange[]> {
    const found: NoChange[] = [];
    for await (const item of this.#table.query(noChanges(scope), { begins: `${enrolment}#` }))
      found.push(item['decision'] as NoChange);
    return found;
  }
}

const tasks = ({ jurisdiction, programme }: Scope): string => `REVIEW#${jurisdiction}#${programme}`;
const noChanges = ({ jurisdiction, programme }: Scope): string => `NO-CHANGE#${jurisdiction}#${programme}`;
const noChangeKey = (enrolment: EnrolmentId, task: number): string =>
  `${enrolment}#${String(task).padStart(4, '0')}`;

function taskFrom(item: { readonly [attribute: string]: unknown }): StoredTask {
  return { ...(item['task'] as ReviewTask), version: z.parse(VersionSchema, item).version };
}
