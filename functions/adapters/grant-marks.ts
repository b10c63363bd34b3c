import * as z from 'zod/mini';
import { addMonths, type Instant, type Month, type PlainDate } from '../../domain/calendar.ts';
import type { ApplicationId } from '../../domain/grants/application.ts';
import type { JurisdictionCode } from '../../domain/ids.ts';
import type { DynamoTable } from './dynamo-table.ts';

/** An application whose decision may not be carried out yet; `at` is when it was about to be decided. */
export type DecidingGrant = { readonly application: ApplicationId; readonly at: Instant };
const Mark = z.object({ application: z.string(), at: z.string(), done: z.boolean() });
const Papers = z.object({ application: z.string(), due: z.string(), done: z.boolean() });

/**
 * What is still to be done about grants, in the operations table:
 *
 *   GRANTS-DECIDING#<YYYY-MM>   <application>         a mark, written before a decision, for the sweeper; not evidence
 *   GRANT-PAPERS#<j>            <due>#<application>   papers that follow aid that came first; done once all are there
 */
export class GrantMarks {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  /** Before the decision: a mark without one leads to an application that says that there is nothing to do. */
  async mark({ application, at }: DecidingGrant): Promise<void> {
    await this.#table.put({ pk: partition(at.slice(0, 7)), sk: application, application, at, done: false });
  }

  /** Takes the mark away, unless another writer has set it since for a decision of their own. */
  async settle({ application, at }: DecidingGrant): Promise<void> {
    await this.#table.update(
      { pk: partition(at.slice(0, 7)), sk: application },
      {
        expression: 'SET #done = :done',
        condition: '#at = :at',
        names: { '#done': 'done', '#at': 'at' },
        values: { ':done': true, ':at': at },
      },
    );
  }

  /** Marks of this month and the one before. */
  async deciding(now: Instant): Promise<DecidingGrant[]> {
    const month = now.slice(0, 7);
    const found: DecidingGrant[] = [];
    for (const each of [addMonths(month, -1), month]) {
      for await (const item of this.#table.query(partition(each))) {
        const { done, ...mark } = z.parse(Mark, item);
        if (!done) found.push(mark);
      }
    }
    return found;
  }

  /** Papers are due on a day, or all of them are there; says the same when it is said again. */
  async papers(
    jurisdiction: JurisdictionCode,
    { application, due, done }: { application: ApplicationId; due: PlainDate; done: boolean },
  ): Promise<void> {
    await this.#table.put({
      pk: papersKey(jurisdiction),
      sk: `${due}#${application}`,
      application,
      due,
      done,
    });
  }

  /** Applications whose papers are due before a day and were not all there when it was last said. */
  async papersDueBefore(jurisdiction: JurisdictionCode, day: PlainDate): Promise<ApplicationId[]> {
    const found: ApplicationId[] = [];
    for await (const item of this.#table.query(papersKey(jurisdiction), { between: ['0', `${day}#`] })) {
      const { application, due, done } = z.parse(Papers, item);
      if (!done && due < day) found.push(application);
    }
    return found;
  }
}

const partition = (month: Month): string => `GRANTS-DECIDING#${month}`;
const papersKey = (jurisdiction: JurisdictionCode): string => `GRANT-PAPERS#${jurisdiction}`;
