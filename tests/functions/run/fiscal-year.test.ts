import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reserve } from '../../../domain/budget/budget.ts';
import { fen } from '../../../domain/money.ts';
import type { Run } from '../../../domain/run/run.ts';
import { row } from '../register/sheet-fixture.ts';
import {
  APPROVER,
  approved,
  BUDGET,
  code,
  computed,
  dispatched,
  LINES,
  type Office,
  REVIEWER,
  seen,
  value,
} from './office.ts';
import { runNow, smallOffice, wholeMonth } from './whole-month.ts';

let bureau: Office;
beforeEach(async () => {
  bureau = await smallOffice();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await bureau.stop();
});

const used = async (fiscalYear = '2026') =>
  (await bureau.ports.budgets.load({ ...BUDGET, fiscalYear })).budget.runs;
const ask = (run: Run) => ({ runId: run.runId, reason: '跨年重新核算', by: 'staff-preparer' });
const submit = async (run: Run) =>
  value(await bureau.actions.submit({ ...seen(bureau, run), by: 'staff-preparer' }));
const RESERVED = { reserved: { 'district-lottery': 90_000 }, spent: {} };
/** A reservation whose signature was never written. */
const leftBehind = (run: Run) =>
  bureau.ports.budgets.change(BUDGET, (budget) => reserve(budget, run.runId, fen(90_000)));

describe('over new year', () => {
  it('what was approved in the old year and is computed again is reserved in the new one alone', async () => {
    const run = await approved(bureau, await computed(bureau));
    expect(await used()).toEqual({ [run.runId]: RESERVED });
    bureau.clock.moveTo('2027-01-10');
    value(await bureau.actions.recompute(ask(run)));
    expect(await used()).toEqual({});
    await bureau.deliver();
    const review = await runNow(bureau, run);
    expect(review).toMatchObject({
      state: 'review',
      manifest: { payDate: '2027-01-10', fiscalYear: '2027' },
    });
    await submit(review);
    value(await bureau.actions.sign({ ...seen(bureau, review), signer: REVIEWER }));
    // The old year's appropriation is none of the new year's.
    const lastSignature = () => bureau.actions.sign({ ...seen(bureau, review), signer: APPROVER });
    expect(code(await lastSignature())).toBe('limit/budget');
    value(
      await bureau.office.setBudget({ ...BUDGET, fiscalYear: '2027', lines: LINES, by: 'staff-finance' }),
    );
    expect(value(await lastSignature()).state).toBe('approved');
    expect([await used('2026'), await used('2027')]).toEqual([{}, { [run.runId]: RESERVED }]);
  });

  it('what was sent back by the verification and is computed again at once keeps nothing of the old year', async () => {
    const signed = await approved(bureau, await computed(bureau));
    await bureau.importRows('stops', [row(2, { stop: '2026-12' })]);
    const review = await dispatched(bureau, signed);
    expect(review.state).toBe('review');
    bureau.clock.moveTo('2027-01-01');
    value(await bureau.actions.recompute(ask(review)));
    expect(await used('2026')).toEqual({});
  });

  it('what was sent in the old year is spent in the old year, whenever it is closed', async () => {
    const end = await wholeMonth(bureau, {
      answer: (line) => {
        bureau.clock.moveTo('2027-01-05');
        return line;
      },
    });
    expect(end.closing?.at).toMatch(/^2027-01-05/);
    expect([await used('2026'), await used('2027')]).toEqual([
      { [end.runId]: { reserved: {}, spent: { 'district-lottery': 90_000 } } },
      {},
    ]);
  });
});

describe('a recompute over new year that died before the old year’s reservation was given back', () => {
  const diedInTheOldYear = async (): Promise<Run> => {
    const run = await approved(bureau, await computed(bureau));
    bureau.clock.moveTo('2027-01-10');
    vi.spyOn(bureau.ports.budgets, 'change').mockRejectedValueOnce(new Error('the function died'));
    await expect(bureau.actions.recompute(ask(run))).rejects.toThrow('the function died');
    expect(await runNow(bureau, run)).toMatchObject({ state: 'computing', manifest: { fiscalYear: '2027' } });
    expect(await used('2026')).toEqual({ [run.runId]: RESERVED });
    return run;
  };

  it('is made good by the sweeper, which knows every year that the run ever reserved in', async () => {
    const run = await diedInTheOldYear();
    await bureau.sweep();
    expect(await used('2026')).toEqual({});
    for (let look = 0; look < 2; look += 1) await bureau.sweep();
    await bureau.deliver();
    expect((await runNow(bureau, run)).state).toBe('review');
  });

  it('also when the run was approved again before the sweeper looked, and keeps what it has of the new year', async () => {
    const run = await diedInTheOldYear();
    for (const shard of run.manifest.shards) {
      bureau.engines.send(
        'compute',
        JSON.stringify({
          type: 'run.compute-shard',
          version: 1,
          runId: run.runId,
          revision: (await runNow(bureau, run)).draftRevision,
          shard: shard.shard,
        }),
      );
    }
    await bureau.deliver();
    const lines = { lines: LINES, by: 'staff-finance' };
    value(await bureau.office.setBudget({ ...BUDGET, fiscalYear: '2027', ...lines }));
    const again = await approved(bureau, await runNow(bureau, run));
    expect([await used('2026'), await used('2027')]).toEqual([
      { [run.runId]: RESERVED },
      { [run.runId]: RESERVED },
    ]);
    for (let look = 0; look < 3; look += 1) await bureau.sweep();
    expect([await used('2026'), await used('2027')]).toEqual([{}, { [run.runId]: RESERVED }]);
    expect(again.state).toBe('approved');
  });
});

describe('a reservation that was left behind', () => {
  it('is given back by the sweeper only when nothing was done to the run between two looks', async () => {
    const run = await computed(bureau);
    await leftBehind(run);
    await bureau.sweep();
    expect(await used()).toEqual({ [run.runId]: RESERVED });
    // Somebody is at it: perhaps the last signer.
    await submit(run);
    await bureau.sweep();
    expect(await used()).toEqual({ [run.runId]: RESERVED });
    await bureau.sweep();
    expect(await used()).toEqual({});
  });

  it('by a signer who came a moment after the run was voided is given back, too', async () => {
    const run = await computed(bureau);
    value(await bureau.actions.voidRun(ask(run)));
    await leftBehind(run);
    await bureau.sweep();
    expect(await used()).toEqual({ [run.runId]: RESERVED });
    await bureau.sweep();
    expect(await used()).toEqual({});
  });

  it('is none as long as the run is approved', async () => {
    const run = await approved(bureau, await computed(bureau));
    for (let look = 0; look < 3; look += 1) await bureau.sweep();
    expect(await used()).toEqual({ [run.runId]: RESERVED });
  });
});
