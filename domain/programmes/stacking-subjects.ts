import type { Month, PlainDate } from '../calendar.ts';
import { membershipOn, membersOn } from '../household/membership.ts';
import type { HouseholdKey, PersonKey } from '../ids.ts';
import type { EnrolmentFacts, Situation } from './programme.ts';
import { RUN_RULES } from './run-rules.ts';
import type { Stacking } from './stacking-parameter.ts';

/** Who belongs to a household in a month is who belongs to it at its end. */
const endOf = (month: Month): PlainDate => `${month}-31`;

/**
 * Whether two enrolments are of the same person, or of a person and the household whose benefit covers him in the month. For a
 * household's own rule `person` means any member that it covers.
 */
export function belongTogether(
  situation: Situation,
  month: Month,
  mine: EnrolmentFacts,
  other: EnrolmentFacts,
  of: Stacking['of'],
): boolean {
  const [isHousehold, otherIs] = [unitOf(mine) === 'household', unitOf(other) === 'household'];
  if (of === 'person' && otherIs) return false;
  if (of === 'household' && !otherIs) return false;
  if (isHousehold === otherIs) return mine.subject === other.subject;
  return isHousehold
    ? isCovered(situation, month, other.subject, mine.subject)
    : isCovered(situation, month, mine.subject, other.subject);
}

const unitOf = ({ programme }: EnrolmentFacts) => RUN_RULES[programme]?.unit;

function isCovered(
  { persons }: Situation,
  month: Month,
  person: PersonKey,
  household: HouseholdKey,
): boolean {
  const membership = membershipOn(persons[person] ?? [], endOf(month));
  return membership?.household === household && membership.covered;
}

/** How many members a household's benefit covers in the month. */
export function coveredCount({ persons }: Situation, month: Month, household: HouseholdKey): number {
  return membersOn(persons, household, endOf(month)).filter(({ covered }) => covered).length;
}
