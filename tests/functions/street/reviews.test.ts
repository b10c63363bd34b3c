// Goal: a missed review holds the money and never stops it, and the review itself lets it go. Method: two people of two streets, a
// regular run, a review recorded over the API, and a supplementary run, on real engines.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CALLERS } from '../api/api-client.ts';
import { idNumber, row } from '../register/sheet-fixture.ts';
import { approved, computed, dispatched, REGULAR } from '../run/office.ts';
import { draftsOf } from '../run/whole-month.ts';
import { CLERKS, openTown, policyValue, STREETS, type Town } from './town.ts';

const { ann, cai } = CLERKS;
const { preparer, auditor } = CALLERS;
let town: Town;
let ids: string[] = [];
const enrolmentOf = async (n: number) => {
  const person = (await town.bureau.register.personByIdNumber(idNumber(n)))!;
  return (await town.bureau.register.enrolmentsOfPerson(person.record.personKey))[0]!;
};
beforeAll(async () => {
  town = await openTown(1, [policyValue('reviewInterval', { stable: 12, unstable: 6 })]);
  await town.bureau.importRows('second', [row(2, { street: STREETS[1] })]);
  ids = [(await enrolmentOf(1)).id, (await enrolmentOf(2)).id];
});
afterAll(() => town.bureau.stop());

const record = (as: typeof ann | typeof cai | typeof preparer, n: number, body: object) => ({
  as,
  params: { enrolmentId: ids[n - 1]! },
  body,
});
const list = async (as: typeof ann | typeof preparer, query: object = {}) =>
  (await town.desk.done('listReviews', { as, query: { programme: 'high-age', ...query } })).body.reviews;

describe('papers over the API', () => {
  it('are recorded by the street that keeps the enrolment, or by the district', async () => {
    const papers = {
      acceptedOn: '2026-09-01',
      publicity: { from: '2026-09-10', to: '2026-09-16' },
      decision: { number: '示民审〔2026〕12号', on: '2026-09-20' },
      nextReview: '2026-11-21',
    };
    expect(await town.desk.code('recordPapers', record(cai, 1, papers))).toBe('404 missing/enrolment');
    const { body } = await town.desk.done('recordPapers', record(ann, 1, papers));
    expect(body).toEqual({ enrolmentId: ids[0], ...papers });
    const before = await enrolmentOf(1);
    await town.desk.done('recordPapers', record(preparer, 1, papers));
    expect(await enrolmentOf(1)).toEqual(before);
    await town.desk.done('recordPapers', record(preparer, 2, { nextReview: '2026-11-30' }));
    const [first, second] = await Promise.all([
      town.desk.code('recordPapers', record(preparer, 2, { checkReport: '核对7号' })),
      town.desk.code('recordPapers', record(cai, 2, { acceptedOn: '2026-09-02' })),
    ]);
    expect([first, second]).toEqual(['200 ', '200 ']);
    expect((await enrolmentOf(2)).facts.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['check-report', 'acceptance']),
    );
  });

  it('lists what is due in the month and what is overdue, by street', async () => {
    const both = await list(preparer);
    expect(both).toHaveLength(2);
    expect(both.find(({ overdue }: { overdue: boolean }) => overdue)).toEqual({
      enrolmentId: ids[0],
      street: STREETS[0],
      due: '2026-11-21',
      overdue: true,
    });
    expect((await list(ann)).map(({ enrolmentId }: { enrolmentId: string }) => enrolmentId)).toEqual([
      ids[0],
    ]);
    expect(await list(ann, { street: STREETS[1] })).toHaveLength(1);
    expect(await list(preparer, { street: STREETS[1], month: '2026-12' })).toEqual([]);
    expect(await town.desk.code('listReviews', { as: auditor, query: { programme: 'high-age' } })).toBe(
      '403 forbidden/role',
    );
  });
});

describe('a missed review', () => {
  it('holds the payment, and the next run after the review pays it with the cause named', async () => {
    const { bureau, desk } = town;
    // Facts count once they are older than the margin of a cut-off.
    bureau.clock.moveTo('2026-11-23');
    const run = await computed(bureau);
    const drafts = await draftsOf(bureau, run);
    const findings = (n: number) =>
      drafts
        .find(({ enrolment }) => enrolment === ids[n - 1])
        ?.findings.some(({ control }) => control === 'review-overdue');
    expect([findings(1), findings(2)]).toEqual([true, false]);
    expect(run.totals).toMatchObject({ held: { count: 1 }, payable: { count: 1 } });
    await dispatched(bureau, await approved(bureau, run));

    bureau.clock.moveTo('2026-11-24');
    const still = await computed(bureau, { ...REGULAR, round: 'S1' });
    expect((await draftsOf(bureau, still)).filter(({ fen }) => fen > 0)).toEqual([]);
    await bureau.actions.voidRun({ runId: still.runId, by: 'staff-approver', reason: '没有可发的' });

    const { body } = await desk.done(
      'recordPapers',
      record(ann, 1, { reviewedOn: '2026-11-24', reviewClass: 'unstable' }),
    );
    expect(body).toMatchObject({ reviewedOn: '2026-11-24', nextReview: '2027-05-24' });
    bureau.clock.moveTo('2026-11-25');
    const lifted = await computed(bureau, { ...REGULAR, round: 'S2' });
    const [draft] = (await draftsOf(bureau, lifted)).filter(({ fen }) => fen > 0);
    expect(draft).toMatchObject({ enrolment: ids[0] });
    expect(new Set(draft!.lines.map(({ cause }) => cause))).toEqual(new Set(['hold-lifted']));
    expect(draft!.fen).toBe(drafts.find(({ enrolment }) => enrolment === ids[0])!.fen);
    expect((await list(preparer)).map(({ enrolmentId }: { enrolmentId: string }) => enrolmentId)).toEqual([
      ids[1],
    ]);
  });
});
