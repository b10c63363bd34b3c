import type { Instant, PlainDate } from '../calendar.ts';
import { appendDistinctFact } from './append-fact.ts';
import type { PersonRecord } from './person.ts';

/** Source of a death that a bank told of when it could not credit a payment. */
export const BANK_SOURCE = 'bank';

/** What the bank said: on which day, and of which attempt of which payment (`by` of the fact). */
export type ToldByBank = { readonly diedOn: PlainDate; readonly by: string; readonly now: Instant };

/**
 * The person with the death that the bank reported, or as they were when that date is on record already. The bank's day is when it
 * knew, not when the person died: it stops payment by a hold, and what was paid after the death is worked out from the certified date.
 */
export function withBankDeath(person: PersonRecord, { diedOn, by, now }: ToldByBank): PersonRecord {
  if (person.organisation) return person;
  const facts = appendDistinctFact(person.facts, {
    kind: 'death-reported',
    value: diedOn,
    validFrom: diedOn,
    recordedAt: now,
    source: BANK_SOURCE,
    by,
  });
  return facts === person.facts ? person : { ...person, facts };
}
