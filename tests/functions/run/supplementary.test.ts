import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Draft } from '../../../domain/run/draft.ts';
import type { Run } from '../../../domain/run/run.ts';
import { followUps } from '../../../functions/run/follow-ups.ts';
import { row } from '../register/sheet-fixture.ts';
import {
  approved,
  BUDGET,
  bankAnswer,
  closed,
  code,
  computed,
  DISTRICT,
  dispatched,
  failing,
  type Office,
  REGULAR,
  reconciled,
  SUPPLEMENTARY,
  value,
} from './office.ts';
import {
  balances,
  changedAccount,
  comingBack,
  draftsOf,
  entriesOf,
  sentMonth,
  smallOffice,
  wardWithoutAccount,
  wholeMonth,
} from './whole-month.ts';

let bureau: Office;
beforeEach(async () => {
  bureau = await smallOffice();
});
afterEach(() => bureau.stop());

const used = async () => (await bureau.ports.budgets.load(BUDGET)).budget.runs;
const unsettledDraft = async (run: Run): Promise<Draft> => {
  const [open] = await bureau.lists.unsettled(run.runId);
  return (await draftsOf(bureau, run)).find(({ payment }) => payment === open!.payment)!;
};
const supplementary = (round: string) => ({ ...REGULAR, round });
/** Everything but what the appropriation and the expense have to show is back at nothing. */
const expectAllSettled = async (fen: number) =>
  expect(await balances(bureau)).toEqual({ 'appropriation:2026': -fen, 'expense:high-age': fen });

describe('money that failed', () => {
  it('goes to the corrected account as the next attempt of the same payment, without new funds or budget', async () => {
    const regular = await wholeMonth(bureau, { answer: failing([2]) });
    expect(await used()).toMatchObject({ [regular.runId]: { reserved: { 'district-lottery': 30_000 } } });
    const failed = await unsettledDraft(regular);
    await changedAccount(bureau, failed.account!.payee, '6217999999990001');
    const review = await computed(bureau, SUPPLEMENTARY);
    expect(review.totals).toMatchObject({
      payable: { count: 1, fen: 30_000 },
      reissued: { count: 1, fen: 30_000 },
    });
    const [draft] = await draftsOf(bureau, review);
    expect(draft).toMatchObject({
      payment: failed.payment,
      kind: 'reissue',
      attempt: 2,
      lines: failed.lines,
    });
    const signed = await approved(bureau, review);
    // Neither asked for nor given.
    expect(Object.keys(await used())).toEqual([regular.runId]);
    const sent = await dispatched(bureau, signed);
    expect(sent).toMatchObject({
      fundings: [],
      files: [{ fileName: 'DF_110199_GL_202612S1_0001.txt', count: 1 }],
    });
    const bytes = await bureau.engines.files.read(sent.files[0]!.objectKey);
    expect(Buffer.from(bytes!).toString('latin1')).toContain('6217999999990001');
    const [answer] = await bankAnswer(bureau, sent);
    await reconciled(bureau, sent, answer!);
    expect((await closed(bureau, sent)).state).toBe('closed');
    expect(await used()).toEqual({
      [regular.runId]: { reserved: {}, spent: { 'district-lottery': 90_000 } },
    });
    await expectAllSettled(90_000);
    expect(await bureau.lists.unsettled(regular.runId)).toMatchObject([{ sentAgain: 'settled' }]);
    // The supplementary run, closed and with nothing left, finds nothing to pay.
    const nothing = await computed(bureau, supplementary('S2'));
    expect(nothing.totals?.payable).toEqual({ count: 0, fen: 0 });
  });

  it('stays where it is until the account is corrected', async () => {
    await wholeMonth(bureau, { answer: failing([2]) });
    const review = await computed(bureau, SUPPLEMENTARY);
    expect(review.totals).toMatchObject({ payable: { count: 0 }, reissued: { count: 0 } });
    expect(await draftsOf(bureau, review)).toEqual([]);
  });

  it('is sent again as it is when nothing was wrong with the payment, and a third time', async () => {
    const cutOff = failing([1, 2], '超过截止时间');
    await wholeMonth(bureau, { answer: cutOff });
    const first = await wholeMonth(bureau, { identity: SUPPLEMENTARY, answer: failing([1], '非工作日') });
    expect(first.closing?.tally).toMatchObject({
      released: { count: 2 },
      settled: { count: 1 },
      failed: { count: 1 },
    });
    const second = await wholeMonth(bureau, { identity: supplementary('S2') });
    expect(second.closing?.tally).toMatchObject({ released: { count: 1 }, settled: { count: 1 } });
    const attempts = Object.keys(await entriesOf(bureau)).filter((key) => key.includes('#03#'));
    expect(attempts).toHaveLength(2);
    await expectAllSettled(90_000);
  });

  it('is counted as spent in whichever order the runs are closed', async () => {
    const regular = await sentMonth(bureau);
    const [bytes] = await bankAnswer(bureau, regular, failing([2], '超过截止时间'));
    await reconciled(bureau, regular, bytes!);
    await wholeMonth(bureau, { identity: SUPPLEMENTARY });
    expect((await closed(bureau, regular)).state).toBe('closed');
    expect(await used()).toEqual({
      [regular.runId]: { reserved: {}, spent: { 'district-lottery': 90_000 } },
    });
  });
});

it('sends money that came back again, to the new account, out of suspense', async () => {
  const regular = await wholeMonth(bureau);
  const [bytes] = await bankAnswer(bureau, regular, comingBack(2), 2);
  await reconciled(bureau, regular, bytes!);
  expect(Object.values(await balances(bureau)).filter((balance) => balance === -30_000)).toHaveLength(1);
  await changedAccount(bureau, (await unsettledDraft(regular)).account!.payee, '6217999999990001');
  const end = await wholeMonth(bureau, { identity: SUPPLEMENTARY });
  expect(end.closing?.tally).toMatchObject({ released: { count: 1 }, settled: { count: 1 } });
  await expectAllSettled(90_000);
});

describe('a payment held by hand', () => {
  it('is paid by the run after the hold is let go, with the cause named, and needs budget and funds', async () => {
    const review = await computed(bureau);
    const [draft] = await draftsOf(bureau, review);
    const held = value(
      await bureau.actions.holdPayment({
        runId: review.runId,
        payment: draft!.payment,
        reason: '家属来电核实',
        by: 'staff-reviewer',
      }),
    );
    const sent = await dispatched(bureau, await approved(bureau, held));
    const [bytes] = await bankAnswer(bureau, sent);
    await reconciled(bureau, sent, bytes!);
    await closed(bureau, sent);
    const [hold] = await bureau.lists.holds();
    expect(hold).toMatchObject({ payment: draft!.payment, fen: 30_000, reasons: [{ zh: '家属来电核实' }] });
    // While it is open nothing is paid.
    const waiting = await computed(bureau, SUPPLEMENTARY);
    expect(waiting.totals?.payable.count).toBe(0);
    value(await bureau.actions.voidRun({ runId: waiting.runId, reason: '无可发', by: 'staff-preparer' }));
    const letGo = { jurisdiction: DISTRICT, holdId: hold!.holdId, reason: '已核实', by: 'staff-reviewer' };
    // Somebody who looked before and writes after is told that his word is not the one that stands.
    const store = bureau.ports.followUps;
    const overtaken = new Proxy(store, {
      get: (_, name: keyof typeof store) =>
        name === 'releaseHold'
          ? async (...written: Parameters<typeof store.releaseHold>) => {
              value(await bureau.follow.releaseHold(letGo));
              return await store.releaseHold(...written);
            }
          : store[name].bind(store),
    });
    const late = followUps({ ...bureau.ports, followUps: overtaken });
    expect(code(await late.releaseHold({ ...letGo, by: 'staff-other' }))).toBe('conflict/hold-released');
    expect(value(await bureau.follow.releaseHold(letGo)).release?.by).toBe('staff-reviewer');
    expect(code(await bureau.follow.releaseHold({ ...letGo, by: 'staff-other' }))).toBe(
      'conflict/hold-released',
    );
    expect(code(await bureau.follow.releaseHold({ ...letGo, holdId: 'x' }))).toBe('missing/hold');
    const end = await wholeMonth(bureau, { identity: SUPPLEMENTARY });
    expect(end.fundings).toMatchObject([{ fen: 30_000 }]);
    const [paid] = await draftsOf(bureau, end);
    expect(paid).toMatchObject({
      kind: 'difference',
      attempt: 1,
      payment: draft!.payment.replace('_R_', '_S1_'),
    });
    expect(paid!.lines.map(({ month, kind, cause }) => `${month} ${kind} ${cause}`)).toEqual([
      '2026-10 arrears hold-lifted',
      '2026-11 arrears hold-lifted',
      '2026-12 arrears hold-lifted',
    ]);
    expect(await used()).toMatchObject({ [end.runId]: { spent: { 'district-lottery': 30_000 } } });
    await expectAllSettled(90_000);
  });
});

it('a payment held by a control is held again until the cause is gone or two people override it', async () => {
  const shared = '6217000000000777';
  await bureau.importRows('shared', [row(11, { account: shared }), row(12, { account: shared })]);
  const regular = await wholeMonth(bureau);
  expect(regular.totals).toMatchObject({ payable: { count: 3 }, held: { count: 2 } });
  const holds = await bureau.lists.holds();
  for (const { holdId } of holds)
    value(
      await bureau.follow.releaseHold({
        jurisdiction: DISTRICT,
        holdId,
        reason: '重新核算',
        by: 'staff-reviewer',
      }),
    );
  const review = await computed(bureau, SUPPLEMENTARY);
  expect(review.totals).toMatchObject({ payable: { count: 0 }, held: { count: 2, fen: 60_000 } });
  const [first] = value(await bureau.views.listDrafts(review.runId, { filter: 'held', limit: 5 })).drafts;
  const request = {
    runId: review.runId,
    payment: first!.payment,
    control: 'shared-account',
    reason: '夫妻共用',
  };
  value(await bureau.actions.proposeOverride({ ...request, by: 'staff-a' }));
  const overridden = value(await bureau.actions.confirmOverride({ ...request, by: 'staff-b' }));
  const sent = await dispatched(bureau, await approved(bureau, overridden));
  expect(sent.files).toMatchObject([{ count: 1, fen: 30_000 }]);
  // The other one is held once more, now by the supplementary run.
  const open = (await bureau.lists.holds()).filter(({ release }) => !release);
  expect(open.map(({ runId }) => runId)).toEqual([sent.runId]);
});

describe('who comes late', () => {
  it('in a supplementary run, is paid from the first month on', async () => {
    await wholeMonth(bureau);
    await bureau.importRows('late', [row(21)]);
    const end = await wholeMonth(bureau, { identity: SUPPLEMENTARY });
    expect(end.closing?.tally.settled).toEqual({ count: 1, fen: 30_000 });
    const [draft] = await draftsOf(bureau, end);
    expect(draft!.lines.map(({ month, cause }) => `${month} ${cause}`)).toEqual([
      '2026-10 newly-joined',
      '2026-11 newly-joined',
      '2026-12 newly-joined',
    ]);
  });

  it('with a payee whose account came later, is paid what was blocked before', async () => {
    const { payee, enrolment } = await wardWithoutAccount(bureau, 31);
    const regular = await wholeMonth(bureau);
    expect(regular.totals).toMatchObject({ payable: { count: 3 }, blocked: { count: 1, fen: 30_000 } });
    const [blocked] = value(
      await bureau.views.listDrafts(regular.runId, { filter: 'blocked', limit: 5 }),
    ).drafts;
    expect(blocked).toMatchObject({ enrolment, findings: [{ control: 'no-account', severity: 'block' }] });
    await changedAccount(bureau, payee, '6217999999990031');
    const end = await wholeMonth(bureau, { identity: SUPPLEMENTARY });
    expect(end.closing?.tally.settled).toEqual({ count: 1, fen: 30_000 });
    await expectAllSettled(120_000);
  });
});

it('comes after the regular run is sent, and not before', async () => {
  expect(code(await bureau.actions.startRun(SUPPLEMENTARY, 'staff-preparer'))).toBe(
    'conflict/no-regular-run',
  );
  const review = await computed(bureau);
  expect(code(await bureau.actions.startRun(SUPPLEMENTARY, 'staff-preparer'))).toBe(
    'conflict/no-regular-run',
  );
  await dispatched(bureau, await approved(bureau, review));
  value(await bureau.actions.startRun(SUPPLEMENTARY, 'staff-preparer'));
});
