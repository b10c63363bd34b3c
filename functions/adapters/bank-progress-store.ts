import type { BankProgress } from '../../domain/bank/answer.ts';
import type { Instant } from '../../domain/calendar.ts';
import type { PaymentId, RunId } from '../../domain/ids.ts';
import { progressRank } from '../../domain/reconciliation/progress.ts';
import type { DynamoTable } from './dynamo-table.ts';

/**
 * How far the bank is with what it has not answered yet, in the operations table:
 *
 *   RUN#<run>#PROGRESS   <payment>#<attempt>   the furthest status said (projection, never moves back)
 *
 * One item per pending attempt and none for what was answered at once; an outcome in the ledger makes it moot.
 */
export type Progress = {
  readonly payment: PaymentId;
  readonly attempt: number;
  /** Absent where the bank says only that it is not known yet (处理中). */
  readonly progress?: BankProgress;
  readonly at: Instant;
};

export class BankProgressStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  /** An older or equal status changes nothing, in whatever order files are read. */
  async note(runId: RunId, { payment, attempt, progress, at }: Progress): Promise<void> {
    await this.#table.putNewer({
      pk: `RUN#${runId}#PROGRESS`,
      sk: nameOf({ payment, attempt }),
      ...(progress !== undefined && { progress }),
      payment,
      attempt,
      at,
      sequence: progressRank(progress),
    });
  }

  async of(runId: RunId, attempt: Pick<Progress, 'payment' | 'attempt'>): Promise<Progress | undefined> {
    return (await this.#table.get(`RUN#${runId}#PROGRESS`, nameOf(attempt))) as unknown as
      | Progress
      | undefined;
  }
}

const nameOf = ({ payment, attempt }: Pick<Progress, 'payment' | 'attempt'>): string =>
  `${payment}#${String(attempt).padStart(2, '0')}`;
