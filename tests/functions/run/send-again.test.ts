import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fen } from '../../../domain/money.ts';
import type { Run } from '../../../domain/run/run.ts';
import { followUps } from '../../../functions/run/follow-ups.ts';
import {
  APPROVER,
  approved,
  bankAnswer,
  code,
  computed,
  dispatched,
  failing,
  type Office,
  openOffice,
  REVIEWER,
  reconciled,
  SUPPLEMENTARY,
  seen,
  value,
} from './office.ts';
import { draftsOf, entriesOf, sentMonth, smallOffice } from './whole-month.ts';

/** Line 1 fails because of the bank's cut-off, line 2 because the account sleeps, line 3 for no known reason. */
describe('payments that failed wait for what may pay them', () => {
  let bureau: Office;
  let paymentOf: (line: number) => string;
  let runId: string;
  beforeAll(async () => {
    bureau = await openOffice({ people: 3 });
    const sent = await dispatched(bureau, await approved(bureau, await computed(bureau)));
    runId = sent.runId;
    const reasons = ['', '超过截止时间', '睡眠户', '状态未明'];
    const [answer] = await bankAnswer(bureau, sent, (line) =>
      failing([1, 2, 3], reasons[line.sequence])(line),
    );
    await reconciled(bureau, sent, answer!);
    const open = await bureau.lists.unsettled(runId);
    paymentOf = (line) => open.find((attempt) => attempt.line === line)!.payment;
    // A day later the bank says that it had credited line 1 after all.
    const [late] = await bankAnswer(bureau, sent, (line) => (line.sequence === 1 ? line : []), 2);
    await reconciled(bureau, sent, late!);
  });
  afterAll(() => bureau.stop());

  it('sends nothing whose fate is not known', async () => {
    const run = await computed(bureau, SUPPLEMENTARY);
    expect(await draftsOf(bureau, run)).toEqual([]);
    value(await bureau.actions.voidRun({ runId: run.runId, reason: '测试', by: 'staff-approver' }));
  });

  it('sends what a person cleared, who then signs nothing in that run', async () => {
    const clear = (payment: string, by = 'staff-approver') =>
      bureau.follow.clearUnsettled({ runId, payment, reason: '本人已到网点激活', by });
    // The reviewer looks first and writes last: he is told that his word is not the one that stands.
    const store = bureau.ports.followUps;
    const overtaken = new Proxy(store, {
      get: (_, name: keyof typeof store) =>
        name === 'clear'
          ? async (...written: Parameters<typeof store.clear>) => {
              value(await clear(paymentOf(2)));
              return await store.clear(...written);
            }
          : store[name].bind(store),
    });
    const late = { runId, payment: paymentOf(2), reason: '本人已到网点激活', by: 'staff-reviewer' };
    expect(code(await followUps({ ...bureau.ports, followUps: overtaken }).clearUnsettled(late))).toBe(
      'conflict/cleared',
    );
    expect(value(await clear(paymentOf(2))).clearance?.by).toBe('staff-approver');
    expect(code(await clear(paymentOf(2)))).toBe('accepted');
    expect(code(await clear(paymentOf(2), 'staff-reviewer'))).toBe('conflict/cleared');
    expect(code(await clear('2026-12_R_GL-000000000000-1'))).toBe('missing/unsettled');
    const run = await computed(bureau, SUPPLEMENTARY);
    const drafts = await draftsOf(bureau, run);
    expect(drafts.map(({ payment, attempt, kind }) => [payment, attempt, kind])).toEqual([
      [paymentOf(2), 2, 'reissue'],
    ]);
    value(await bureau.actions.submit({ ...seen(bureau, run), by: 'staff-preparer' }));
    value(await bureau.actions.sign({ ...seen(bureau, run), signer: REVIEWER }));
    expect(code(await bureau.actions.sign({ ...seen(bureau, run), signer: APPROVER }))).toBe(
      'forbidden/changed-account',
    );
    value(await bureau.actions.voidRun({ runId: run.runId, reason: '测试', by: 'staff-approver' }));
  });

  it('sends a late success again only once a person decided that it was none', async () => {
    const [late] = await bureau.lists.exceptions(runId);
    expect(late).toMatchObject({ kind: 'late-success', payment: paymentOf(1) });
    const decision = {
      runId,
      exceptionId: late!.exceptionId,
      decision: 'failed',
      reason: '银行确认未入账',
      by: 'staff-approver',
    } as const;
    value(await bureau.follow.decideException(decision));
    const drafts = await draftsOf(bureau, await computed(bureau, SUPPLEMENTARY));
    expect(drafts.map(({ payment }) => payment).sort()).toEqual([paymentOf(1), paymentOf(2)].sort());
  });
});

/** Line 1 failed for a reason that is sent again by itself, unless the bank has said something else since. */
describe('the bank says that it credited the money after all', () => {
  let bureau: Office;
  let first: Run;
  beforeEach(async () => {
    bureau = await smallOffice();
    first = await sentMonth(bureau);
    const [answer] = await bankAnswer(bureau, first, failing([1], '超过截止时间'));
    await reconciled(bureau, first, answer!);
  });
  afterEach(() => bureau.stop());

  it('after the supplementary run was signed: held before release, and nothing is sent', async () => {
    const signed = await approved(bureau, await computed(bureau, SUPPLEMENTARY));
    expect(signed.totals?.reissued.count).toBe(1);
    const [late] = await bankAnswer(bureau, first, (line) => (line.sequence === 1 ? line : []), 2);
    await reconciled(bureau, first, late!);
    const before = await entriesOf(bureau);
    const run = await dispatched(bureau, signed);
    expect(run).toMatchObject({ state: 'review', files: [], totals: { reissued: { count: 0 } } });
    expect([...run.holds.values()].map((hold) => hold.late?.control)).toEqual(['late-success']);
    expect(await entriesOf(bureau)).toEqual(before);
  });

  it.each(['failed', 'no-entry-needed'] as const)(
    'with another amount: it waits until a person decides (%s)',
    async (decision) => {
      const other = await bankAnswer(
        bureau,
        first,
        (line) => (line.sequence === 1 ? { ...line, fen: fen(line.fen + 1) } : []),
        2,
      );
      await reconciled(bureau, first, other[0]!);
      const [open] = await bureau.lists.exceptions(first.runId);
      expect(open).toMatchObject({ kind: 'amount-mismatch', statedStatus: 'settled' });
      const waiting = await computed(bureau, SUPPLEMENTARY);
      expect(await draftsOf(bureau, waiting)).toEqual([]);
      value(
        await bureau.follow.decideException({
          runId: first.runId,
          exceptionId: open!.exceptionId,
          decision,
          reason: '银行确认未入账',
          by: 'staff-approver',
        }),
      );
      const again = { runId: waiting.runId, reason: '差异已裁定', by: 'staff-preparer' };
      value(await bureau.actions.recompute(again));
      await bureau.deliver();
      const drafts = await draftsOf(bureau, value(await bureau.views.getRun(waiting.runId)));
      expect(drafts.map(({ kind, attempt }) => [kind, attempt])).toEqual([['reissue', 2]]);
    },
  );
});
