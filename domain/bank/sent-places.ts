import type { Fen } from '../money.ts';
import type { InstructionLine } from './instruction-file.ts';

/**
 * Places of the lines of an instruction file by account and amount, for answers that carry nothing better. An account that stands in
 * the file once is that line whatever the amount, so that a wrong amount is seen as one. Where an account stands several times the
 * amount has to tell; where it does not tell either, nothing is guessed.
 */
export class SentPlaces {
  readonly #places = new Map<string, number>();

  constructor(lines: readonly Pick<InstructionLine, 'sequence' | 'account' | 'fen'>[]) {
    for (const { sequence, account, fen } of lines)
      for (const key of [account, `${account} ${fen}`])
        this.#places.set(key, this.#places.has(key) ? AMBIGUOUS : sequence);
  }

  /** The sequence, or undefined where there is none or more than one. */
  of(account: string, fen: Fen): number | undefined {
    const alone = this.#places.get(account);
    const place = alone === AMBIGUOUS ? this.#places.get(`${account} ${fen}`) : alone;
    return place === AMBIGUOUS ? undefined : place;
  }
}

/** Sequences are from 1. */
const AMBIGUOUS = 0;
