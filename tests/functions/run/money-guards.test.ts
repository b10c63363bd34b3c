import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { available, release, reserve } from '../../../domain/budget/budget.ts';
import { canonicalJson } from '../../../domain/canonical.ts';
import { type Fen, fen } from '../../../domain/money.ts';
import { ok } from '../../../domain/result.ts';
import type { Run } from '../../../domain/run/run.ts';
import {
  APPROVER,
  approved,
  BUDGET,
  code,
  computed,
  dispatched,
  LINES,
  type Office,
  REGULAR,
  REVIEWER,
  seen,
  value,
} from './office.ts';
import {
  changedAccount,
  died,
  draftsOf,
  entriesOf,
  runNow,
  sentMonth,
  smallOffice,
  wholeMonth,
} from './whole-month.ts';

let bureau: Office;
beforeEach(async () => {
  bureau = await smallOffice();
});
afterEach(() => bureau.stop());

const budgeted = async (amount: Fen) =>
  value(
    await bureau.office.setBudget({
      ...BUDGET,
      lines: [{ ...LINES[0], appropriated: amount }],
      by: 'staff-finance',
    }),
  );
const used = async () => (await bureau.ports.budgets.load(BUDGET)).budget.runs;
const fund = (run: Run, amount: number, voucher: string, date = '2026-11-24') =>
  bureau.actions.fund({ runId: run.runId, voucher, date, fen: fen(amount), by: 'staff-finance' });
const dispatch = (run: Run) => bureau.actions.dispatch({ runId: run.runId, by: 'staff-cashier' });

describe('the budget', () => {
  const lastSignature = (run: Run) => bureau.actions.sign({ ...seen(bureau, run), signer: APPROVER });

  it('refuses the last signature above what it has, and reserves nothing', async () => {
    await budgeted(fen(89_999));
    const run = await computed(bureau);
    value(await bureau.actions.submit({ ...seen(bureau, run), by: 'staff-preparer' }));
    value(await bureau.actions.sign({ ...seen(bureau, run), signer: REVIEWER }));
    const refused = await lastSignature(run);
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'limit/budget', detail: { available: '899.99', needed: '900.00' } },
    });
    expect(await used()).toEqual({});
    expect(await runNow(bureau, run)).toMatchObject({ state: 'signing', signatures: [{ step: 'section' }] });
    await budgeted(fen(90_000));
    expect(value(await lastSignature(run)).state).toBe('approved');
  });

  it('is used up by one run and refused to the next', async () => {
    await budgeted(fen(100_000));
    await sentMonth(bureau);
    bureau.clock.moveTo('2026-12-20');
    const january = await computed(bureau, { ...REGULAR, period: '2027-01' });
    expect(january.totals?.payable.fen).toBe(30_000);
    value(await bureau.actions.submit({ ...seen(bureau, january), by: 'staff-preparer' }));
    value(await bureau.actions.sign({ ...seen(bureau, january), signer: REVIEWER }));
    expect(code(await lastSignature(january))).toBe('limit/budget');
    expect(Object.keys(await used())).toEqual(['110199.high-age.2026-12.R.1']);
  });

  it('is never overdrawn by runs that reserve at once', async () => {
    await budgeted(fen(100_000));
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        bureau.ports.budgets.change(BUDGET, (budget) => reserve(budget, `run-${index}`, fen(30_000))),
      ),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(3);
    const { budget } = await bureau.ports.budgets.load(BUDGET);
    expect(available(budget)).toEqual({ 'district-lottery': 10_000 });
  });

  it.each(['hold', 'void', 'recompute'] as const)(
    'gets its money back on a %s after approval',
    async (what) => {
      const run = await approved(bureau, await computed(bureau));
      expect(await used()).toMatchObject({ [run.runId]: { reserved: { 'district-lottery': 90_000 } } });
      const request = { runId: run.runId, reason: '更正', by: 'staff-reviewer' };
      const [draft] = await draftsOf(bureau, run);
      if (what === 'hold') value(await bureau.actions.holdPayment({ ...request, payment: draft!.payment }));
      if (what === 'void') value(await bureau.actions.voidRun(request));
      if (what === 'recompute') value(await bureau.actions.recompute(request));
      expect(await used()).toEqual({});
    },
  );

  it('gets back by the sweeper what was reserved for a signature that was never written', async () => {
    const run = await computed(bureau);
    value(await bureau.actions.submit({ ...seen(bureau, run), by: 'staff-preparer' }));
    await bureau.ports.budgets.change(BUDGET, (budget) => reserve(budget, run.runId, fen(90_000)));
    // At the first look somebody may be just about to sign.
    await bureau.sweep();
    expect(Object.keys(await used())).toEqual([run.runId]);
    await bureau.sweep();
    expect(await used()).toEqual({});
  });

  it('is asked again at dispatch, should a reservation have been lost', async () => {
    const run = await approved(bureau, await computed(bureau));
    value(await bureau.actions.requestFunding({ runId: run.runId, by: 'staff-cashier' }));
    value(await fund(run, 90_000, 'V1'));
    await bureau.ports.budgets.change(BUDGET, (budget) => ok(release(budget, run.runId)));
    await bureau.ports.budgets.change(BUDGET, (budget) => reserve(budget, 'another', fen(100_050_000)));
    expect(code(await dispatch(run))).toBe('limit/budget');
    expect((await runNow(bureau, run)).state).toBe('funded');
    await bureau.ports.budgets.change(BUDGET, (budget) => ok(release(budget, 'another')));
    expect(value(await dispatch(run)).state).toBe('verifying');
    expect(await used()).toMatchObject({ [run.runId]: { reserved: { 'district-lottery': 90_000 } } });
  });
});

describe('funds', () => {
  let run: Run;
  beforeEach(async () => {
    run = await approved(bureau, await computed(bureau));
  });

  it('are recorded after they were asked for, once per voucher, and add up', async () => {
    expect(code(await fund(run, 90_000, 'V1'))).toBe('conflict/run-state');
    expect(code(await dispatch(run))).toBe('conflict/run-state');
    value(await bureau.actions.requestFunding({ runId: run.runId, by: 'staff-cashier' }));
    expect(code(await fund(run, 0, 'V0'))).toBe('invalid/amount');
    value(await fund(run, 40_000, 'V1'));
    expect(code(await fund(run, 40_000, 'V1'))).toBe('conflict/voucher-used');
    const short = await dispatch(run);
    expect(short).toMatchObject({
      ok: false,
      error: { code: 'limit/funds', detail: { funded: '400.00', needed: '900.00' } },
    });
    value(await fund(run, 49_999, 'V2'));
    expect(code(await dispatch(run))).toBe('limit/funds');
    value(await fund(run, 1, 'V3'));
    expect(value(await dispatch(run)).state).toBe('verifying');
    const entries = await bureau.ports.ledger.fundings(REGULAR, '2026-12', 'R');
    expect(entries.map(({ voucher, fen: amount }) => `${voucher} ${amount}`)).toEqual([
      'V1 40000',
      'V2 49999',
      'V3 1',
    ]);
  });

  it('may be refused by the finance bureau, and asked for again', async () => {
    value(await bureau.actions.requestFunding({ runId: run.runId, by: 'staff-cashier' }));
    const back = value(
      await bureau.actions.returnFunding({ runId: run.runId, reason: '指标未下达', by: 'staff-finance' }),
    );
    expect(back).toMatchObject({ state: 'approved', lastReason: '指标未下达' });
    expect(code(await fund(run, 90_000, 'V1'))).toBe('conflict/run-state');
    expect((await dispatched(bureau, back)).state).toBe('dispatched');
  });

  it('of a voided run are there for the run that is started instead, by the same voucher', async () => {
    value(await bureau.actions.requestFunding({ runId: run.runId, by: 'staff-cashier' }));
    value(await fund(run, 90_000, 'BK-R-1'));
    value(await bureau.actions.voidRun({ runId: run.runId, reason: '名单有误', by: 'staff-reviewer' }));
    const second = await approved(bureau, await computed(bureau));
    value(await bureau.actions.requestFunding({ runId: second.runId, by: 'staff-cashier' }));
    expect(code(await fund(second, 80_000, 'BK-R-1'))).toBe('conflict/voucher-used');
    expect(code(await fund(second, 90_000, 'BK-R-1', '2026-11-25'))).toBe('conflict/voucher-used');
    value(await fund(second, 90_000, 'BK-R-1'));
    expect(await bureau.ports.ledger.fundings(REGULAR, '2026-12', 'R')).toHaveLength(1);
    value(await dispatch(second));
    await bureau.deliver();
    const { accounts } = value(await bureau.audit.trialBalance(second.runId));
    expect(accounts).toContainEqual({ account: 'clearing', debit: 90_000, credit: 0 });
  });
});

describe('what changed between the signature and the bank', () => {
  let run: Run;
  beforeEach(async () => {
    run = await approved(bureau, await computed(bureau));
    value(await bureau.actions.requestFunding({ runId: run.runId, by: 'staff-cashier' }));
    value(await fund(run, 90_000, 'V1'));
  });
  const sent = async () => {
    value(await dispatch(run));
    await bureau.deliver();
    return runNow(bureau, run);
  };
  const released = async () =>
    Object.values(await entriesOf(bureau)).filter((text) => String(text).startsWith('release'));

  it.each(['another amount', 'one payment more'])('drafts with %s stop everything', async (what) => {
    const [item] = (await bureau.engines.scan('operations')).filter(({ pk }) =>
      pk.startsWith(`D#${run.runId}#`),
    );
    const [draft] = (await draftsOf(bureau, run)).filter(({ enrolment }) => item!.sk.startsWith(enrolment));
    const forged = { ...draft!, fen: 99_900, lines: [{ ...draft!.lines[0]!, fen: 99_900 }] };
    await bureau.engines.tables.operations.put({
      ...item!,
      sk: what === 'another amount' ? item!.sk : item!.sk.replace('#01', '#02'),
      b: deflateRawSync(canonicalJson(forged)),
    });
    const after = await sent();
    expect(after).toMatchObject({ state: 'recompute-needed', files: [] });
    expect(after.lastReason).toContain('are not what was signed');
    expect(await released()).toEqual([]);
    expect(code(await dispatch(run))).toBe('conflict/run-state');
    value(await bureau.actions.recompute({ runId: run.runId, reason: '重新核算', by: 'staff-preparer' }));
    await bureau.deliver();
    // The money is there already: with the signatures the run is funded.
    const again = await approved(bureau, await runNow(bureau, run));
    expect(again).toMatchObject({ state: 'funded', totals: { payable: { fen: 90_000 } } });
    expect((await sent()).files).toMatchObject([{ count: 3, fen: 90_000 }]);
  });

  it('an account that was changed is held, and the others can go on', async () => {
    const [draft] = await draftsOf(bureau, run);
    await changedAccount(bureau, draft!.account!.payee, '6217999999990001');
    const review = await sent();
    expect(review).toMatchObject({
      state: 'review',
      signatures: [],
      totals: { payable: { count: 2 }, held: { count: 1 } },
    });
    expect(review.holds.get(draft!.payment)?.late?.control).toBe('account-changed');
    expect(await released()).toEqual([]);
    const lift = { runId: run.runId, payment: draft!.payment, reason: '已核实', by: 'staff-reviewer' };
    expect(code(await bureau.actions.liftHold(lift))).toBe('conflict/late-finding');
    expect(await approved(bureau, review)).toMatchObject({ state: 'funded' });
    expect((await sent()).files).toMatchObject([{ count: 2, fen: 60_000 }]);
    const [hold] = await bureau.lists.holds();
    expect(hold).toMatchObject({
      payment: draft!.payment,
      fen: 30_000,
      reasons: [{ control: 'account-changed' }],
    });
  });

  it.each([
    ['认证', '2026-11-02'],
    ['比对', '2026-11-02'],
  ] as const)('a death (%s) is held, and paid nothing', async (source, diedOn) => {
    await died(bureau, 2, diedOn, source);
    const review = await sent();
    expect(review).toMatchObject({ state: 'review', totals: { payable: { count: 2 }, held: { count: 1 } } });
    expect([...review.holds.values()].map(({ late }) => late?.control)).toEqual(['deceased']);
    expect(await released()).toEqual([]);
    await approved(bureau, review);
    expect((await sent()).files).toMatchObject([{ count: 2 }]);
  });

  it('a death in the last month paid for stops nothing', async () => {
    bureau.clock.moveTo('2026-12-03');
    await died(bureau, 2, '2026-12-01', '认证');
    expect((await sent()).files).toMatchObject([{ count: 3 }]);
  });
});

it('spends what is settled and keeps the rest reserved', async () => {
  const end = await wholeMonth(bureau);
  expect(await used()).toEqual({ [end.runId]: { reserved: {}, spent: { 'district-lottery': 90_000 } } });
});
