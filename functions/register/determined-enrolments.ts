import type { HouseholdKey } from '../../domain/ids.ts';
import { programmeById } from '../../domain/programmes/index.ts';
import type { EnrolmentAddress, RegisterStore } from '../adapters/register-store.ts';
import { mapBounded } from '../concurrency.ts';

const READ_AT_ONCE = 16;

/**
 * The enrolments of households on programmes whose amounts are decided: when something was recorded of a member, somebody may have
 * to look at the decision again. Each once.
 */
export async function determinedEnrolments(
  register: RegisterStore,
  households: Iterable<HouseholdKey>,
): Promise<EnrolmentAddress[]> {
  const found = await mapBounded([...new Set(households)], READ_AT_ONCE, (household) =>
    register.enrolmentsOfPerson(household),
  );
  return found.flat().flatMap(({ id, jurisdiction, programme }) => {
    const known = programmeById(programme);
    const decided = known.ok && known.value.amountBasis === 'decision' && !known.value.paidBy;
    return decided ? [{ id, jurisdiction, programme }] : [];
  });
}
