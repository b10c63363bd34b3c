import type { EnrolmentDocument } from '../../../domain/register/enrolment.ts';
import { ok, type Result, refuse } from '../../../domain/result.ts';
import { keeperOn } from '../../../domain/street/kept-street.ts';
import { type ObjectionStep, objectionsOf } from '../../../domain/street/publicity-objection.ts';
import { noEnrolment } from '../../determination/refusals.ts';
import { whyAside } from '../../matching/relatives.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import { recordObjection } from '../../street/record-objection.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { Operations } from '../operation.ts';
import { enrolmentInReach } from './scope.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;

export const objections: Pick<
  StaffOperations,
  'listObjections' | 'openObjection' | 'resolveObjection' | 'confirmObjection'
> = {
  async listObjections({ actor, params }, services) {
    const found = await keptHere(services, actor, params.enrolmentId);
    return found.ok ? ok({ body: objectionsView(found.value) }) : found;
  },
  openObjection: ({ actor, params, body }, services) =>
    step(services, actor, params.enrolmentId, { step: 'open', ...body }),
  resolveObjection: ({ actor, params, body }, services) =>
    step(services, actor, params.enrolmentId, { step: 'resolve', number: Number(params.number), ...body }),
  confirmObjection: ({ actor, params, body }, services) =>
    step(services, actor, params.enrolmentId, { step: 'confirm', number: Number(params.number), ...body }),
};

async function step(
  services: StaffServices,
  actor: StaffActor,
  enrolmentId: string,
  asked: ObjectionStep,
): Promise<Result<{ body: ReturnType<typeof objectionsView> }>> {
  const found = await keptHere(services, actor, enrolmentId);
  if (!found.ok) return found;
  // Anybody may say what was objected; what came of it is not for the family.
  const aside = asked.step === 'open' ? undefined : await whyAside(services.matching, found.value, actor.id);
  if (aside) return refuse(aside);
  const recorded = await recordObjection(services, found.value, asked, {
    by: actor.id,
    source: actor.street === undefined ? 'counter' : `street:${actor.street}`,
  });
  return recorded.ok ? ok({ body: objectionsView(recorded.value) }) : recorded;
}

/** Staff of a street reach what their street keeps. */
async function keptHere(
  { register, streets, clock }: StaffServices,
  actor: StaffActor,
  enrolmentId: string,
): Promise<Result<EnrolmentDocument>> {
  const found = await enrolmentInReach(register, actor, enrolmentId);
  if (!found.ok || actor.street === undefined) return found;
  const changes = await streets.changes.changes(actor.jurisdiction);
  const keeper = keeperOn(found.value.facts, changes, clock.today());
  return keeper === actor.street ? found : refuse(noEnrolment(enrolmentId));
}

const objectionsView = ({ id, facts }: EnrolmentDocument) => ({
  enrolmentId: id,
  objections: objectionsOf(facts),
});
