import * as z from 'zod/mini';
import { addMonths, type Instant, type Month } from '../../domain/calendar.ts';
import type { ProjectKey } from '../../domain/ids.ts';
import type { DynamoTable } from './dynamo-table.ts';

/** A project whose decision may not be carried out yet; `at` is when it was about to be decided. */
export type DecidingProject = { readonly project: ProjectKey; readonly at: Instant };
const MarkSchema = z.object({ project: z.string(), at: z.string(), done: z.boolean() });

/**
 * Which decisions on projects (拨付、结算、终止) are being carried out, in the operations table, for the sweeper:
 *
 *   PROJECTS-DECIDING#<YYYY-MM>   <project>   a mark, written before the decision; not evidence
 */
export class DecidingProjects {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  /** Before the decision: a mark without one leads to a project that has nothing to carry out. */
  async mark({ project, at }: DecidingProject): Promise<void> {
    await this.#table.put({ ...keyOf({ project, at }), project, at, done: false });
  }

  /** Takes the mark away, unless another writer has set it since for a decision of their own. */
  async settle(deciding: DecidingProject): Promise<void> {
    await this.#table.update(keyOf(deciding), {
      expression: 'SET #done = :done',
      condition: '#at = :at',
      names: { '#done': 'done', '#at': 'at' },
      values: { ':done': true, ':at': deciding.at },
    });
  }

  /** Marks of this month and the one before. */
  async open(now: Instant): Promise<DecidingProject[]> {
    const month = now.slice(0, 7);
    const deciding: DecidingProject[] = [];
    for (const each of [addMonths(month, -1), month]) {
      for await (const item of this.#table.query(partition(each))) {
        const { done, project, at } = z.parse(MarkSchema, item);
        if (!done) deciding.push({ project, at });
      }
    }
    return deciding;
  }
}

const partition = (month: Month): string => `PROJECTS-DECIDING#${month}`;
const keyOf = ({ project, at }: DecidingProject) => ({ pk: partition(at.slice(0, 7)), sk: project });
