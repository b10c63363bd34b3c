import type { PersonKey } from '../../domain/ids.ts';
import { programmeById } from '../../domain/programmes/index.ts';
import type { EnrolmentAddress, RegisterStore } from '../adapters/register-store.ts';
import { mapBounded } from '../concurrency.ts';

const READ_AT_ONCE = 16;

/**
 * The enrolments of households and persons in programmes whose amounts are decided: when something was recorded of one, somebody may have
 * to look at the decision again. Each once.
 */
export async function determinedEnrolments(
  register: RegisterStore,
  subjects: Iterable<PersonKey>,
): Promise<EnrolmentAddress[]> {
  const found = await mapBounded([...new Set(subjects)], READ_AT_ONCE, (subject) =>
    register.enrolmentsOfPerson(subject),
  );
  return found.flat().flatMap(({ id, jurisdiction, programme }) => {
    const known = programmeById(programme);
    const decided = known.ok && known.value.amountBasis === 'decision' && !known.value.paidBy;
    return decided ? [{ id, jurisdiction, programme }] : [];
  });
}
