// Goal: money that nobody claims is given back once, by two people, after notice; it is never paid again by itself, and is paid exactly
// once more when it is claimed. Method: a small bureau on real engines, with a run that would send it again at the same time.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeEntry } from '../../../domain/ledger/entry.ts';
import { surrendered as surrenderOf } from '../../../domain/ledger/surrender.ts';
import type { Run } from '../../../domain/run/run.ts';
import { sha256Hex } from '../../../functions/adapters/hashing.ts';
import { surrenders } from '../../../functions/unpaid/surrenders.ts';
import { diesAfter } from '../../faults.ts';
import { compareJournal } from '../run/journal-of-run.ts';
import {
  approved,
  BUDGET,
  bankAnswer,
  code,
  computed,
  dispatched,
  failing,
  LINES,
  type Office,
  pack,
  reconciled,
  SUPPLEMENTARY,
  value,
} from '../run/office.ts';
import { stated as statedByHand, unsettled } from '../run/paid-by-hand.ts';
import {
  balances,
  changedAccount,
  draftsOf,
  entriesOf,
  smallOffice,
  wholeMonth,
} from '../run/whole-month.ts';

const own = pack('110199') as { values: { parameter: string }[] };
const cash = own.values.find(({ parameter }) => parameter === 'cashPayments')!;
const others = own.values.filter(({ parameter }) => parameter !== 'unclaimedAfter');
const unclaimedAfter = { ...cash, parameter: 'unclaimedAfter', value: { months: 1, noticeDays: 30 } };
const PACKS = [pack('110000'), { ...own, values: [...others, unclaimedAfter] }];
const [NOTICED, OUT] = ['2027-01-05', '2027-02-05'];

let bureau: Office;
let run: Run;
let payment: string;
async function openWithFailure(): Promise<void> {
  bureau = await smallOffice({ packs: PACKS });
  run = await wholeMonth(bureau, { answer: failing([2], '账户已销户') });
  payment = (await unsettled(bureau, run))[0]!.payment;
}

const desk = () => surrenders(bureau.ports);
const jurisdiction = '110199';
const noticed = (on = NOTICED) =>
  desk().giveNotice({
    jurisdiction,
    payment,
    on,
    means: 'public-notice',
    evidence: '公告照片',
    by: 'staff-preparer',
  });
const proposed = () =>
  desk().proposeSurrender({
    jurisdiction,
    payment,
    voucher: 'JK-7',
    paidInOn: OUT,
    evidence: '缴款书',
    reason: '公告期满无人认领',
    by: 'staff-preparer',
  });
const confirmed = (surrenderId: string, by = 'staff-reviewer') =>
  desk().decideSurrender({
    jurisdiction,
    payment,
    surrenderId,
    decision: 'confirmed',
    reason: '已核对缴款书',
    by,
  });
const claimed = () =>
  desk().claimSurrendered({
    jurisdiction,
    payment,
    evidence: '本人到窗口',
    reason: '本人返乡认领',
    by: 'staff-preparer',
  });

/** Notice was given and has run out. */
async function ready(): Promise<void> {
  bureau.clock.moveTo(NOTICED);
  value(await noticed());
  bureau.clock.moveTo(OUT);
}

describe('money that nobody claims, from one step to the next', () => {
  beforeAll(openWithFailure);
  afterAll(() => bureau.stop());

  it('waits for its age, for notice, for the end of the notice and for a second person', async () => {
    expect(code(await noticed())).toBe('conflict/not-unclaimed-yet');
    bureau.clock.moveTo(NOTICED);
    expect(code(await proposed())).toBe('conflict/no-notice');
    // Backdated, it would have run out already.
    expect(code(await noticed('2026-11-30'))).toBe('invalid/date-too-early');
    value(await noticed());
    expect(value(await noticed()).notice).toMatchObject({ on: NOTICED });
    expect(code(await noticed('2027-01-04'))).toBe('conflict/notice-given');
    bureau.clock.moveTo('2027-02-04');
    expect(code(await proposed())).toBe('conflict/notice-running');
    bureau.clock.moveTo(OUT);
    const stated = value(await proposed());
    expect(value(await proposed())).toEqual(stated);
    expect(code(await confirmed(stated.surrenderId, 'staff-preparer'))).toBe('forbidden/same-person');
    expect(code(await claimed())).toBe('conflict/not-surrendered');
    expect(await balances(bureau)).toMatchObject({ clearing: 30_000 });
  });

  it('is one entry wherever its writer dies, and however many confirm', async () => {
    const { surrenderId } = value(await proposed());
    let survived = 0;
    while (await diesAfter(bureau.faults, survived, () => confirmed(surrenderId))) survived += 1;
    expect(survived).toBeGreaterThan(2);
    await bureau.sweep();
    await bureau.deliver();
    expect(code(await confirmed(surrenderId, 'staff-approver'))).toBe('conflict/surrender-decided');
    expect(Object.keys(await entriesOf(bureau)).filter((key) => key.includes('#4reversal'))).toHaveLength(1);
    expect((await bureau.ports.budgets.load(BUDGET)).budget.runs[run.runId]?.reserved).toEqual({});
    expect((await desk().listSurrenders(jurisdiction, 'high-age'))[0]?.surrenders[0]).toMatchObject({
      posted: true,
    });
  });

  it('has left payable, clearing account, expense and appropriation; and its budget is free', async () => {
    expect(await balances(bureau)).toEqual({ 'appropriation:2026': -60_000, 'expense:high-age': 60_000 });
    expect((await bureau.ports.budgets.load(BUDGET)).budget.runs[run.runId]).toMatchObject({
      reserved: {},
      spent: { 'district-lottery': 60_000 },
    });
    expect(await unsettled(bureau, run)).toMatchObject([
      { state: 'failed', surrendered: { voucher: 'JK-7' } },
    ]);
    const clear = { runId: run.runId, payment, reason: '可以重发', by: 'staff-approver' };
    expect(code(await bureau.follow.clearUnsettled(clear))).toBe('conflict/surrendered');
    expect(code(await statedByHand(bureau, run, { payment, paidOn: OUT }))).toBe('conflict/surrendered');
  });

  it('is not paid again by any run until it is claimed, and then once, as new money', async () => {
    await changedAccount(bureau, payment.split('-')[2]!, '6217000000000000123');
    const none = await computed(bureau, SUPPLEMENTARY);
    expect(await draftsOf(bureau, none)).toEqual([]);
    value(await bureau.actions.voidRun({ runId: none.runId, reason: '无需发放', by: 'staff-preparer' }));
    bureau.clock.moveTo('2027-02-08');
    expect(value(await claimed()).claim).toMatchObject({ by: 'staff-preparer' });
    expect(value(await claimed()).claim).toMatchObject({ by: 'staff-preparer' });
    const year = { ...BUDGET, fiscalYear: '2027', lines: LINES, by: 'staff-finance' };
    value(await bureau.office.setBudget(year));
    const paid = await wholeMonth(bureau, { identity: SUPPLEMENTARY });
    expect(paid.totals).toMatchObject({ payable: { count: 1, fen: 30_000 }, reissued: { count: 0 } });
    expect((await draftsOf(bureau, paid))[0]).toMatchObject({ kind: 'difference', attempt: 1 });
    const total = Object.entries(await balances(bureau)).filter(
      ([account]) => !account.startsWith('appropriation'),
    );
    expect(total).toEqual([['expense:high-age', 90_000]]);
    for (const each of [run, paid]) expect((await compareJournal(bureau, each)).wrong).toEqual([]);
    const again = await computed(bureau, { ...SUPPLEMENTARY, round: 'S2' });
    expect(await draftsOf(bureau, again)).toEqual([]);
  });
});

describe('money that nobody claims', () => {
  beforeEach(openWithFailure);
  afterEach(() => bureau.stop());

  it('claimed, and then called credited by the bank after the run was signed: held before release', async () => {
    await ready();
    value(await confirmed(value(await proposed()).surrenderId));
    await bureau.deliver();
    bureau.clock.moveTo('2027-02-08');
    value(await claimed());
    const year = { ...BUDGET, fiscalYear: '2027', lines: LINES, by: 'staff-finance' };
    value(await bureau.office.setBudget(year));
    const signed = await approved(bureau, await computed(bureau, SUPPLEMENTARY));
    const [late] = await bankAnswer(bureau, run, (line) => (line.sequence === 2 ? line : []), 2);
    await reconciled(bureau, run, late!);
    const back = await dispatched(bureau, signed);
    expect([...back.holds.values()].map(({ late: found }) => found?.control)).toEqual(['late-success']);
  });

  it('of a run that would send it again exactly one wins: the run keeps it out by name, or the surrender is told', async () => {
    await changedAccount(bureau, payment.split('-')[2]!, '6217000000000000123');
    await ready();
    const { surrenderId } = value(await proposed());
    const signed = await approved(bureau, await computed(bureau, SUPPLEMENTARY));
    value(await confirmed(surrenderId));
    const back = await dispatched(bureau, signed);
    expect([...back.holds.values()].map(({ late }) => late?.control)).toEqual(['surrendered']);
    expect(Object.keys(await entriesOf(bureau)).filter((key) => key.includes('#02#'))).toEqual([]);
  });

  it('is not sent again even by a run that no claim has stopped', async () => {
    await changedAccount(bureau, payment.split('-')[2]!, '6217000000000000123');
    const signed = await approved(bureau, await computed(bureau, SUPPLEMENTARY));
    const [slots = []] = await bureau.ports.ledger.slots([{ ...SUPPLEMENTARY, payment, attempt: 1 }]);
    const lost = slots.at(-1)!;
    const paper = { voucher: 'JK-7', evidence: '缴款书', proposedBy: 'staff-preparer' };
    const content = surrenderOf(lost, lost.fen, '2026-11-22', paper, { fiscalYear: '2026' });
    await bureau.ports.ledger.append(
      makeEntry(sha256Hex, content, { at: lost.at, by: 'staff-reviewer', previous: lost }),
    );
    expect((await dispatched(bureau, signed)).state).toBe('releasing');
    expect(Object.keys(await entriesOf(bureau)).filter((key) => key.includes('#02#'))).toEqual([]);
    bureau.failures.forget();
  });

  it('that a run sent again is not surrendered', async () => {
    await changedAccount(bureau, payment.split('-')[2]!, '6217000000000000123');
    await ready();
    const { surrenderId } = value(await proposed());
    await dispatched(bureau, await approved(bureau, await computed(bureau, SUPPLEMENTARY)));
    expect(code(await confirmed(surrenderId))).toBe('conflict/sent-again');
  });
});
