import type { PolicyPackFile } from '../../../domain/policy/pack.ts';
import type { PolicyProposal } from '../../../domain/policy/proposal.ts';
import { approvePolicy, proposalInScope } from '../../../functions/policy/decide-policy.ts';
import { type PolicyRequest, proposePolicy } from '../../../functions/policy/propose-policy.ts';
import { policyFile } from '../../policy-files.ts';
import { DISTRICT, type Office, value } from '../run/office.ts';

export const PREPARER = { by: 'staff-preparer', request: 'raise-1' };
type Pack = (typeof PolicyPackFile)['_zod']['output'];

/** The district's own bands, with the amounts of the city raised by a sum. */
export function raisedBands(more: number, from = '2026-10', decidedOn = '2026-11-20'): Pack {
  const city = policyFile('110000', 'high-age') as unknown as Pack;
  const before = city.values.filter(({ parameter }) => parameter === 'bands').at(-1)!;
  const raised = (before.value as { amount: string }[]).map((band) => ({
    ...band,
    amount: (Number(band.amount) + more).toFixed(2),
  }));
  const { inForceTo: _open, ...rest } = before;
  return {
    jurisdiction: DISTRICT,
    programme: 'high-age',
    values: [{ ...rest, value: raised, inForceFrom: from, decidedOn }],
  };
}

export const asked = (...packs: readonly unknown[]): PolicyRequest => ({
  jurisdiction: DISTRICT,
  packs,
  reason: '提高高龄津贴',
  acceptedGaps: [],
});

/** Proposed, and its effect worked out. */
export async function proposed(
  bureau: Office,
  request: PolicyRequest,
  by = PREPARER,
): Promise<PolicyProposal> {
  const { proposal } = value(await proposePolicy(bureau.ports, request, by));
  await bureau.deliver();
  return value(await proposalInScope(bureau.ports, { jurisdiction: DISTRICT }, proposal.id));
}

export const approve = (bureau: Office, { effect, proposal }: PolicyProposal, by = 'staff-approver') =>
  approvePolicy(
    bureau.ports,
    { jurisdiction: DISTRICT },
    proposal.id,
    { hash: effect?.hash ?? '', document: '示民发〔2026〕21号', decidedOn: bureau.clock.today() },
    by,
  );
