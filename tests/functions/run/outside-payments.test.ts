// Goal: what the bank could not pay is paid by hand once, by two people, and counts everywhere as the settlement. Method: a small
// bureau on real engines, whose bank goes on speaking of what was paid meanwhile.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diesAfter } from '../../faults.ts';
import {
  BUDGET,
  bankAnswer,
  closed,
  code,
  computed,
  failing,
  type Office,
  pack,
  reconciled,
  SUPPLEMENTARY,
  value,
} from './office.ts';
import { confirmed, failedMonth, type Proposal, paidByHand, stated, unsettled } from './paid-by-hand.ts';
import { balances, draftsOf, entriesOf, sentMonth, smallOffice, wholeMonth } from './whole-month.ts';

let bureau: Office;
beforeEach(async () => {
  bureau = await smallOffice();
});
afterEach(() => bureau.stop());

const used = async () => (await bureau.ports.budgets.load(BUDGET)).budget.runs;
const allPaid = { 'appropriation:2026': -90_000, 'expense:high-age': 90_000 };

describe('a payment made by hand', () => {
  it('counts once another person confirms it: in the ledger, the budget, the list, the bureau’s books and for the one paid', async () => {
    const run = await failedMonth(bureau);
    const [open] = await unsettled(bureau, run);
    const proposal = value(await stated(bureau, run));
    expect(proposal).toMatchObject({ attempt: 2, fen: 30_000 });
    expect(await balances(bureau)).toMatchObject({ clearing: 30_000 });
    expect(value(await stated(bureau, run))).toEqual(proposal);
    expect(code(await confirmed(bureau, run, proposal.outsideId, 'staff-preparer'))).toBe(
      'forbidden/same-person',
    );
    expect(await used()).toMatchObject({ [run.runId]: { reserved: { 'district-lottery': 30_000 } } });

    value(await confirmed(bureau, run, proposal.outsideId));
    expect(await balances(bureau)).toEqual(allPaid);
    await bureau.deliver();
    expect(await used()).toEqual({ [run.runId]: { reserved: {}, spent: { 'district-lottery': 90_000 } } });
    expect(await unsettled(bureau, run)).toMatchObject([
      { state: 'failed', paidOutside: { means: 'cash', voucher: 'XJ-001', state: 'settled' } },
    ]);
    const subject = open!.payment.split('-')[2]!;
    const [history] = await bureau.beneficiary.paymentsOf(subject, { months: 24 });
    expect(history).toMatchObject({ state: 'settled', fen: 30_000 });
    expect(history!.attempts[1]).toMatchObject({
      state: 'settled',
      bankDate: '2026-11-28',
      outside: { means: 'cash', voucher: 'XJ-001' },
    });
    const balance = value(await bureau.audit.trialBalance(run.runId));
    expect(balance.accounts.find(({ account }) => account === 'payable')).toMatchObject({
      debit: 120_000,
      credit: 120_000,
    });
    // Nothing is left for a supplementary run, and nobody may clear what was paid.
    const clearance = { runId: run.runId, payment: open!.payment, reason: '可重发', by: 'staff-approver' };
    expect(code(await bureau.follow.clearUnsettled(clearance))).toBe('conflict/paid-outside');
    expect((await computed(bureau, SUPPLEMENTARY)).totals?.payable.count).toBe(0);
  });

  it('is one entry however often and by however many it is confirmed, and the second person is told', async () => {
    const run = await failedMonth(bureau);
    const { outsideId } = value(await stated(bureau, run));
    const people = ['staff-reviewer', 'staff-approver', 'staff-cashier'];
    const answers = await Promise.all(people.map((by) => confirmed(bureau, run, outsideId, by)));
    expect(answers.map(code).sort()).toEqual([
      'accepted',
      'conflict/outside-payment-decided',
      'conflict/outside-payment-decided',
    ]);
    const before = await entriesOf(bureau);
    const winner = people[answers.findIndex((answer) => answer.ok)]!;
    value(await confirmed(bureau, run, outsideId, winner));
    expect(await entriesOf(bureau)).toEqual(before);
    expect(Object.keys(before).filter((key) => key.includes('#02#'))).toHaveLength(1);
  });

  it('is not stated for what is settled, in transit, in the future or earlier than the attempt', async () => {
    const sent = await sentMonth(bureau);
    const [draft] = await draftsOf(bureau, sent);
    bureau.clock.moveTo('2026-11-28');
    const of = (payment: string, more: Partial<Proposal> = {}) =>
      stated(bureau, sent, { payment, means: 'manual-transfer', voucher: 'V-1', ...more });
    expect(code(await of(draft!.payment))).toBe('conflict/in-transit');
    expect(code(await of('2026-12_R_GL-000000000000-1'))).toBe('missing/unsettled');
    const [answer] = await bankAnswer(bureau, sent, failing([2]));
    await reconciled(bureau, sent, answer!);
    const [open] = await unsettled(bureau, sent);
    const paid = (await draftsOf(bureau, sent)).find(({ payment }) => payment !== open!.payment)!;
    expect(code(await of(paid.payment))).toBe('conflict/settled');
    expect(code(await of(open!.payment, { paidOn: '2026-11-29' }))).toBe('invalid/date-in-future');
    expect(code(await of(open!.payment, { paidOn: '2026-11-21' }))).toBe('invalid/date-too-early');
    expect(code(await of(open!.payment))).toBe('accepted');
    expect(await bureau.outside.listOutsidePayments(sent.runId)).toMatchObject({
      value: [{ voucher: 'V-1' }],
    });
  });

  it('in cash needs a policy that allows it', async () => {
    const strict = pack('110199') as { values: { parameter: string; value: unknown }[] };
    const without = {
      ...strict,
      values: strict.values.filter(({ parameter }) => parameter !== 'cashPayments'),
    };
    const never = {
      ...strict,
      values: strict.values.map((one) => (one.parameter === 'cashPayments' ? { ...one, value: false } : one)),
    };
    for (const [own, expected] of [
      [without, 'policy/no-rule'],
      [never, 'policy/no-cash'],
    ] as const) {
      await bureau.stop();
      bureau = await smallOffice({ packs: [pack('110000'), own] });
      const run = await failedMonth(bureau);
      expect(code(await stated(bureau, run))).toBe(expected);
      expect(code(await stated(bureau, run, { means: 'manual-transfer' }))).toBe('accepted');
    }
  });

  it('needs a voucher of its own; one that was rejected or taken back has not used it', async () => {
    const run = await failedMonth(bureau, [2, 3]);
    const [one, two] = (await unsettled(bureau, run)).map(({ payment }) => payment);
    const wrong = value(await stated(bureau, run, { payment: one!, reason: '登记错误' }));
    const withdraw = (by: string) =>
      bureau.outside.withdrawOutsidePayment({
        runId: run.runId,
        outsideId: wrong.outsideId,
        reason: '登记到他人名下',
        by,
      });
    expect(code(await withdraw('staff-cashier'))).toBe('forbidden/not-yours');
    value(await withdraw('staff-preparer'));
    value(await withdraw('staff-preparer'));
    expect(code(await confirmed(bureau, run, wrong.outsideId))).toBe('conflict/outside-payment-decided');
    await paidByHand(bureau, run, { payment: two! });
    const again = value(await stated(bureau, run, { payment: one!, reason: '同一凭证' }));
    expect(code(await confirmed(bureau, run, again.outsideId))).toBe('conflict/voucher-used');
    const reject = {
      runId: run.runId,
      outsideId: again.outsideId,
      decision: 'rejected',
      reason: '凭证号重复',
    } as const;
    value(await bureau.outside.decideOutsidePayment({ ...reject, by: 'staff-approver' }));
    // A voucher of the finance bureau is no voucher of a cash payment either.
    const funding = value(await stated(bureau, run, { payment: one!, voucher: 'BK-2026-12-R-1' }));
    expect(code(await confirmed(bureau, run, funding.outsideId))).toBe('conflict/voucher-used');
    await paidByHand(bureau, run, { payment: one!, voucher: 'XJ-002' });
    expect(await balances(bureau)).toEqual(allPaid);
  });

  it('is written by the sweeper, or by whoever confirms again, when the confirmation dies before its entry', async () => {
    const run = await failedMonth(bureau, [2, 3]);
    const payments = (await unsettled(bureau, run)).map(({ payment }) => payment);
    const proposals = [];
    for (const [index, payment] of payments.entries())
      proposals.push(value(await stated(bureau, run, { payment, voucher: `XJ-${index}` })));
    for (const { outsideId } of proposals) {
      // Voucher, claim and decision are written, and not the entry.
      expect(await diesAfter(bureau.faults, 3, () => confirmed(bureau, run, outsideId))).toBe(true);
    }
    expect(await balances(bureau)).toMatchObject({ clearing: 60_000 });
    value(await confirmed(bureau, run, proposals[0]!.outsideId));
    expect(await balances(bureau)).toMatchObject({ clearing: 30_000 });
    await bureau.sweep();
    expect(await balances(bureau)).toEqual(allPaid);
    const before = await entriesOf(bureau);
    await bureau.deliver();
    await bureau.sweep();
    expect(await entriesOf(bureau)).toEqual(before);
    expect(await used()).toEqual({ [run.runId]: { reserved: {}, spent: { 'district-lottery': 90_000 } } });
  });

  it('lets a run close whose failures were all paid so, and its tally says so', async () => {
    const sent = await sentMonth(bureau);
    const [answer] = await bankAnswer(bureau, sent, failing([1]));
    await reconciled(bureau, sent, answer!);
    bureau.clock.moveTo('2026-11-28');
    const { outsideId } = value(await stated(bureau, sent));
    expect(await diesAfter(bureau.faults, 3, () => confirmed(bureau, sent, outsideId))).toBe(true);
    // Confirmed and not in the ledger yet: a seal now would be without it.
    expect((await closed(bureau, sent)).state).toBe('dispatched');
    const answered = await bureau.views.closingAnswer(sent.runId);
    expect(answered?.refusal?.code).toBe('conflict/outside-payments-differ');
    value(await confirmed(bureau, sent, outsideId));
    const end = await closed(bureau, sent);
    expect(end.closing?.tally).toMatchObject({
      released: { count: 3, fen: 90_000 },
      settled: { count: 3 },
      failed: { count: 1 },
      inTransit: { count: 0 },
      paidOutside: { count: 1, fen: 30_000 },
    });
    expect(await used()).toEqual({ [sent.runId]: { reserved: {}, spent: { 'district-lottery': 90_000 } } });
  });
});

describe('what the bank says afterwards', () => {
  it('a late success of the failed attempt is an exception and never a second settlement', async () => {
    const run = await failedMonth(bureau);
    await paidByHand(bureau, run);
    const [late] = await bankAnswer(bureau, run, (line) => (line.sequence === 2 ? line : []), 2);
    const before = await entriesOf(bureau);
    await reconciled(bureau, run, late!);
    const [found] = await bureau.lists.exceptions(run.runId);
    expect(found).toMatchObject({ kind: 'paid-twice-by-bank', attempt: 1 });
    const decide = (decision: 'settled' | 'no-entry-needed') =>
      bureau.follow.decideException({
        runId: run.runId,
        exceptionId: found!.exceptionId,
        decision,
        reason: '银行入账，已现金发放，另行追回',
        by: 'staff-approver',
      });
    expect(code(await decide('settled'))).toBe('conflict/outcome-recorded');
    value(await decide('no-entry-needed'));
    expect(await entriesOf(bureau)).toEqual(before);
  });

  it('a late success that is not decided stops a payment by hand, stated before or after', async () => {
    const run = await failedMonth(bureau);
    const proposal = value(await stated(bureau, run));
    const [late] = await bankAnswer(bureau, run, (line) => (line.sequence === 2 ? line : []), 2);
    await reconciled(bureau, run, late!);
    expect(code(await confirmed(bureau, run, proposal.outsideId))).toBe('conflict/late-success');
    expect(code(await stated(bureau, run, { reason: '再次登记' }))).toBe('conflict/late-success');
  });

  it('a transfer by hand that comes back is reported by one, decided by another, and sent again', async () => {
    const run = await failedMonth(bureau, [2]);
    const { outsideId } = await paidByHand(bureau, run, { means: 'manual-transfer', voucher: 'ZZ-1' });
    const back = (which = outsideId) =>
      bureau.outside.reportOutsideReturn({
        runId: run.runId,
        outsideId: which,
        reason: '对方银行退票',
        by: 'staff-cashier',
      });
    expect(code(await back('outside-none'))).toBe('missing/outside-payment');
    const reported = value(await back());
    expect(value(await back())).toEqual(reported);
    const decide = (by: string, decision: 'returned' | 'settled' = 'returned') =>
      bureau.follow.decideException({
        runId: run.runId,
        exceptionId: reported.exceptionId,
        decision,
        reason: '已见退票回单',
        by,
      });
    expect(code(await decide('staff-cashier'))).toBe('forbidden/same-person');
    expect(code(await decide('staff-approver', 'settled'))).toBe('conflict/paid-outside');
    value(await decide('staff-approver'));
    expect(code(await back())).toBe('conflict/cannot-come-back');
    expect(await balances(bureau)).toMatchObject({ clearing: 30_000 });
    const list = await unsettled(bureau, run);
    expect(list.map(({ attempt, state, paidOutside }) => [attempt, state, paidOutside?.state])).toEqual([
      [1, 'failed', 'returned'],
      [2, 'returned', undefined],
    ]);
    // The voucher of the transfer that came back pays no second one, though sum and day are the same.
    const once = value(await stated(bureau, run, { means: 'manual-transfer', voucher: 'ZZ-1' }));
    expect(code(await confirmed(bureau, run, once.outsideId))).toBe('conflict/voucher-used');
    await bureau.deliver();
    await bureau.sweep();
    await bureau.deliver();
    expect(await used()).toMatchObject({ [run.runId]: { reserved: { 'district-lottery': 30_000 } } });
    const s1 = await wholeMonth(bureau, { identity: SUPPLEMENTARY });
    expect(s1.closing?.tally).toMatchObject({ released: { count: 1 }, settled: { count: 1 } });
    const attempts = Object.keys(await entriesOf(bureau)).filter((key) => key.includes('#03#'));
    expect(attempts).toHaveLength(2);
    expect(Object.keys(await balances(bureau)).sort()).toEqual(['appropriation:2026', 'expense:high-age']);
    expect(await used()).toMatchObject({ [run.runId]: { reserved: {} } });
  });

  it('cash does not come back', async () => {
    const run = await failedMonth(bureau);
    const { outsideId } = await paidByHand(bureau, run);
    const report = { runId: run.runId, outsideId, reason: '退回', by: 'staff-cashier' };
    expect(code(await bureau.outside.reportOutsideReturn(report))).toBe('conflict/cannot-come-back');
  });

  it('what the bank returned is paid by hand from the suspense, with the money that is there', async () => {
    const run = await wholeMonth(bureau);
    const [back] = await bankAnswer(
      bureau,
      run,
      (line) =>
        line.sequence === 2 ? { ...line, status: 'returned', returnCode: 'E01', reason: '账户已销户' } : [],
      2,
    );
    await reconciled(bureau, run, back!);
    bureau.clock.moveTo('2026-11-28');
    const early = await stated(bureau, run, { paidOn: '2026-11-26' });
    expect(code(early)).toBe('invalid/date-too-early');
    await paidByHand(bureau, run, { means: 'manual-transfer' });
    expect(await balances(bureau)).toEqual(allPaid);
  });
});
