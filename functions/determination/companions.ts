import type { Companion } from '../../domain/determination/together.ts';
import { PROGRAMMES } from '../../domain/programmes/index.ts';
import type { Programme } from '../../domain/programmes/programme.ts';
import type { ScheduleInput } from '../../domain/programmes/schedule.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import { latestFact } from '../../domain/register/facts.ts';
import type { EnrolmentRead, RegisterStore } from '../adapters/register-store.ts';

/** An enrolment of the same person that is decided together with another, with its programme. */
export type CompanionRead = { readonly read: EnrolmentRead; readonly programme: Programme };

type Place = Pick<EnrolmentDocument, 'jurisdiction' | 'programme' | 'subject'>;

/** All programmes of one decision, whichever of them is named; the leading one first. Just its own where nothing is decided with it. */
function group(programme: string): readonly string[] {
  const lead = PROGRAMMES[programme]?.decidedBy ?? programme;
  return [lead, ...(PROGRAMMES[lead]?.decidedWith ?? [])];
}

/** The enrolments of a person here that one decision covers, of whichever of them is named; one read of the person's pointers. */
export async function decidedTogether(
  register: Pick<RegisterStore, 'enrolmentsOfPerson'>,
  { jurisdiction, programme, subject }: Place,
): Promise<EnrolmentDocument[]> {
  const programmes = group(programme);
  const all = programmes.length > 1 ? await register.enrolmentsOfPerson(subject) : [];
  return all.filter((one) => one.jurisdiction === jurisdiction && programmes.includes(one.programme));
}

/** Those that are decided with a leading enrolment, with their determinations, in the order in which its programme names them. */
export async function companionsOf(
  register: Pick<RegisterStore, 'enrolmentsOfPerson' | 'enrolmentRead'>,
  lead: EnrolmentDocument,
): Promise<CompanionRead[]> {
  const names = PROGRAMMES[lead.programme]?.decidedWith ?? [];
  if (names.length === 0) return [];
  const others = await decidedTogether(register, lead);
  const found: CompanionRead[] = [];
  for (const name of names) {
    const programme = PROGRAMMES[name];
    const document = others.find((one) => one.programme === name);
    const read = document && (await register.enrolmentRead(document));
    if (programme && read) found.push({ read, programme });
  }
  return found;
}

/** What each of them is worked out from: the same person, its own programme's policy and determinations. */
export function companionInputs(companions: readonly CompanionRead[], input: ScheduleInput): Companion[] {
  return companions.map(({ programme, read: { document, determinations } }) => ({
    enrolment: document.id,
    programme,
    appliedOn: latestFact(document.facts, 'application')?.value,
    input: { ...input, scope: { ...input.scope, programme: programme.id }, determinations },
  }));
}
