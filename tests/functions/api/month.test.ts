import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { policyFile } from '../../policy-files.ts';
import { idNumber } from '../register/sheet-fixture.ts';
import { bankAnswer, failing, type Office, openOffice, value } from '../run/office.ts';
import { CALLERS, type Caller, registerStaff } from './api-client.ts';
import { type Desk, deskOf } from './desk.ts';

const runId = '110199.high-age.2026-12.R.1';
const ofRun = { runId };
const citizen = CALLERS.beneficiary;
const other: Caller = { subject: 'citizen-2', roles: ['beneficiary'] };

let bureau: Office;
let desk: Desk;
beforeAll(async () => {
  bureau = await openOffice({ people: 5 });
  desk = await deskOf(bureau);
});
afterAll(() => bureau.stop());
const done: Desk['done'] = (...call) => desk.done(...call);
const code: Desk['code'] = (...call) => desk.code(...call);
const seen = async () => {
  const { body } = await done('getRun', { as: CALLERS.preparer, params: ofRun });
  return { revision: body.revision, hash: body.hash };
};

describe('one month through the API', () => {
  it('takes policy and budget in', async () => {
    const pack = policyFile('110199', 'high-age');
    const imported = await done('createPolicyPack', { as: CALLERS.admin, body: pack });
    expect(imported.body).toMatchObject({ jurisdiction: '110199', programme: 'high-age' });
    const packs = await done('listPolicyPacks', { as: CALLERS.auditor });
    expect(packs.body.packs.map((one: { jurisdiction: string }) => one.jurisdiction)).toEqual([
      '110000',
      '110199',
    ]);
    const budget = await done('getBudget', {
      as: CALLERS.finance,
      params: { programme: 'high-age', fiscalYear: '2026' },
    });
    expect(budget.body.lines[0]).toMatchObject({ line: 'district-lottery', available: '1000.00' });
  });

  it('computes a run and shows it, persons masked and by pages', async () => {
    const as = CALLERS.preparer;
    const start = { as, body: { programme: 'high-age', period: '2026-12', round: 'R' } };
    expect((await done('startRun', start)).body).toMatchObject({ runId, state: 'computing' });
    expect(await code('startRun', start)).toBe('409 conflict/run-exists');
    await bureau.deliver();
    const review = await done('getReview', { as, params: ofRun });
    expect(review.body.run).toMatchObject({
      state: 'review',
      totals: { payable: { count: 5, amount: '1500.00' }, payableInWords: '人民币壹仟伍佰元整' },
    });
    expect(review.body.movements.joined).toBe(5);

    const found: string[] = [];
    let query: Record<string, string> = { limit: '2' };
    for (let pages = 0; pages < 10; pages += 1) {
      const { body } = await done('listRunPayments', { as, params: ofRun, query });
      found.push(...body.payments.map((payment: { payment: string }) => payment.payment));
      expect(
        body.payments.every(({ person }: { person: { name: string } }) => /^.\*+$/.test(person.name)),
      ).toBe(true);
      expect(JSON.stringify(body)).not.toMatch(/110199194001|6217000000|138000000/);
      if (body.next === undefined) break;
      const cursor = body.next as string;
      expect(await code('listRunPayments', { as, params: ofRun, query: { cursor, filter: 'held' } })).toBe(
        '400 invalid/cursor',
      );
      expect(await code('listRunPayments', { as: CALLERS.reviewer, params: ofRun, query: { cursor } })).toBe(
        '400 invalid/cursor',
      );
      query = { limit: '2', cursor };
    }
    expect(new Set(found).size).toBe(5);
    expect(found).toHaveLength(5);
  });

  it('does not exist for staff elsewhere', async () => {
    const as = { subject: 'elsewhere', roles: ['preparer', 'reviewer', 'cashier'] } as const;
    await registerStaff(bureau.engines, '110105', [as]);
    const missing = '404 missing/run';
    for (const operation of [
      'getRun',
      'getReview',
      'listRunPayments',
      'listRunActs',
      'getFundingRequest',
      'listInstructionFiles',
      'listBankResults',
      'listExceptions',
      'listUnsettled',
      'requestFunding',
      'dispatchRun',
      'closeRun',
    ] as const) {
      expect([operation, await code(operation, { as, params: ofRun })]).toEqual([operation, missing]);
    }
    expect(await code('recomputeRun', { as, params: ofRun, body: { reason: '试试看' } })).toBe(missing);
    expect((await done('listRuns', { as })).body.runs).toEqual([]);
  });

  it('is signed by two others, for exactly what they saw', async () => {
    const [payment] = (await done('listRunPayments', { as: CALLERS.preparer, params: ofRun })).body.payments;
    const body = { payment: payment.payment, reason: '街道正在核实' };
    const before = await seen();
    const held = await done('holdPayment', { as: CALLERS.preparer, params: ofRun, body });
    expect(held.body.totals.held).toEqual({ count: 1, amount: '300.00' });
    const holdsFor = async (as: Caller) => (await done('getReview', { as, params: ofRun })).body.holds.length;
    expect([await holdsFor(CALLERS.reviewer), await holdsFor(CALLERS.finance)]).toEqual([1, 0]);
    expect(await code('submitRun', { as: CALLERS.preparer, params: ofRun, body: before })).toBe(
      '409 conflict/stale-revision',
    );
    await done('liftHold', { as: CALLERS.reviewer, params: ofRun, body });
    await done('submitRun', { as: CALLERS.preparer, params: ofRun, body: await seen() });
    const sign = { params: ofRun, body: await seen() };
    expect(await code('signRun', { as: CALLERS.approver, ...sign })).toBe('403 forbidden/not-your-step');
    const submitter = { subject: CALLERS.preparer.subject, roles: ['reviewer'] } as const;
    expect(await code('signRun', { as: submitter, ...sign })).toBe('403 forbidden/own-submission');
    await done('signRun', { as: CALLERS.reviewer, ...sign });
    const signed = await done('signRun', { as: CALLERS.approver, ...sign });
    expect(signed.body).toMatchObject({
      state: 'approved',
      signatures: [{ step: 'section' }, { step: 'bureau' }],
    });
  });

  it('is funded by the finance bureau, who sees figures only, and dispatched', async () => {
    await done('requestFunding', { as: CALLERS.cashier, params: ofRun });
    const request = await done('getFundingRequest', { as: CALLERS.finance, params: ofRun });
    expect(request.body).toMatchObject({
      needed: '1500.00',
      lines: [{ line: 'district-lottery', amount: '1000.00' }, { amount: '500.00' }],
    });
    const figures = JSON.stringify([
      request.body,
      (await done('getReview', { as: CALLERS.finance, params: ofRun })).body,
    ]);
    expect(figures).not.toMatch(/GL-[0-9A-Z]{12}|\*/);
    const fund = (amount: string, voucher: string) => ({
      as: CALLERS.finance,
      params: ofRun,
      body: { voucher, date: '2026-11-24', amount },
    });
    expect(await code('fundRun', fund('1,500', 'BK-1'))).toBe('422 invalid/request');
    await done('fundRun', fund('1000', 'BK-1'));
    expect(await code('dispatchRun', { as: CALLERS.cashier, params: ofRun })).toBe('409 limit/funds');
    await done('fundRun', fund('50.00', 'BK-2'));
    const wrong = { as: CALLERS.finance, params: ofRun, body: { voucher: 'BK-2', reason: '少录一个零' } };
    expect((await done('reverseFunding', wrong)).body.funding).toMatchObject({
      funded: '1000.00',
      vouchers: [{ voucher: 'BK-1' }, { voucher: 'BK-2', reversed: { reason: '少录一个零' } }],
    });
    expect(await code('reverseFunding', wrong)).toBe('404 missing/voucher');
    await done('fundRun', fund('500.00', 'BK-2'));
    const sent = await done('dispatchRun', { as: CALLERS.cashier, params: ofRun });
    expect(sent.status).toBe(202);
    await bureau.deliver();
    const { body } = await done('listInstructionFiles', { as: CALLERS.cashier, params: ofRun });
    expect(body.files).toMatchObject([{ count: 5, amount: '1500.00' }]);
    const file = await fetch(body.files[0].url);
    expect(file.ok).toBe(true);
  });

  it('takes the answer of the bank, lists what failed, and closes', async () => {
    const run = value(await bureau.views.getRun(runId));
    const [bytes] = await bankAnswer(bureau, run, failing([2]));
    const uploadId = await desk.upload(
      CALLERS.cashier,
      'bank-result',
      'DF_110199_GL_202612R_0001.ret',
      bytes!,
    );
    await done('submitBankResult', { as: CALLERS.cashier, params: ofRun, body: { uploadId } });
    await bureau.deliver();
    const results = await done('listBankResults', { as: CALLERS.auditor, params: ofRun });
    expect(results.body.results).toMatchObject([{ state: 'accepted', counts: { settled: 4, failed: 1 } }]);
    const open = await done('listUnsettled', { as: CALLERS.cashier, params: ofRun });
    expect(open.body.payments).toMatchObject([
      {
        state: 'failed',
        amount: '300.00',
        reason: { code: 'ACCT_CLOSED', names: { zh: '账户已销户' } },
        person: { name: expect.stringContaining('*') },
      },
    ]);
    const paged = { limit: '1' };
    const page = await done('listUnsettled', { as: CALLERS.cashier, params: ofRun, query: paged });
    expect(page.body.payments).toEqual(open.body.payments);
    const { next: cursor } = page.body;
    const rest = await done('listUnsettled', { as: CALLERS.cashier, params: ofRun, query: { cursor } });
    expect([rest.body.payments, rest.body.next]).toEqual([[], undefined]);
    for (const [operation, request] of [
      ['listUnsettled', { as: CALLERS.finance, params: ofRun, query: { cursor } }],
      ['listExceptions', { as: CALLERS.cashier, params: ofRun, query: { cursor } }],
      ['listRuns', { as: CALLERS.cashier, query: { cursor } }],
      ['listHolds', { as: CALLERS.cashier, query: { programme: 'high-age', cursor } }],
      ['listRecoveryProposals', { as: CALLERS.cashier, query: { programme: 'high-age', cursor } }],
    ] as const)
      expect([operation, await code(operation, request)]).toEqual([operation, '400 invalid/cursor']);
    const forFinance = await done('listUnsettled', { as: CALLERS.finance, params: ofRun });
    expect(forFinance.body.payments[0].person).toBeUndefined();
    expect((await done('listExceptions', { as: CALLERS.reviewer, params: ofRun })).body.exceptions).toEqual(
      [],
    );
    await done('closeRun', { as: CALLERS.reviewer, params: ofRun });
    await bureau.deliver();
    const end = await done('getRun', { as: CALLERS.preparer, params: ofRun });
    expect(end.body).toMatchObject({ state: 'closed', closing: { inTransit: { count: 0, amount: '0.00' } } });
    expect((await done('listRuns', { as: CALLERS.preparer })).body.runs).toMatchObject([
      { runId, state: 'closed' },
    ]);
    expect(
      (await done('listHolds', { as: CALLERS.preparer, query: { programme: 'high-age' } })).body.holds,
    ).toEqual([]);
    expect(
      (await done('listRecoveryProposals', { as: CALLERS.preparer, query: { programme: 'high-age' } })).body
        .proposals,
    ).toEqual([]);
  });

  it('is open to the auditor: acts, balance, seal, files', async () => {
    const as = CALLERS.auditor;
    const { body } = await done('getAuditRun', { as, params: ofRun });
    expect(body.seal.hash).toBe(body.run.closing.seal.hash);
    const acts = await done('listAuditActs', { as, params: ofRun });
    const reviewer = { by: expect.stringMatching(/^st-/), byName: CALLERS.reviewer.subject };
    expect(acts.body.acts.at(-1)).toMatchObject({
      kind: 'closed',
      names: { zh: '关闭并封存' },
      ...reviewer,
    });
    type Shown = { kind: string; by: string; byName?: string; office?: { zh: string } };
    const shown = (kind: string) => acts.body.acts.filter((act: Shown) => act.kind === kind);
    // Beside a signature stands the office whose step it was; the service itself has no name.
    expect(shown('signed')[0]).toMatchObject({ ...reviewer, office: { zh: expect.any(String) } });
    expect(shown('submitted')[0].office).toBeUndefined();
    expect(shown('verified')[0]).toMatchObject({ by: 'system' });
    expect(shown('verified')[0].byName).toBeUndefined();
    const stored = await bureau.ports.runs.acts(runId);
    expect(JSON.stringify(stored)).not.toContain(CALLERS.reviewer.subject);
    const forStaff = await done('listRunActs', { as: CALLERS.preparer, params: ofRun });
    expect(forStaff.body.acts).toEqual(acts.body.acts);
    const balance = await done('getTrialBalance', { as, params: ofRun });
    expect(balance.body).toMatchObject({ balanced: true });
    for (const format of ['csv', 'hledger']) {
      const asked = await done('createExport', { as, body: { runId, format } });
      expect(asked.body.url).toBeUndefined();
      await bureau.deliver();
      const made = await done('getExport', { as, params: { exportId: asked.body.exportId } });
      expect(made.body).toMatchObject({ state: 'done', format });
      expect((await fetch(made.body.url)).ok).toBe(true);
      const elsewhere = { subject: 'auditor-2', roles: ['auditor'] } as const;
      await registerStaff(bureau.engines, '310101', [elsewhere]);
      expect(await code('getExport', { as: elsewhere, params: { exportId: asked.body.exportId } })).toBe(
        '404 missing/export',
      );
    }
    const above = { subject: 'auditor-3', roles: ['auditor'] } as const;
    await registerStaff(bureau.engines, '110000', [above]);
    expect((await desk.api('getAuditRun', { as: above, params: ofRun })).status).toBe(200);
    expect((await done('listAuditActs', { as: above, params: ofRun })).body).toEqual(acts.body);
  });

  it('is explained to each beneficiary, and to nobody else', async () => {
    const keyOf = async (n: number) =>
      (await done('searchPersons', { as: CALLERS.preparer, body: { idNumber: idNumber(n) } })).body.persons[0]
        .personKey;
    const link = async (caller: Caller, n: number) =>
      desk.api('createBeneficiaryLink', {
        as: CALLERS.preparer,
        body: { personKey: await keyOf(n), subject: caller.subject },
      });
    expect((await link(citizen, 1)).status).toBe(201);
    expect((await link(citizen, 1)).status).toBe(201);
    expect((await link(citizen, 2)).body.code).toBe('conflict/link-exists');
    await link(other, 2);
    expect((await done('listMyEnrolments', { as: citizen })).body.enrolments).toMatchObject([
      { programme: 'high-age', appliedOn: '2026-09-01' },
    ]);
    const mine = (await done('listMyPayments', { as: citizen })).body.payments;
    expect(mine).toHaveLength(1);
    expect(mine[0]).toMatchObject({ amount: '300.00', lines: [{ amount: '100.00' }, {}, {}] });
    expect(['settled', 'failed']).toContain(mine[0].state);
    const statement = (await done('getMyStatement', { as: citizen })).body;
    expect(statement.person).toBeUndefined();
    expect(statement.totals).toMatchObject({ entitlement: '100.00', arrears: '200.00', due: '300.00' });
    expect((await done('getMyStatementSheet', { as: citizen })).body).toContain('个人发放对账单');
    const params = { paymentId: mine[0].payment };
    const why = (await done('explainMyPayment', { as: citizen, params })).body;
    expect(why.months.map(({ month, amount }: { month: string; amount: string }) => [month, amount])).toEqual(
      [
        ['2026-10', '100.00'],
        ['2026-11', '100.00'],
        ['2026-12', '100.00'],
      ],
    );
    const december = why.months[2].steps;
    expect(
      december.some(({ citation }: { citation?: { document: string } }) =>
        citation?.document.includes('160号'),
      ),
    ).toBe(true);
    expect(why.legalBasis.length).toBeGreaterThan(0);
    expect(await code('explainMyPayment', { as: other, params })).toMatch(/^404 missing/);
    const all = [...(await done('listMyPayments', { as: other })).body.payments, ...mine];
    expect(new Set(all.map(({ payment }: { payment: string }) => payment)).size).toBe(2);
  });
});
