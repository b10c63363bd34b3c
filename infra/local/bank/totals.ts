import { type Fen, sumFen } from '../../../domain/money.ts';
import type { BankPlan } from './plan.ts';
import type { SentFile } from './sent-file.ts';

/** What the bank says it did with a file in the end, by its own books: to be compared with ours. */
export function bankTotals({ lines }: SentFile, plan: BankPlan) {
  const of = (chosen: (sequence: number) => boolean): { count: number; fen: Fen } => {
    const amounts = lines.filter(({ sequence }) => chosen(sequence)).map((line) => line.fen);
    return { count: amounts.length, fen: sumFen(amounts) };
  };
  const isFailed = (sequence: number): boolean =>
    plan.failed.has(sequence) ||
    plan.lateFailure.has(sequence) ||
    plan.pending.get(sequence)?.reason !== undefined;
  return {
    sent: of(() => true),
    failed: of(isFailed),
    returned: of((sequence) => plan.returned.has(sequence)),
    // What came back was credited first, but is not with the people in the end.
    kept: of((sequence) => !isFailed(sequence) && !plan.returned.has(sequence)),
  };
}
