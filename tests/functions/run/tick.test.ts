import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PolicyBook } from '../../../domain/policy/book.ts';
import { refusal, refuse } from '../../../domain/result.ts';
import { duePeriods } from '../../../functions/run/tick.ts';
import { type Office, pack, SCOPE, value } from './office.ts';
import { smallOffice, unshiftedPacks } from './whole-month.ts';

describe('pay days moved to working days', () => {
  let bureau: Office;
  let book: PolicyBook;
  beforeAll(async () => {
    bureau = await smallOffice();
    book = value(await bureau.ports.policies.freeze()).book;
  });
  afterAll(() => bureau.stop());

  // November is due on Saturday 31 October and paid on Friday the 30th.
  it.each([
    ['2026-10-19', []],
    ['2026-10-20', ['2026-11']],
    ['2026-10-30', ['2026-11']],
    ['2026-10-31', []],
    ['2026-11-20', ['2026-12']],
    ['2026-12-21', ['2027-01']],
    // Due on 31 January 2027, of which nobody knows yet what day it is: said forty days ahead.
    ['2026-12-22', ['2027-01', '2027-02']],
    ['2027-02-01', ['2027-03']],
  ])('on %s owes %j', async (today, periods) => {
    expect(await duePeriods(book, SCOPE, today)).toEqual(periods);
  });

  it('freezes the day with its reason, and says what is missing of a year to come', async () => {
    bureau.clock.moveTo('2026-10-21');
    expect((await bureau.tick()).started).toEqual(['110199.high-age.2026-11.R.1']);
    const run = value(await bureau.views.getRun('110199.high-age.2026-11.R.1'));
    expect(run.manifest).toMatchObject({
      payDate: '2026-10-30',
      payDayMoved: { from: '2026-10-31', reason: 'before' },
      fiscalYear: '2026',
    });
    value(await bureau.actions.voidRun({ runId: run.runId, reason: '暂不发', by: 'staff-preparer' }));
    // Started again after its day, it pays on the day of the start: nothing was moved.
    bureau.clock.moveTo('2026-11-02');
    const late = value(await bureau.actions.startRun({ ...SCOPE, period: '2026-11', round: 'R' }, 'staff-1'));
    expect(late.manifest.payDate).toBe('2026-11-02');
    expect(late.manifest.payDayMoved).toBeUndefined();
    value(await bureau.actions.voidRun({ runId: late.runId, reason: '暂不发', by: 'staff-preparer' }));
    bureau.clock.moveTo('2026-12-22');
    const { started, refused } = await bureau.tick();
    expect(started).toEqual(['110199.high-age.2027-01.R.1']);
    expect(refused).toEqual({ '110199.high-age.2027-02': 'missing/calendar-year' });
  });
});

describe('the daily tick', () => {
  let bureau: Office;
  let book: PolicyBook;
  beforeAll(async () => {
    bureau = await smallOffice({ packs: unshiftedPacks() });
    book = value(await bureau.ports.policies.freeze()).book;
  });
  afterAll(() => bureau.stop());

  // Paid in advance on the last day of the month before: December on 30 November, ten days of lead.
  it.each([
    ['2026-11-19', []],
    ['2026-11-20', ['2026-12']],
    ['2026-11-30', ['2026-12']],
    ['2026-12-01', []],
    ['2026-12-20', []],
    ['2026-12-21', ['2027-01']],
    ['2026-12-31', ['2027-01']],
    // The first period of this system is October.
    ['2026-08-31', []],
    ['2026-09-30', ['2026-10']],
    ['2027-02-28', ['2027-03']],
  ])('on %s owes %j', async (today, periods) => {
    expect(await duePeriods(book, SCOPE, today)).toEqual(periods);
  });

  it('starts what is due, once, for every district with a pack of its own', async () => {
    bureau.clock.moveTo('2026-11-23');
    expect(await bureau.tick()).toEqual({ started: ['110199.high-age.2026-12.R.1'], refused: {} });
    expect(await bureau.tick()).toEqual({ started: [], refused: {} });
    await bureau.deliver();
    const [run] = await bureau.lists.runs();
    expect(run).toMatchObject({ state: 'review', count: 3 });
    expect(value(await bureau.views.getRun(run!.runId)).startedBy).toBe('system');
    // A run that people voided is for people to start again.
    value(await bureau.actions.voidRun({ runId: run!.runId, reason: '暂不发', by: 'staff-preparer' }));
    expect(await bureau.tick()).toEqual({ started: [], refused: {} });
  });

  it('started at once by two ticks, is one run', async () => {
    bureau.clock.moveTo('2026-12-21');
    const reports = await Promise.all([bureau.tick(), bureau.tick(), bureau.tick()]);
    expect(reports.flatMap(({ started }) => started)).toEqual(['110199.high-age.2027-01.R.1']);
    await bureau.deliver();
    const acts = await bureau.ports.runs.acts('110199.high-age.2027-01.R.1');
    expect(acts.map(({ kind }) => kind)).toEqual(['started', 'computed']);
  });

  it('says which run stands in the way of the next', async () => {
    bureau.clock.moveTo('2027-01-21');
    expect(await bureau.tick()).toEqual({
      started: [],
      refused: { '110199.high-age.2027-02': 'conflict/run-active' },
    });
  });
});

it('starts nothing where there is no policy', async () => {
  const bureau = await smallOffice({ people: 0, packs: [pack('110000')] });
  bureau.clock.moveTo('2026-11-25');
  expect(await bureau.tick()).toEqual({ started: [], refused: {} });
  await bureau.stop();
});

it('starts what is due elsewhere though the runs of one district cannot be read, and fails for the alarm to see', async () => {
  const bureau = await smallOffice({ people: 0 });
  bureau.clock.moveTo('2026-11-25');
  // Comes before every district that has a pack of its own.
  const broken = { jurisdiction: '110101', programme: 'high-age' };
  await bureau.ports.sweeps.remember(broken);
  const runId = '110101.high-age.2026-11.R.1';
  await bureau.ports.runs.setLive({ ...broken, period: '2026-11', round: 'R' }, runId, 0);
  const act = { kind: 'funding-requested', runId, sequence: 99, at: bureau.clock.now(), by: 'nobody' };
  await bureau.ports.runs.append(act as Parameters<Office['ports']['runs']['append']>[0]);
  await expect(bureau.tick()).rejects.toThrow(/act 99 of 110101/);
  expect((await bureau.lists.runs()).map((run) => run.runId)).toEqual(['110199.high-age.2026-12.R.1']);
  await bureau.stop();
});

it('fails for the alarm to see when the policy book contradicts itself', async () => {
  const bureau = await smallOffice({ people: 0 });
  bureau.clock.moveTo('2026-11-25');
  const refused = refuse(refusal('conflict/policy-overlap', '矛盾', 'contradiction'));
  vi.spyOn(bureau.ports.policies, 'freeze').mockResolvedValue(refused);
  await expect(bureau.tick()).rejects.toThrow('conflict/policy-overlap');
  await bureau.stop();
});
