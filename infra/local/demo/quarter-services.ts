import { type Cells, NEW_ORGANISATIONS, newPerson, sheetOf } from '../sample/new-district.ts';
import { waitFor } from './api-client.ts';
import { errorRows } from './error-file.ts';
import { todayInChina } from './household-register.ts';
import type { Desk } from './payment-run.ts';
import { csvSheet, importSheet } from './prepare.ts';
import { payOne, type QuarterRun } from './quarter-month.ts';
import { deskOf } from './quarter-office.ts';

/** Orders of services and months of beds that come to a settlement with the quarter's months, yuan. */
type Settled = { readonly cells: Cells; readonly who: string; readonly yuan: number };

const order = (who: string, number: string, servedOn: string, yuan: number): Settled => ({
  who,
  yuan,
  cells: { 订单编号: number, 服务日期: servedOn, 服务项目: '助浴', 订单金额: yuan.toFixed(2) },
});
const bed = (who: string, level: string, from: string, to: string, yuan: number): Settled => ({
  who,
  yuan,
  cells: { 入住等级: level, 入住起日: from, 入住止日: to },
});

/** By the month with which they are settled. Three stars: 600 yuan for 重度, 400 for 中度; 21 days and more are a month, 10 and more half of it. */
const SETTLEMENTS: Readonly<Record<string, Readonly<Record<string, readonly Settled[]>>>> = {
  '2026-10': {
    'elderly-orders': [
      order('served-1', 'X1', '2026-10-09', 600),
      order('served-1', 'X2', '2026-10-16', 400),
      order('served-2', 'X3', '2026-10-20', 444),
    ],
    'elderly-institution': [
      bed('aged-1', '重度', '2026-10-01', '2026-10-31', 600),
      bed('aged-2', '中度', '2026-10-01', '2026-10-31', 400),
    ],
  },
  '2026-11': {
    'elderly-orders': [
      order('served-1', 'X4', '2026-11-05', 1036),
      // What is left of October, sent in late.
      order('served-1', 'X5', '2026-10-30', 36),
    ],
    'elderly-institution': [bed('aged-3', '重度', '2026-10-15', '2026-10-31', 300)],
  },
};

/** The lists of a month's services, checked, approved and paid to the company in one run each: of the month in which they are approved. */
export async function settleServices(
  desk: Desk,
  period: string,
): Promise<readonly (QuarterRun & { readonly yuan: number })[]> {
  const today = todayInChina().slice(0, 7);
  const round = `S${1 + Object.keys(SETTLEMENTS).indexOf(period)}`;
  const settlements = Object.entries(SETTLEMENTS[period] ?? {});
  return await Promise.all(
    settlements.map(async ([programme, rows]) => {
      await verified(deskOf(desk, programme, period), rows, period);
      const run = await payOne(desk, { programme, period: today, round });
      return { ...run, yuan: rows.reduce((sum, { yuan }) => sum + yuan, 0) };
    }),
  );
}

async function verified(
  { api, key, programme }: Desk,
  rows: readonly Settled[],
  period: string,
): Promise<void> {
  const [name, code, account] = NEW_ORGANISATIONS.company;
  const csv = sheetOf(
    rows.map(({ who, cells }) => {
      const person = newPerson(who);
      return {
        姓名: person.name,
        身份证号: person.idNumber,
        街道代码: person.cells['街道代码'] ?? '',
        收款单位: name,
        收款单位信用代码: code,
        收款账号: account,
        ...cells,
      };
    }),
  );
  const done = await importSheet(api, programme, csvSheet('grant-list', csv), key('list'));
  const [refused] = await errorRows(api, done);
  if (refused) throw new Error(`${programme} ${refused.row}: ${refused.reason}`);
  const params = { importId: done.importId };
  const look = () => api.call('approver', 'getGrantList', { params });
  const { hash = '', count, amount } = await look();
  const document = `示新养结〔2026〕${Number(period.slice(5))}${programme === 'elderly-orders' ? 1 : 2}号`;
  const body = { hash, count, amount, document, decidedOn: todayInChina() };
  await api.call('approver', 'decideGrantList', { params, body, key: key('decision') });
  await waitFor('the grants of the list', async () =>
    (await look()).state === 'granted' ? true : undefined,
  );
}
