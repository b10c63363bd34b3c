import { projectKey } from '../../domain/ids.ts';
import { ok, type Refusal, type Result, refuse } from '../../domain/result.ts';
import type { Call } from '../../domain/venture/call.ts';
import { fileProject } from '../../domain/venture/filing.ts';
import { banOn } from '../../domain/venture/organisation.ts';
import type { Project } from '../../domain/venture/project.ts';
import type { Application } from '../../domain/venture/project-acts.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import {
  checkOrganisation,
  ensureOrganisation,
  keyOfOrganisation,
  type NamedOrganisation,
} from './organisations.ts';
import type { By, FilingPorts } from './ports.ts';

/** An application as it is handed in; the organisation is named by its certificate. */
export type Form = Omit<Application, 'organisation' | 'organisationKind'> & {
  readonly organisation: NamedOrganisation;
};
export type Filed = { readonly project: Project; readonly accountProposed: boolean };

export const keyOf = (
  { jurisdiction, callId }: Pick<Call, 'jurisdiction' | 'callId'>,
  number: string,
): string => projectKey(sha256Hex, { jurisdiction, callId, number });

/**
 * Files an application, or files it anew. Nothing is written before it is known to be sound: then the organisation, and then the act.
 * Refusals: those of the organisation and of `fileProject`, all at once.
 */
export async function fileApplication(
  ports: FilingPorts,
  call: Call,
  { organisation: named, ...form }: Form,
  { filedOn, source }: { readonly filedOn: string; readonly source: string },
  stamp: By,
): Promise<Result<Filed, readonly Refusal[]>> {
  const checked = checkOrganisation(named);
  const code = checked.ok ? checked.value.code : undefined;
  const organisation = code === undefined ? '' : await keyOfOrganisation(ports, code);
  const kind = checked.ok ? checked.value.kind : 'association';
  const application: Application = {
    ...form,
    organisation,
    organisationKind: form.sponsoredGroup === undefined ? kind : 'unregistered',
  };
  const ban =
    organisation === '' ? undefined : banOn(await ports.calls.bans(call.jurisdiction, organisation), filedOn);
  const filing = { call, application, filedOn, source, ...(ban && { ban }) };
  const key = keyOf(call, form.number);
  const trial = fileProject(await ports.projects.load(key), filing);
  const faults = [...(checked.ok ? [] : [checked.error]), ...(trial && !trial.ok ? trial.error : [])];
  if (faults.length > 0) return refuse(faults);
  const ensured = await ensureOrganisation(ports, named, stamp, source);
  if (!ensured.ok) return refuse([ensured.error]);
  const sure = { ...filing, application: { ...application, organisation: ensured.value.personKey } };
  let refused: readonly Refusal[] = [];
  const done = await ports.projects.act(
    key,
    (found) => {
      const decision = fileProject(found, sure);
      if (!decision || decision.ok) return decision;
      refused = decision.error;
      return refuse(decision.error[0] as Refusal);
    },
    { now: ports.clock.now, by: stamp.by, ...(stamp.request !== undefined && { request: stamp.request }) },
  );
  if (!done.ok) return refuse(refused.length > 0 ? refused : [done.error]);
  return ok({ project: done.value, accountProposed: ensured.value.accountProposed });
}
