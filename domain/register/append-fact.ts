import { type Fact, latestFact } from './facts.ts';

/**
 * Adds what is known now. The same value as the one recorded last for its kind adds nothing, so that a sheet delivered
 * twice leaves the same register; another value becomes a new dated fact beside the old ones, which stay.
 */
export function appendFact(facts: readonly Fact[], fact: Fact): readonly Fact[] {
  return latestFact(facts, fact.kind)?.value === fact.value ? facts : [...facts, fact];
}

/**
 * Adds a fact of which several sources may each know their own (a death): the same value from anywhere, at any time,
 * adds nothing; a value not yet on record is a new fact.
 */
export function appendDistinctFact(facts: readonly Fact[], fact: Fact): readonly Fact[] {
  const known = facts.some((other) => other.kind === fact.kind && other.value === fact.value);
  return known ? facts : [...facts, fact];
}
