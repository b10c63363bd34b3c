import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { contentHash } from '../../../domain/canonical.ts';
import { checkpointHash } from '../../../domain/evidence/checkpoint.ts';
import type { Act } from '../../../domain/run/act.ts';
import type { Run } from '../../../domain/run/run.ts';
import { sha256Hex } from '../../../functions/adapters/hashing.ts';
import { concludeClosing } from '../../../functions/run/close.ts';
import { lambdaContext, sqsEvent } from '../../delivery.ts';
import { bankAnswer, closed, type Office, REGULAR, reconciled, value } from './office.ts';
import { answeredMonth, runNow, sealsOf, sentMonth, smallOffice, wholeMonth } from './whole-month.ts';

let bureau: Office;
beforeEach(async () => {
  bureau = await smallOffice();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await bureau.stop();
});

const askToClose = async (run: Run, by = 'staff-reviewer') =>
  value(await bureau.actions.close({ runId: run.runId, by }));

describe('an entry that was edited in the store', () => {
  // Amounts, counts and hashes stay as they were, so that only the recomputed hash can tell.
  it.each([
    ['the street of a release', 'release', { street: '110199002' }],
    ['the account of a release', 'release', { paidTo: 'somebody.0' }],
    ['the bank’s serial number', 'settled', { bankSerial: 'BK99999999' }],
    ['who wrote it', 'settled', { by: 'staff-preparer' }],
    ['the entry before it', 'settled', { p: 'f'.repeat(64) }],
  ] as const)('%s: nothing is sealed and the run stays open until it is as it was', async (_, kind, edit) => {
    const run = await answeredMonth(bureau);
    const entry = (await bureau.engines.scan('ledger')).find((item) => item['kind'] === kind);
    await bureau.engines.tables.ledger.put({ ...entry!, ...edit });
    await askToClose(run);
    expect(await bureau.deliver()).toMatchObject({ delivered: 16, failed: 1 });
    expect(await runNow(bureau, run)).toMatchObject({ state: 'dispatched' });
    // The sweeper asks again, and is told the same.
    for (let look = 0; look < 2; look += 1) await bureau.sweep();
    expect(await bureau.deliver()).toMatchObject({ failed: 1 });
    expect((await runNow(bureau, run)).state).toBe('dispatched');
    expect(await sealsOf(bureau)).toEqual([]);
    await bureau.engines.tables.ledger.put(entry!);
    await bureau.failures.again();
    expect((await runNow(bureau, run)).state).toBe('closed');
    expect(await sealsOf(bureau)).toHaveLength(1);
  });
});

describe('a seal', () => {
  it('covers the acts up to the closing, and recomputes from what an auditor can read', async () => {
    const end = await wholeMonth(bureau);
    const seal = value(await bureau.audit.seal(end.runId))!;
    const acts = value(await bureau.views.listActs(end.runId));
    expect(acts.at(-1)).toMatchObject({ kind: 'closed', seal: { sequence: 1, hash: seal.hash } });
    const recomputed = (upTo: readonly Act[]): string =>
      checkpointHash(sha256Hex, {
        sequence: seal.sequence,
        run: end.runId,
        ranges: seal.ranges,
        acts: contentHash(sha256Hex, 'run-acts.v1', upTo),
        previous: seal.previous,
      });
    expect(recomputed(acts.slice(0, -1))).toBe(seal.hash);
    // Another signer, another reason, an act less: another seal.
    const forged = acts
      .slice(0, -1)
      .map((act) => (act.kind === 'signed' ? { ...act, by: 'staff-somebody' } : act));
    expect(recomputed(forged)).not.toBe(seal.hash);
    expect(recomputed(acts.slice(0, -2))).not.toBe(seal.hash);
  });

  it('names the one before it in the bureau', async () => {
    const first = await wholeMonth(bureau);
    bureau.clock.moveTo('2026-12-20');
    const second = await wholeMonth(bureau, { identity: { ...REGULAR, period: '2027-01' } });
    const [one, two] = await Promise.all(
      [first, second].map(async ({ runId }) => value(await bureau.audit.seal(runId))!),
    );
    expect([one!.sequence, one!.previous, two!.sequence, two!.previous]).toEqual([1, '', 2, one!.hash]);
  });

  it('is written once, also by shards that finish at the same moment', async () => {
    const run = await answeredMonth(bureau);
    await askToClose(run);
    const bodies = bureau.engines.bodies('closing');
    expect(bodies).toHaveLength(16);
    const answers = await Promise.all(
      bodies.map((body) => bureau.handlers.closing!(sqsEvent(body), lambdaContext('closing'))),
    );
    expect(answers.flatMap((answer) => answer.batchItemFailures)).toEqual([]);
    await bureau.deliver();
    const end = await runNow(bureau, run);
    expect(end.state).toBe('closed');
    expect(await sealsOf(bureau)).toHaveLength(1);
    expect(value(await bureau.audit.seal(run.runId))?.hash).toBe(end.closing?.seal.hash);
  });

  it('is not written again by one who looked before the run was closed and comes after', async () => {
    const run = await answeredMonth(bureau);
    await askToClose(run);
    const request = await bureau.ports.closings.request(run.runId);
    await bureau.deliver();
    await concludeClosing(bureau.ports, run, request!);
    const end = await runNow(bureau, run);
    expect(await sealsOf(bureau)).toHaveLength(1);
    expect(value(await bureau.audit.seal(run.runId))?.hash).toBe(end.closing?.seal.hash);
  });
});

describe('asking to close', () => {
  it('a second time while the first is being refused keeps an answer of its own', async () => {
    const run = await sentMonth(bureau);
    await askToClose(run);
    // The first request is found to have payments in transit; before that is written, the bank answers and someone asks again.
    const { results } = bureau.ports;
    const exceptions = results.exceptions.bind(results);
    vi.spyOn(results, 'exceptions').mockImplementationOnce(async (runId) => {
      const [bytes] = await bankAnswer(bureau, run);
      await reconciledBeside(bytes!, run);
      await askToClose(run, 'staff-second');
      return exceptions(runId);
    });
    await bureau.deliver();
    const answer = await bureau.views.closingAnswer(run.runId);
    expect(answer).toMatchObject({ by: 'staff-second' });
    expect(answer?.refusal).toBeUndefined();
    const end = await runNow(bureau, run);
    expect(end.state).toBe('closed');
    expect((await bureau.ports.runs.acts(run.runId)).at(-1)).toMatchObject({
      kind: 'closed',
      by: 'staff-second',
    });
  });

  it('is answered with the reason, and asked again once that is out of the way', async () => {
    const run = await sentMonth(bureau);
    expect((await closed(bureau, run)).state).toBe('dispatched');
    expect(await bureau.views.closingAnswer(run.runId)).toMatchObject({
      refusal: { code: 'conflict/in-transit' },
    });
    const [bytes] = await bankAnswer(bureau, run);
    await reconciled(bureau, run, bytes!);
    expect((await closed(bureau, run)).state).toBe('closed');
    expect((await bureau.views.closingAnswer(run.runId))?.refusal).toBeUndefined();
  });
});

/** Takes a bank result in by the handlers of results alone, as they run beside those that close. */
async function reconciledBeside(bytes: Uint8Array, run: Run): Promise<void> {
  const { results, reconcile } = bureau.handlers;
  const deliver = bureau.deliver;
  Object.assign(bureau, {
    deliver: () => bureau.engines.deliver({ results: results!, reconcile: reconcile! }),
  });
  await reconciled(bureau, run, bytes);
  Object.assign(bureau, { deliver });
}
