// Goal: a township's imprest fund over HTTP: opened and confirmed by two, drawn from by a decision in cash, counted, its cash book
// printed without a full name; staff of a street see funds of theirs alone. Method: the API over a small bureau on real engines.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { StaffStore } from '../../../functions/adapters/staff-store.ts';
import { tableFrom } from '../../../functions/wiring.ts';
import { fundOffice } from '../imprest/fund-office.ts';
import { idNumber } from '../register/sheet-fixture.ts';
import type { Office } from '../run/office.ts';
import { CALLERS, type Caller, ISSUER } from './api-client.ts';
import { type Desk, deskOf } from './desk.ts';

const { preparer, approver, cashier, auditor } = CALLERS;
const CLERK: Caller = { subject: 'east-clerk', roles: ['preparer'] };
const HEAD: Caller = { subject: 'east-head', roles: ['reviewer'] };
const WEST: Caller = { subject: 'west-head', roles: ['preparer', 'reviewer'] };
const EAST = '110199001';
let bureau: Office;
let desk: Desk;
beforeAll(async () => {
  bureau = await fundOffice();
  desk = await deskOf(bureau);
  const staff = new StaffStore(tableFrom('operations', bureau.engines.env));
  const stamp = { at: '2026-11-20T00:00:00.000Z', by: 'test' };
  for (const [{ subject }, street] of [
    [CLERK, EAST],
    [HEAD, EAST],
    [WEST, '110199002'],
  ] as const)
    await staff.register(
      { issuer: ISSUER, subject },
      { jurisdiction: '110199', name: subject, street },
      stamp,
    );
});
afterAll(() => bureau.stop());

it('what to put aside for a year is worked out by the policy of the place', async () => {
  const asked = { as: auditor, query: { dibao: '1000', lowIncome: '200', on: '2026-11-01' } };
  expect((await desk.done('estimateAidFund', asked)).body).toMatchObject({
    amount: '1044000.00',
    citation: '京民社救发〔2020〕86号',
    sample: false,
  });
});

const params = { fundId: 'chengguan' };
const opening = {
  ...params,
  name: '城关镇临时救助备用金',
  streets: [EAST],
  organisation: { code: '11110199MB0000019B', name: '城关镇人民政府', account: '33019900000000000088' },
  broughtIn: '8000.00',
  document: '示民救〔2026〕1号',
};

it('is opened, confirmed, drawn from, counted and printed', async () => {
  const elsewhere = { ...opening, streets: ['110198001'] };
  expect(await desk.code('openImprestFund', { as: preparer, body: elsewhere })).toBe(
    '422 invalid/imprest-streets',
  );
  const opened = (await desk.done('openImprestFund', { as: preparer, body: opening })).body;
  expect(opened).toMatchObject({ balance: '0.00', broughtIn: '8000.00', confirmed: false });
  const otherAccount = {
    ...opening,
    fundId: 'other',
    organisation: { ...opening.organisation, account: '33019900000000000099' },
  };
  expect(await desk.code('openImprestFund', { as: preparer, body: otherAccount })).toBe(
    '409 conflict/account-differs',
  );
  await desk.done('confirmImprestOpening', { as: cashier, params, body: {} });

  // Of the two streets only the one that draws from it knows it.
  const { funds } = (await desk.done('listImprestFunds', { as: CLERK })).body;
  expect(funds).toEqual([
    { fundId: 'chengguan', name: opening.name, streets: [EAST], balance: '8000.00', closed: false },
  ]);
  expect((await desk.done('listImprestFunds', { as: WEST })).body).toEqual({ funds: [] });
  expect(await desk.code('getImprestFund', { as: WEST, params })).toBe('404 missing/imprest-fund');

  const facts = {
    kind: 'urgent',
    persons: 2,
    residence: 'urban',
    registration: 'visitor',
    family: 'other',
    cause: 'fire',
    eventOn: '2026-11-20',
    months: 1,
  };
  const applicant = { kind: 'person', name: '林小来', idNumber: idNumber(401), account: '6217000000000000' };
  const application = {
    programme: 'temporary-aid',
    street: EAST,
    appliedOn: '2026-11-21',
    facts,
    applicant,
    family: [{ name: '林小宝', idNumber: idNumber(402, '20150601') }],
  };
  const taken = (await desk.done('createGrantApplication', { as: CLERK, body: application })).body;
  const means = { kind: 'imprest-cash', fund: 'chengguan', receipt: 'LK-0001' };
  const wish = { document: '东街救〔2026〕1号', decidedOn: '2026-11-22', means };
  await desk.done('grantApplication', {
    as: HEAD,
    params: { applicationId: taken.applicationId },
    body: { ...wish, hash: taken.proposal.hash },
  });
  const fund = (await desk.done('getImprestFund', { as: HEAD, params })).body;
  expect(fund).toMatchObject({ balance: '5100.00', drawnNotPosted: '2900.00', mayAsk: '14900.00' });
  expect(fund.draws).toMatchObject([
    { amount: '2900.00', state: 'drawn', receipt: 'LK-0001', payeeName: '林**' },
  ]);
  const seen = (await desk.done('getImprestFund', { as: auditor, params })).body;
  expect(seen.draws[0].payeeName).toBeUndefined();

  const counting = (cash: string, explanation?: string) => ({
    as: CLERK,
    params,
    body: { month: '2026-11', cash, ...(explanation && { explanation }) },
  });
  expect(await desk.code('countImprestFund', counting('5000.00'))).toBe('422 invalid/count-explanation');
  expect((await desk.done('countImprestFund', counting('5000.00', '少 100 元，待查'))).body).toMatchObject({
    findings: [{ code: 'count-differs', month: '2026-11', difference: '-100.00' }],
  });
  const asking = (body: object) => ({ as: CLERK, params, body });
  expect(await desk.code('askImprestReplenishment', asking({}))).toBe('409 conflict/count-differs');
  await desk.done('countImprestFund', counting('5100.00'));
  expect(await desk.code('askImprestReplenishment', asking({ amount: '14900.01' }))).toMatch(
    /limit\/replenishment$/,
  );
  await desk.done('askImprestReplenishment', { as: CLERK, params, body: {} });
  const decision = { outcome: 'approved', document: '示民救〔2026〕2号', decidedOn: '2026-11-22' };
  const numbered = { ...params, number: '1' };
  const approved = (
    await desk.done('decideImprestReplenishment', { as: approver, params: numbered, body: decision })
  ).body;
  expect(approved).toMatchObject({ underway: '14900.00', replenishments: [{ state: 'approved' }] });

  const page = String((await desk.done('getImprestLedger', { as: CLERK, params })).body);
  expect(page).toMatch(/期初余额.*8000\.00.*临时救助现金.*LK-0001.*林\*\*.*2900\.00.*5100\.00.*相符/s);
  expect(page).not.toMatch(/林小来|6217/);
  const close = { as: approver, params, body: { document: '示民救〔2026〕9号' } };
  expect(await desk.code('closeImprestFund', close)).toBe('409 conflict/imprest-not-empty');
});
