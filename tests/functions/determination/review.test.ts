import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Asked } from '../../../domain/determination/proposal.ts';
import { proposalId } from '../../../domain/determination/proposal.ts';
import { openTasks } from '../../../functions/determination/list-review-tasks.ts';
import { approve, propose } from '../../../functions/determination/proposals.ts';
import {
  closeWithoutChange,
  openReviewTask,
  reviewEnrolment,
} from '../../../functions/determination/review-tasks.ts';
import { diesAfter } from '../../faults.ts';
import { code, computed, type Office, value } from '../run/office.ts';
import { draftsOf, wholeMonth } from '../run/whole-month.ts';
import {
  addressOf,
  DIBAO,
  determined,
  dibaoOffice,
  enrolled,
  householdKey,
  month,
  spansOf,
} from './bureau.ts';
import { householdFacts } from './household-facts.ts';

let bureau: Office;
let facts: ReturnType<typeof householdFacts>;
const portsOf = () => ({ ...bureau.ports, households: facts.households });
const ADDRESS = addressOf(1);

beforeEach(async () => {
  bureau = await dibaoOffice({ historyFrom: '2026-08' });
  facts = householdFacts(bureau);
  bureau.clock.moveTo('2026-08-01');
  await enrolled(bureau, 1);
});
afterEach(() => bureau.stop());

async function decided(asked: Asked, by = 'staff-approver') {
  const today = bureau.clock.today();
  const { proposal } = value(await propose(portsOf(), ADDRESS, asked, today, { by: 'staff-preparer' }));
  const decision = { hash: proposal.hash, document: '示民救〔2026〕9号', decidedOn: today, by };
  return value(await approve(portsOf(), ADDRESS, { ...decision, proposal: proposalId(proposal) }));
}
/** What a run of the month would pay the household, by month. */
async function paid(period: string, close = false): Promise<unknown> {
  const run = await (close
    ? wholeMonth(bureau, { identity: month(period) })
    : computed(bureau, month(period)));
  const [draft] = await draftsOf(bureau, run);
  return draft?.lines.map(({ month: of, fen, kind }) => [of, fen / 100, kind]);
}
const open = async (street?: string) => (await openTasks(bureau.ports, DIBAO, { limit: 50, street })).items;

test('an income corrected for earlier months opens one task and moves no money until somebody decides; then exactly what the decision says', async () => {
  bureau.clock.moveTo('2026-08-03');
  facts.earns(1, '2026-06', '450.00');
  bureau.clock.moveTo('2026-08-05');
  await determined(bureau, 1, 1, spansOf(['2026-08', 1000]), { assessedAt: bureau.clock.now() });
  for (const period of ['2026-08', '2026-09']) await paid(period, true);
  await reviewEnrolment(portsOf(), ADDRESS);
  expect(await open()).toEqual([]);

  bureau.clock.moveTo('2026-10-12');
  facts.earns(1, '2026-08', '400.00');
  await Promise.all([1, 2, 3].map(() => reviewEnrolment(portsOf(), ADDRESS)));
  await reviewEnrolment(portsOf(), ADDRESS);
  const [task, ...more] = await open('110199001');
  expect(more).toEqual([]);
  expect(task).toMatchObject({ task: 1, determined: 1, enrolment: ADDRESS.id });
  expect(task!.causes.map(({ about, month }) => [about, month])).toEqual([[householdKey(1), '2026-08']]);
  expect(await open('110199002')).toEqual([]);
  expect(await paid('2026-10', true)).toEqual([['2026-10', 1000, 'entitlement']]);

  bureau.clock.moveTo('2026-10-20');
  await decided({ kind: 'review', from: '2026-09' });
  await reviewEnrolment(portsOf(), ADDRESS);
  expect(await open()).toEqual([]);
  expect(await bureau.ports.reviews.task(ADDRESS)).toMatchObject({
    closed: { by: 'determination', number: 2 },
  });
  // The decision speaks of September on, so August stays as it was.
  expect(await paid('2026-11')).toEqual([
    ['2026-09', 50, 'arrears'],
    ['2026-10', 50, 'arrears'],
    ['2026-11', 1050, 'entitlement'],
  ]);
});

test('what changes no amount opens nothing; a decision that departed from its proposal is not questioned by itself', async () => {
  facts.earns(1, '2026-06', '450.00');
  await determined(bureau, 1, 1, spansOf(['2026-08', 700]), { assessedAt: bureau.clock.now() });
  facts.earns(1, '2026-09', '450.00');
  await reviewEnrolment(portsOf(), ADDRESS);
  expect(await open()).toEqual([]);
  // The month before the first determination, and the month of it.
  facts.earns(1, '2026-07', '460.00');
  facts.earns(1, '2026-08', '450.00');
  await reviewEnrolment(portsOf(), ADDRESS);
  expect(await open()).toEqual([]);
  facts.earns(1, '2026-12', '451.00');
  await reviewEnrolment(portsOf(), ADDRESS);
  expect((await open()).map(({ causes }) => causes.length)).toEqual([4]);
});

test('a change of standard looks at policy only: a fact before it still calls for a review, and does not end one', async () => {
  facts.earns(1, '2026-06', '450.00');
  await determined(bureau, 1, 1, spansOf(['2026-08', 1000]), { assessedAt: bureau.clock.now() });
  facts.earns(1, '2026-10', '300.00');
  await determined(bureau, 1, 2, spansOf(['2026-10', 1050]), { kind: 'standard-change' });
  await reviewEnrolment(portsOf(), ADDRESS);
  expect(await open()).toHaveLength(1);
  await determined(bureau, 1, 3, spansOf(['2026-11', 1100]), { kind: 'standard-change' });
  await reviewEnrolment(portsOf(), ADDRESS);
  expect(await open()).toHaveLength(1);
});

test('a household that was determined before anything was known of it is compared with what is in force', async () => {
  await determined(bureau, 1, 1, spansOf(['2026-08', 1000]), { kind: 'opening' });
  facts.earns(1, '2026-01', '450.00');
  await reviewEnrolment(portsOf(), ADDRESS);
  expect(await open()).toEqual([]);
  facts.earns(1, '2026-02', '440.00');
  await reviewEnrolment(portsOf(), ADDRESS);
  expect(await open()).toHaveLength(1);
});

test('“nothing changes” closes a task once, for what was seen; a later fact opens the next one', async () => {
  facts.earns(1, '2026-06', '450.00');
  await determined(bureau, 1, 1, spansOf(['2026-08', 1000]), { assessedAt: bureau.clock.now() });
  facts.earns(1, '2026-10', '440.00');
  await reviewEnrolment(portsOf(), ADDRESS);
  facts.earns(1, '2026-10', '430.00');
  await reviewEnrolment(portsOf(), ADDRESS);
  const close = (by: string, causes: number, request?: string) =>
    closeWithoutChange(
      portsOf(),
      ADDRESS,
      { task: 1, causes },
      { by, reason: '差额不足一元，维持原核定', ...(request !== undefined && { request }) },
    );
  expect(code(await close('staff-reviewer', 1))).toBe('conflict/review-task-changed');
  const answers = await Promise.all([close('staff-reviewer', 2, 'r-1'), close('staff-approver', 2, 'r-2')]);
  expect(answers.map(code).sort()).toEqual(['accepted', 'conflict/no-review-task']);
  const winner = answers[0]?.ok ? (['staff-reviewer', 'r-1'] as const) : (['staff-approver', 'r-2'] as const);
  expect(code(await close(winner[0], 2, winner[1]))).toBe('accepted');
  await reviewEnrolment(portsOf(), ADDRESS);
  expect(await open()).toEqual([]);
  expect((await bureau.register.enrolmentRead(ADDRESS))!.determinations).toHaveLength(1);
  facts.earns(1, '2026-10', '420.00');
  await reviewEnrolment(portsOf(), ADDRESS);
  expect((await open()).map(({ task, causes }) => [task, causes.length])).toEqual([[2, 1]]);
});

test('a decision that nothing changes, whose writer died, is finished by the next look', async () => {
  facts.earns(1, '2026-06', '450.00');
  await determined(bureau, 1, 1, spansOf(['2026-08', 1000]), { assessedAt: bureau.clock.now() });
  facts.earns(1, '2026-10', '440.00');
  await reviewEnrolment(portsOf(), ADDRESS);
  const by = { by: 'staff-reviewer', reason: '维持原核定' };
  const close = () => closeWithoutChange(portsOf(), ADDRESS, { task: 1, causes: 1 }, by);
  expect(await diesAfter(bureau.faults, 1, close)).toBe(true);
  expect(await open()).toHaveLength(1);
  await reviewEnrolment(portsOf(), ADDRESS);
  expect(await open()).toEqual([]);
});

test('an event opens a task by name, also of a household that nobody can work out', async () => {
  await determined(bureau, 1, 1, spansOf(['2026-08', 1000]));
  const cause = {
    kind: 'household-event',
    about: householdKey(1),
    month: '2026-11',
    recordedAt: bureau.clock.now(),
  } as const;
  await Promise.all([1, 2].map(() => openReviewTask(portsOf(), ADDRESS, cause)));
  expect((await open()).map(({ causes }) => causes)).toEqual([[cause]]);
  expect(code(await openReviewTask(portsOf(), addressOf(9), cause))).toBe('missing/enrolment');
});
