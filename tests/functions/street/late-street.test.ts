// Goal: a run says which streets did not submit, and a late street is paid by a run of its own without anybody being lost or paid
// twice. Method: one month on real engines with two streets that stand, one of which reports after the cut-off day.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diesAfter } from '../../faults.ts';
import { CALLERS } from '../api/api-client.ts';
import { row } from '../register/sheet-fixture.ts';
import { approved, code, computed, dispatched, REGULAR, value } from '../run/office.ts';
import { draftsOf } from '../run/whole-month.ts';
import { CLERKS, newRow, openTown, STREETS, type Town } from './town.ts';

const { ann, bob, cai, dong } = CLERKS;
const { preparer, reviewer } = CALLERS;
const [FIRST, SECOND] = STREETS;
const THIRD = '110199003';
let town: Town;
beforeAll(async () => {
  town = await openTown(2);
  for (const [index, street] of [FIRST, SECOND, THIRD].entries()) {
    const place = { code: street, name: `${'东西北'[index]}街` };
    // The third opens after the cut-off day: it has nothing to report yet.
    const from = street === THIRD ? '2026-11-26' : '2020-01-01';
    const wish = { kind: 'opened', place, from, document: '示政发〔2026〕1号' } as const;
    value(
      await town.bureau.ports.streets.record('110199', () => ({ ok: true, value: wish }), {
        at: '2026-11-20T00:00:00.000Z',
        by: 'st-1',
        request: `open-${street}`,
      }),
    );
  }
});
afterAll(() => town.bureau.stop());

const late = (round: string, street?: string, period = '2026-12') => ({
  ...REGULAR,
  period,
  round,
  ...(street && { street }),
});
const seen = ({ versions }: { versions: { version: number; hash: string }[] }) => {
  const { version, hash } = versions.at(-1)!;
  return { version, hash };
};
async function submit(clerks: typeof ann | typeof cai, signer: typeof bob | typeof dong, body: object) {
  const report = { programme: 'high-age', period: '2026-12', ...body };
  const prepared = (await town.desk.done('prepareStreetReport', { as: clerks, body: report })).body;
  const params = { reportId: prepared.reportId };
  await town.desk.done('signStreetReport', { as: signer, params, body: seen(prepared) });
  return { params, body: { ...seen(prepared), returned: [] } };
}
const peopleOf = async (run: Parameters<typeof draftsOf>[1]) =>
  (await draftsOf(town.bureau, run)).filter(({ fen }) => fen > 0).map(({ street }) => street);

describe('a month with a late street', () => {
  it('names the street in the review of the regular run, by its name', async () => {
    await submit(ann, bob, { nil: true });
    const run = await computed(town.bureau);
    expect(run.manifest.notSubmitted).toEqual([SECOND]);
    const review = await town.desk.done('getReview', { as: reviewer, params: { runId: run.runId } });
    expect(review.body.notSubmitted).toEqual([{ street: SECOND, name: '西街' }]);
    await dispatched(town.bureau, await approved(town.bureau, run));
  });

  it('limits only supplementary runs, and to a street that stands', async () => {
    const { actions } = town.bureau;
    const start = async (identity: ReturnType<typeof late>) => code(await actions.startRun(identity, 'x'));
    expect(await start(late('R', SECOND))).toBe('conflict/run-exists');
    expect(await start(late('R', SECOND, '2027-01'))).toBe('invalid/street-run');
    expect(await start(late('S1', '110199009'))).toBe('invalid/street-run');
    expect(await start(late('S1', '110105001'))).toBe('invalid/street-run');
  });

  it('pays the late street alone; what changed elsewhere is left for the next run of all', async () => {
    const { bureau, desk } = town;
    bureau.clock.moveTo('2026-11-26');
    const report = await submit(cai, dong, { round: 'S1', rows: [newRow(21)] });
    await desk.done('decideStreetReport', { as: preparer, ...report });
    await bureau.deliver();
    await bureau.importRows('register-2', [row(22), row(23, { street: SECOND })]);
    // Facts count once they are older than the margin of a cut-off.
    bureau.clock.moveTo('2026-11-27');
    const mine = await computed(bureau, late('S1', SECOND));
    expect(mine.manifest).toMatchObject({ street: SECOND });
    expect(mine.manifest.notSubmitted).toBeUndefined();
    expect(await peopleOf(mine)).toEqual([SECOND, SECOND]);
    await dispatched(bureau, await approved(bureau, mine));
    bureau.clock.moveTo('2026-11-28');
    const all = await computed(bureau, late('S2'));
    // The run of one street is no ground for leaving out what changed in the others before it.
    expect(all.manifest.previous?.runId).toBe('110199.high-age.2026-12.R.1');
    expect(await peopleOf(all)).toEqual([FIRST]);
    await dispatched(bureau, await approved(bureau, all));
    bureau.clock.moveTo('2026-11-29');
    expect(await peopleOf(await computed(bureau, late('S3')))).toEqual([]);
  });

  it('keeps the street when the start of its run is cut short', async () => {
    const { bureau } = town;
    const [open] = (await bureau.ports.runs.livePointers(REGULAR)).filter(({ round }) => round === 'S3');
    value(await bureau.actions.voidRun({ runId: open!.runId, by: 'staff-approver', reason: '不再需要' }));
    const S4 = '110199.high-age.2026-12.S4.1';
    const claimed = async () => (await bureau.ports.runs.activePointer(REGULAR))?.runId === S4;
    const start = () => bureau.actions.startRun(late('S4', SECOND), 'x');
    for (let survived = 1; !(await claimed()); survived += 1)
      expect(await diesAfter(bureau.faults, survived, start)).toBe(true);
    expect(await bureau.ports.runs.load(S4)).toBeUndefined();
    await bureau.sweep();
    await bureau.sweep();
    await bureau.deliver();
    expect((await bureau.ports.runs.load(S4))?.manifest.street).toBe(SECOND);
  });
});
