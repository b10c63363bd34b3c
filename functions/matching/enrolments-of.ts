import { lastMembership } from '../../domain/household/membership.ts';
import type { JurisdictionCode } from '../../domain/ids.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import type { PersonDocument } from '../../domain/register/person.ts';
import type { RegisterStore } from '../adapters/register-store.ts';

/** Enrolments in a jurisdiction for a person, or for the household that they belong to. */
export async function enrolmentsOf(
  register: RegisterStore,
  { record }: PersonDocument,
  place: JurisdictionCode,
): Promise<EnrolmentDocument[]> {
  const household = lastMembership(record.facts)?.household;
  const pointed = await register.enrolmentsPointedFrom(record.personKey);
  return pointed.filter(
    ({ jurisdiction, subject }) =>
      jurisdiction === place && (subject === record.personKey || subject === household),
  );
}
