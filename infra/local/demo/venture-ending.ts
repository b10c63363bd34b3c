import { fen, toYuan } from '../../../domain/money.ts';
import { addDays } from '../../../domain/working-days.ts';
import type { SampleProject } from '../sample/project-rows.ts';
import type { Call, ResponseOf } from './api-client.ts';
import type { Desk } from './payment-run.ts';
import { SPENT, toReturn } from './venture-expected.ts';
import { spendLines, type Turning } from './venture-release.ts';
import { allDone, type Contracted, VENTURE_PROGRAMME } from './venture-round.ts';

export type Execution = ResponseOf<'getVentureExecution'>;
/** How projects end: one settled with a last payment, one settled with money to give back, one ended early. */
export async function conclude(
  desk: Desk,
  contracted: Contracted,
  { settledUp, settledDown, failed }: Turning,
  today: string,
): Promise<Record<'failed' | 'settledUp' | 'settledDown', Execution>> {
  const { api, key, say } = desk;
  const { callId, keys } = contracted;
  const final = { number: settledUp.number, score: '92', evidence: '评估2026-15' };
  // The rest is paid once both evaluations that its tranches wait for were passed.
  for (const stage of ['mid-term', 'final'] as const) {
    const body = { stage, on: today, evaluations: [final] };
    await allDone(
      api.call('reviewer', 'evaluateVentureProjects', {
        params: { callId },
        body,
        key: key(`passed-${stage}`),
      }),
    );
  }
  const decision = { outcome: 'agreed', document: '示民结〔2026〕3号（样例）', decidedOn: today } as const;
  const settle = async (
    project: SampleProject,
    percent: number,
    back: Partial<Settlement>,
  ): Promise<Execution> => {
    const params = { projectKey: keys.get(project.number) ?? '' };
    const body = {
      reason: '项目实施完成',
      evidence: '审计2026-15',
      spend: spendLines(project, percent),
      ...back,
    };
    await api.call('preparer-2', 'proposeVentureSettlement', {
      params,
      body,
      key: key(`settle-${project.number}`),
    });
    const decide = { params, body: decision, key: key(`settled-${project.number}`) };
    return await api.call('approver', 'decideVentureSettlement', decide);
  };
  const up = await settle(settledUp, SPENT.all, {});
  const back = toReturn(settledDown, SPENT.little);
  const half = fen(Math.floor(back / 2));
  const dueOn = addDays(today, 60);
  const instalments = [
    { dueOn: addDays(today, 30), amount: toYuan(half) },
    { dueOn, amount: toYuan(fen(back - half)) },
  ];
  const down = await settle(settledDown, SPENT.little, { dueOn, instalments });
  const params = { projectKey: keys.get(failed.number) ?? '' };
  const body = { reason: '中期评估不合格', evidence: '评估2026-不合格', dueOn };
  await api.call('preparer-2', 'proposeVentureTermination', { params, body, key: key('terminate') });
  const terminated = await api.call('approver', 'decideVentureTermination', {
    params,
    body: decision,
    key: key('terminated'),
  });
  say(
    '结算一补一退，一个终止：多拨的由追缴单收回',
    'one settled with a payment, one with money back, one ended early',
  );
  return { settledUp: up, settledDown: down, failed: terminated };
}

type Settlement = NonNullable<Call<'proposeVentureSettlement'>['body']>;

/** Recovery orders: decided by another person, delivered, and paid in to the treasury, one of them in two instalments. */
export async function takeBack(
  { api, key, say }: Desk,
  today: string,
): Promise<ResponseOf<'listRecoveries'>> {
  const query = { programme: VENTURE_PROGRAMME };
  const { recoveries } = await api.call('reviewer', 'listRecoveries', { query });
  for (const [index, { recoveryId }] of recoveries.entries()) {
    const params = { recoveryId };
    const order = {
      decision: 'order',
      document: `示民追〔2026〕${index + 1}号（样例）`,
      decidedOn: today,
    } as const;
    await api.call('approver', 'decideRecovery', { params, body: order, key: key(`order-${recoveryId}`) });
    const delivery = { on: today, means: 'in-person', evidence: '送达回证' } as const;
    const delivered = await api.call('preparer', 'deliverRecovery', {
      params,
      body: delivery,
      key: key(`deliver-${recoveryId}`),
    });
    const parts =
      delivered.instalments.length > 0 ? delivered.instalments : [{ amount: delivered.outstanding }];
    for (const [part, { amount }] of parts.entries()) {
      const body = {
        amount,
        means: 'treasury',
        voucher: `JK2026${index + 1}${part + 1}`,
        on: today,
        evidence: '一般缴款书',
      } as const;
      await api.call('cashier', 'receiveRecovery', {
        params,
        body,
        key: key(`receive-${recoveryId}-${part}`),
      });
    }
  }
  const after = await api.call('reviewer', 'listRecoveries', { query });
  say(
    `追缴 ${recoveries.length} 笔 ${after.totals.received} 元，已缴入国库`,
    `${recoveries.length} recovery orders, paid in to the treasury`,
  );
  return after;
}

export async function closeProject({ api, key }: Desk, { projectKey }: Execution): Promise<Execution> {
  const call = { params: { projectKey }, body: {}, key: key(`close-${projectKey}`) };
  return await api.call('reviewer', 'closeVentureProject', call);
}
