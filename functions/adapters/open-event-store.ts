import * as z from 'zod/mini';
import { addMonths, type Instant, type Month } from '../../domain/calendar.ts';
import type { HouseholdKey } from '../../domain/ids.ts';
import type { DynamoTable } from './dynamo-table.ts';

/** An event of a household that may not be written everywhere yet; `at` is when it was about to be recorded. */
export type OpenEvent = {
  readonly household: HouseholdKey;
  readonly number: number;
  readonly at: Instant;
};
const MarkSchema = z.object({ household: z.string(), number: z.int(), at: z.string(), done: z.boolean() });

/**
 * Which events of households are under way, in the operations table, for the sweeper, who may not open the events themselves:
 *
 *   HOUSEHOLD-EVENTS-OPEN#<YYYY-MM>   <household>#<0001>   a mark, written before the event; not evidence
 */
export class OpenEventStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  /** Before the event: a mark without one leads to a household that says that there is nothing to do. */
  async mark(event: OpenEvent): Promise<void> {
    await this.#table.put({ ...keyOf(event), ...event, done: false });
  }

  /** Takes the mark away, unless another writer has set it since for an event of their own. */
  async settle(event: OpenEvent): Promise<void> {
    await this.#table.update(keyOf(event), {
      expression: 'SET #done = :done',
      condition: '#at = :at',
      names: { '#done': 'done', '#at': 'at' },
      values: { ':done': true, ':at': event.at },
    });
  }

  /** Marks of this month and the one before, by household and number. */
  async open(now: Instant): Promise<OpenEvent[]> {
    const month = now.slice(0, 7);
    const events: OpenEvent[] = [];
    for (const each of [addMonths(month, -1), month]) {
      for await (const item of this.#table.query(partition(each))) {
        const { done, ...event } = z.parse(MarkSchema, item);
        if (!done) events.push(event);
      }
    }
    return events;
  }
}

const partition = (month: Month): string => `HOUSEHOLD-EVENTS-OPEN#${month}`;
const keyOf = ({ household, number, at }: OpenEvent) => ({
  pk: partition(at.slice(0, 7)),
  sk: `${household}#${String(number).padStart(4, '0')}`,
});
