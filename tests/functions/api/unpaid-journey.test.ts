// Goal: a returned payment from its first alarm to the settled second attempt, as the people of a bureau do it: over HTTP, on real
// engines, with the days that policy asks for between a new account and money into it.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Run } from '../../../domain/run/run.ts';
import { loadWorkingDays } from '../../../functions/adapters/working-days.ts';
import { dailyLook } from '../../../functions/unpaid/daily-look.ts';
import { bankAnswer, DISTRICT, failing, type Office, pack, value } from '../run/office.ts';
import { balances, draftsOf, smallOffice, wholeMonth } from '../run/whole-month.ts';
import { CALLERS, registerStaff } from './api-client.ts';
import { type Desk, deskOf } from './desk.ts';

const own = pack(DISTRICT) as { values: { parameter: string }[] };
const cash = own.values.find(({ parameter }) => parameter === 'cashPayments')!;
const coolingOff = { ...cash, parameter: 'accountCoolingOff', value: { days: 3 } };
const SECOND = { subject: 'staff-reviewer-2', roles: ['reviewer'] } as const;

let bureau: Office;
let desk: Desk;
let first: Run;
beforeAll(async () => {
  bureau = await smallOffice({
    quickReads: false,
    packs: [pack('110000'), { ...own, values: [...own.values, coolingOff] }],
  });
  first = await wholeMonth(bureau, { answer: failing([2]) });
  desk = await deskOf(bureau);
  await registerStaff(bureau.engines, DISTRICT, [SECOND]);
});
afterAll(() => bureau.stop());

const open = async () => (await desk.done('listOpenPayments', { as: CALLERS.cashier, query: {} })).body;
const waiting = async () => (await dailyLook({ ...bureau.ports, workingDays: loadWorkingDays })).waiting;
/** Starts the supplementary run and lets it be computed. */
async function supplementary() {
  const body = { programme: 'high-age', period: '2026-12', round: 'S1' };
  const { runId } = (await desk.done('startRun', { as: CALLERS.preparer, body })).body;
  await bureau.deliver();
  const shown = (await desk.done('getRun', { as: CALLERS.preparer, params: { runId } })).body;
  const seen = { revision: shown.revision, hash: shown.hash };
  return { params: { runId }, seen, run: value(await bureau.views.getRun(runId)) };
}

it('an alarm, a correction with evidence and a second person, some days, a supplementary run, and it is settled', async () => {
  // 22 November is a Sunday: five working days are over on Friday, the alarm is the Monday after.
  bureau.clock.moveTo('2026-11-27');
  expect(await waiting()).toBe(0);
  bureau.clock.moveTo('2026-11-30');
  expect(await waiting()).toBe(1);
  const [overdue] = (await open()).payments;
  expect(overdue).toMatchObject({ overdue: true, workingDays: 6, nextStep: { code: 'fix-data' } });

  const { personKey } = overdue.person;
  const holderName = (await bureau.register.person(personKey))!.record.legalName;
  const body = { account: '6217000000000000129', holderName, evidence: '新存折复印件' };
  const asked = await desk.done('proposeAccountChange', {
    as: CALLERS.preparer,
    params: { personKey },
    body,
  });
  const confirm = { params: { personKey, changeId: asked.body.changeId } };
  expect(
    await desk.code('confirmAccountChange', {
      as: { ...SECOND, subject: CALLERS.preparer.subject },
      ...confirm,
    }),
  ).toMatch(/^403 /);
  await desk.done('confirmAccountChange', { as: SECOND, ...confirm });

  bureau.clock.moveTo('2026-12-01');
  const early = await supplementary();
  expect(early.run.totals).toMatchObject({ payable: { count: 0 }, held: { count: 1 } });
  const [held] = await draftsOf(bureau, early.run);
  expect(held?.findings.map(({ control }) => control)).toEqual(['account-cooling-off']);
  await desk.done('voidRun', { as: CALLERS.approver, params: early.params, body: { reason: '冷静期未满' } });

  bureau.clock.moveTo('2026-12-03');
  const { params, seen, run } = await supplementary();
  expect(run.totals).toMatchObject({ payable: { count: 1, fen: 30_000 }, reissued: { count: 1 } });
  await desk.done('submitRun', { as: CALLERS.preparer, params, body: seen });
  expect(await desk.code('signRun', { as: SECOND, params, body: seen })).toBe(
    '403 forbidden/changed-account',
  );
  await desk.done('signRun', { as: CALLERS.reviewer, params, body: seen });
  await desk.done('signRun', { as: CALLERS.approver, params, body: seen });
  await desk.done('dispatchRun', { as: CALLERS.cashier, params });
  await bureau.deliver();

  const [bytes] = await bankAnswer(bureau, value(await bureau.views.getRun(params.runId)));
  const uploadId = await desk.upload(CALLERS.cashier, 'bank-result', 'answer.ret', bytes!);
  await desk.done('submitBankResult', { as: CALLERS.cashier, params, body: { uploadId } });
  await bureau.deliver();
  await desk.done('closeRun', { as: CALLERS.reviewer, params });
  await bureau.deliver();
  expect((await desk.done('getRun', { as: CALLERS.preparer, params })).body.state).toBe('closed');
  expect((await open()).open.count).toBe(0);
  expect(await waiting()).toBe(0);
  const [before] = (await desk.done('listUnsettled', { as: CALLERS.cashier, params: { runId: first.runId } }))
    .body.payments;
  expect(before).toMatchObject({ state: 'failed', sentAgain: 'settled' });
  expect(await balances(bureau)).toEqual({ 'appropriation:2026': -90_000, 'expense:high-age': 90_000 });
});
