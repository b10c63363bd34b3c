import { type ApiClient, type Call, type ResponseOf, waitFor } from './api-client.ts';
import { todayInChina } from './household-register.ts';
import { achieve } from './prepare.ts';

export type PolicyProposal = ResponseOf<'getPolicyProposal'>;
type Proposed = NonNullable<Call<'createPolicyProposal'>['body']>;

const ENDED: readonly PolicyProposal['state'][] = ['in-force', 'rejected', 'withdrawn', 'void'];

/**
 * A change of policy as a bureau makes it: proposed by one person, its effect worked out, approved by another for what it is on that
 * day. Done again with the same key it is the same proposal.
 */
export async function changePolicy(
  api: ApiClient,
  body: Proposed,
  document: string,
  key: string,
): Promise<PolicyProposal> {
  const { proposalId } = await api.call('preparer', 'createPolicyProposal', { body, key });
  const params = { proposalId };
  const now = () => api.call('approver', 'getPolicyProposal', { params });
  return await waitFor('policy in force', async () => {
    const found = await now();
    if (ENDED.includes(found.state)) return found;
    const { effect, state } = found;
    if (state !== 'review' || effect?.hash === undefined) return undefined;
    const { hash, round, stale } = effect;
    if (stale.length > 0)
      await api.call('preparer', 'workOutPolicyEffect', { params, body: {}, key: `${key}-again-${round}` });
    else
      await achieve(
        async () => (await now()).state !== 'review',
        () =>
          api.call('approver', 'approvePolicyProposal', {
            params,
            body: { hash, document, decidedOn: todayInChina() },
            key: `${key}-approval-${round}`,
          }),
      );
    return undefined;
  });
}
