import type { PersonKey, RunId } from '../../../domain/ids.ts';
import { liesWithin } from '../../../domain/policy/jurisdiction.ts';
import { PROGRAMMES } from '../../../domain/programmes/index.ts';
import type { EnrolmentDocument } from '../../../domain/register/enrolment.ts';
import type { PersonDocument } from '../../../domain/register/person.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../../../domain/result.ts';
import { parseRunId } from '../../../domain/run/manifest.ts';
import type { RegisterStore } from '../../adapters/register-store.ts';
import { noEnrolment } from '../../determination/refusals.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import type { Role } from '../routes.ts';

/**
 * Who reaches what. Staff reach their own jurisdiction, auditors also those inside it. Whatever is out of reach does not
 * exist: the answer is the same as for an id that was never given out.
 */
export function runInReach(actor: StaffActor, runId: string, reach: 'own' | 'within' = 'own'): Result<RunId> {
  const identity = parseRunId(runId);
  if (!identity.ok) return identity;
  const { jurisdiction } = identity.value;
  const inside =
    reach === 'own' ? jurisdiction === actor.jurisdiction : liesWithin(jurisdiction, actor.jurisdiction);
  return inside && actor.jurisdiction !== ''
    ? ok(runId)
    : refuse(refusal('missing/run', '没有这个发放批次', 'there is no such payment run', { runId }));
}

const SEES_PERSONS: readonly Role[] = ['preparer', 'reviewer', 'approver', 'cashier'];

/** The finance bureau and auditors work with figures and ids; names, even masked, are for the office that pays. */
export function seesPersons(actor: StaffActor): boolean {
  return actor.roles.some((role) => SEES_PERSONS.includes(role));
}

export type PersonInReach = {
  readonly document: PersonDocument;
  readonly enrolments: readonly EnrolmentDocument[];
};

/**
 * A person who has an enrolment in the actor's jurisdiction, or was entered in a household that has one, or who receives for the one named by `enrolmentId`. Only
 * enrolments of the jurisdiction are shown.
 */
export async function personInReach(
  register: RegisterStore,
  actor: StaffActor,
  personKey: PersonKey,
  enrolmentId?: string,
): Promise<Result<PersonInReach>> {
  const document = await register.person(personKey);
  if (!document) return refuse(noPerson());
  const own = (await register.enrolmentsPointedFrom(personKey)).filter(
    (enrolment) => enrolment.jurisdiction === actor.jurisdiction,
  );
  if (own.length > 0) return ok({ document, enrolments: own });
  const through = enrolmentId === undefined ? [] : await paidFor(register, actor, personKey, enrolmentId);
  return through.length > 0 ? ok({ document, enrolments: through }) : refuse(noPerson());
}

/** An enrolment of the actor's own jurisdiction; the programme is in the first part of its id. */
export async function enrolmentInReach(
  register: RegisterStore,
  actor: StaffActor,
  enrolmentId: string,
): Promise<Result<EnrolmentDocument>> {
  const [code] = enrolmentId.split('-');
  const programme = Object.values(PROGRAMMES).find((known) => known?.code === code);
  const found =
    programme && actor.jurisdiction !== ''
      ? await register.enrolment(actor.jurisdiction, programme.id, enrolmentId)
      : undefined;
  return found ? ok(found) : refuse(noEnrolment(enrolmentId));
}

async function paidFor(
  register: RegisterStore,
  actor: StaffActor,
  personKey: PersonKey,
  enrolmentId: string,
): Promise<EnrolmentDocument[]> {
  const subject = enrolmentId.split('-')[1];
  if (subject === undefined) return [];
  return (await register.enrolmentsOfPerson(subject)).filter(
    (enrolment) =>
      enrolment.id === enrolmentId &&
      enrolment.jurisdiction === actor.jurisdiction &&
      enrolment.payees.some(({ payee }) => payee === personKey),
  );
}

export function noPerson(): Refusal {
  return refusal('missing/person', '本区划没有此人', 'there is no such person in your jurisdiction');
}
