import * as z from 'zod/mini';
import { addMonths, type Instant, type Month } from '../../domain/calendar.ts';
import type { CaseId } from '../../domain/matching/case.ts';
import type { DynamoTable } from './dynamo-table.ts';

/** A case whose decision may not be carried out yet; `at` is when it was about to be decided. */
export type DecidingCase = {
  readonly jurisdiction: string;
  readonly programme: string;
  readonly caseId: CaseId;
  readonly at: Instant;
};
const MarkSchema = z.object({
  jurisdiction: z.string(),
  programme: z.string(),
  caseId: z.string(),
  at: z.string(),
  done: z.boolean(),
});

/**
 * Which decisions on cases are being carried out, in the operations table, for the sweeper:
 *
 *   CASES-DECIDING#<YYYY-MM>   <j>#<p>#<case>   a mark, written before the decision; not evidence
 */
export class DecidingCases {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  /** Before the decision: a mark without one leads to a case that says that there is nothing to do. */
  async mark(deciding: DecidingCase): Promise<void> {
    await this.#table.put({ ...keyOf(deciding), ...deciding, done: false });
  }

  /** Takes the mark away, unless another writer has set it since for a decision of their own. */
  async settle(deciding: DecidingCase): Promise<void> {
    await this.#table.update(keyOf(deciding), {
      expression: 'SET #done = :done',
      condition: '#at = :at',
      names: { '#done': 'done', '#at': 'at' },
      values: { ':done': true, ':at': deciding.at },
    });
  }

  /** Marks of this month and the one before. */
  async open(now: Instant): Promise<DecidingCase[]> {
    const month = now.slice(0, 7);
    const deciding: DecidingCase[] = [];
    for (const each of [addMonths(month, -1), month]) {
      for await (const item of this.#table.query(partition(each))) {
        const { done, ...mark } = z.parse(MarkSchema, item);
        if (!done) deciding.push(mark);
      }
    }
    return deciding;
  }
}

const partition = (month: Month): string => `CASES-DECIDING#${month}`;
const keyOf = ({ jurisdiction, programme, caseId, at }: DecidingCase) => ({
  pk: partition(at.slice(0, 7)),
  sk: `${jurisdiction}#${programme}#${caseId}`,
});
