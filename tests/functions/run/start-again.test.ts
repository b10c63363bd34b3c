import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Act } from '../../../domain/run/act.ts';
import { type RunIdentity, runIdOf } from '../../../domain/run/manifest.ts';
import { RunStore } from '../../../functions/adapters/run-store.ts';
import { startRun } from '../../../functions/run/start.ts';
import { code, computed, type Office, REGULAR, SCOPE, value } from './office.ts';
import { smallOffice } from './whole-month.ts';

let bureau: Office;
beforeEach(async () => {
  bureau = await smallOffice();
});
afterEach(() => bureau.stop());

const NOVEMBER = { ...REGULAR, period: '2026-11' };
const start = (identity: RunIdentity, by = 'staff-preparer') => bureau.actions.startRun(identity, by);
const runs = async () => (await bureau.lists.runs()).map(({ runId, state }) => `${runId} ${state}`);
const DECEMBER_RUN = runIdOf(REGULAR, 1);
const NOVEMBER_RUN = runIdOf(NOVEMBER, 1);

/** A start that claimed the programme some seconds ago and died before its first act. */
async function claimed(identity: RunIdentity, seconds: number, by = 'staff-dead'): Promise<void> {
  const at = new Date(Date.parse(bureau.clock.now()) - seconds * 1000).toISOString();
  await bureau.ports.sweeps.remember(SCOPE);
  await bureau.ports.runs.setActive(identity, { runId: runIdOf(identity, 1), at, by }, 0);
}

describe('a start that claimed the programme and died', () => {
  it.each([0, 590])('keeps its place for ten minutes (%i s)', async (seconds) => {
    await claimed(NOVEMBER, seconds);
    expect(await start(REGULAR)).toMatchObject({
      ok: false,
      error: { code: 'conflict/run-active', detail: { runId: NOVEMBER_RUN, state: 'starting' } },
    });
    expect(await bureau.ports.runs.activePointer(SCOPE)).toMatchObject({ runId: NOVEMBER_RUN });
    expect(await runs()).toEqual([]);
  });

  it('gives its place to the start of another period after ten minutes', async () => {
    await claimed(NOVEMBER, 601);
    const run = await computed(bureau);
    expect(run).toMatchObject({ runId: DECEMBER_RUN, state: 'review', startedBy: 'staff-preparer' });
    expect(await bureau.ports.runs.activePointer(SCOPE)).toMatchObject({
      runId: DECEMBER_RUN,
      by: 'staff-preparer',
    });
    // The sweeper has nothing to finish, and November waits like any other start.
    for (let look = 0; look < 2; look += 1) await bureau.sweep();
    expect(await runs()).toEqual([`${DECEMBER_RUN} review`]);
    expect(code(await start(NOVEMBER))).toBe('conflict/run-active');
    value(await bureau.actions.voidRun({ runId: DECEMBER_RUN, reason: '先发上月', by: 'staff-reviewer' }));
    expect(value(await start(NOVEMBER)).runId).toBe(NOVEMBER_RUN);
  });

  it('gives its place to one of two who come for it', async () => {
    await claimed(NOVEMBER, 601);
    const answers = await Promise.all([start(REGULAR), start({ ...REGULAR, period: '2026-10' })]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await runs()).toHaveLength(1);
  });

  it('does not give its place as long as its run stands, however old the claim', async () => {
    await computed(bureau);
    bureau.clock.moveTo('2026-12-20');
    expect(await start({ ...REGULAR, period: '2027-01' })).toMatchObject({
      error: { code: 'conflict/run-active', detail: { runId: DECEMBER_RUN, state: 'review' } },
    });
  });

  it('is finished by the sweeper in the name of who claimed it, who then signs nothing', async () => {
    await claimed(REGULAR, 30, 'staff-reviewer');
    await bureau.sweep();
    await bureau.sweep();
    await bureau.deliver();
    const run = value(await bureau.views.getRun(DECEMBER_RUN));
    expect(run).toMatchObject({ state: 'review', startedBy: 'staff-reviewer' });
    const seen = { runId: run.runId, revision: run.revision, hash: bureau.views.runHashOf(run) };
    value(await bureau.actions.submit({ ...seen, by: 'staff-preparer' }));
    const signer = { id: 'staff-reviewer', roles: ['reviewer'] };
    expect(code(await bureau.actions.sign({ ...seen, signer }))).toBe('forbidden/own-submission');
  });

  it('is not taken for dead while another start of the same run goes on, however old the claim', async () => {
    await claimed(NOVEMBER, 601);
    const answers: string[] = [];
    class SlowRuns extends RunStore {
      override async append(act: Act) {
        answers.push(code(await start(REGULAR)));
        return super.append(act);
      }
    }
    const runsStore = new SlowRuns(bureau.engines.tables.operations);
    value(await startRun({ ...bureau.ports, runs: runsStore }, NOVEMBER, 'staff-preparer'));
    expect(answers).toEqual(['conflict/run-active']);
    expect(await bureau.ports.runs.activePointer(SCOPE)).toMatchObject({ runId: NOVEMBER_RUN });
  });

  it('is finished by whoever starts the same run, under the same number', async () => {
    await claimed(REGULAR, 30);
    expect(value(await start(REGULAR))).toMatchObject({ runId: DECEMBER_RUN, startedBy: 'staff-preparer' });
    expect(code(await start(REGULAR))).toBe('conflict/run-exists');
  });
});
