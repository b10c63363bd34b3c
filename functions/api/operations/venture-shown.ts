import { ok, type Result } from '../../../domain/result.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import { organisations } from '../../venture/organisations.ts';
import { type ProjectBody, projectView } from '../views/venture-view.ts';
import type { StaffServices } from './services.ts';

/** A project as staff see it. Refusal: `missing/project`. */
export async function shownProject(
  { venture: ports, staff }: Pick<StaffServices, 'venture' | 'staff'>,
  { jurisdiction }: StaffActor,
  projectKey: string,
): Promise<Result<{ readonly body: ProjectBody }>> {
  const found = await ports.projects.get(jurisdiction, projectKey);
  if (!found.ok) return found;
  const call = await ports.calls.call(jurisdiction, found.value.callId);
  if (!call.ok) return call;
  const { organisation } = found.value.application;
  const names = await organisations(ports, [organisation]);
  return ok({
    body: projectView(found.value, {
      call: call.value,
      acts: await ports.projects.acts(projectKey),
      organisationName: names.get(organisation)?.name,
      staffNames: await staff.namesOf(jurisdiction),
    }),
  });
}
