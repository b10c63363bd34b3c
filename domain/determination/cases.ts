import { type Instant, type Month, monthRange, type PlainDate } from '../calendar.ts';
import { canonicalJson } from '../canonical.ts';
import type { PersonCase } from '../care/person-case.ts';
import type { DatedCase, HouseholdCase } from '../household/household-case.ts';
import type { FactKind } from '../register/facts.ts';
import { ok, type Result } from '../result.ts';

/** That something was recorded about a household, one of its members or its enrolment; not what. */
export type FactNote = {
  readonly kind: FactKind;
  /** Key of the person, household or enrolment that it is about. */
  readonly about: string;
  readonly validFrom: PlainDate;
  readonly recordedAt: Instant;
};

/**
 * What the register knows of one household, or of one person and his enrolment: which facts there are, and the case of a month as known
 * at an instant.
 */
export type CaseKnowledge = {
  readonly facts: readonly FactNote[];
  readonly caseOn: (month: Month, knownBy: Instant) => Result<HouseholdCase | PersonCase>;
};

/**
 * The household or person from month to month, as known at an instant; a month that says what the one before says is left out. Months
 * before anything is known of it are left out too; one that cannot be told later on is a refusal, never the month before.
 */
export function casesBetween(
  { caseOn }: CaseKnowledge,
  from: Month,
  through: Month,
  knownBy: Instant,
): Result<DatedCase[]> {
  const cases: DatedCase[] = [];
  let last = '';
  for (const month of monthRange(from, through)) {
    const found = caseOn(month, knownBy);
    if (!found.ok) {
      if (cases.length === 0 && month !== through) continue;
      return found;
    }
    const spelling = canonicalJson(found.value);
    const { value } = found;
    if (spelling !== last)
      cases.push('household' in value ? { from: month, household: value } : { from: month, person: value });
    last = spelling;
  }
  return ok(cases);
}
