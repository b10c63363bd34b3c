import { type DisasterList, generateDisasterList } from '../sample/disaster.ts';
import { type ResponseOf, waitFor } from './api-client.ts';
import { errorRows } from './error-file.ts';
import { payWithoutTrouble } from './paid-run.ts';
import { computeRun, type Desk } from './payment-run.ts';
import { csvSheet, importDifferences, importSheet } from './prepare.ts';
import type { ClosedRun } from './run-comparison.ts';

export const RELIEF_PROGRAMME = 'disaster-relief';

/** One list of the households that a flood struck, decided once and paid by one run. */
export type Relief = {
  readonly list: DisasterList;
  readonly seen: ResponseOf<'getGrantList'>;
  readonly granted: ResponseOf<'getGrantList'>;
  readonly paid: ClosedRun;
};
/** Lines of progress that `disasterRelief` prints. */
export const RELIEF_STEPS = 3;

export async function disasterRelief(base: Desk, today: string): Promise<Relief> {
  const desk = {
    ...base,
    programme: RELIEF_PROGRAMME,
    key: (name: string) => base.key(`relief-${name}`),
  };
  const { api, key, say } = desk;
  const struckOn = new Date(Date.parse(`${today}T00:00:00Z`) - 20 * 86_400_000).toISOString().slice(0, 10);
  const list = generateDisasterList(desk.seed, struckOn);
  const done = await importSheet(api, RELIEF_PROGRAMME, csvSheet('grant-list', list.csv), key('list'));
  const wrong = importDifferences(done, list.expected, await errorRows(api, done), list.rejected);
  if (wrong.length > 0)
    throw new Error(`导入结果与预设不符 / not what was planted:\n  ${wrong.join('\n  ')}`);
  const params = { importId: done.importId };
  const look = () => api.call('approver', 'getGrantList', { params });
  const seen = await look();
  say(
    `灾害救助名册：收下 ${seen.count} 户 ${seen.amount} 元，退回 ${seen.rejected} 行，与独立核算一致`,
    `relief list: ${seen.count} households, ${seen.rejected} rows sent back, as worked out apart from it`,
  );
  const body = {
    hash: seen.hash ?? '',
    count: seen.count,
    amount: seen.amount,
    document: '示民灾〔2026〕1号（样例）',
    decidedOn: today,
  };
  await api.call('approver', 'decideGrantList', { params, body, key: key('decision') });
  const granted = await waitFor('the grants of the list', async () => {
    const found = await look();
    return found.state === 'granted' ? found : undefined;
  });
  say('一次审批整份名册，逐户记录给付', 'one decision on the whole list, a grant for every household');
  const paid = await payWithoutTrouble(desk, await computeRun(desk, today.slice(0, 7), 'S1'));
  say(
    `批次 S1 一次发放 ${paid.closed.closing?.settled.count} 户 ${paid.closed.closing?.settled.amount} 元`,
    'run S1 paid them all',
  );
  return { list, seen, granted, paid };
}
