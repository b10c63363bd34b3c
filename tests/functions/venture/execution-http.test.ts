import { afterAll, beforeAll, expect, it } from 'vitest';
import { fen } from '../../../domain/money.ts';
import { ok } from '../../../domain/result.ts';
import { CALLERS } from '../api/api-client.ts';
import { type Desk, deskOf } from '../api/desk.ts';
import { type Office, value } from '../run/office.ts';
import { executionOffice, signedProject, TODAY } from './signed-project.ts';

/** Two signed projects, and the staff of the bureau at their desks. */
let bureau: Office;
let desk: Desk;
let keys: readonly string[];
const { preparer, reviewer, approver, cashier, auditor } = CALLERS;
const call = { callId: '2026-1' };
beforeAll(async () => {
  const { bureau: office, organisation } = await executionOffice();
  bureau = office;
  desk = await deskOf(bureau);
  keys = [await signedProject(bureau, organisation, 1), await signedProject(bureau, organisation, 2)];
});
afterAll(() => bureau.stop());

const project = () => ({ projectKey: keys[0] ?? '' });
const record = (number: string) => ({ number, tranche: 1, evidence: '卷2026-001', reachedOn: TODAY });
const decision = { outcome: 'agreed', document: '示民创〔2026〕8号', decidedOn: TODAY } as const;

it('milestones, proposals and decisions go through three hands, many projects at once', async () => {
  const milestones = [record('2026-1'), record('2026-2'), record('2026-9')];
  const recorded = await desk.done('recordVentureMilestones', {
    as: cashier,
    params: call,
    body: { milestones },
  });
  expect(recorded.body).toMatchObject({
    done: ['2026-1', '2026-2'],
    refused: [{ number: '2026-9', code: 'missing/project' }],
  });
  const again = await desk.done('recordVentureMilestones', {
    as: reviewer,
    params: call,
    body: { milestones },
  });
  expect(again.body.refused.map(({ code }: { code: string }) => code)).toEqual([
    'conflict/milestone-recorded',
    'conflict/milestone-recorded',
    'missing/project',
  ]);
  const releases = ['2026-1', '2026-2'].map((number) => ({
    number,
    tranche: 1,
    papers: { invoice: '票0001' },
  }));
  expect(
    await desk.code('proposeVentureReleases', { as: cashier, params: call, body: { releases } }),
  ).toMatch(/^403/);
  await desk.done('proposeVentureReleases', { as: preparer, params: call, body: { releases } });
  const decisions = [
    { number: '2026-1', tranche: 1, outcome: 'released' },
    { number: '2026-2', tranche: 1, outcome: 'refused', reason: '票据不符' },
  ];
  const body = { document: '示民创〔2026〕1号', decidedOn: TODAY, decisions };
  const before = { as: approver, params: call, body: { ...body, decidedOn: '2025-12-31' } };
  expect(await desk.code('decideVentureReleases', before)).toBe('409 conflict/before-history');
  const decided = await desk.done('decideVentureReleases', { as: approver, params: call, body });
  expect(decided.body).toMatchObject({ done: ['2026-1', '2026-2'], refused: [] });
  const seen = (await desk.done('getVentureExecution', { as: auditor, params: project() })).body;
  expect(seen).toMatchObject({
    state: 'in-execution',
    grant: '48000.00',
    released: '14400.00',
    tranches: [
      {
        number: 1,
        milestone: 'signed',
        reached: { evidence: '卷2026-001' },
        released: { document: '示民创〔2026〕1号' },
      },
      { number: 2, amount: '14400.00' },
      { number: 3, amount: '19200.00' },
    ],
  });
});

it('a change touches only what was not released, and takes two', async () => {
  const params = project();
  const propose = (grant: string) =>
    desk.code('proposeVentureChange', { as: preparer, params, body: { grant, reason: '缩减活动' } });
  expect(await propose('14000.00')).toBe('409 limit/below-paid');
  expect(await propose('38400.00')).toBe('200 ');
  const decided = await desk.done('decideVentureChange', { as: approver, params, body: decision });
  expect(decided.body).toMatchObject({
    grant: '38400.00',
    tranches: [{ amount: '14400.00' }, { amount: '10285.71' }, { amount: '13714.29' }],
  });
});

it('a higher grant takes from the pool of the call, and no more than is left of it', async () => {
  const [, second = ''] = keys;
  const params = { projectKey: second };
  const given = (project: string, grant: number) => ({
    project,
    callId: '2026-1',
    organisation: 'QQQQQQQQQQQQ',
    average: '90',
    grant: fen(grant),
  });
  // Of a pool of 3,000,000.00 there are 2,000.00 left.
  const allotments = [given(second, 4_800_000), given('0000000000ZZ', 295_000_000)];
  const act = { kind: 'allotted', document: '征〔2026〕2号', allotments } as const;
  const stamp = { now: bureau.clock.now, by: 'staff-head' };
  value(await bureau.ports.venture.calls.allot('110199', '2026', () => ok(act), stamp));
  const raise = async (amount: string, outcome: 'agreed' | 'refused') => {
    const lines = [{ category: 'activities', item: '活动', amount }];
    const body = { grant: amount, lines, reason: '增加活动' };
    await desk.api('proposeVentureChange', { as: preparer, params, body });
    const decided = { ...decision, outcome, reason: '资金总盘不足' };
    return desk.code('decideVentureChange', { as: approver, params, body: decided });
  };
  expect(await raise('50000.01', 'agreed')).toBe('409 limit/pool');
  expect(await raise('50000.01', 'refused')).toBe('200 ');
  expect(await raise('50000.00', 'agreed')).toBe('200 ');
  const left = await bureau.ports.venture.calls.allotments('110199', '2026');
  expect(left.given.get(second)?.grant).toBe(5_000_000);
});

it('a breach ends the project: what was not spent comes back, and the organisation is banned', async () => {
  const params = project();
  const lines = [{ category: '业务活动费', item: '活动', amount: '4400.00' }];
  await desk.done('reportVentureSpend', {
    as: cashier,
    params,
    body: { upTo: TODAY, lines, evidence: '支1' },
  });
  const body = { reason: '转包他人', evidence: '查2026-3', breachOn: TODAY, dueOn: '2026-12-31' };
  const proposed = await desk.done('proposeVentureTermination', { as: preparer, params, body });
  expect(proposed.body).toMatchObject({
    state: 'concluding',
    conclusion: {
      cause: 'termination',
      eligible: '4400.00',
      balance: '-10000.00',
      bannedUntil: '2029-11-22',
    },
  });
  expect(proposed.body.conclusion.derivation.at(-1).zh).toContain('未使用部分');
  expect(await desk.code('decideVentureSettlement', { as: approver, params, body: decision })).toBe(
    '404 missing/conclusion',
  );
  const ended = await desk.done('decideVentureTermination', { as: approver, params, body: decision });
  expect(ended.body).toMatchObject({
    state: 'concluded',
    conclusion: { decided: { document: decision.document } },
  });
  const { organisation } = ended.body;
  const banned = await desk.api('getVentureOrganisation', {
    as: auditor,
    params: { personKey: organisation },
  });
  expect(banned.body.bans).toMatchObject([{ from: TODAY, until: '2029-11-22', reason: '转包他人' }]);
  // Nothing had reached the organisation: what was withdrawn is not paid, and there is nothing to recover.
  const closed = await desk.done('closeVentureProject', { as: preparer, params, body: {} });
  expect(closed.body.state).toBe('closed');
});

it('prints the sheet of payments and the request for a release, without an account number or a tag from outside', async () => {
  const sheet = await desk.done('getVenturePaymentSheet', { as: auditor, params: project() });
  expect(sheet.body).toContain('资金拨付台账');
  expect(sheet.body).toContain('示民创〔2026〕1号');
  const request = await desk.done('getVentureReleaseRequest', {
    as: cashier,
    params: { ...project(), number: '1' },
  });
  expect(request.body).toContain('拨款申请表');
  expect(request.body).toContain('人民币壹万肆仟肆佰元整');
  for (const { body } of [sheet, request]) expect(body).not.toContain('11019900000000001234');
});
