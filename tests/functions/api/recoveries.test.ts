// Goal: money that was paid after a death is ordered back, delivered, paid in by instalments and given up in part, over HTTP; on real engines.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { row } from '../register/sheet-fixture.ts';
import { computed, type Office, SUPPLEMENTARY, value } from '../run/office.ts';
import { died, smallOffice, wholeMonth } from '../run/whole-month.ts';
import { CALLERS } from './api-client.ts';
import { type Desk, deskOf } from './desk.ts';

let bureau: Office;
let desk: Desk;
let recoveryId: string;
beforeAll(async () => {
  bureau = await smallOffice();
  await wholeMonth(bureau);
  bureau.clock.moveTo('2026-11-29');
  await died(bureau, 2, '2026-09-20', '认证');
  const run = await computed(bureau, SUPPLEMENTARY);
  value(await bureau.actions.voidRun({ runId: run.runId, reason: '只看拟追缴', by: 'staff-preparer' }));
  desk = await deskOf(bureau);
});
afterAll(() => bureau.stop());

const { preparer, reviewer, approver, cashier, auditor } = CALLERS;
const query = { programme: 'high-age' };
const of = () => ({ params: { recoveryId } });

describe('a recovery order at the desk', () => {
  it('is proposed in instalments, decided by another person, and printed as a notice without a name in clear', async () => {
    const { body: listed } = await desk.done('listRecoveryProposals', { as: preparer, query });
    const { enrolment: enrolmentId } = listed.proposals[0];
    const body = {
      enrolmentId,
      reason: '死亡后继续发放',
      dueOn: '2026-12-31',
      instalments: [
        { dueOn: '2026-12-10', amount: '100.00' },
        { dueOn: '2026-12-31', amount: '200' },
      ],
    };
    const wrong = { ...body, instalments: body.instalments.slice(1) };
    expect(await desk.code('proposeRecovery', { as: preparer, body: wrong })).toBe('422 invalid/instalments');
    const asked = { as: preparer, body, key: 'propose-1' };
    const { body: proposed } = await desk.done('proposeRecovery', asked);
    recoveryId = proposed.recoveryId;
    expect(proposed).toMatchObject({ state: 'proposed', amount: '300.00', ordered: '0.00' });
    expect((await desk.done('proposeRecovery', asked)).body.recoveryId).toBe(recoveryId);
    const decision = { decision: 'order', document: '示民追〔2026〕1号', decidedOn: '2026-11-29' };
    expect(await desk.code('decideRecovery', { as: cashier, ...of(), body: decision })).toMatch(/^403/);
    const relative = { idNumber: row(2).split(',')[1], relation: 'child', declaredOn: '2026-11-29' };
    await desk.done('declareRelative', { as: reviewer, body: relative });
    for (const [operation, said] of [
      ['decideRecovery', decision],
      ['proposeRecovery', body],
    ] as const)
      expect(await desk.code(operation, { as: reviewer, ...of(), body: said })).toBe(
        '403 forbidden/relative',
      );
    const { body: ordered } = await desk.done('decideRecovery', { as: approver, ...of(), body: decision });
    expect(ordered).toMatchObject({
      state: 'ordered',
      outstanding: '300.00',
      decision: { payments: [{ amount: '300.00' }] },
    });
    const notice = await desk.done('getRecoveryNotice', { as: preparer, ...of() });
    expect(notice.body).toContain('示民追〔2026〕1号');
    expect(notice.body).toContain('人民币叁佰元整');
    expect(notice.body).not.toMatch(/\d{15}/);
  });

  it('is overdue by instalment once delivered; what is paid in and given up is off it', async () => {
    const on = '2026-11-29';
    await desk.done('deliverRecovery', {
      as: preparer,
      ...of(),
      body: { on, means: 'in-person', evidence: '送达回证' },
    });
    bureau.clock.moveTo('2026-12-12');
    const list = async (more = {}) =>
      (await desk.done('listRecoveries', { as: auditor, query: { ...query, ...more } })).body;
    expect(await list({ overdue: 'true' })).toMatchObject({
      recoveries: [{ recoveryId, overdue: '100.00' }],
      totals: { count: 1, overdue: '100.00', outstanding: '300.00' },
    });
    const receipt = {
      amount: '250',
      means: 'treasury',
      voucher: 'JK-1',
      on: '2026-12-12',
      evidence: '国库回单',
    };
    await desk.done('receiveRecovery', { as: cashier, ...of(), body: receipt });
    expect((await list({ overdue: 'true' })).recoveries).toEqual([]);
    await desk.done('proposeRecoveryRelief', {
      as: preparer,
      ...of(),
      body: { relief: 'waiver', reason: '没有遗产' },
    });
    const granted = { outcome: 'granted', document: '示民豁〔2026〕1号', reason: '情况属实' };
    const { body } = await desk.done('decideRecoveryRelief', { as: approver, ...of(), body: granted });
    expect(body).toMatchObject({ state: 'closed', received: '250.00', waived: '50.00', outstanding: '0.00' });
    expect((await list({ state: 'open' })).totals.count).toBe(0);
    expect((await desk.done('getRecovery', { as: auditor, ...of() })).body.person).toBeUndefined();
    const sheet = await desk.done('getRecoverySheet', { as: preparer, query });
    for (const text of ['收缴台账', recoveryId, '250.00', '已结清']) expect(sheet.body).toContain(text);
    expect(
      await desk.code('getRecovery', { as: auditor, params: { recoveryId: 'GL-7Z3K9QX2M4BT-1-Z9' } }),
    ).toBe('404 missing/recovery');
  });
});

describe('the statement of the person', () => {
  it('has what was due, paid, ordered back and paid in, for the office and to print; adds up', async () => {
    const { body: listed } = await desk.done('listRecoveries', { as: preparer, query });
    const { personKey } = listed.recoveries[0].person;
    const params = { personKey };
    const { body } = await desk.done('getPersonStatement', { as: preparer, params });
    expect(body.person.name).toMatch(/\*/);
    expect(body.totals).toMatchObject({
      entitlement: '100.00',
      arrears: '200.00',
      due: '300.00',
      received: '300.00',
      orderedBack: '300.00',
      final: '0.00',
    });
    expect(body.debtTotals).toMatchObject({ ordered: '300.00', received: '250.00', waived: '50.00' });
    expect(body.enrolments[0].payments).toMatchObject([
      { amount: '300.00', account: expect.stringMatching(/^\*{4}/) },
    ]);
    const sheet = await desk.done('getPersonStatementSheet', { as: preparer, params });
    for (const words of ['个人发放对账单', '高龄津贴', '责令退回', '豁免'])
      expect(sheet.body).toContain(words);
    expect(sheet.body).not.toMatch(/\d{15}/);
    const backwards = { from: '2026-12', through: '2026-11' };
    expect(await desk.code('getPersonStatement', { as: preparer, params, query: backwards })).toBe(
      '422 invalid/months',
    );
    const { body: accounts } = await desk.done('listRecoverables', { as: auditor, query });
    expect(accounts).toMatchObject({ recoverables: [], totals: { open: 0, settled: 1, amount: '0.00' } });
    const page = await desk.done('getRecoverablesSheet', { as: preparer, query });
    expect(page.body).toContain('待追缴账龄表');
  });
});

describe('statistics of what was paid', () => {
  const months = { from: '2026-10', to: '2026-12' };
  const asked = async (more: Record<string, string> = {}) =>
    (await desk.done('getStatistics', { as: auditor, query: { ...months, ...more } })).body;
  const PAID = { persons: 3, payments: 3, amount: '900.00', amountTenThousand: '0.09', remainder: '0.00' };

  it('by month of payment are what left the account, with the budget lines that paid it, and recoveries beside it', async () => {
    const body = await asked();
    expect(body).toMatchObject({
      by: 'payment',
      programmes: [
        {
          programme: 'high-age',
          unit: 'person',
          ...PAID,
          households: 0,
          recovery: { ordered: '300.00', recovered: '250.00', waived: '50.00' },
          streets: [{ street: '110199001', ...PAID }],
        },
      ],
      total: { ...PAID, partsRemainder: '0.00' },
    });
    const line = { line: 'district-lottery', level: 'district', fund: 'lottery' };
    expect(body.programmes[0].funding).toEqual([{ ...line, amount: '900.00' }]);
    // Once the budget has counted what was paid in, its lines no longer say which of them paid that part.
    await bureau.deliver();
    expect((await asked()).programmes[0].funding).toEqual([{ amount: '900.00' }]);
    expect((await asked({ from: '2027-01', to: '2027-02' })).total).toMatchObject({
      persons: 0,
      payments: 0,
    });
    expect((await asked({ street: '110199999' })).programmes[0]).toMatchObject({
      persons: 0,
      amount: '0.00',
    });
  });

  it('by month of entitlement are what the months cost, less what was ordered back', async () => {
    expect((await asked({ by: 'entitlement' })).total).toMatchObject({ persons: 2, amount: '600.00' });
    const november = await asked({ by: 'entitlement', from: '2026-11', to: '2026-11' });
    expect(november.total).toMatchObject({ persons: 2, payments: 2, amount: '200.00' });
  });

  it('of sixteen parts add up, and are printed with what they mean', async () => {
    const parts = await Promise.all(
      Array.from({ length: 16 }, (_, part) => asked({ part: String(part) }).then((body) => body.total)),
    );
    expect(parts.reduce((sum, total) => sum + total.persons, 0)).toBe(3);
    expect(parts.reduce((sum, total) => sum + Number(total.amount), 0)).toBe(900);
    const table = await desk.done('getStatisticsTable', { as: auditor, query: months });
    expect(table.body).toContain('"合计","","3","0","0","0","3","900.00","0.09"');
    const sheet = await desk.done('getStatisticsSheet', { as: auditor, query: months });
    for (const text of ['发放统计表', '统计口径', '0.09']) expect(sheet.body).toContain(text);
    expect(await desk.code('getStatistics', { as: auditor, query: { from: '2026-12', to: '2026-11' } })).toBe(
      '422 invalid/months',
    );
  });
});
