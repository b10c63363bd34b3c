import type { PlainDate } from '../calendar.ts';
import { parseIdentityNumber } from '../identity-number.ts';
import { type Fact, latestFact } from '../register/facts.ts';

/** 15 digits; no number by GB 11643; the birth date on record is not the one in the number. */
export const IDENTITY_FAULTS = ['fifteen-digits', 'malformed', 'birth-date'] as const;
export type IdentityFault = (typeof IDENTITY_FAULTS)[number];

/**
 * What is wrong with the identity of a person on record; undefined when nothing is. The register's door refuses most of it: what
 * came in before the door, or was recorded as a fact since, is found here.
 *
 * @param today the day as of which the run looks
 */
export function identityFaultOf(
  idNumber: string,
  facts: readonly Fact[],
  today: PlainDate,
): IdentityFault | undefined {
  const parsed = parseIdentityNumber(idNumber, { today });
  if (!parsed.ok)
    return parsed.error.code === 'invalid/identity-number-fifteen-digits' ? 'fifteen-digits' : 'malformed';
  const recorded = latestFact(facts, 'birth-date')?.value;
  return recorded !== undefined && recorded !== parsed.value.birthDate ? 'birth-date' : undefined;
}
