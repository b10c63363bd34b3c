import { monthsOfPeriod, type PlainDate } from '../calendar.ts';
import { type Fact, factOn } from '../register/facts.ts';
import { ok, type Result } from '../result.ts';
import type { RunManifest } from '../run/manifest.ts';
import { type PlaceCode, type StreetChange, streetOn } from './street-history.ts';

/**
 * The street that keeps an enrolment at the end of a run's period, by the code that is valid then; empty when the register names
 * none. Refusal: `conflict/street-split`.
 */
export function keptStreet(
  { period, streetChanges = [] }: Pick<RunManifest, 'period' | 'streetChanges'>,
  facts: readonly Fact[],
): Result<PlaceCode> {
  return streetOfFacts(facts, streetChanges, `${monthsOfPeriod(period).at(-1) ?? ''}-31`);
}

/** The street that keeps an enrolment on a day; undefined where the register names none, or a split leaves it open. */
export function keeperOn(
  facts: readonly Fact[],
  changes: readonly StreetChange[],
  date: PlainDate,
): PlaceCode | undefined {
  const keeper = streetOfFacts(facts, changes, date);
  return keeper.ok && keeper.value !== '' ? keeper.value : undefined;
}

/** Empty when no street is named. Refusal: `conflict/street-split`. */
function streetOfFacts(
  facts: readonly Fact[],
  changes: readonly StreetChange[],
  date: PlainDate,
): Result<PlaceCode> {
  const street = factOn(facts, 'street', date);
  if (!street) return ok('');
  const community = factOn(facts, 'community', date)?.value;
  return streetOn(changes, { street: street.value, since: street.validFrom, community }, date);
}
