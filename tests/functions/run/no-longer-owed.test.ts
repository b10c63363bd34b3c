import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parsePaymentId, subjectOf } from '../../../domain/ids.ts';
import type { Run } from '../../../domain/run/run.ts';
import { idNumber, row } from '../register/sheet-fixture.ts';
import { compareJournal } from './journal-of-run.ts';
import {
  approved,
  BUDGET,
  bankAnswer,
  closed,
  code,
  computed,
  dispatched,
  failing,
  type Office,
  REGULAR,
  reconciled,
  SUPPLEMENTARY,
  value,
} from './office.ts';
import { confirmed, failedMonth, paidByHand, stated, unsettled } from './paid-by-hand.ts';
import { balances, died, draftsOf, sentMonth, smallOffice } from './whole-month.ts';

let bureau: Office;
beforeEach(async () => {
  bureau = await smallOffice();
});
afterEach(() => bureau.stop());

const proposals = async () => (await bureau.lists.proposals()).map(({ month, fen }) => `${month} ${fen}`);
const supplementary = (round: number) => ({ ...REGULAR, round: `S${round}` });
const voided = async ({ runId }: Run) =>
  value(await bureau.actions.voidRun({ runId, reason: '测试', by: 'staff-preparer' }));
const reversals = async () => (await bureau.engines.scan('ledger')).filter(({ kind }) => kind === 'reversed');

/** Which row of the register a payment is of. */
async function numberOf(payment: string): Promise<number> {
  const key = subjectOf(parsePaymentId(payment).enrolment);
  for (const n of [1, 2, 3]) {
    const person = await bureau.register.personByIdNumber(idNumber(n));
    if (person?.record.personKey === key) return n;
  }
  throw new Error('nobody');
}
/** The one whose payment failed dies: every month is paid for since October 2026. */
async function deadOf(run: Run, on: string): Promise<void> {
  const [open] = await unsettled(bureau, run);
  await died(bureau, await numberOf(open!.payment), on, '认证');
}

describe('somebody dies whose payment failed', () => {
  it('before all its months: nothing is sent, nothing recovered, and it is taken back under signatures', async () => {
    const regular = await failedMonth(bureau);
    await deadOf(regular, '2026-09-20');
    const review = await computed(bureau, SUPPLEMENTARY);
    expect(review.totals).toMatchObject({ payable: { count: 0 }, cancelled: { count: 1, fen: 30_000 } });
    expect(await proposals()).toEqual([]);
    const sent = await dispatched(bureau, await approved(bureau, review));
    expect(sent).toMatchObject({ state: 'dispatched', files: [] });
    expect(await reversals()).toMatchObject([{ fen: 30_000, decidedIn: sent.runId, run: regular.runId }]);
    expect(await compareJournal(bureau, sent)).toEqual({ entries: 1, wrong: [] });
    expect((await compareJournal(bureau, regular)).wrong).toEqual([]);
    // What was funded and is not owed stands in the clearing account.
    expect(await balances(bureau)).toEqual({
      'appropriation:2026': -90_000,
      clearing: 30_000,
      'expense:high-age': 60_000,
    });
    const [view] = await unsettled(bureau, regular);
    expect(view).toMatchObject({ state: 'failed', fen: 30_000, cancelledFen: 30_000 });
    const clear = { runId: regular.runId, payment: view!.payment, reason: '可重发', by: 'staff-approver' };
    expect(code(await bureau.follow.clearUnsettled(clear))).toBe('conflict/no-longer-owed');
    expect(code(await stated(bureau, regular))).toBe('conflict/no-longer-owed');
    const used = async () => (await bureau.ports.budgets.load(BUDGET)).budget.runs[regular.runId];
    expect(await used()).toMatchObject({ reserved: { 'district-lottery': 30_000 } });
    expect((await closed(bureau, sent)).state).toBe('closed');
    // What is owed to nobody is free for others.
    expect((await used())?.reserved).toEqual({});
    const again = await computed(bureau, supplementary(2));
    expect(await draftsOf(bureau, again)).toEqual([]);
    expect(await proposals()).toEqual([]);
  });

  it('what is taken back is sealed with the run whose signatures cover it, and comes after no other seal', async () => {
    const regular = await failedMonth(bureau);
    const before = value(await bureau.audit.trialBalance(regular.runId));
    await deadOf(regular, '2026-09-20');
    const sent = await dispatched(bureau, await approved(bureau, await computed(bureau, SUPPLEMENTARY)));
    expect((await closed(bureau, sent)).state).toBe('closed');
    expect(value(await bureau.audit.trialBalance(regular.runId))).toEqual(before);
    expect(value(await bureau.audit.trialBalance(sent.runId))).toMatchObject({ entries: 1, afterSeal: [] });
    const { ranges } = value(await bureau.audit.seal(sent.runId))!;
    expect(ranges.filter(({ count }) => count > 0)).toMatchObject([{ count: 1, fen: 30_000 }]);
    expect(await unsettled(bureau, sent)).toEqual([]);
  });

  it('before some of them: the rest is sent, and what came twice or was interrupted is the same', async () => {
    const regular = await failedMonth(bureau);
    await deadOf(regular, '2026-10-05');
    const review = await computed(bureau, SUPPLEMENTARY, { times: 2 });
    expect(review.totals).toMatchObject({
      payable: { count: 1, fen: 10_000 },
      reissued: { count: 1, fen: 10_000 },
      cancelled: { count: 1, fen: 20_000 },
    });
    const run = await approved(bureau, review);
    let deaths = 0;
    bureau.faults.around = async (call) => {
      const done = await call();
      // Dies right after the part that is no longer owed is taken back.
      if (deaths === 0 && (await reversals()).length > 0) {
        deaths += 1;
        throw new Error('the machine died');
      }
      return done;
    };
    value(await bureau.actions.dispatch({ runId: run.runId, by: 'staff-cashier' }));
    await bureau.deliver().catch(() => undefined);
    delete bureau.faults.around;
    expect(deaths).toBe(1);
    for (let look = 0; look < 3; look += 1) {
      await bureau.sweep();
      await bureau.deliver({ times: 2 });
    }
    const sent = value(await bureau.views.getRun(run.runId));
    expect(sent).toMatchObject({ state: 'dispatched', files: [{ count: 1, fen: 10_000 }] });
    const items = await bureau.engines.scan('ledger');
    const [taken] = await reversals();
    const next = items.find((item) => item['kind'] === 'release' && item['attempt'] === 2);
    expect(next).toMatchObject({ fen: 10_000, p: taken!['h'] });
    const [answer] = await bankAnswer(bureau, sent);
    await reconciled(bureau, sent, answer!);
    // Everything is answered, and what the run took back is no attempt of its own.
    expect(await unsettled(bureau, sent)).toEqual([]);
    expect((await closed(bureau, sent)).state).toBe('closed');
    expect(await proposals()).toEqual([]);
    expect(await balances(bureau)).toMatchObject({ clearing: 20_000, 'expense:high-age': 70_000 });
  });

  it('while people pay it by hand: that stands, and becomes a proposal', async () => {
    const regular = await failedMonth(bureau);
    const hand = value(await stated(bureau, regular));
    await deadOf(regular, '2026-09-20');
    const run = await approved(bureau, await computed(bureau, SUPPLEMENTARY));
    value(await confirmed(bureau, regular, hand.outsideId));
    await dispatched(bureau, run);
    expect(await reversals()).toEqual([]);
    bureau.clock.moveTo('2026-11-29');
    await computed(bureau, supplementary(2));
    expect(await proposals()).toEqual(['2026-10 10000', '2026-11 10000', '2026-12 10000']);
  });

  it('after it was paid by hand: it was received', async () => {
    const regular = await failedMonth(bureau);
    await paidByHand(bureau, regular);
    const [open] = await unsettled(bureau, regular);
    bureau.clock.moveTo('2026-11-29');
    await died(bureau, await numberOf(open!.payment), '2026-11-20', '认证');
    await computed(bureau, SUPPLEMENTARY);
    expect(await proposals()).toEqual(['2026-12 10000']);
  });
});

describe('somebody dies while the bank has not answered', () => {
  it('there is nothing to recover until it says that the money was credited, and then there is', async () => {
    const regular = await sentMonth(bureau);
    bureau.clock.moveTo('2026-11-25');
    await died(bureau, 2, '2026-11-20', '认证');
    const early = await computed(bureau, SUPPLEMENTARY);
    expect(await proposals()).toEqual([]);
    await voided(early);
    const [answer] = await bankAnswer(bureau, regular);
    await reconciled(bureau, regular, answer!);
    bureau.clock.moveTo('2026-11-28');
    const later = await computed(bureau, SUPPLEMENTARY);
    expect(await proposals()).toEqual(['2026-12 10000']);
    expect(later.totals?.recoveries).toMatchObject({ count: 1, fen: 10_000 });
  });

  it('nothing becomes of it when the money failed, also where the run before has long been dispatched', async () => {
    const regular = await sentMonth(bureau);
    bureau.clock.moveTo('2026-11-25');
    await died(bureau, 2, '2026-09-20', '认证');
    await bureau.importRows('late', [row(21)]);
    // A supplementary run that is dispatched: whoever has not changed since is not looked at again, but for this.
    await sentMonth(bureau, { identity: SUPPLEMENTARY });
    expect(await proposals()).toEqual([]);
    const placed = (await draftsOf(bureau, regular)).map(({ payment }) => payment);
    const numbers = await Promise.all(placed.map(numberOf));
    const [answer] = await bankAnswer(bureau, regular, failing([numbers.indexOf(2) + 1], '超过截止时间'));
    await reconciled(bureau, regular, answer!);
    bureau.clock.moveTo('2026-11-28');
    const run = await computed(bureau, supplementary(2));
    expect(await proposals()).toEqual([]);
    expect(run.totals).toMatchObject({ payable: { count: 0 }, cancelled: { count: 1, fen: 30_000 } });
  });
});
