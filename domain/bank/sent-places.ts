import type { Fen } from '../money.ts';
import type { InstructionLine } from './instruction-file.ts';

/**
 * Which line of an instruction file an answer without end-to-end id is about. Most payments of a programme have one amount, and some
 * answers are told by the name of their file alone: the account has to be the one that was sent.
 *
 * With a place the account must stand there. Without one, an account that stands in the file once is that line whatever the amount, so
 * that a wrong amount is seen as one; where it stands several times the amount has to tell, and where that does not tell either,
 * nothing is guessed.
 */
export class SentPlaces {
  readonly #accounts = new Map<number, string>();
  readonly #places = new Map<string, number>();

  constructor(lines: readonly Pick<InstructionLine, 'sequence' | 'account' | 'fen'>[]) {
    for (const { sequence, account, fen } of lines) {
      this.#accounts.set(sequence, account);
      for (const key of [account, `${account} ${fen}`])
        this.#places.set(key, this.#places.has(key) ? AMBIGUOUS : sequence);
    }
  }

  /** The sequence, or undefined where there is none or more than one. @param answer sequence 0 where the bank states none */
  of({ sequence, account, fen }: { sequence: number; account: string; fen: Fen }): number | undefined {
    if (sequence > 0) return this.#accounts.get(sequence) === account ? sequence : undefined;
    const alone = this.#places.get(account);
    const place = alone === AMBIGUOUS ? this.#places.get(`${account} ${fen}`) : alone;
    return place === AMBIGUOUS ? undefined : place;
  }
}

/** Sequences are from 1. */
const AMBIGUOUS = 0;
