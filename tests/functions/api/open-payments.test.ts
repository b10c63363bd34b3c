// Goal: what failed or came back is on one list with its age and what to do, for those who may see it; over HTTP, on real engines.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '../../../domain/run/run.ts';
import { loadWorkingDays } from '../../../functions/adapters/working-days.ts';
import { dailyLook } from '../../../functions/unpaid/daily-look.ts';
import {
  approved,
  bankAnswer,
  computed,
  dispatched,
  failing,
  type Office,
  pack,
  reconciled,
  SUPPLEMENTARY,
  value,
} from '../run/office.ts';
import { changedAccount, comingBack, smallOffice, wholeMonth } from '../run/whole-month.ts';
import { CALLERS } from './api-client.ts';
import { type Desk, deskOf } from './desk.ts';

const own = pack('110199') as { values: { parameter: string }[] };
const cash = own.values.find(({ parameter }) => parameter === 'cashPayments')!;
const others = own.values.filter(({ parameter }) => parameter !== 'unclaimedAfter');
const unclaimedAfter = { ...cash, parameter: 'unclaimedAfter', value: { months: 1, noticeDays: 10 } };

let bureau: Office;
let desk: Desk;
let run: Run;
let failed: string;
beforeAll(async () => {
  bureau = await smallOffice({
    packs: [pack('110000'), { ...own, values: [...others, unclaimedAfter] }],
  });
  run = await wholeMonth(bureau, { answer: failing([2], '账户已销户') });
  bureau.clock.moveTo('2026-11-30');
  const [late] = await bankAnswer(bureau, run, comingBack(3), 2);
  await reconciled(bureau, run, late!);
  desk = await deskOf(bureau);
});
afterAll(() => bureau.stop());

const listed = async (
  query: Record<string, string> = {},
  as: (typeof CALLERS)[keyof typeof CALLERS] = CALLERS.cashier,
) => (await desk.done('listOpenPayments', { as, query })).body;
const look = async () => dailyLook({ ...bureau.ports, workingDays: loadWorkingDays });

describe('the list of open payments', () => {
  it('has what failed and what came back, the oldest first, with age, reason and next step', async () => {
    bureau.clock.moveTo('2026-12-01');
    const list = await listed();
    failed = list.payments[0].payment;
    expect(list).toMatchObject({
      asOf: '2026-12-01',
      open: { count: 2, amount: '600.00' },
      overdue: { count: 1, amount: '300.00' },
      payments: [
        {
          state: 'failed',
          since: '2026-11-22',
          workingDays: 7,
          overdue: true,
          nextStep: { code: 'fix-data' },
        },
        { state: 'returned', since: '2026-11-30', workingDays: 1, overdue: false },
      ],
      totals: [
        { action: 'fix-data', age: 'to-5', tally: { count: 1 } },
        { action: 'fix-data', age: 'to-10', tally: { count: 1 } },
      ],
    });
    expect(list.payments[0].person.name).toMatch(/^王\*|^张\*|^.\*/);
    expect((await listed({}, CALLERS.auditor)).payments[0].person).toBeUndefined();
  });

  it('is filtered and comes in pages', async () => {
    expect((await listed({ overdue: 'true' })).payments).toHaveLength(1);
    expect((await listed({ action: 'hold' })).open).toEqual({ count: 0, amount: '0.00' });
    expect((await listed({ street: '110199001' })).open.count).toBe(2);
    expect((await listed({ programme: 'dibao' })).open.count).toBe(0);
    const first = await listed({ limit: '1' });
    const second = await listed({ limit: '1', cursor: first.next });
    expect([first.payments[0].payment, second.payments[0].payment, second.next]).toEqual([
      failed,
      (await listed()).payments[1].payment,
      undefined,
    ]);
  });

  it('is printed, masked, and stands on the approval sheet of the next run', async () => {
    const sheet = await desk.done('getOpenPaymentsSheet', { as: CALLERS.cashier, query: {} });
    expect(sheet.headers['content-type']).toMatch(/^text\/html/);
    expect(sheet.body).toContain('退票处理清单');
    expect(sheet.body).toContain('7（超期）');
    expect(sheet.body).not.toMatch(/\d{15,}/);
    expect(await desk.code('getOpenPaymentsSheet', { as: CALLERS.auditor, query: {} })).toMatch(/^403 /);
    const next = await computed(bureau, SUPPLEMENTARY);
    const approval = await desk.done('getApprovalSheet', {
      as: CALLERS.reviewer,
      params: { runId: next.runId },
    });
    expect(approval.body).toContain('2 笔　600.00 元（其中超期 1 笔　300.00 元）');
    value(await bureau.actions.voidRun({ runId: next.runId, reason: '暂不发放', by: 'staff-preparer' }));
  });

  it('is counted every day, for the alarm; what was sent again is on it no more, what stands still is', async () => {
    const { runId } = run;
    const inReview = async () =>
      (await desk.done('getReview', { as: CALLERS.reviewer, params: { runId } })).body.unpaid;
    expect(await inReview()).toBeUndefined();
    expect(await look()).toMatchObject({
      open: 2,
      overdue: 1,
      stuck: 0,
      waiting: 1,
      bureaus: { '110199': { open: 2 } },
    });
    expect(await inReview()).toMatchObject({
      open: 2,
      overdue: 1,
      at: expect.stringMatching(/^2026-12-01T/),
    });
    await changedAccount(bureau, failed.split('-')[2]!, '6217000000000000123');
    bureau.clock.moveTo('2026-12-03');
    await dispatched(bureau, await approved(bureau, await computed(bureau, SUPPLEMENTARY)));
    bureau.clock.moveTo('2027-01-04');
    expect(await look()).toMatchObject({ open: 1, overdue: 1, stuck: 1 });
    expect((await bureau.engines.scan('operations')).filter((item) => item['over'] === true)).toHaveLength(1);
    expect((await listed()).stuck).toMatchObject([{ kind: 'sent-not-answered', days: 32, amount: '300.00' }]);
  });

  it('goes on to notice, surrender and claim for what nobody claims', async () => {
    const paymentId = (await listed()).payments[0].payment;
    const params = { paymentId };
    const notice = { on: '2027-01-04', means: 'public-notice', evidence: '公告照片' };
    expect(await desk.code('giveNotice', { as: CALLERS.reviewer, params, body: notice })).toMatch(/^403 /);
    await desk.done('giveNotice', { as: CALLERS.preparer, params, body: notice });
    bureau.clock.moveTo('2027-01-15');
    const body = { voucher: 'JK-7', paidInOn: '2027-01-15', evidence: '缴款书', reason: '公告期满无人认领' };
    const { surrenderId } = (await desk.done('proposeSurrender', { as: CALLERS.cashier, params, body })).body;
    const decision = {
      params: { paymentId, surrenderId },
      body: { decision: 'confirmed', reason: '已核对' },
    };
    expect(await desk.code('decideSurrender', { as: CALLERS.cashier, ...decision })).toMatch(/^403 /);
    await desk.done('decideSurrender', { as: CALLERS.approver, ...decision });
    expect((await listed()).open.count).toBe(0);
    const claim = { params, body: { evidence: '本人到窗口', reason: '返乡后认领' } };
    await desk.done('claimSurrendered', { as: CALLERS.preparer, ...claim });
    const { unclaimed } = (
      await desk.done('listSurrenders', { as: CALLERS.auditor, query: { programme: 'high-age' } })
    ).body;
    expect(unclaimed).toMatchObject([
      {
        payment: paymentId,
        notice: { on: '2027-01-04' },
        surrenders: [{ amount: '300.00' }],
        claim: { reason: '返乡后认领' },
      },
    ]);
  });
});
