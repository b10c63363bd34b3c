// Goal: of a payment by hand and a run that sends the same payment again exactly one wins, wherever they meet, and neither breaks.
// Method: a small bureau on real engines; one of the two does its work at a chosen moment of the other's.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diesAfter } from '../../faults.ts';
import { approved, bankAnswer, closed, code, dispatched, type Office, reconciled, value } from './office.ts';
import { confirmed, failedMonth, paidByHand, signedReissue, stated } from './paid-by-hand.ts';
import { balances, entriesOf, smallOffice } from './whole-month.ts';

let bureau: Office;
beforeEach(async () => {
  bureau = await smallOffice();
});
afterEach(() => bureau.stop());

const allPaid = { 'appropriation:2026': -90_000, 'expense:high-age': 90_000 };

describe('a payment by hand and the run that sends it again', () => {
  it('paid after the run was signed: the verification keeps it out by name, and the run goes on without it', async () => {
    const run = await failedMonth(bureau, [2, 3]);
    const signed = await signedReissue(bureau);
    await paidByHand(bureau, run);
    const back = await dispatched(bureau, signed);
    expect(back.state).toBe('review');
    expect([...back.holds.values()].map(({ late }) => late?.control)).toEqual(['paid-outside']);
    const sent = await dispatched(bureau, await approved(bureau, back));
    expect(sent).toMatchObject({ state: 'dispatched', files: [{ count: 1, fen: 30_000 }] });
    const [answer] = await bankAnswer(bureau, sent);
    await reconciled(bureau, sent, answer!);
    expect((await closed(bureau, sent)).state).toBe('closed');
    expect(await balances(bureau)).toEqual(allPaid);
  });

  it('between verification and release it comes too late, and is told which run sends it', async () => {
    const run = await failedMonth(bureau);
    const signed = await signedReissue(bureau);
    const proposal = value(await stated(bureau, run));
    value(await bureau.actions.dispatch({ runId: signed.runId, by: 'staff-cashier' }));
    const answers: string[] = [];
    let asking = false;
    bureau.faults.around = async (call) => {
      const done = await call();
      const now = await bureau.ports.runs.load(signed.runId);
      if (asking || now?.state !== 'releasing') return done;
      asking = true;
      answers.push(code(await confirmed(bureau, run, proposal.outsideId)));
      asking = false;
      return done;
    };
    await bureau.deliver();
    delete bureau.faults.around;
    expect([...new Set(answers)].sort()).toEqual(['conflict/being-sent', 'conflict/sent-again']);
    expect(value(await bureau.views.getRun(signed.runId))).toMatchObject({
      state: 'dispatched',
      files: [{ count: 1 }],
    });
    expect(code(await confirmed(bureau, run, proposal.outsideId))).toBe('conflict/sent-again');
    expect(await balances(bureau)).toMatchObject({ 'in-transit:DF_110199_GL_202612S1_0001.txt': -30_000 });
  });

  /** Does something once, right before a claim of the kind is written, or right after. */
  function atClaim(by: 'run' | 'outside', when: 'before' | 'after', then: () => Promise<void>): void {
    const { outside } = bureau.ports;
    const put = outside.putClaim.bind(outside);
    let due = true;
    outside.putClaim = async (next, claimant, version) => {
      const mine = due && claimant.by === by;
      if (mine) due = false;
      if (mine && when === 'before') await then();
      const written = await put(next, claimant, version);
      if (mine && when === 'after') await then();
      return written;
    };
  }

  it.each([
    ['run', 'before', 'paid-outside'],
    ['run', 'after', 'release'],
    ['outside', 'before', 'release'],
    ['outside', 'after', 'paid-outside'],
  ] as const)(
    'when one comes right %s’s claim, %s it, %s wins and nothing diverges',
    async (by, when, winner) => {
      const run = await failedMonth(bureau);
      const signed = await signedReissue(bureau);
      const { outsideId } = value(await stated(bureau, run));
      let answer = '';
      const confirm = async () => {
        answer = code(await confirmed(bureau, run, outsideId));
      };
      const send = async () => {
        value(await bureau.actions.dispatch({ runId: signed.runId, by: 'staff-cashier' }));
        await bureau.deliver();
      };
      const [first, second] = by === 'run' ? [send, confirm] : [confirm, send];
      atClaim(by, when, second);
      await first();
      expect(await bureau.failures.again()).toBe(0);
      const entries = Object.entries(await entriesOf(bureau)).filter(([key]) => key.includes('#02#1release'));
      expect(entries.map(([, entry]) => String(entry).split(' ')[0])).toEqual([winner]);
      const { state } = value(await bureau.views.getRun(signed.runId));
      expect([state, answer === 'accepted']).toEqual(
        winner === 'release' ? ['dispatched', false] : ['review', true],
      );
    },
  );

  it('an unfinished confirmation that is rejected in the end keeps no run from sending', async () => {
    const run = await failedMonth(bureau);
    const proposal = value(await stated(bureau, run));
    // Voucher and claim are written, the decision is not.
    const confirm = () => confirmed(bureau, run, proposal.outsideId);
    expect(await diesAfter(bureau.faults, 2, confirm)).toBe(true);
    const back = await dispatched(bureau, await signedReissue(bureau));
    expect([...back.holds.values()].map(({ late }) => late?.control)).toEqual(['paid-outside']);
    const rejection = {
      runId: run.runId,
      outsideId: proposal.outsideId,
      decision: 'rejected',
      reason: '未实际发放',
    } as const;
    value(await bureau.outside.decideOutsidePayment({ ...rejection, by: 'staff-approver' }));
    value(await bureau.actions.recompute({ runId: back.runId, reason: '已驳回', by: 'staff-preparer' }));
    await bureau.deliver();
    const again = value(await bureau.views.getRun(back.runId));
    const sent = await dispatched(bureau, await approved(bureau, again));
    expect(sent).toMatchObject({ state: 'dispatched', files: [{ count: 1 }] });
  });
});
