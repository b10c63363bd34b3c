import type { PlainDate } from '../../domain/calendar.ts';
import { membershipOn } from '../../domain/household/membership.ts';
import { type PersonKey, subjectOf } from '../../domain/ids.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import type { RegisterStore } from '../adapters/register-store.ts';

/**
 * The enrolments that a person may be found by and may see: their own, and those of the household they belong to today. Who
 * left a household sees nothing of it any more, whatever pointers say.
 */
export async function reachableEnrolments(
  register: RegisterStore,
  person: PersonKey,
  today: PlainDate,
): Promise<EnrolmentDocument[]> {
  const found = await register.enrolmentsPointedFrom(person);
  if (found.every(({ id }) => subjectOf(id) === person)) return found;
  const document = await register.person(person);
  const household = document && membershipOn(document.record.facts, today)?.household;
  return found.filter(({ subject }) => subject === person || subject === household);
}
