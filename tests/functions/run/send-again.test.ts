import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
import { draftsOf } from './whole-month.ts';

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
    const open = value(await bureau.follow.listUnsettled(runId));
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
    const [late] = value(await bureau.follow.listExceptions(runId));
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
