import { afterAll, beforeAll, expect, it } from 'vitest';
import { CALLERS } from '../api/api-client.ts';
import { computed } from '../run/office.ts';
import { draftsOf } from '../run/whole-month.ts';
import { CLERKS, openTown, STREETS, type Town } from './town.ts';

const { preparer, approver } = CALLERS;
let town: Town;
beforeAll(async () => {
  town = await openTown(1);
});
afterAll(() => town.bureau.stop());

it('streets are recorded once with their history, and a run goes by the code of its period', async () => {
  const { desk, bureau } = town;
  const document = '示政发〔2026〕1号';
  const east = { kind: 'opened', place: { code: STREETS[0], name: '东街' }, from: '2020-01-01', document };
  const merged = {
    kind: 'merged',
    codes: [STREETS[0]],
    place: { code: '110199008', name: '新街' },
    from: '2026-12-01',
    document,
  };
  expect(await desk.code('recordStreetChange', { as: preparer, body: east })).toBe('403 forbidden/role');
  expect(await desk.code('recordStreetChange', { as: approver, body: merged })).toBe('404 missing/place');
  const request = { as: approver, body: east, key: 'east' };
  const [one, two] = [
    await desk.done('recordStreetChange', request),
    await desk.done('recordStreetChange', request),
  ];
  expect([one.body.number, two.body]).toEqual([1, one.body]);
  // Two who record the same merger at once: one of them is told that the street is no more.
  const both = await Promise.all(
    [1, 2].map(() => desk.code('recordStreetChange', { as: approver, body: merged })),
  );
  expect(both.toSorted()).toEqual(['200 ', '404 missing/place'].map((text) => text.replace('200', '201')));
  const { places } = (await desk.done('listStreets', { as: CLERKS.ann })).body;
  expect(places).toEqual([
    { code: STREETS[0], name: '东街', from: '2020-01-01', to: '2026-12-01' },
    { code: '110199008', name: '新街', from: '2026-12-01' },
  ]);
  const run = await computed(bureau);
  expect((await draftsOf(bureau, run)).map(({ street }) => street)).toEqual(['110199008']);
  const review = await desk.done('getReview', { as: approver, params: { runId: run.runId } });
  expect(review.body.streets).toMatchObject([{ street: '110199008', name: '新街' }]);
});
