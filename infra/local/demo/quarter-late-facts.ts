import { addMonths } from '../../../domain/calendar.ts';
import { RAISED_YUAN } from '../sample/expected-quarter.ts';
import { type Cells, HEIR, NEW_DISTRICT, newPerson, newRegister, sheetOf } from '../sample/new-district.ts';
import { INCOME_TOLD_LATE, NEW_HOUSEHOLDS, newHouseholdSheet } from '../sample/new-households.ts';
import type { ResponseOf } from './api-client.ts';
import { decide, todayInChina } from './household-register.ts';
import type { Desk } from './payment-run.ts';
import { csvSheet } from './prepare.ts';
import { changePolicy } from './propose-policy.ts';
import { deskOf, type Enrolments, idOf, importAll, namePayee } from './quarter-office.ts';

type Recovery = ResponseOf<'getRecovery'>;

/** Said by a later sheet of one programme about a few people. */
async function later(desk: Desk, programme: string, changed: Readonly<Record<string, Cells>>): Promise<void> {
  const sheet = csvSheet('register', newRegister(programme, changed));
  await importAll(deskOf(desk, programme), sheet, `later-${Object.keys(changed).join('-')}`);
}

/** What comes in when October has been paid: two regradings, a guardianship, an income, and a rate that is raised from October on. */
export async function learnedAfterOctober(desk: Desk, enrolments: Enrolments): Promise<void> {
  await later(desk, 'disability-nursing', {
    five: { 残疾等级: '一级', 残疾人证签发日期: '2026-10-20' },
    regraded: { 残疾等级: '二级', 残疾人证签发日期: '2026-09-15' },
  });
  await later(desk, 'orphan', { 'orphan-back': { 监护变化: '父母恢复抚养', 监护变化日期: '2026-09-25' } });
  const dibao = deskOf(desk, 'dibao');
  await importAll(dibao, csvSheet('households', newHouseholdSheet('corrected')), 'income');
  const head = NEW_HOUSEHOLDS[INCOME_TOLD_LATE.household]?.members[0]?.idNumber ?? '';
  await reviewed(dibao, idOf(enrolments, 'dibao', head), '2026-10', '示新民救〔2026〕复核1号');
  await raiseHighAge(deskOf(desk, 'high-age'));
}

/** 复核 back from a month, for a fact that was learned late. */
const reviewed = (desk: Desk, enrolmentId: string, from: string, document: string) =>
  decide(desk, enrolmentId, { kind: 'review', from }, { document, decidedOn: todayInChina() });

/** Proposed by one, its effect read, approved by another; what October lacks is arrears of the next run. */
async function raiseHighAge({ api, key, programme }: Desk): Promise<void> {
  const value = {
    parameter: 'bands',
    value: [
      { fromAge: 80, amount: RAISED_YUAN },
      { fromAge: 90, amount: '500.00' },
      { fromAge: 100, amount: '800.00' },
    ],
    inForceFrom: '2026-10',
    decidedOn: todayInChina(),
    citation: { document: '示新民发〔2026〕12号（样例）', title: '示例新区提高高龄津贴标准（样例）' },
    retroactivity: { months: 'from-in-force', persons: 'entitled-in-month', components: 'all' },
    sample: true,
  } as const;
  const packs = [{ jurisdiction: NEW_DISTRICT, programme, values: [{ ...value, value: [...value.value] }] }];
  const found = await changePolicy(
    api,
    { packs, reason: '提高高龄津贴标准' },
    '示新民政发〔2026〕1号',
    key('raise'),
  );
  if (found.state !== 'in-force') throw new Error(`调标提案 / the proposal is ${found.state}`);
}

/** What comes in when November has been paid: a death, a tier of care, a card renewed; and what is asked back is decided. */
export async function learnedAfterNovember(desk: Desk, enrolments: Enrolments): Promise<readonly Recovery[]> {
  const { name, idNumber } = newPerson('five');
  const death = {
    身份证号: idNumber,
    姓名: name,
    死亡日期: '2026-10-28',
    来源: '认证',
    数据来源: '殡葬服务机构',
  };
  await importAll(deskOf(desk, 'high-age'), csvSheet('deaths', sheetOf([death])), 'deaths');
  await later(desk, 'tekun-care', { 'kept-home-2': { 自理能力认定: '全护理', 认定评估日期: '2026-10-25' } });
  await reviewed(
    deskOf(desk, 'tekun'),
    idOf(enrolments, 'tekun', 'kept-home-2'),
    '2026-11',
    '示新民救〔2026〕复核2号',
  );
  await later(desk, 'disability-living', {
    expired: { 残疾人证有效期至: '2036-11-09', 残疾人证签发日期: '2026-11-10' },
  });
  await namePayee(deskOf(desk, 'veterans-care'), idOf(enrolments, 'veterans-care', 'five'), {
    kind: 'heir',
    person: HEIR,
    relation: 'child',
    document: '（2026）示新证字1号',
    evidence: '继承权公证书',
  });
  return [
    await paidBack(desk, idOf(enrolments, 'orphan', 'orphan-back')),
    await keptBack(desk, idOf(enrolments, 'disability-nursing', 'regraded')),
  ];
}

/** Ordered back and paid in to the treasury. */
async function paidBack(desk: Desk, enrolmentId: string): Promise<Recovery> {
  const ordered = await orderBack(desk, enrolmentId, 'refund');
  const body = {
    amount: ordered.outstanding,
    means: 'treasury',
    voucher: 'JK-2026-0001',
    on: todayInChina(),
    evidence: '一般缴款书回单',
  } as const;
  const params = { recoveryId: ordered.recoveryId };
  return await desk.api.call('cashier', 'receiveRecovery', {
    params,
    body,
    key: desk.key(`paid-back-${enrolmentId}`),
  });
}

/** Ordered back by 抵扣: the next runs keep part of what they pay. */
const keptBack = (desk: Desk, enrolmentId: string): Promise<Recovery> =>
  orderBack(desk, enrolmentId, 'set-off');

async function orderBack(
  { api, key }: Desk,
  enrolmentId: string,
  means: 'refund' | 'set-off',
): Promise<Recovery> {
  const day = todayInChina();
  const wish = {
    enrolmentId,
    reason: '情况变化当月未报告，多发',
    dueOn: `${addMonths(day.slice(0, 7), 6)}-01`,
  };
  const { recoveryId } = await api.call('preparer', 'proposeRecovery', {
    body: wish,
    key: key(`recover-${enrolmentId}`),
  });
  const params = { recoveryId };
  const order = {
    decision: 'order',
    document: `示新民追〔2026〕${means === 'refund' ? 1 : 2}号`,
    decidedOn: day,
    means,
  } as const;
  await api.call('approver', 'decideRecovery', { params, body: order, key: key(`order-${enrolmentId}`) });
  const delivered = { on: day, means: 'in-person', evidence: '送达回证' } as const;
  return await api.call('preparer', 'deliverRecovery', {
    params,
    body: delivered,
    key: key(`deliver-${enrolmentId}`),
  });
}
