import { createHash } from 'node:crypto';
import type { InstructionLine } from '../../../domain/bank/instruction-file.ts';
import { type Fen, fen } from '../../../domain/money.ts';
import type { BankOptions } from './options.ts';
import type { BankPlan } from './plan.ts';
import type { Reason } from './reasons.ts';

/** What the bank says of a line, and what it does with the money; days are counted from the pay day. */
export type History = {
  readonly line: InstructionLine;
  readonly words: readonly Word[];
  readonly moves: readonly Move[];
  /** What is true in the end, whatever was said on the way. */
  readonly end: 'settled' | 'failed' | 'returned';
};
export type Word = {
  readonly day: number;
  readonly status: 'settled' | 'failed' | 'pending' | 'returned';
  readonly fen: Fen;
  readonly reason?: Reason;
  /** Told from the word before on the same line by the same answer. */
  readonly against?: true;
};
/** A debit takes the payer's money, a credit brings it back. */
export type Move = { readonly day: number; readonly side: 'debit' | 'credit'; readonly reason?: Reason };

/** What becomes of every line of a file. */
export function historiesOf(
  lines: readonly InstructionLine[],
  plan: BankPlan,
  options: BankOptions,
): readonly History[] {
  return lines.map((line) => ({ line, ...historyOf(line, plan, options) }));
}

function historyOf(line: InstructionLine, plan: BankPlan, options: BankOptions): Omit<History, 'line'> {
  const { sequence, fen: amount } = line;
  const say = (day: number, status: Word['status'], reason?: Reason): Word => ({
    day,
    status,
    fen: amount,
    ...(reason && { reason }),
  });
  const settled = (words: readonly Word[], day = 0) =>
    ({ words, moves: [{ day, side: 'debit' }], end: 'settled' }) as const;
  const later = options.delayDays[1];

  const failed = plan.failed.get(sequence);
  if (failed) return { words: [say(0, 'failed', failed)], moves: [], end: 'failed' };
  if (plan.misstated.has(sequence)) {
    const wrong = { ...say(0, 'settled'), fen: oneDigitTooMany(amount) };
    return settled(options.corrects ? [wrong, say(later, 'settled')] : [wrong]);
  }
  const back = plan.returned.get(sequence);
  if (back) {
    const day = back.afterDays;
    return {
      words: [say(0, 'settled'), ...(options.tellsReturns ? [say(day, 'returned', back)] : [])],
      moves: [
        { day: 0, side: 'debit' },
        { day, side: 'credit', reason: back },
      ],
      end: 'returned',
    };
  }
  const pending = plan.pending.get(sequence);
  if (pending) {
    const first = say(0, 'pending');
    if (!pending.reason) return settled([first, say(pending.days, 'settled')], pending.days);
    return { words: [first, say(pending.days, 'failed', pending.reason)], moves: [], end: 'failed' };
  }
  if (plan.silent.has(sequence)) return settled(options.tellsSilent ? [say(later, 'settled')] : [], later);
  const lateSuccess = plan.lateSuccess.get(sequence);
  if (lateSuccess) return settled([say(0, 'failed', lateSuccess), say(later, 'settled')], later);
  const lateFailure = plan.lateFailure.get(sequence);
  if (lateFailure)
    return { words: [say(0, 'settled'), say(later, 'failed', lateFailure)], moves: [], end: 'failed' };
  const contradicted = plan.contradicted.get(sequence);
  if (contradicted) {
    const twice = [say(0, 'settled'), { ...say(0, 'failed', contradicted), against: true } as const];
    return settled(options.corrects ? [...twice, say(later, 'settled')] : twice);
  }
  return settled([say(0, 'settled')]);
}

/** 100.00 becomes 1000.00. */
const oneDigitTooMany = (instructed: Fen): Fen => fen(instructed * 10);

/** 流水号: the same for the same word, whatever answer carries it. */
export function serialOf(fileName: string, line: InstructionLine, status: Word['status']): string {
  const key = `${fileName}/${line.sequence}`;
  return `${status.charAt(0).toUpperCase()}${createHash('sha256').update(key).digest('hex').slice(0, 15)}`;
}
