import { canonicalJson } from '../canonical.ts';
import type { BankAnswer, UnreadableAnswer } from './answer.ts';

/** One answer as one line of JSON: the same answer is always the same text, so that the same file gives the same bytes. */
export function answerText(answer: BankAnswer | UnreadableAnswer): string {
  return `${canonicalJson(answer)}\n`;
}

/** Reads lines that `answerText` wrote: the caller has checked their hash. */
export function readAnswers(text: string): (BankAnswer | UnreadableAnswer)[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as BankAnswer | UnreadableAnswer);
}

/**
 * Finds answers of one file that speak of the same payment and differ. Saying the same twice is no contradiction. Keeps one short
 * text per payment, so that a file of any length can be looked through.
 */
export class Contradictions {
  readonly #said = new Map<string, string>();
  readonly #contradicted = new Set<string>();
  readonly #digest: (text: string) => string;

  /** @param digest a hash: only equality counts */
  constructor(digest: (text: string) => string) {
    this.#digest = digest;
  }

  see(answer: BankAnswer): void {
    const { position: _position, ...content } = answer;
    const said = this.#digest(canonicalJson(content));
    const payment = nameOf(answer);
    if (payment === '') return;
    const before = this.#said.get(payment);
    if (before === undefined) this.#said.set(payment, said);
    else if (before !== said) this.#contradicted.add(payment);
  }

  /** How many payments are spoken of differently. */
  get count(): number {
    return this.#contradicted.size;
  }

  has(answer: BankAnswer): boolean {
    return this.#contradicted.has(nameOf(answer));
  }
}

/** How an answer names its payment. A place in the file goes first: an id that slipped to another line does not fit that line anyway. */
const nameOf = ({ sequence, endToEndId }: BankAnswer): string =>
  sequence === undefined ? endToEndId : `#${sequence}`;
