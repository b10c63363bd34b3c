import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Run } from '../../../domain/run/run.ts';
import { hledger, lacks } from '../../programs.ts';
import type { Office } from '../run/office.ts';
import { failedMonth } from '../run/paid-by-hand.ts';
import { smallOffice } from '../run/whole-month.ts';
import { CALLERS } from './api-client.ts';
import { type Desk, deskOf } from './desk.ts';

let bureau: Office;
let desk: Desk;
let run: Run;
beforeAll(async () => {
  bureau = await smallOffice({ demoMode: true });
  run = await failedMonth(bureau);
  desk = await deskOf(bureau);
});
afterAll(() => bureau.stop());

const body = {
  means: 'cash',
  voucher: 'XJ-001',
  paidOn: '2026-11-28',
  evidence: '签收单 12 号',
  reason: '账户无法入账，本人到窗口领取',
};
const openPayment = async (): Promise<string> => {
  const listed = await desk.done('listUnsettled', { as: CALLERS.reviewer, params: { runId: run.runId } });
  return listed.body.payments[0].payment;
};
const exported = async (format: string): Promise<string> => {
  const as = CALLERS.auditor;
  const { exportId } = (await desk.done('createExport', { as, body: { runId: run.runId, format } })).body;
  await bureau.deliver();
  const { url } = (await desk.done('getExport', { as, params: { exportId } })).body;
  return (await fetch(url)).text();
};

it('a payment by hand goes from the counter to the books and to the one who was paid', async () => {
  const { runId } = run;
  const paymentId = await openPayment();
  const params = { runId, paymentId };
  const propose = (as: (typeof CALLERS)[keyof typeof CALLERS], more = {}) => ({
    as,
    params,
    body: { ...body, ...more },
  });
  expect(await desk.code('proposeOutsidePayment', propose(CALLERS.reviewer))).toMatch(/^403 /);
  const noted = propose(CALLERS.cashier, { evidence: '卡号 6217000010001234567' });
  expect(await desk.code('proposeOutsidePayment', noted)).toBe('422 invalid/request');
  expect(await desk.code('proposeOutsidePayment', propose(CALLERS.cashier, { paidOn: '2026-12-01' }))).toBe(
    '422 invalid/date-in-future',
  );
  const proposal = await desk.done('proposeOutsidePayment', propose(CALLERS.cashier));
  expect(proposal.body).toMatchObject({ payment: paymentId, attempt: 2, amount: '300.00', means: 'cash' });

  const decide = {
    params: { runId, outsideId: proposal.body.outsideId },
    body: { decision: 'confirmed', reason: '已核对' },
  };
  expect(await desk.code('decideOutsidePayment', { ...decide, as: CALLERS.cashier })).toBe(
    '403 forbidden/same-person',
  );
  expect(await desk.code('decideOutsidePayment', { ...decide, as: CALLERS.preparer })).toMatch(/^403 /);
  const unknown = { ...decide, params: { runId, outsideId: 'outside-0' } };
  expect(await desk.code('decideOutsidePayment', { ...unknown, as: CALLERS.approver })).toBe(
    '404 missing/outside-payment',
  );
  const elsewhere = { ...decide, params: { ...decide.params, runId: '310101.high-age.2026-12.R.1' } };
  expect(await desk.code('decideOutsidePayment', { ...elsewhere, as: CALLERS.approver })).toBe(
    '404 missing/run',
  );
  await desk.done('decideOutsidePayment', { ...decide, as: CALLERS.approver });
  const withdrawal = { as: CALLERS.cashier, params: decide.params, body: { reason: '登记错误' } };
  expect(await desk.code('withdrawOutsidePayment', withdrawal)).toBe('409 conflict/outside-payment-decided');
  const report = { ...withdrawal, body: { reason: '退回' } };
  expect(await desk.code('reportOutsideReturn', report)).toBe('409 conflict/cannot-come-back');
  const listed = await desk.done('listOutsidePayments', { as: CALLERS.auditor, params: { runId } });
  expect(listed.body.outsidePayments).toMatchObject([
    { voucher: 'XJ-001', decision: { decision: 'confirmed' } },
  ]);
  const open = await desk.done('listUnsettled', { as: CALLERS.finance, params: { runId } });
  expect(open.body.payments).toMatchObject([
    { paidOutside: { means: 'cash', paidOn: '2026-11-28', state: 'settled' } },
  ]);

  const personKey = paymentId.split('-')[2]!;
  const link = { as: CALLERS.preparer, body: { personKey, subject: CALLERS.beneficiary.subject } };
  await desk.done('createBeneficiaryLink', link);
  const mine = await desk.done('listMyPayments', { as: CALLERS.beneficiary });
  expect(mine.body.payments).toMatchObject([
    {
      state: 'settled',
      paidOn: '2026-11-28',
      explanation: {
        zh: '2026-11-28 已现金发放，凭证号 XJ-001',
        en: 'paid in cash on 2026-11-28, voucher XJ-001',
      },
    },
  ]);
});

it('and stands in the auditor’s exports with means, voucher and evidence', async () => {
  const csv = await exported('csv');
  const rows = csv.split('\r\n').filter((line) => line.includes('paid-outside'));
  expect(rows).toHaveLength(2);
  for (const cell of ['XJ-001', 'cash', '签收单 12 号', '2026-11-28']) expect(rows[0]).toContain(cell);
  const journal = await exported('hledger');
  expect(journal).toMatch(/2026-11-28 \(\w{12}\) paid-outside .+\n .+\n {4}; cash, voucher XJ-001\n/);
});

it.skipIf(lacks('hledger'))('which hledger finds nothing wrong with (needs hledger)', async () => {
  const journal = await exported('hledger');
  hledger(journal, 'check', '-s');
  expect(hledger(journal, 'balance', 'clearing', 'liabilities', '-N', '--flat').trim()).toBe('');
});
