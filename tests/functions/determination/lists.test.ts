// Goal: lists of what is to be done come in pages that miss nothing and repeat nothing, and by the street that has to do it today.
// Method: a desk with five households, some of whom moved after their review was opened, read two at a time.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ok } from '../../../domain/result.ts';
import { StreetStore } from '../../../functions/adapters/street-store.ts';
import { reviewService } from '../../../functions/determination/review-service.ts';
import { determinationService } from '../../../functions/determination/service.ts';
import { CALLERS } from '../api/api-client.ts';
import { type Desk, deskOf } from '../api/desk.ts';
import { type Office, value } from '../run/office.ts';
import { addressOf, DIBAO, determined, dibaoOffice, enrolled, spansOf } from './bureau.ts';
import { householdFacts } from './household-facts.ts';

let bureau: Office;
let facts: ReturnType<typeof householdFacts>;
let desk: Desk;
const { reviewer: as, preparer } = CALLERS;
const HERE = '110199001';
const THERE = '110199002';

beforeAll(async () => {
  bureau = await dibaoOffice({
    quickReads: false,
    historyFrom: '2026-10',
    households: () => facts.households,
  });
  facts = householdFacts(bureau);
  const ports = { ...bureau.ports, households: facts.households };
  desk = await deskOf(bureau, { determinations: determinationService(ports), reviews: reviewService(ports) });
  for (const n of [1, 2, 3, 4, 5]) {
    await enrolled(bureau, n);
    facts.earns(n, '2026-10', '450.00');
    await determined(bureau, n, 1, spansOf(['2026-10', 1000]), { assessedAt: bureau.clock.now() });
    facts.earns(n, '2026-11', '300.00');
  }
  await bureau.ports.sweeps.remember(DIBAO);
  await bureau.sweep();
  await bureau.deliver();
});
afterAll(() => bureau.stop());

const idOf = (n: number) => addressOf(n).id;
type Listed = { body: Record<string, { enrolmentId: string }[]> & { next?: string } };
/** The ids of every page, two at most on each. */
async function pages(operation: 'listReviewTasks' | 'listOpenProposals', query: object, list: string) {
  const found: string[][] = [];
  let cursor: string | undefined;
  do {
    const asked = { programme: 'dibao', limit: '2', ...query, ...(cursor !== undefined && { cursor }) };
    const { body } = (await desk.done(operation, { as, query: asked })) as Listed;
    const ids = body[list]!.map(({ enrolmentId }) => enrolmentId);
    // A page may be empty and still not be the last.
    if (ids.length > 0) found.push(ids);
    cursor = body.next;
  } while (cursor !== undefined);
  return found;
}
const tasksOf = (street?: string) =>
  pages('listReviewTasks', street === undefined ? {} : { street }, 'tasks');

async function moves(n: number, street: string): Promise<void> {
  const address = addressOf(n);
  const before = (await bureau.register.enrolment(address.jurisdiction, address.programme, address.id))!;
  const recordedAt = bureau.clock.now();
  const moved = {
    kind: 'street',
    value: street,
    validFrom: '2026-11-01',
    recordedAt,
    source: 'counter',
    by: 'staff-1',
  } as const;
  const after = {
    ...before,
    facts: [...before.facts, moved],
    version: before.version + 1,
    changedAt: recordedAt,
  };
  expect(await bureau.register.putEnrolment(after, before)).toBe('written');
}

it('review tasks are with the street that keeps the household today, by the code that is valid today, page by page', async () => {
  expect(await tasksOf()).toEqual([[idOf(1), idOf(2)], [idOf(3), idOf(4)], [idOf(5)]]);
  for (const n of [2, 4, 5]) await moves(n, THERE);
  expect(await tasksOf(HERE)).toEqual([[idOf(1), idOf(3)]]);
  expect(await tasksOf(THERE)).toEqual([[idOf(2), idOf(4)], [idOf(5)]]);
  const first = await desk.done('listReviewTasks', {
    as,
    query: { programme: 'dibao', street: THERE, limit: '2' },
  });
  expect(first.body.tasks.map(({ street }: { street: string }) => street)).toEqual([THERE, THERE]);
  const elsewhere = { programme: 'dibao', street: HERE, cursor: first.body.next };
  expect(await desk.code('listReviewTasks', { as, query: elsewhere })).toBe('400 invalid/cursor');
  // What is dealt with in between does not shift what comes after.
  const body = { causes: 1, reason: '差额不大，维持原核定' };
  await desk.done('closeReviewTask', { as, params: { enrolmentId: idOf(2), task: '1' }, body });
  const rest = { programme: 'dibao', street: THERE, limit: '2', cursor: first.body.next };
  const after = await desk.done('listReviewTasks', { as, query: rest });
  expect(after.body.tasks.map(({ enrolmentId }: { enrolmentId: string }) => enrolmentId)).toEqual([idOf(5)]);
  const place = { code: '110199009', name: '新街' };
  const merged = {
    kind: 'merged',
    codes: [THERE],
    place,
    from: '2026-11-15',
    document: '示政发〔2026〕9号',
  } as const;
  const opened = [HERE, THERE].map(
    (code) =>
      ({
        kind: 'opened',
        place: { code, name: code },
        from: '2020-01-01',
        document: '示政发〔2020〕1号',
      }) as const,
  );
  const store = new StreetStore(bureau.engines.tables.operations);
  for (const change of [...opened, merged]) {
    const stamp = { at: bureau.clock.now(), by: 'staff-1', request: `${change.kind} ${change.place.code}` };
    value(await store.record(DIBAO.jurisdiction, () => ok(change), stamp));
  }
  expect(await tasksOf(THERE)).toEqual([]);
  expect(await tasksOf(place.code)).toEqual([[idOf(4), idOf(5)]]);
});

it('open proposals come in pages, without those that were decided', async () => {
  const asked = { kind: 'review', from: '2026-11' };
  for (const n of [1, 2, 3, 4, 5])
    await desk.done('proposeDetermination', {
      as: preparer,
      params: { enrolmentId: idOf(n) },
      body: { asked },
    });
  const list = () => pages('listOpenProposals', {}, 'proposals');
  expect(await list()).toEqual([[idOf(1), idOf(2)], [idOf(3), idOf(4)], [idOf(5)]]);
  const reject = {
    as: CALLERS.approver,
    params: { enrolmentId: idOf(2), proposalId: '2-1' },
    body: { reason: '收入证明不全' },
  };
  await desk.done('rejectProposal', reject);
  expect(await list()).toEqual([
    [idOf(1), idOf(3)],
    [idOf(4), idOf(5)],
  ]);
});
