import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StaffStore } from '../../../functions/adapters/staff-store.ts';
import type { OperationId } from '../../../functions/api/routes.ts';
import { type Office, openOffice, pack } from '../run/office.ts';
import { CALLERS, type Caller, ISSUER, type Request, registerStaff } from './api-client.ts';
import { type Desk, deskOf } from './desk.ts';

const deputy: Caller = { subject: 'staff-deputy', roles: ['preparer'] };
const second: Caller = { subject: 'staff-second', roles: ['approver'] };
const director: Caller = { subject: 'staff-director', roles: ['approver'] };
const elsewhere: Caller = { subject: 'staff-elsewhere', roles: ['approver'] };
/** Who prepared anything of the run is barred from it for good: these two submit, and nobody else needs them. */
const deskClerk: Caller = { subject: 'staff-desk-clerk', roles: ['preparer'] };
const deskHead: Caller = { subject: 'staff-desk-head', roles: ['preparer', 'reviewer'] };
const { admin, preparer, reviewer, approver, auditor } = CALLERS;
const office = (zh: string, en: string) => ({ zh, en });
/** Five people are owed 1,500.00 yuan in all. */
const CHAIN = [
  { code: 'section', role: 'reviewer', office: office('业务股室复核', 'Section review') },
  { code: 'finance', role: 'reviewer', office: office('计财科审核', 'Finance section'), above: '1500.00' },
  { code: 'deputy-director', role: 'approver', office: office('分管局长', 'Deputy director') },
  { code: 'director', role: 'approver', office: office('局长', 'Director'), above: '1499.99' },
];

let bureau: Office;
let desk: Desk;
let runId: string;
const idOf = ({ subject }: Caller) =>
  new StaffStore(bureau.engines.tables.operations).staffIdOf({ issuer: ISSUER, subject });
const code = (operation: OperationId, request: Request) => desk.code(operation, request);
const done = (operation: OperationId, request: Request) => desk.done(operation, request);

beforeAll(async () => {
  const own = pack('110199') as { values: { parameter: string; value: unknown }[] };
  const row = own.values.find(({ parameter }) => parameter === 'approvalChain');
  if (row) row.value = CHAIN;
  bureau = await openOffice({ people: 5, packs: [pack('110000'), own] });
  desk = await deskOf(bureau);
  await registerStaff(bureau.engines, '110199', [deputy, second, director, deskClerk, deskHead]);
  await registerStaff(bureau.engines, '110105', [elsewhere]);
  const start = { programme: 'high-age', period: '2026-12', round: 'R' };
  runId = (await done('startRun', { as: preparer, body: start })).body.runId;
  await bureau.deliver();
  // Roles are known from the token of whoever signed in.
  for (const as of [reviewer, approver, second, director, elsewhere, deputy, deskClerk, deskHead])
    await done('listRuns', { as });
});
afterAll(() => bureau.stop());

const runNow = async () => (await done('getRun', { as: preparer, params: { runId } })).body;
const submit = async (as: Caller = preparer) => {
  const { revision, hash } = await runNow();
  return code('submitRun', { as, params: { runId }, body: { revision, hash } });
};
const sign = async (as: Caller, place?: Caller) => {
  const { revision, hash } = await runNow();
  const onBehalfOf = place && idOf(place);
  return code('signRun', { as, params: { runId }, body: { revision, hash, ...(place && { onBehalfOf }) } });
};
const grant = async (as: Caller, to: Caller, from: string, until: string, changes: object = {}) =>
  done('grantDelegation', {
    as,
    body: { deputy: idOf(to), from, to: until, reason: '外出开会', ...changes },
  }).then(({ body }) => body);
const revoke = (as: Caller, delegationId: string) =>
  code('revokeDelegation', { as, params: { delegationId }, body: { reason: '已返岗' } });

beforeEach(async () => {
  bureau.clock.moveTo('2026-11-29');
  if ((await runNow()).state !== 'review')
    await done('sendBackRun', { as: director, params: { runId }, body: { reason: '重来' } });
  for (const { delegationId, state } of (await done('listDelegations', { as: auditor })).body.delegations)
    if (state !== 'revoked' && state !== 'expired')
      await done('revokeDelegation', { as: admin, params: { delegationId }, body: { reason: '清理' } });
});

describe('the chain of this run', () => {
  it('is shown with the steps that its total needs, and those it does not', async () => {
    const { approvalChain, stepsNotNeeded } = await runNow();
    expect(approvalChain.map((step: { code: string }) => step.code)).toEqual([
      'section',
      'deputy-director',
      'director',
    ]);
    expect(approvalChain[2]).toEqual({ ...CHAIN[3], above: '1499.99' });
    // Exactly the amount is not more than it.
    expect(stepsNotNeeded).toEqual([CHAIN[1]]);
  });
});

describe('granting', () => {
  it('by the principal for himself, or by an administrator for others, and nobody else', async () => {
    const own = await grant(reviewer, deputy, '2026-11-30', '2026-12-01', { document: '示民办〔2026〕18号' });
    expect(own).toMatchObject({
      principal: idOf(reviewer),
      deputy: idOf(deputy),
      grantedBy: idOf(reviewer),
      jurisdiction: '110199',
      state: 'not-begun',
      document: '示民办〔2026〕18号',
    });
    const byAdmin = await grant(admin, deputy, '2026-11-29', '2026-11-29', {
      principal: idOf(approver),
      jurisdiction: '110199',
    });
    expect(byAdmin).toMatchObject({ principal: idOf(approver), grantedBy: idOf(admin), state: 'in-force' });
    const asked = (as: Caller, body: object) =>
      code('grantDelegation', {
        as,
        body: { deputy: idOf(deputy), from: '2026-11-29', to: '2026-11-30', reason: '开会', ...body },
      });
    expect(await asked(second, { principal: idOf(approver) })).toBe('403 forbidden/not-your-authority');
    expect(await asked(approver, { deputy: idOf(elsewhere) })).toBe('404 missing/staff');
    expect(await asked(approver, { programmes: ['none-such'] })).toBe('422 invalid/programme');
    expect(await asked(approver, { from: '2026-11-28' })).toBe('422 invalid/delegation-backdated');
    expect(await asked(approver, { deputy: idOf(approver) })).toBe('422 invalid/delegation-to-oneself');
    const here = { jurisdiction: '110199' };
    expect(await asked(admin, { ...here, principal: idOf(deputy), deputy: idOf(second) })).toBe(
      '403 forbidden/principal-role',
    );
    const both: Caller = { subject: 'staff-both', roles: ['administrator', 'reviewer'] };
    await registerStaff(bureau.engines, '110199', [both]);
    expect(await asked(both, { principal: idOf(approver), deputy: idOf(both) })).toBe(
      '403 forbidden/delegation-to-granter',
    );
  });

  it('once per request, whatever is repeated; revoked once', async () => {
    const body = { deputy: idOf(deputy), from: '2026-11-29', to: '2026-11-30', reason: '开会' };
    const request = { as: approver, body, key: 'grant-once' };
    const [one, two] = [await done('grantDelegation', request), await done('grantDelegation', request)];
    expect(two.body).toEqual(one.body);
    const { delegationId } = one.body;
    expect(await revoke(deputy, delegationId)).toBe('403 forbidden/role');
    expect(await revoke(second, delegationId)).toBe('403 forbidden/not-your-delegation');
    expect(await revoke(elsewhere, delegationId)).toBe('404 missing/delegation');
    expect(await revoke(approver, 'x.y.z')).toBe('404 missing/delegation');
    const answers = await Promise.all([revoke(approver, delegationId), revoke(admin, delegationId)]);
    expect(answers.toSorted()).toEqual(['200 ', '409 conflict/delegation-revoked']);
    expect(await revoke(approver, delegationId)).toBe('409 conflict/delegation-revoked');
    const listed = (await done('listDelegations', { as: auditor })).body.delegations;
    expect(listed.filter((found: typeof one.body) => found.delegationId === delegationId)).toMatchObject([
      { state: 'revoked', revoked: { reason: '已返岗' }, from: '2026-11-29', to: '2026-11-30' },
    ]);
    expect((await done('listDelegations', { as: elsewhere })).body.delegations).toEqual([]);
    const afar = { as: elsewhere, query: { jurisdiction: '110199' } };
    expect((await done('listDelegations', afar)).body.delegations).toEqual([]);
  });
});

describe('signing in the place of another', () => {
  it('on the first and the last day over the end of a month, and no day sooner or later', async () => {
    await grant(reviewer, deputy, '2026-11-30', '2026-12-01');
    await submit();
    expect(await sign(deputy)).toBe('403 forbidden/not-your-step');
    expect(await sign(deputy, reviewer)).toBe('403 forbidden/delegation-not-begun');
    bureau.clock.moveTo('2026-12-02');
    expect(await sign(deputy, reviewer)).toBe('403 forbidden/delegation-expired');
    expect(await sign(deputy, second)).toBe('403 forbidden/no-delegation');
    bureau.clock.moveTo('2026-12-01');
    expect(await sign(deputy, reviewer)).toBe('200 ');
    const { signatures, state } = await runNow();
    expect([state, signatures]).toMatchObject([
      'signing',
      [{ step: 'section', by: idOf(deputy), onBehalfOf: idOf(reviewer), office: { zh: '业务股室复核' } }],
    ]);
    const { acts } = (await done('listRunActs', { as: auditor, params: { runId } })).body;
    expect(acts.at(-1)).toMatchObject({
      by: idOf(deputy),
      facts: { onBehalfOf: idOf(reviewer), delegation: signatures[0].delegation },
    });
    // Neither hand nor authority goes further.
    expect(await sign(deputy)).toBe('403 forbidden/signed-before');
    expect(await sign({ ...reviewer, roles: ['reviewer', 'approver'] })).toBe('403 forbidden/signed-before');
    await done('listRuns', { as: reviewer });
  });

  it('not once it is revoked, although the page was open before', async () => {
    const { delegationId } = await grant(director, deputy, '2026-11-29', '2026-11-29');
    await submit();
    const { revision, hash } = await runNow();
    await done('revokeDelegation', { as: director, params: { delegationId }, body: { reason: '已返岗' } });
    const body = { revision, hash, onBehalfOf: idOf(director) };
    const refused = await desk.api('signRun', { as: deputy, params: { runId }, body });
    expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden/delegation-revoked' } });
    expect(refused.body.detail).toContain('2026-11-29 至 2026-11-29');
    expect((await runNow()).signatures).toEqual([]);
  });

  it('not when the principal has lost the role since', async () => {
    await grant(reviewer, deputy, '2026-11-29', '2026-11-30');
    await submit();
    await done('listRuns', { as: { ...reviewer, roles: ['preparer'] } });
    expect(await sign(deputy, reviewer)).toBe('403 forbidden/not-your-step');
    await done('listRuns', { as: reviewer });
    expect(await sign(deputy, reviewer)).toBe('200 ');
  });

  it('not when either of the two submitted, be it a revision that was sent back', async () => {
    await grant(reviewer, deskClerk, '2026-11-29', '2026-11-30');
    await grant(deskHead, deputy, '2026-11-29', '2026-11-30');
    await submit(deskClerk);
    expect(await sign(deskClerk, reviewer)).toBe('403 forbidden/own-submission');
    await done('sendBackRun', { as: director, params: { runId }, body: { reason: '重来' } });
    await submit(deskHead);
    expect(await sign(deputy, deskHead)).toBe('403 forbidden/own-submission');
    expect(await sign(deskClerk, reviewer)).toBe('403 forbidden/own-submission');
  });

  it('two deputies and the principal at once: one signature, whoever comes later has nothing to lend', async () => {
    await grant(reviewer, deputy, '2026-11-29', '2026-11-30');
    await grant(reviewer, second, '2026-11-29', '2026-11-30');
    await submit();
    const answers = await Promise.all([sign(deputy, reviewer), sign(second, reviewer), sign(reviewer)]);
    expect(answers.toSorted()).toEqual([
      '200 ',
      '403 forbidden/signed-before',
      '403 forbidden/signed-before',
    ]);
    expect((await runNow()).signatures).toHaveLength(1);
  });

  it('up to the last step that applies, which reserves the budget; the sheet shows every box', async () => {
    const sheet = async () => {
      const answer = await done('getApprovalSheet', { as: auditor, params: { runId } });
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
      return String(answer.body);
    };
    const { hash } = await runNow();
    const blank = await sheet();
    expect(blank.match(/签名：<br>日期：/g)).toHaveLength(4);
    for (const words of [
      '发放审批表',
      hash,
      '人民币壹仟伍佰元整',
      '第 1 版',
      '经办',
      '业务股室复核',
      '分管局长',
      '局长',
    ])
      expect(blank).toContain(words);
    expect(blank).not.toContain('计财科审核');

    await grant(approver, second, '2026-11-29', '2026-11-30');
    await submit();
    const reserved = async () =>
      (
        await done('getBudget', { as: auditor, params: { programme: 'high-age', fiscalYear: '2026' } })
      ).body.lines.map((line: { reserved: string }) => line.reserved);
    expect([await sign(reviewer), await sign(second, approver)]).toEqual(['200 ', '200 ']);
    expect([(await runNow()).state, await reserved()]).toEqual(['signing', ['0.00', '0.00']]);
    const partly = await sheet();
    expect(partly.match(/签名：<br>日期：/g)).toHaveLength(1);
    expect(partly).toContain(`staff-second <span class="en">${idOf(second)}</span>（代签）`);
    expect(partly).toContain(`授权人：staff-approver`);
    expect(await sign(approver)).toBe('403 forbidden/signed-before');
    expect(await sign(director)).toBe('200 ');
    expect([(await runNow()).state, await reserved()]).toEqual(['approved', ['1000.00', '500.00']]);
    const full = await sheet();
    expect(full).not.toContain('签名：');
    expect(full).toContain('2026-11-29');
    // Nothing of the people who are paid.
    expect(full).not.toMatch(/GL-|110199194001|6217000000/);
    expect(await code('getApprovalSheet', { as: CALLERS.cashier, params: { runId } })).toBe(
      '403 forbidden/role',
    );
    expect(await code('getApprovalSheet', { as: elsewhere, params: { runId } })).toBe('404 missing/run');
  });
});
