import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  approved,
  bankAnswer,
  closed,
  code,
  computed,
  dispatched,
  type Office,
  openOffice,
  reconciled,
  value,
} from './office.ts';
import { draftsOf } from './whole-month.ts';

let bureau: Office;
beforeAll(async () => {
  bureau = await openOffice({ people: 3 });
});
afterAll(() => bureau.stop());

it('a payment that the bank never answers is reported by one person, decided by another, and no longer keeps the run open', async () => {
  const sent = await dispatched(bureau, await approved(bureau, await computed(bureau)));
  const { runId } = sent;
  // Before the bank has said anything, nothing is unanswered.
  expect(await bureau.lists.unsettled(runId)).toEqual([]);
  const [answer] = await bankAnswer(bureau, sent, (line) => (line.sequence === 2 ? [] : line));
  await reconciled(bureau, sent, answer!);
  expect((await closed(bureau, sent)).state).toBe('dispatched');
  expect((await bureau.views.closingAnswer(runId))?.refusal?.code).toBe('conflict/in-transit');

  const payments = (await draftsOf(bureau, sent)).map((draft) => draft.payment);
  const listed = await bureau.lists.unsettled(runId);
  expect(listed.map(({ line, state }) => [line, state])).toEqual([[2, 'in-transit']]);
  const report = (payment: string) =>
    bureau.follow.reportUnanswered({ runId, payment, reason: '银行电话答复：未受理', by: 'staff-cashier' });
  const answers = await Promise.all(payments.map(report));
  expect(answers.map(code).sort()).toEqual([
    'accepted',
    'conflict/not-in-transit',
    'conflict/not-in-transit',
  ]);
  const found = value(answers.find((one) => one.ok)!);
  expect(code(await report(found.payment!))).toBe('accepted');
  expect(await bureau.lists.exceptions(runId)).toHaveLength(1);
  expect(code(await report('2026-12_R_GL-000000000000-1'))).toBe('missing/payment');

  const decide = (by: string) =>
    bureau.follow.decideException({
      runId,
      exceptionId: found.exceptionId,
      decision: 'failed',
      reason: '银行书面确认',
      by,
    });
  expect(code(await decide('staff-cashier'))).toBe('forbidden/same-person');
  value(await decide('staff-approver'));
  const end = await closed(bureau, sent);
  expect(end.state).toBe('closed');
  expect(end.closing?.tally).toMatchObject({
    settled: { count: 2 },
    failed: { count: 1 },
    inTransit: { count: 0 },
  });
  expect(code(await report(found.payment!))).toBe('conflict/run-state');
});
