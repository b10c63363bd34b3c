import { monthsOfPeriod } from '../calendar.ts';
import { type Fact, factOn } from '../register/facts.ts';
import { ok, type Result } from '../result.ts';
import type { RunManifest } from '../run/manifest.ts';
import { type PlaceCode, streetOn } from './street-history.ts';

/**
 * The street that keeps an enrolment at the end of a run's period, by the code that is valid then; empty when the register names
 * none. Refusal: `conflict/street-split`.
 */
export function keptStreet(
  { period, streetChanges = [] }: Pick<RunManifest, 'period' | 'streetChanges'>,
  facts: readonly Fact[],
): Result<PlaceCode> {
  const lastDay = `${monthsOfPeriod(period).at(-1) ?? ''}-31`;
  const street = factOn(facts, 'street', lastDay);
  if (!street) return ok('');
  const community = factOn(facts, 'community', lastDay)?.value;
  return streetOn(streetChanges, { street: street.value, since: street.validFrom, community }, lastDay);
}
