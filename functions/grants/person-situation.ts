import type { JurisdictionCode, PersonKey } from '../../domain/ids.ts';
import type { EnrolmentFacts, Situation } from '../../domain/programmes/programme.ts';
import type { Fact } from '../../domain/register/facts.ts';
import type { RegisterStore } from '../adapters/register-store.ts';

/** A person with his enrolments in a place, and those of his households, as the register knows them now. */
export async function personSituation(
  register: Pick<RegisterStore, 'enrolmentsPointedFrom' | 'enrolmentRead'>,
  jurisdiction: JurisdictionCode,
  person: PersonKey,
  facts: readonly Fact[],
): Promise<Situation> {
  const enrolments: EnrolmentFacts[] = [];
  for (const document of await register.enrolmentsPointedFrom(person)) {
    if (document.jurisdiction !== jurisdiction) continue;
    const { id, programme, subject } = document;
    const read = await register.enrolmentRead({ jurisdiction, programme, id });
    const determinations = read?.determinations ?? [];
    enrolments.push({
      id,
      programme,
      jurisdiction,
      subject,
      facts: read?.document.facts ?? document.facts,
      ...(determinations.length > 0 && { determinations }),
    });
  }
  return { persons: { [person]: facts }, enrolments };
}
