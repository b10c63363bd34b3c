import type { Budget } from '../../domain/budget/budget.ts';
import type { BudgetLine } from '../../domain/budget/line.ts';
import type { Instant } from '../../domain/calendar.ts';
import { InvariantError, ok, type Result } from '../../domain/result.ts';
import type { DynamoTable } from './dynamo-table.ts';

/**
 * One budget item per (jurisdiction, programme, fiscal year): BUDGET#<jur>#<prog>#<year>, DOC, under an optimistic lock. Who set
 * its lines, when and to what is kept in the same item, so that the record can neither be missing nor stand alone.
 */
export type BudgetKey = Pick<Budget, 'jurisdiction' | 'programme' | 'fiscalYear'>;
/** A member of staff set the lines of a budget. */
export type BudgetAct = { readonly by: string; readonly at: Instant; readonly lines: readonly BudgetLine[] };
const TRIES = 50;

export class BudgetStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  /** An empty budget when none was set: nothing can be approved against it. */
  async load(key: BudgetKey): Promise<{ budget: Budget; version: number; acts: readonly BudgetAct[] }> {
    const item = await this.#table.get(pkOf(key), 'DOC');
    if (!item) return { budget: { ...key, lines: [], runs: {} }, version: 0, acts: [] };
    return {
      budget: item['budget'] as Budget,
      version: Number(item['version']),
      acts: item['acts'] as BudgetAct[],
    };
  }

  /** Changes the budget in one conditional write; decided again from what others wrote when they were faster. */
  async change(
    key: BudgetKey,
    decide: (budget: Budget) => Result<Budget> | Promise<Result<Budget>>,
    act?: BudgetAct,
  ): Promise<Result<Budget>> {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const { budget, version, acts } = await this.load(key);
      const next = await decide(budget);
      if (!next.ok || next.value === budget) return next;
      const item = {
        pk: pkOf(key),
        sk: 'DOC',
        version: version + 1,
        budget: next.value,
        acts: act ? [...acts, act] : acts,
      };
      if ((await this.#table.putIfVersion(item, version)) === 'written') return ok(next.value);
    }
    throw new InvariantError(`budget ${pkOf(key)} changed ${TRIES} times while being decided on`);
  }
}

const pkOf = (key: BudgetKey): string => `BUDGET#${key.jurisdiction}#${key.programme}#${key.fiscalYear}`;
