import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../../../domain/run/run.ts';
import { row } from '../register/sheet-fixture.ts';
import {
  APPROVER,
  approved,
  BUDGET,
  code,
  computed,
  type Office,
  REGULAR,
  REVIEWER,
  seen,
  value,
} from './office.ts';
import { draftsOf, entriesOf, runNow, smallOffice, wholeMonth } from './whole-month.ts';

let bureau: Office;
beforeEach(async () => {
  bureau = await smallOffice();
});
afterEach(() => bureau.stop());

const both = (id: string) => ({ id, roles: ['reviewer', 'approver'] });
const submitted = async (run: Run): Promise<Run> =>
  value(await bureau.actions.submit({ ...seen(bureau, run), by: 'staff-preparer' }));
const kinds = async (run: Run) => (await bureau.ports.runs.acts(run.runId)).map((act) => act.kind);

describe('the approval chain', () => {
  let run: Run;
  beforeEach(async () => {
    run = await submitted(await computed(bureau));
  });
  const sign = (signer: { id: string; roles: readonly string[] }, as: Run = run) =>
    bureau.actions.sign({ ...seen(bureau, as), signer });

  it('takes one of two approvers who sign at once, and tells the other where the run stands', async () => {
    value(await sign(REVIEWER));
    const answers = await Promise.all(
      [APPROVER, { ...APPROVER, id: 'staff-approver-2' }].map((one) => sign(one)),
    );
    expect(answers.map(code).sort()).toEqual(['accepted', 'conflict/run-state']);
    const after = await runNow(bureau, run);
    expect(after.state).toBe('approved');
    expect(after.signatures.map(({ step }) => step)).toEqual(['section', 'bureau']);
    const { budget } = await bureau.ports.budgets.load(BUDGET);
    expect(budget.runs).toEqual({ [run.runId]: { reserved: { 'district-lottery': 90_000 }, spent: {} } });
  });

  it('does not let the second of two reviewers sign for the approver', async () => {
    const answers = await Promise.all(
      [REVIEWER, { ...REVIEWER, id: 'staff-reviewer-2' }].map((one) => sign(one)),
    );
    expect(answers.map(code).sort()).toEqual(['accepted', 'forbidden/not-your-step']);
    expect((await runNow(bureau, run)).signatures).toHaveLength(1);
  });

  it('does not let whoever submitted or started the run sign it', async () => {
    expect(code(await sign(both('staff-preparer')))).toBe('forbidden/own-submission');
    value(await bureau.actions.sendBack({ runId: run.runId, reason: '更正', by: 'staff-reviewer' }));
    value(await bureau.actions.submit({ ...seen(bureau, run), by: 'staff-second' }));
    expect(code(await sign(both('staff-second')))).toBe('forbidden/own-submission');
    expect(code(await sign(both('staff-preparer')))).toBe('forbidden/own-submission');
    expect((await runNow(bureau, run)).signatures).toEqual([]);
  });

  it('does not let one person sign two steps', async () => {
    value(await sign(both('staff-one')));
    expect(code(await sign(both('staff-one')))).toBe('forbidden/signed-before');
    value(await sign(both('staff-two')));
    expect((await runNow(bureau, run)).state).toBe('approved');
  });

  it('does not let whoever brought in an account sign a run that pays into it', async () => {
    value(await bureau.actions.voidRun({ runId: run.runId, reason: '另起', by: 'staff-reviewer' }));
    const again = value(await bureau.actions.startRun(REGULAR, 'staff-other'));
    await bureau.deliver();
    const review = await runNow(bureau, again);
    expect(review.totals?.accountChangers).toEqual(['staff-preparer']);
    value(await bureau.actions.submit({ ...seen(bureau, review), by: 'staff-other' }));
    expect(code(await sign(both('staff-preparer'), review))).toBe('forbidden/changed-account');
    expect(code(await sign(REVIEWER, review))).toBe('accepted');
  });

  it('takes no signature under what someone saw before a hold', async () => {
    const before = seen(bureau, run);
    value(await sign(REVIEWER));
    const [draft] = await draftsOf(bureau, run);
    const { payment } = draft!;
    const held = value(
      await bureau.actions.holdPayment({ runId: run.runId, payment, reason: '核实', by: 'staff-reviewer' }),
    );
    expect(held).toMatchObject({ state: 'review', revision: 2, signatures: [] });
    expect(held.totals).toMatchObject({
      payable: { count: 2, fen: 60_000 },
      held: { count: 1, fen: 30_000 },
    });
    expect(code(await bureau.actions.sign({ ...before, signer: APPROVER }))).toBe('conflict/run-state');
    expect(code(await bureau.actions.submit({ ...before, by: 'staff-preparer' }))).toBe(
      'conflict/stale-revision',
    );
    await submitted(held);
    expect(code(await bureau.actions.sign({ ...before, signer: REVIEWER }))).toBe('conflict/stale-revision');
    const forged = { ...seen(bureau, held), hash: before.hash };
    expect(code(await bureau.actions.sign({ ...forged, signer: REVIEWER }))).toBe('conflict/stale-revision');
    value(await sign(REVIEWER, held));
  });

  it('holds once, lifts once, and knows no payment of another run', async () => {
    const [draft] = await draftsOf(bureau, run);
    const request = { runId: run.runId, payment: draft!.payment, reason: '核实', by: 'staff-reviewer' };
    value(await bureau.actions.holdPayment(request));
    expect(code(await bureau.actions.holdPayment(request))).toBe('conflict/not-payable');
    const lifted = value(await bureau.actions.liftHold(request));
    expect(lifted.totals).toMatchObject({ payable: { count: 3, fen: 90_000 }, held: { count: 0, fen: 0 } });
    expect(code(await bureau.actions.liftHold(request))).toBe('missing/hold');
    const stranger = draft!.payment.replace('2026-12', '2026-11');
    expect(code(await bureau.actions.holdPayment({ ...request, payment: stranger }))).toBe('missing/payment');
  });
});

describe('an override', () => {
  it('needs two persons, and neither signs', async () => {
    await bureau.importRows('shared', [
      row(11, { account: '6217000000000777' }),
      row(12, { account: '6217000000000777' }),
    ]);
    const run = await computed(bureau);
    expect(run.totals).toMatchObject({ payable: { count: 3 }, held: { count: 2, fen: 60_000 } });
    const held = value(await bureau.views.listDrafts(run.runId, { filter: 'held', limit: 10 })).drafts;
    const holdsOn = ({ findings }: (typeof held)[number]) =>
      findings.filter(({ severity }) => severity === 'hold').map(({ control }) => control);
    expect(held.map(holdsOn)).toEqual([['shared-account'], ['shared-account']]);
    const { payment } = held[0]!;
    const request = { runId: run.runId, payment, control: 'shared-account', reason: '夫妻共用' };
    const { proposeOverride, confirmOverride } = bureau.actions;
    expect(code(await confirmOverride({ ...request, by: 'staff-b' }))).toBe('missing/override');
    expect(code(await proposeOverride({ ...request, control: 'deceased', by: 'staff-a' }))).toBe(
      'missing/finding',
    );
    value(await proposeOverride({ ...request, by: 'staff-a' }));
    expect(code(await proposeOverride({ ...request, by: 'staff-b' }))).toBe('conflict/override-exists');
    expect(code(await confirmOverride({ ...request, by: 'staff-a' }))).toBe('forbidden/same-person');
    expect((await runNow(bureau, run)).totals?.payable.count).toBe(3);
    const confirmed = value(await confirmOverride({ ...request, by: 'staff-b' }));
    expect(confirmed.totals).toMatchObject({ payable: { count: 4, fen: 120_000 }, held: { count: 1 } });
    expect(code(await confirmOverride({ ...request, by: 'staff-c' }))).toBe('conflict/override-confirmed');
    await submitted(confirmed);
    for (const id of ['staff-a', 'staff-b'])
      expect(code(await bureau.actions.sign({ ...seen(bureau, confirmed), signer: both(id) }))).toBe(
        'forbidden/overrode-control',
      );
    value(await bureau.actions.sign({ ...seen(bureau, confirmed), signer: REVIEWER }));
  });
});

describe('starting', () => {
  it('happens once, whether asked twice in turn or at once', async () => {
    const answers = await Promise.all(
      ['staff-1', 'staff-2', 'staff-3'].map((by) => bureau.actions.startRun(REGULAR, by)),
    );
    const codes = answers.map(code);
    expect(codes.filter((one) => one === 'accepted')).toHaveLength(1);
    expect(
      codes.every((one) => ['accepted', 'conflict/run-starting', 'conflict/run-exists'].includes(one)),
    ).toBe(true);
    expect(code(await bureau.actions.startRun(REGULAR, 'staff-4'))).toBe('conflict/run-exists');
    const runs = await bureau.lists.runs();
    expect(runs.map(({ runId }) => runId)).toEqual(['110199.high-age.2026-12.R.1']);
    await bureau.deliver();
    expect(await kinds(value(await bureau.views.getRun(runs[0]!.runId)))).toEqual(['started', 'computed']);
  });

  it('waits for the run that is under way', async () => {
    const run = await computed(bureau);
    const november = { ...REGULAR, period: '2026-11' };
    const refused = await bureau.actions.startRun(november, 'staff-preparer');
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'conflict/run-active', detail: { runId: run.runId } },
    });
    value(await bureau.actions.voidRun({ runId: run.runId, reason: '先发上月', by: 'staff-preparer' }));
    expect(value(await bureau.actions.startRun(november, 'staff-preparer')).state).toBe('computing');
  });

  it.each([
    [{ ...REGULAR, period: '2026-13' }, 'invalid/period'],
    [{ ...REGULAR, period: '2026-Q4' }, 'invalid/period'],
    [{ ...REGULAR, round: 'S0' }, 'invalid/period'],
    [{ ...REGULAR, programme: 'no-such' }, 'invalid/programme'],
    [{ ...REGULAR, period: '2026-09' }, 'conflict/before-history'],
    [{ ...REGULAR, jurisdiction: '440100' }, 'policy/no-rule'],
  ])('refuses %o with %s', async (identity, expected) => {
    const refused = await bureau.actions.startRun(identity, 'staff-preparer');
    expect(code(refused)).toBe(expected);
    expect(await bureau.lists.runs(identity.jurisdiction)).toEqual([]);
  });

  it('again after a void takes the next number, which no key of the ledger knows', async () => {
    const first = await computed(bureau);
    value(await bureau.actions.voidRun({ runId: first.runId, reason: '名单有误', by: 'staff-preparer' }));
    const end = await wholeMonth(bureau);
    expect(end).toMatchObject({ runId: '110199.high-age.2026-12.R.2', state: 'closed' });
    const keys = Object.keys(await entriesOf(bureau));
    expect(keys).toHaveLength(7);
    expect(keys.filter((key) => /R\.\d|#R\d|\.2/.test(key))).toEqual([]);
    expect((await runNow(bureau, first)).state).toBe('void');
  });
});

describe('computing again', () => {
  it('sees what was recorded since, drops holds and signatures, and leaves the old drafts alone', async () => {
    const run = await computed(bureau);
    const [draft] = await draftsOf(bureau, run);
    value(
      await bureau.actions.holdPayment({
        runId: run.runId,
        payment: draft!.payment,
        reason: '核实',
        by: 'staff-reviewer',
      }),
    );
    await approved(bureau, await runNow(bureau, run));
    await bureau.importRows('late', [row(21)]);
    const restarted = value(
      await bureau.actions.recompute({ runId: run.runId, reason: '补录一人', by: 'staff-preparer' }),
    );
    expect(restarted).toMatchObject({ state: 'computing', revision: 3, draftRevision: 3, signatures: [] });
    const { budget } = await bureau.ports.budgets.load(BUDGET);
    expect(budget.runs).toEqual({});
    await bureau.deliver();
    const review = await runNow(bureau, run);
    expect(review).toMatchObject({
      state: 'review',
      totals: { payable: { count: 4, fen: 120_000 }, held: { count: 0 } },
    });
    expect(await draftsOf(bureau, review)).toHaveLength(4);
    const bucketsOfFirst = (await bureau.engines.scan('operations')).filter(({ pk }) =>
      pk.startsWith(`D#${run.runId}#1#`),
    );
    expect(bucketsOfFirst).toHaveLength(3);
  });
});
