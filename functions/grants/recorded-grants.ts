import type { PersonKey } from '../../domain/ids.ts';
import { type Fen, sumFen } from '../../domain/money.ts';
import type { EarlierGrant } from '../../domain/programmes/programme.ts';
import type { Determination } from '../../domain/register/determination.ts';
import type { RegisterStore } from '../adapters/register-store.ts';

/** A grant that stands in the register, with what it was decided on. */
export type RecordedGrant = EarlierGrant & { readonly basis: string };

/**
 * Grants of a subject in every programme and place of the register, oldest first. Where all that an enrolment was granted is withdrawn, it
 * was granted nothing.
 */
export async function recordedGrants(register: RegisterStore, subject: PersonKey): Promise<RecordedGrant[]> {
  const found: RecordedGrant[] = [];
  for (const { id, jurisdiction, programme } of await register.enrolmentsOfPerson(subject)) {
    const read = await register.enrolmentRead({ jurisdiction, programme, id });
    const determinations = read?.determinations ?? [];
    if (total(determinations, 'grant') <= total(determinations, 'grant-withdrawn')) continue;
    for (const one of determinations)
      if (one.kind === 'grant')
        found.push({ programme, decidedOn: one.decidedOn, fen: given([one]), basis: one.basis ?? '' });
  }
  return found.toSorted((a, b) => (a.decidedOn < b.decidedOn ? -1 : Number(a.decidedOn > b.decidedOn)));
}

const total = (determinations: readonly Determination[], kind: Determination['kind']): Fen =>
  given(determinations.filter((one) => one.kind === kind));
const given = (determinations: readonly Determination[]): Fen =>
  sumFen(
    determinations.flatMap(({ spans }) =>
      spans.flatMap(({ components }) => components.map((one) => one.fen)),
    ),
  );
