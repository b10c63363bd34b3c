import { afterAll, beforeAll, expect, it } from 'vitest';
import { hledger, lacks } from '../../programs.ts';
import { EXCEL, goLiveOffice, opened } from '../go-live/opening-office.ts';
import { sheet } from '../register/sheet-fixture.ts';
import type { Office } from '../run/office.ts';
import { CALLERS } from './api-client.ts';
import { type Desk, deskOf } from './desk.ts';

const HEADINGS = '身份证号,姓名,所属月份,已发金额,退回未重发金额,待追缴金额,更正原因';
let runOfOpening: string;
let bureau: Office;
let desk: Desk;
beforeAll(async () => {
  bureau = await goLiveOffice(4, false);
  desk = await deskOf(bureau);
});
afterAll(() => bureau.stop());

const imported = async (name: string, rows: readonly string[]): Promise<string> => {
  const uploadId = await desk.upload(CALLERS.preparer, 'opening', name, sheet(rows, HEADINGS));
  const body = { uploadId, kind: 'opening', programme: 'high-age' };
  const { importId } = (await desk.done('createImport', { as: CALLERS.preparer, body })).body;
  await bureau.deliver();
  return importId;
};
const exported = async (runId: string, format: string): Promise<string> => {
  const as = CALLERS.auditor;
  const { exportId } = (await desk.done('createExport', { as, body: { runId, format } })).body;
  await bureau.deliver();
  const { url } = (await desk.done('getExport', { as, params: { exportId } })).body;
  return (await fetch(url)).text();
};

it('an opening goes from the sheet over control totals and signatures to the books', async () => {
  const programme = 'high-age';
  const asked = { as: CALLERS.preparer, body: { programme, importId: await imported('a.csv', EXCEL) } };
  const usedBudget = [{ fiscalYear: '2026', amount: '2250.00' }];
  const twice = { ...asked, body: { ...asked.body, usedBudget: [...usedBudget, ...usedBudget] } };
  expect(await desk.code('startOpening', twice)).toBe('422 invalid/fiscal-year');
  const started = await desk.done('startOpening', { ...asked, body: { ...asked.body, usedBudget } });
  const { runId } = started.body;
  runOfOpening = runId;
  await bureau.deliver();
  const { body } = await desk.done('getOpening', { as: CALLERS.reviewer, params: { runId } });
  expect(body).toMatchObject({
    state: 'review',
    rows: 22,
    usedBudget,
    refused: {},
    totals: {
      rows: 22,
      paid: '2250.00',
      returned: '100.00',
      recoverable: '50.00',
      payments: { accrued: '2200.00' },
    },
  });
  expect(body.totals.months[2]).toEqual({
    month: '2026-03',
    rows: 4,
    paid: '400.00',
    returned: '100.00',
    recoverable: '0.00',
  });
  const seen = { params: { runId }, body: { revision: body.revision, hash: body.hash } };
  await desk.done('submitRun', { as: CALLERS.preparer, ...seen });
  expect(await desk.code('signRun', { as: CALLERS.preparer, ...seen })).toMatch(/^403 /);
  await desk.done('signRun', { as: CALLERS.reviewer, ...seen });
  await desk.done('signRun', { as: CALLERS.approver, ...seen });
  await desk.done('dispatchRun', { as: CALLERS.cashier, params: { runId }, body: {} });
  await bureau.deliver();
  await desk.done('closeRun', { as: CALLERS.reviewer, params: { runId }, body: {} });
  await bureau.deliver();
  expect((await desk.done('getRun', { as: CALLERS.reviewer, params: { runId } })).body).toMatchObject({
    round: 'O1',
    state: 'closed',
  });
  await desk.done('getReview', { as: CALLERS.reviewer, params: { runId } });
  await desk.done('listRuns', { as: CALLERS.reviewer });
  expect(
    (await desk.done('listUnsettled', { as: CALLERS.reviewer, params: { runId } })).body.payments,
  ).toHaveLength(1);
  expect(
    (await exported(runId, 'csv')).split('\n').filter((line) => line.includes('opening')).length,
  ).toBeGreaterThan(20);
  const journal = await exported(runId, 'hledger');
  expect(journal).toContain('equity:opening');
});

it.skipIf(lacks('hledger'))('and hledger finds nothing wrong with its journal (needs hledger)', async () => {
  expect(hledger(await exported(runOfOpening, 'hledger'), 'check', '-s')).toBe('');
});

it('names the rows that cannot be posted, and is not there for other sheets or runs', async () => {
  const importId = await imported('b.csv', [opened(1, '2025-12', '100'), opened(1, '2026-06', '100')]);
  const started = await desk.done('startOpening', {
    as: CALLERS.preparer,
    body: { programme: 'high-age', importId, usedBudget: [] },
  });
  const { runId } = started.body;
  await bureau.deliver();
  const { body } = await desk.done('getOpening', { as: CALLERS.preparer, params: { runId } });
  expect(body.refused).toEqual({ 'conflict/before-history': 1, 'conflict/opened-before': 1 });
  expect(body.refusals).toHaveLength(2);
  const unknown = { programme: 'high-age', importId: 'im-none', usedBudget: [] };
  expect(await desk.code('startOpening', { as: CALLERS.preparer, body: unknown })).toBe('404 missing/import');
  const params = { runId: '110199.high-age.2026-07.O9.1' };
  expect(await desk.code('getOpening', { as: CALLERS.preparer, params })).toBe('404 missing/run');
});
