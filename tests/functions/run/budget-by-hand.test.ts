// Goal: what is paid by hand is spent in the budget, whoever counts at the same moment and wherever somebody dies in between.
// Method: a small bureau on real engines; another run closes, or another confirmation dies, right beside the count.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Run } from '../../../domain/run/run.ts';
import { restateForOutside } from '../../../functions/run/restate-budget.ts';
import { diesAfter } from '../../faults.ts';
import {
  approved,
  BUDGET,
  bankAnswer,
  closed,
  computed,
  dispatched,
  type Office,
  reconciled,
  SUPPLEMENTARY,
  value,
} from './office.ts';
import { confirmed, failedMonth, stated, unsettled } from './paid-by-hand.ts';
import { draftsOf, smallOffice } from './whole-month.ts';

let bureau: Office;
beforeEach(async () => {
  bureau = await smallOffice();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await bureau.stop();
});

const used = async ({ runId }: Run) => (await bureau.ports.budgets.load(BUDGET)).budget.runs[runId];
const ALL_SPENT = { reserved: {}, spent: { 'district-lottery': 90_000 } };

describe('the budget of what is paid by hand', () => {
  it('keeps it spent when another run, which counted before, closes after', async () => {
    const regular = await failedMonth(bureau, [2, 3]);
    const review = await computed(bureau, SUPPLEMENTARY);
    const [kept] = (await draftsOf(bureau, review)).map(({ payment }) => payment);
    const hold = { runId: review.runId, payment: kept!, reason: '到窗口领取', by: 'staff-preparer' };
    const sent = await dispatched(
      bureau,
      await approved(bureau, value(await bureau.actions.holdPayment(hold))),
    );
    const [answer] = await bankAnswer(bureau, sent);
    await reconciled(bureau, sent, answer!);
    const { outsideId } = value(await stated(bureau, regular, { payment: kept! }));
    const { closings, queues } = bureau.ports;
    const chain = closings.chain.bind(closings);
    vi.spyOn(closings, 'chain').mockImplementationOnce(async (...asked) => {
      // Every shard is tallied; the message is handled here and comes no second time.
      vi.spyOn(queues, 'send').mockResolvedValueOnce(undefined);
      value(await confirmed(bureau, regular, outsideId));
      const message = { type: 'run.restate-budget', version: 1, runId: regular.runId } as const;
      await restateForOutside(bureau.ports, message);
      expect(await used(regular)).toEqual(ALL_SPENT);
      return chain(...asked);
    });
    expect((await closed(bureau, sent)).state).toBe('closed');
    expect(await used(regular)).toEqual(ALL_SPENT);
  });

  it('is counted again when one was confirmed, and not yet in the ledger, while another was counted', async () => {
    const regular = await failedMonth(bureau, [2, 3]);
    const payments = (await unsettled(bureau, regular)).map(({ payment }) => payment);
    const [one, two] = await Promise.all(
      payments.map(async (payment, index) =>
        value(await stated(bureau, regular, { payment, voucher: `XJ-${index}` })),
      ),
    );
    // Voucher, claim and decision are written, and not the entry.
    const confirm = () => confirmed(bureau, regular, one!.outsideId);
    expect(await diesAfter(bureau.faults, 3, confirm)).toBe(true);
    value(await confirmed(bureau, regular, two!.outsideId));
    await bureau.deliver();
    expect((await used(regular))?.spent).toEqual({ 'district-lottery': 60_000 });
    for (let look = 0; look < 2; look += 1) await bureau.sweep();
    await bureau.deliver();
    expect(await used(regular)).toEqual(ALL_SPENT);
  });
});
