import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Run, RunState } from '../../../domain/run/run.ts';
import type { QueueName } from '../../../functions/adapters/message-queues.ts';
import type { QueueHandler } from '../../../functions/middleware/queue.ts';
import { approved, bankAnswer, computed, type Office, REGULAR, reconciled, SCOPE, value } from './office.ts';
import { runNow, smallOffice } from './whole-month.ts';

let bureau: Office;
beforeEach(async () => {
  bureau = await smallOffice();
});
afterEach(() => bureau.stop());

/** Delivers what waits, but loses the messages of one queue; or of one type of them. */
async function losing(queue: QueueName, type = ''): Promise<number> {
  let lost = 0;
  const handle = bureau.handlers[queue]!;
  const lossy: QueueHandler = async (event, context) => {
    if (!event.Records[0]!.body.includes(type)) return handle(event, context);
    lost += 1;
    return { batchItemFailures: [] };
  };
  await bureau.engines.deliver({ ...bureau.handlers, [queue]: lossy });
  return lost;
}
/** Looks once and finds nothing to mend, because things may be moving; looks again and mends. */
async function mends(run: Run, before: RunState, after: RunState): Promise<void> {
  expect((await runNow(bureau, run)).state).toBe(before);
  expect(await bureau.sweep()).toMatchObject({ mended: 0 });
  await bureau.deliver();
  expect((await runNow(bureau, run)).state).toBe(before);
  expect((await bureau.sweep()).mended).toBe(1);
  await bureau.deliver();
  expect((await runNow(bureau, run)).state).toBe(after);
}
async function funded(): Promise<Run> {
  const run = await approved(bureau, await computed(bureau));
  value(await bureau.actions.requestFunding({ runId: run.runId, by: 'staff-cashier' }));
  return value(
    await bureau.actions.fund({
      runId: run.runId,
      voucher: 'V1',
      date: '2026-11-24',
      fen: run.totals!.payable.fen,
      by: 'staff-finance',
    }),
  );
}
const dispatching = async (): Promise<Run> => {
  const run = await funded();
  return value(await bureau.actions.dispatch({ runId: run.runId, by: 'staff-cashier' }));
};

describe('messages that are lost', () => {
  it('of computing', async () => {
    const run = value(await bureau.actions.startRun(REGULAR, 'staff-preparer'));
    expect(await losing('compute')).toBe(16);
    await mends(run, 'computing', 'review');
  });

  it('of one shard only: no other is asked again', async () => {
    const run = value(await bureau.actions.startRun(REGULAR, 'staff-preparer'));
    expect(await losing('compute', '"50-5f"')).toBe(1);
    await bureau.sweep();
    await bureau.sweep();
    const bodies = bureau.engines.bodies('compute');
    expect(bodies.map((body) => JSON.parse(body).shard)).toEqual(['50-5f']);
    await bureau.deliver();
    expect((await runNow(bureau, run)).state).toBe('review');
  });

  it('while others are still moving: nothing is sent again', async () => {
    const run = value(await bureau.actions.startRun(REGULAR, 'staff-preparer'));
    await losing('compute');
    await bureau.sweep();
    const send = (shard: string) =>
      bureau.engines.send(
        'compute',
        JSON.stringify({ type: 'run.compute-shard', version: 1, runId: run.runId, revision: 1, shard }),
      );
    send('00-0f');
    await bureau.deliver();
    // One shard further than at the last look.
    expect(await bureau.sweep()).toMatchObject({ mended: 0 });
    expect(bureau.engines.bodies('compute')).toEqual([]);
    expect(await bureau.sweep()).toMatchObject({ mended: 1 });
    expect(bureau.engines.bodies('compute')).toHaveLength(15);
  });

  it('of checking', async () => {
    const run = await dispatching();
    expect(await losing('dispatch', 'verify')).toBe(16);
    await mends(run, 'verifying', 'dispatched');
  });

  it('of releasing', async () => {
    const run = await dispatching();
    expect(await losing('dispatch', 'release')).toBe(16);
    await mends(run, 'releasing', 'dispatched');
  });

  it('of building files', async () => {
    const run = await dispatching();
    expect(await losing('files')).toBeGreaterThan(0);
    await mends(run, 'releasing', 'dispatched');
  });

  it.each(['results', 'reconcile'] as const)('of a bank result (%s)', async (queue) => {
    const run = await dispatching();
    await bureau.deliver();
    const [bytes] = await bankAnswer(bureau, await runNow(bureau, run));
    const deliver = bureau.deliver;
    Object.assign(bureau, { deliver: () => losing(queue) });
    await reconciled(bureau, run, bytes!);
    Object.assign(bureau, { deliver });
    await mends(run, 'dispatched', 'dispatched');
    const [result] = value(await bureau.follow.listBankResults(run.runId));
    expect(result).toMatchObject({ state: 'accepted', chunks: { done: 1, of: 1 }, counts: { settled: 3 } });
    // Done is done: nothing is mended for ever.
    expect(await bureau.sweep()).toMatchObject({ mended: 0 });
    expect(await bureau.sweep()).toMatchObject({ mended: 0 });
  });

  it('of closing', async () => {
    const run = await dispatching();
    await bureau.deliver();
    const [bytes] = await bankAnswer(bureau, await runNow(bureau, run));
    await reconciled(bureau, run, bytes!);
    value(await bureau.actions.close({ runId: run.runId, by: 'staff-reviewer' }));
    expect(await losing('closing')).toBe(16);
    await mends(run, 'dispatched', 'closed');
  });

  it('of exports', async () => {
    const run = await computed(bureau);
    value(
      await bureau.audit.createExport({ runId: run.runId, format: 'csv', by: 'auditor', exportId: 'e1' }),
    );
    expect(await losing('exports')).toBe(1);
    await bureau.sweep();
    expect(await bureau.sweep()).toMatchObject({ mended: 1 });
    await bureau.deliver();
    expect(value(await bureau.audit.getExport('e1')).state).toBe('done');
  });
});

it('finishes a start that claimed the programme and died, under the same number', async () => {
  const runId = '110199.high-age.2026-12.R.1';
  await bureau.ports.sweeps.remember(SCOPE);
  const claim = { runId, at: bureau.clock.now(), by: 'staff-preparer' };
  await bureau.ports.runs.setActive(REGULAR, claim, 0);
  expect(await bureau.sweep()).toMatchObject({ mended: 0 });
  expect(await bureau.ports.runs.load(runId)).toBeUndefined();
  expect(await bureau.sweep()).toMatchObject({ mended: 1 });
  await bureau.deliver();
  expect((await bureau.lists.runs()).map((run) => `${run.runId} ${run.state}`)).toEqual([`${runId} review`]);
  expect((await bureau.ports.runs.load(runId))?.startedBy).toBe('staff-preparer');
});

it('leaves alone what waits for people', async () => {
  const run = await computed(bureau);
  for (let look = 0; look < 3; look += 1) expect(await bureau.sweep()).toEqual({ looked: 1, mended: 0 });
  expect((await runNow(bureau, run)).sequence).toBe(2);
});

it('does not let another version of the code go on with a run', async () => {
  const run = value(await bureau.actions.startRun(REGULAR, 'staff-preparer'));
  Object.assign(bureau.ports.settings, { codeVersion: 'the next' });
  await bureau.deliver();
  expect(await runNow(bureau, run)).toMatchObject({ state: 'recompute-needed', draftRevision: 1 });
  value(await bureau.actions.recompute({ runId: run.runId, reason: '升级', by: 'staff-preparer' }));
  await bureau.deliver();
  expect(await runNow(bureau, run)).toMatchObject({ state: 'review', manifest: { codeVersion: 'the next' } });
});
