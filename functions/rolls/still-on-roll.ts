import type { Month } from '../../domain/calendar.ts';
import { membershipOn } from '../../domain/household/membership.ts';
import type { JurisdictionCode, PersonKey } from '../../domain/ids.ts';
import { decidedStop } from '../../domain/programmes/decided-stop.ts';
import type { FollowedRoll } from '../../domain/programmes/followed-rolls.ts';
import { RUN_RULES } from '../../domain/programmes/run-rules.ts';
import { determinedFor } from '../../domain/register/determination.ts';
import type { RegisterStore } from '../adapters/register-store.ts';

/** Whether a person, or the household that covers him, has an enrolment in the programme that has neither stopped nor ended. */
export async function stillOnRoll(
  register: Pick<RegisterStore, 'person' | 'enrolmentsOfSubject'>,
  jurisdiction: JurisdictionCode,
  { programme, of }: FollowedRoll,
  person: PersonKey,
  month: Month,
): Promise<boolean> {
  const rules = RUN_RULES[programme];
  if (!rules) return false;
  const facts = of === 'household' ? ((await register.person(person))?.record.facts ?? []) : [];
  const membership = of === 'household' ? membershipOn(facts, `${month}-31`) : undefined;
  const subject = of === 'person' ? person : membership?.covered ? membership.household : undefined;
  if (subject === undefined) return false;
  const reads = await register.enrolmentsOfSubject(jurisdiction, rules, subject);
  return reads.some(
    ({ document, determinations }) =>
      decidedStop(month, document.facts) === undefined &&
      determinedFor(determinations, month)?.determination.kind !== 'end',
  );
}
