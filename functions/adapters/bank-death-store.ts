import * as z from 'zod/mini';
import { addMonths, type Instant, type Month } from '../../domain/calendar.ts';
import type { DynamoTable } from './dynamo-table.ts';
import type { AttemptKey } from './ledger-store.ts';

/** An attempt of which the bank said that its payee is dead; `at` is when that was recorded. Who it is, is in the ledger. */
export type BankDeath = AttemptKey & { readonly at: Instant };
const MarkSchema = z.object({
  jurisdiction: z.string(),
  programme: z.string(),
  payment: z.string(),
  attempt: z.int(),
  at: z.string(),
  done: z.optional(z.boolean()),
});

/**
 * Deaths that the bank told of and that are not in the register yet, in the operations table. Whoever reconciles has no access to the
 * register: he leaves a mark, and the sweeper sees that the register learns of it.
 *
 *   BANK-DEATHS#<YYYY-MM>   <jur>#<prog>#<payment>#<attempt>   a mark by the month of the bank's word, done once the register has it
 */
export class BankDeathStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  /** Once: the same word again, after the register has learned of it, is done still. */
  async mark(death: BankDeath): Promise<void> {
    const { jurisdiction, programme, payment, attempt, at } = death;
    await this.#table.putNew({ ...keyOf(death), jurisdiction, programme, payment, attempt, at });
  }

  async settle(death: BankDeath): Promise<void> {
    await this.#table.update(keyOf(death), {
      expression: 'SET #done = :done',
      names: { '#done': 'done' },
      values: { ':done': true },
    });
  }

  /** Marks of this month and the one before that are not done. */
  async open(now: Instant): Promise<BankDeath[]> {
    const month = now.slice(0, 7);
    const deaths: BankDeath[] = [];
    for (const each of [addMonths(month, -1), month]) {
      for await (const item of this.#table.query(partition(each))) {
        const { done = false, ...death } = z.parse(MarkSchema, item);
        if (!done) deaths.push(death);
      }
    }
    return deaths;
  }
}

const partition = (month: Month): string => `BANK-DEATHS#${month}`;
const keyOf = ({ jurisdiction, programme, payment, attempt, at }: BankDeath) => ({
  pk: partition(at.slice(0, 7)),
  sk: `${jurisdiction}#${programme}#${payment}#${attempt}`,
});
