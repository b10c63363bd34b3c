import { type Fact, type FactKind, latestFact } from './facts.ts';

/**
 * Adds what is known now. The same value as the one recorded last for its kind adds nothing, so that a sheet delivered
 * twice leaves the same register; another value becomes a new dated fact beside the old ones, which stay.
 */
export function appendFact(facts: readonly Fact[], fact: Fact): readonly Fact[] {
  return latestFact(facts, fact.kind)?.value === fact.value ? facts : [...facts, fact];
}

/**
 * Adds a fact of which several sources may each know their own (a death): the same value from anywhere, at any time,
 * adds nothing; a value not yet on record is a new fact. What was withdrawn by an empty value since is on record no more,
 * and may be said again.
 */
export function appendDistinctFact(facts: readonly Fact[], fact: Fact): readonly Fact[] {
  return standingValues(facts, fact.kind).has(fact.value) ? facts : [...facts, fact];
}

/** The values of a kind that count: all but those that a later empty value withdrew. */
export function standingValues(facts: readonly Fact[], kind: FactKind): ReadonlySet<string> {
  const own = facts.filter((fact) => fact.kind === kind);
  const withdrawnAt = own
    .filter(({ value }) => value === '')
    .map(({ recordedAt }) => recordedAt)
    .sort()
    .at(-1);
  const counts = ({ value, recordedAt }: Fact) =>
    value !== '' && (withdrawnAt === undefined || recordedAt >= withdrawnAt);
  return new Set(own.filter(counts).map(({ value }) => value));
}
