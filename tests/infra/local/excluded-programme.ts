import type { ApiClient, Call } from '../../../infra/local/demo/api-client.ts';
import { prepareBureau } from '../../../infra/local/demo/prepare.ts';
import { changePolicy } from '../../../infra/local/demo/propose-policy.ts';

type Proposed = NonNullable<Call<'createPolicyProposal'>['body']>;

/** A district whose policy pays no high-age pension to whom it provides for as 特困: what another programme does is looked at before release. */
export async function excludeTekun(api: ApiClient): Promise<void> {
  await prepareBureau(api, ['2026']);
  const stacking: Proposed['packs'][number]['values'][number] = {
    parameter: 'stacking',
    value: [{ with: 'tekun', of: 'person', action: 'excluded' }],
    inForceFrom: '2026-10',
    decidedOn: '2026-10-08',
    citation: { document: '示民发〔2026〕9号', title: '关于高龄津贴与特困人员救助供养衔接的通知' },
    retroactivity: { months: 'from-in-force', persons: 'entitled-in-month', components: 'all' },
    sample: true,
  };
  const packs = [{ jurisdiction: '110199', programme: 'high-age', values: [stacking] }];
  const { state } = await changePolicy(
    api,
    { packs, reason: '与特困供养衔接' },
    '示民政发〔2026〕3号',
    'excluded',
  );
  if (state !== 'in-force') throw new Error(`the exclusion is ${state}`);
}
