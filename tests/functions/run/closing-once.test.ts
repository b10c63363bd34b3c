import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Run } from '../../../domain/run/run.ts';
import type { QueueHandler } from '../../../functions/middleware/queue.ts';
import { lambdaContext, sqsEvent } from '../../delivery.ts';
import { bankAnswer, closed, type Office, REGULAR, reconciled, value } from './office.ts';
import {
  answeredMonth,
  comingBack,
  runNow,
  sealsOf,
  sentMonth,
  smallOffice,
  wholeMonth,
} from './whole-month.ts';

let bureau: Office;
beforeEach(async () => {
  bureau = await smallOffice();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await bureau.stop();
});

const ask = (run: Run, by = 'staff-reviewer') => bureau.actions.close({ runId: run.runId, by });
const request = async (run: Run) => (await bureau.ports.closings.request(run.runId))!;
const sealOf = async (run: Run) => value(await bureau.audit.seal(run.runId));

/** Line 1 comes back; only results are handled, as they are beside a closing. */
async function returnOfOne(run: Run): Promise<void> {
  const [bytes] = await bankAnswer(bureau, run, comingBack(1), 2);
  const { results, reconcile } = bureau.handlers;
  const deliver = bureau.deliver;
  Object.assign(bureau, {
    deliver: () => bureau.engines.deliver({ results: results!, reconcile: reconcile! }),
  });
  await reconciled(bureau, run, bytes!);
  Object.assign(bureau, { deliver });
}
/** Handles every message of closing that waits, and leaves it there to come again. */
async function tallied(): Promise<void> {
  for (const body of bureau.engines.bodies('closing'))
    await bureau.handlers.closing!(sqsEvent(body), lambdaContext('closing'));
}

describe('asking to close again', () => {
  it('while the messages cannot be sent goes on with the same request', async () => {
    const run = await answeredMonth(bureau);
    const sending = vi.spyOn(bureau.ports.queues, 'sendAll');
    const names: string[] = [];
    for (let time = 0; time < 3; time += 1) {
      sending.mockRejectedValueOnce(new Error('no queue'));
      await expect(ask(run)).rejects.toThrow('no queue');
      names.push((await request(run)).request);
    }
    value(await ask(run, 'staff-second'));
    expect(new Set([...names, (await request(run)).request]).size).toBe(1);
    await bureau.deliver();
    expect(await runNow(bureau, run)).toMatchObject({ state: 'closed' });
    // Who asked first stands in the act.
    expect((await bureau.ports.runs.acts(run.runId)).at(-1)).toMatchObject({ by: 'staff-reviewer' });
  });

  it('sends only what is missing', async () => {
    const run = await answeredMonth(bureau);
    value(await ask(run));
    const handle = bureau.handlers.closing!;
    const lossy: QueueHandler = async (event, context) =>
      event.Records[0]!.body.includes('"50-5f"') ? { batchItemFailures: [] } : handle(event, context);
    await bureau.engines.deliver({ ...bureau.handlers, closing: lossy });
    value(await ask(run));
    expect(bureau.engines.bodies('closing').map((body) => JSON.parse(body).shard)).toEqual(['50-5f']);
    await bureau.deliver();
    expect(await runNow(bureau, run)).toMatchObject({ state: 'closed' });
  });

  it('after a refusal is another request', async () => {
    const run = await sentMonth(bureau);
    await closed(bureau, run);
    const first = await request(run);
    expect(first.refusal?.code).toBe('conflict/in-transit');
    value(await ask(run));
    expect((await request(run)).request).not.toBe(first.request);
  });
});

describe('one seal per run', () => {
  it('comes out of two requests at once with a return between their tallies', async () => {
    const run = await answeredMonth(bureau);
    value(await ask(run));
    const { closings } = bureau.ports;
    const append = closings.appendSeal.bind(closings);
    vi.spyOn(closings, 'appendSeal').mockImplementationOnce(async (...seal) => {
      // The first request has looked at everything and is about to write its seal: a payment comes back, another request overtakes.
      await returnOfOne(run);
      value(await ask(run, 'staff-second'));
      await tallied();
      expect((await runNow(bureau, run)).state).toBe('closed');
      return append(...seal);
    });
    await bureau.deliver();
    const end = await runNow(bureau, run);
    expect(end.closing?.tally).toMatchObject({ settled: { count: 2 }, returned: { count: 1 } });
    expect(await sealsOf(bureau)).toHaveLength(1);
    expect(await sealOf(run)).toMatchObject({ ...end.closing!.seal, intact: true });
    // The next run follows that one seal.
    const next = await wholeMonth(bureau, { identity: { ...REGULAR, period: '2027-01' } });
    expect(await sealOf(next)).toMatchObject({ sequence: 2, previous: end.closing!.seal.hash });
  });

  it('stands when its writer died before the closing act: who asks again closes with that seal and its figures', async () => {
    const run = await answeredMonth(bureau);
    value(await ask(run));
    const act = bureau.ports.runs.act.bind(bureau.ports.runs);
    const dying = vi
      .spyOn(bureau.ports.runs, 'act')
      .mockImplementation((runId, decide, stamp) =>
        runId === run.runId ? Promise.reject(new Error('the function died')) : act(runId, decide, stamp),
      );
    await bureau.deliver();
    dying.mockRestore();
    expect([(await runNow(bureau, run)).state, (await sealsOf(bureau)).length]).toEqual(['dispatched', 1]);
    // Written, but named by no act yet.
    expect(await sealOf(run)).toBeUndefined();
    await returnOfOne(run);
    value(await ask(run));
    await bureau.deliver();
    const end = await runNow(bureau, run);
    expect(end.closing?.tally).toMatchObject({ settled: { count: 3 }, returned: { count: 0 } });
    expect(await sealsOf(bureau)).toHaveLength(1);
    expect(await sealOf(run)).toMatchObject({ ...end.closing!.seal, intact: true });
    expect(value(await bureau.audit.trialBalance(run.runId)).afterSeal).toHaveLength(1);
  });
});

describe('what came after the seal', () => {
  it('is named by the trial balance, and nothing else is', async () => {
    const run = await wholeMonth(bureau);
    expect(value(await bureau.audit.trialBalance(run.runId)).afterSeal).toEqual([]);
    const sealed = (await sealOf(run))!.ranges.reduce((sum, { count }) => sum + count, 0);
    await returnOfOne(run);
    const { afterSeal, entries } = value(await bureau.audit.trialBalance(run.runId));
    const release = (await bureau.engines.scan('ledger')).find((item) => item['line'] === 1);
    expect(afterSeal).toEqual([
      {
        kind: 'returned',
        payment: release!['payment'],
        attempt: 1,
        fen: release!['fen'],
        at: expect.any(String),
      },
    ]);
    // Sealed, came later, and the funding, which is sealed with the acts.
    expect(entries).toBe(sealed + 1 + 1);
    expect(await sealOf(run)).toMatchObject({ intact: true });
  });

  it('of a run that is open is nothing', async () => {
    const run = await answeredMonth(bureau);
    expect(value(await bureau.audit.trialBalance(run.runId)).afterSeal).toEqual([]);
  });
});

describe('a seal that does not recompute says so', () => {
  const sealItem = async () => (await sealsOf(bureau))[0]!;

  it.each([
    [
      'an act was edited',
      async (run: Run) => {
        const acts = (await bureau.engines.scan('operations')).filter(({ pk }) => pk === `RUN#${run.runId}`);
        const signed = acts.find(
          (item) => (item['act'] as { kind?: string } | undefined)?.kind === 'signed',
        )!;
        const act = { ...(signed['act'] as object), by: 'staff-somebody' };
        await bureau.engines.tables.operations.put({ ...signed, act });
      },
    ],
    [
      'its ranges were edited',
      async () => {
        const item = await sealItem();
        const seal = item['seal'] as { checkpoint: { ranges: { count: number }[] } };
        const ranges = seal.checkpoint.ranges.map((range) => ({ ...range, count: range.count + 1 }));
        await bureau.engines.tables.operations.put({
          ...item,
          seal: { ...seal, checkpoint: { ...seal.checkpoint, ranges } },
        });
      },
    ],
    [
      'it was put in the place of the one that the run names',
      async () => {
        const item = await sealItem();
        const seal = item['seal'] as object;
        await bureau.engines.tables.operations.put({ ...item, seal: { ...seal, hash: 'f'.repeat(64) } });
      },
    ],
  ] as const)('%s', async (_, edit) => {
    const run = await wholeMonth(bureau);
    expect(await sealOf(run)).toMatchObject({ intact: true });
    await edit(run);
    expect(await sealOf(run)).toMatchObject({ intact: false });
  });

  it('a funding that was edited in the ledger keeps the run from being sealed', async () => {
    const run = await answeredMonth(bureau);
    const funding = (await bureau.engines.scan('ledger')).find((item) => item['kind'] === 'funding')!;
    await bureau.engines.tables.ledger.put({ ...funding, by: 'staff-somebody' });
    value(await ask(run));
    expect((await bureau.deliver()).failed).toBeGreaterThan(0);
    expect([(await runNow(bureau, run)).state, await sealsOf(bureau)]).toEqual(['dispatched', []]);
    await bureau.engines.tables.ledger.put(funding);
    await bureau.failures.again();
    expect((await runNow(bureau, run)).state).toBe('closed');
  });
});
