import type { PlainDate } from '../../../domain/calendar.ts';
import { identityCheckDigit } from '../../../domain/identity-number.ts';
import type { Sex } from './names.ts';
import { SAMPLE_JURISDICTION } from './streets.ts';

/** Of each sex and birth date; three parts stay below sequence number 1000. */
const NUMBERS_OF_PART = 166;
const CARDS_OF_PART = 300_000;

/**
 * Numbers that are well formed and belong to nobody: the region code of identity numbers was never assigned, nor were
 * the first digits of the cards or the prefix of the phones.
 */
export class NumberSource {
  readonly #perBirthDate = new Map<string, number>();
  readonly #first: number;
  #cards: number;
  #phones: number;

  /** @param part several sources side by side, each of its own part from 0 to 2, never give the same number */
  constructor(part = 0) {
    this.#first = part * NUMBERS_OF_PART;
    this.#cards = part * CARDS_OF_PART;
    this.#phones = part * CARDS_OF_PART;
  }

  /** The next identity number of a birth date and sex (GB 11643-1999). */
  identityNumber(birthDate: PlainDate, sex: Sex): string {
    const key = `${birthDate}/${sex}`;
    const taken = this.#perBirthDate.get(key) ?? 0;
    this.#perBirthDate.set(key, taken + 1);
    const sequence = 2 * (this.#first + taken) + (sex === 'male' ? 1 : 2);
    if (taken >= NUMBERS_OF_PART)
      throw new Error(`more people were born on ${birthDate} than there are numbers`);
    const first17 = `${SAMPLE_JURISDICTION}${birthDate.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
    return `${first17}${identityCheckDigit(first17)}`;
  }

  /** The next card number. */
  card(): string {
    this.#cards += 1;
    return cardNumber(this.#cards);
  }

  phone(): string {
    this.#phones += 1;
    return `1990${String(this.#phones).padStart(7, '0')}`;
  }
}

/** A debit card number of 19 digits that starts with 62, with its Luhn check digit. @param serial below one million */
export function cardNumber(serial: number): string {
  // Spread out, so that neighbours differ in more than their last digits: 7 is coprime to ten.
  const spread = (serial * 7_654_321_987) % 10_000_000_000;
  const first18 = `62019900${String(spread).padStart(10, '0')}`;
  return `${first18}${luhnDigit(first18)}`;
}

function luhnDigit(first: string): string {
  let sum = 0;
  for (const [index, character] of Array.from(first).toReversed().entries()) {
    const doubled = index % 2 === 0 ? Number(character) * 2 : Number(character);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return String((10 - (sum % 10)) % 10);
}
