// Goal: a run that closes never puts an older count in the place of a later one: what came back, or was surrendered, after its tallies
// were taken stays counted. Method: a small bureau on real engines; the return arrives between the tallies and the seal.
import { afterEach, expect, it, vi } from 'vitest';
import { restateForOutside } from '../../../functions/run/restate-budget.ts';
import {
  BUDGET,
  bankAnswer,
  closed,
  failing,
  type Office,
  reconciled,
  SUPPLEMENTARY,
} from '../run/office.ts';
import { answeredMonth, comingBack, smallOffice, wholeMonth } from '../run/whole-month.ts';

let bureau: Office;
afterEach(async () => {
  vi.restoreAllMocks();
  await bureau.stop();
});

it('a return that was counted while another run closes is not undone by that run', async () => {
  bureau = await smallOffice();
  const regular = await wholeMonth(bureau, { answer: failing([2, 3], '超过截止时间') });
  const again = await answeredMonth(bureau, { identity: SUPPLEMENTARY });
  const [back] = await bankAnswer(bureau, regular, comingBack(1), 2);
  const use = async () => (await bureau.ports.budgets.load(BUDGET)).budget.runs[regular.runId];
  const counted = {
    spent: { 'district-lottery': 60_000 },
    reserved: { 'district-lottery': 30_000 },
    returned: { 'district-lottery': 30_000 },
  };
  const { closings } = bureau.ports;
  const chain = closings.chain.bind(closings);
  vi.spyOn(closings, 'chain').mockImplementationOnce(async (...asked) => {
    // Every shard is tallied: then line 1 comes back, and is counted.
    const { results, reconcile } = bureau.handlers;
    const { deliver } = bureau;
    Object.assign(bureau, {
      deliver: () => bureau.engines.deliver({ results: results!, reconcile: reconcile! }),
    });
    await reconciled(bureau, regular, back!);
    Object.assign(bureau, { deliver });
    const { runId } = regular;
    await restateForOutside(bureau.ports, {
      type: 'run.restate-budget',
      version: 1,
      runId,
      origin: '2026-12#R',
    });
    expect(await use()).toEqual(counted);
    return chain(...asked);
  });
  expect((await closed(bureau, again)).state).toBe('closed');
  expect(await use()).toEqual(counted);
});
