import { proposalId } from '../../../../domain/determination/proposal.ts';
import type { EnrolmentAddress } from '../../../../functions/adapters/register-store.ts';
import { mapBounded } from '../../../../functions/concurrency.ts';
import { householdsOf } from '../../../../functions/determination/households.ts';
import { approve, propose } from '../../../../functions/determination/proposals.ts';
import type { SampleHousehold } from '../../../../infra/local/sample/families.ts';
import type { HouseholdSheet } from '../../../../infra/local/sample/households.ts';
import { DIBAO } from '../../../functions/determination/bureau.ts';
import { request } from '../../../functions/register/sheet-fixture.ts';
import { type Office, value } from '../../../functions/run/office.ts';

/** Brings the sheet of a street into an office; what the import reports. */
export async function brought(bureau: Office, { street, fileName, bytes }: HouseholdSheet) {
  const importId = `sheet-${street.code}`;
  const objectKey = `uploads/${importId}${fileName.slice(fileName.lastIndexOf('.'))}`;
  const requestedAt = bureau.clock.now();
  const message = request(importId, { kind: 'households', programme: 'dibao', objectKey, requestedAt });
  await bureau.engines.files.put(objectKey, bytes);
  bureau.engines.send('imports', JSON.stringify(message));
  await bureau.deliver();
  const status = await bureau.imports.get(importId);
  if (status?.state !== 'done') throw new Error(`${fileName}: ${status?.refusal?.en ?? status?.state}`);
  return status;
}

/** The enrolment of a household, found by its head. */
export async function addressOf(bureau: Office, { members }: SampleHousehold): Promise<EnrolmentAddress> {
  const head = await bureau.register.personByIdNumber(members[0]?.idNumber ?? '');
  const enrolments = head ? await bureau.register.enrolmentsPointedFrom(head.record.personKey) : [];
  const [enrolment] = enrolments;
  if (!enrolment) throw new Error('a household is not enrolled');
  return { ...DIBAO, id: enrolment.id };
}

/** Takes the initial decision of every household, as its papers have it: proposed by one, decided by another. */
export async function decided(bureau: Office, households: readonly SampleHousehold[]) {
  const ports = { ...bureau.ports, households: householdsOf(bureau.register) };
  return await mapBounded(households, 8, async (household) => {
    const { appliedOn, decision } = household;
    const address = await addressOf(bureau, household);
    const asked = { kind: 'initial', appliedOn } as const;
    const by = { by: 'staff-preparer' };
    const { proposal } = value(await propose(ports, address, asked, decision.decidedOn, by));
    const said = { ...decision, hash: proposal.hash, proposal: proposalId(proposal), by: 'staff-approver' };
    const { determination } = value(await approve(ports, address, said));
    if (!determination) throw new Error('nothing was determined');
    return determination;
  });
}
