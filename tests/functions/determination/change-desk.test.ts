import { afterEach, beforeEach, expect, test } from 'vitest';
import { reviewService } from '../../../functions/determination/review-service.ts';
import { determinationService } from '../../../functions/determination/service.ts';
import { CALLERS } from '../api/api-client.ts';
import { type Desk, deskOf } from '../api/desk.ts';
import { addPack, type Office } from '../run/office.ts';
import { addressOf, determined, dibaoOffice, dibaoPack, enrolled, spansOf } from './bureau.ts';
import { householdFacts } from './household-facts.ts';

let bureau: Office;
let facts: ReturnType<typeof householdFacts>;
let desk: Desk;
const { preparer, approver, reviewer, cashier, auditor } = CALLERS;

beforeEach(async () => {
  bureau = await dibaoOffice({
    quickReads: false,
    historyFrom: '2026-10',
    households: () => facts.households,
  });
  facts = householdFacts(bureau);
  const ports = { ...bureau.ports, households: facts.households };
  desk = await deskOf(bureau, {
    determinations: determinationService(ports),
    reviews: reviewService(ports),
  });
  for (const n of [1, 2, 3]) {
    await enrolled(bureau, n);
    facts.earns(n, '2026-10', '450.00');
    await determined(bureau, n, 1, spansOf(['2026-10', 1000]), { assessedAt: bureau.clock.now() });
  }
});
afterEach(() => bureau.stop());

test('the sweeper finds what no message spoke of; the task is listed by street and closed by name', async () => {
  await bureau.ports.sweeps.remember({ jurisdiction: '110199', programme: 'dibao' });
  facts.earns(1, '2026-11', '300.00');
  await bureau.sweep();
  await bureau.deliver({ times: 2 });
  const list = (street?: string) =>
    desk.done('listReviewTasks', {
      as: reviewer,
      query: { programme: 'dibao', ...(street !== undefined && { street }) },
    });
  const { tasks } = (await list('110199001')).body;
  expect(tasks).toMatchObject([{ enrolmentId: addressOf(1).id, task: 1, state: 'open' }]);
  expect(JSON.stringify(tasks)).not.toContain('300');
  expect((await list('110199002')).body.tasks).toEqual([]);
  const request = { params: { enrolmentId: addressOf(1).id, task: '1' } };
  const body = { causes: 1, reason: '差额不大，维持原核定' };
  expect(await desk.code('closeReviewTask', { as: preparer, ...request, body })).toBe('403 forbidden/role');
  expect(await desk.code('closeReviewTask', { as: reviewer, ...request, body: { ...body, causes: 2 } })).toBe(
    '409 conflict/review-task-changed',
  );
  const closed = await desk.done('closeReviewTask', { as: reviewer, ...request, body });
  expect(closed.body.state).toBe('closed');
  expect((await list()).body.tasks).toEqual([]);
  // Within the quarter of an hour nobody is looked at again.
  await bureau.sweep();
  expect(bureau.engines.bodies('determinations')).toEqual([]);
});

test('a change of standard over HTTP: started, read, approved once by another, applied', async () => {
  const pack = dibaoPack('110000');
  const before = pack.values.find(
    (row) => row['parameter'] === 'standard' && row['inForceFrom'] === '2024-07',
  )!;
  const standard = { urban: '1500.00', rural: '1500.00' };
  pack.values = [{ ...before, inForceFrom: '2026-10', decidedOn: '2026-11-10', value: standard }];
  await addPack(bureau, pack);
  const { body: started } = await desk.done('startStandardChange', {
    as: preparer,
    body: { programme: 'dibao', document: '京民社救发〔2026〕70号', issuedOn: '2026-11-10' },
  });
  expect(started).toMatchObject({ state: 'proposing', progress: { done: 0, of: 16 }, through: '2026-11' });
  await bureau.deliver({ times: 2 });
  const params = { batchId: started.batchId };
  const { body: read } = await desk.done('getStandardChange', { as: auditor, params });
  expect(read).toMatchObject({
    state: 'review',
    progress: { done: 16, of: 16 },
    totals: {
      households: 3,
      monthly: '150.00',
      arrears: [{ month: '2026-10', amount: '150.00' }],
      arrearsTotal: '150.00',
      notChanged: 0,
    },
  });
  const page = await desk.done('listStandardChangeProposals', { as: cashier, params, query: { limit: '1' } });
  expect(page.body.proposals[0]).toMatchObject({ number: 2, monthly: '50.00' });
  const rest = await desk.done('listStandardChangeProposals', {
    as: cashier,
    params,
    query: { cursor: page.body.next },
  });
  expect(page.body.proposals.length + rest.body.proposals.length).toBe(3);
  const approval = { hash: read.hash, document: '示民救〔2026〕100号', decidedOn: '2026-11-22' };
  expect(await desk.code('approveStandardChange', { as: reviewer, params, body: approval })).toBe(
    '403 forbidden/role',
  );
  const { body: approved } = await desk.done('approveStandardChange', {
    as: approver,
    params,
    body: approval,
  });
  expect(approved.state).toBe('applying');
  await bureau.deliver();
  const listed = await desk.done('listStandardChanges', { as: auditor, query: { programme: 'dibao' } });
  expect(listed.body.standardChanges).toMatchObject([{ state: 'applied', applied: 3, leftOut: [] }]);
  expect(await desk.code('voidStandardChange', { as: reviewer, params, body: { reason: '不再需要' } })).toBe(
    '409 conflict/batch-state',
  );
  const { body } = await desk.done('listDeterminations', {
    as: preparer,
    params: { enrolmentId: addressOf(2).id },
  });
  expect(body.determinations[1]).toMatchObject({
    kindNames: { zh: '调标' },
    document: '示民救〔2026〕100号',
    spans: [{ from: '2026-10', amount: '1050.00' }],
  });
});
