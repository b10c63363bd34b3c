import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyEntry } from '../../../domain/ledger/entry.ts';
import { sha256Hex } from '../../../functions/adapters/hashing.ts';
import {
  APPROVER,
  addPack,
  approved,
  BUDGET,
  bankAnswer,
  closed,
  code,
  computed,
  dispatched,
  type Office,
  REVIEWER,
  reconciled,
  seen,
  value,
} from '../run/office.ts';
import { draftsOf } from '../run/whole-month.ts';
import {
  attemptsOf,
  EXCEL,
  goLiveOffice,
  JULY,
  journal,
  MONTHS,
  opened,
  openingStarted,
  packOfJuly,
  posted,
  USED,
} from './opening-office.ts';

let bureau: Office;
beforeEach(async () => {
  bureau = await goLiveOffice();
});
afterEach(() => bureau.stop());

const wentLive = async () =>
  posted(bureau, await approved(bureau, await openingStarted(bureau, 'opening-1', EXCEL)));
const linesOf = async (run: Awaited<ReturnType<typeof computed>>) =>
  (await draftsOf(bureau, run))
    .map(({ lines }) => lines.map(({ month, fen }) => `${month} ${fen}`).join(', '))
    .sort();
/** Dispatches and has the bank pay everything. */
const paid = async (run: Awaited<ReturnType<typeof computed>>) => {
  const sent = await dispatched(bureau, await approved(bureau, run));
  for (const bytes of await bankAnswer(bureau, sent)) await reconciled(bureau, sent, bytes);
  return sent;
};

describe('an opening', () => {
  it('shows its control totals and is in no ledger before two people have signed exactly that', async () => {
    const run = await openingStarted(bureau, 'opening-1', EXCEL);
    expect(run.runId).toBe('110199.high-age.2026-06.O1.1');
    expect(run.state).toBe('review');
    expect(run.totals?.opening).toMatchObject({ rows: 22, payments: { count: 22, fen: 220_000 } });
    expect(run.totals?.opening?.months['2026-02']).toEqual({
      rows: 3,
      paidFen: 35_000,
      returnedFen: 0,
      recoverableFen: 5_000,
    });
    expect(run.totals?.opening?.months['2026-03']).toMatchObject({
      rows: 4,
      paidFen: 40_000,
      returnedFen: 10_000,
    });
    expect(code(await bureau.actions.dispatch({ runId: run.runId, by: 'staff-cashier' }))).toBe(
      'conflict/run-state',
    );
    expect(code(await bureau.actions.startRun(JULY, 'staff-preparer'))).toBe('conflict/run-active');
    value(await bureau.actions.submit({ ...seen(bureau, run), by: 'staff-preparer' }));
    const preparer = { id: 'staff-preparer', roles: ['reviewer', 'approver'] };
    expect(code(await bureau.actions.sign({ ...seen(bureau, run), signer: preparer }))).toBe(
      'forbidden/own-submission',
    );
    const other = { ...seen(bureau, run), hash: '0'.repeat(64) };
    expect(code(await bureau.actions.sign({ ...other, signer: REVIEWER }))).toBe('conflict/stale-revision');
    value(await bureau.actions.sign({ ...seen(bureau, run), signer: REVIEWER }));
    expect(await journal(bureau, run)).toEqual([]);
    expect((await bureau.ports.budgets.load(BUDGET)).budget.runs).toEqual({});
    value(await bureau.actions.sign({ ...seen(bureau, run), signer: APPROVER }));
    const done = await posted(bureau, run);
    expect(done.state).toBe('dispatched');
    expect(done.files).toEqual([]);
    const { budget } = await bureau.ports.budgets.load(BUDGET);
    const use = budget.runs[`opening.${run.runId}`];
    expect(use?.reserved).toEqual({});
    expect(Object.values(use?.spent ?? {}).reduce((sum: number, one) => sum + one, 0)).toBe(USED[0].fen);
  });

  it('posts balanced entries that tie to the control totals, closes, and is sealed like any run', async () => {
    const run = await closed(bureau, await wentLive());
    expect(run.state).toBe('closed');
    const entries = await journal(bureau, run);
    expect(entries).toHaveLength(23);
    expect(entries.every((entry) => entry.kind !== 'funding' && verifyEntry(sha256Hex, entry))).toBe(true);
    const states = attemptsOf(entries).map(({ state }) => state);
    expect([
      states.filter((state) => state === 'settled').length,
      states.filter((state) => state === 'returned').length,
    ]).toEqual([21, 1]);
    const { accounts } = value(await bureau.audit.trialBalance(run.runId));
    expect(
      Object.fromEntries(accounts.map(({ account, debit, credit }) => [account, debit - credit])),
    ).toEqual({
      'expense:high-age': 220_000,
      recoverable: 5_000,
      opening: -225_000,
      clearing: 10_000,
      returned: -10_000,
    });
    expect(value(await bureau.audit.seal(run.runId))).toMatchObject({ intact: true });
    expect(await bureau.lists.unsettled(run.runId)).toMatchObject([{ state: 'returned', fen: 10_000 }]);
  });

  it('posts a month of which everything has to be given back, although nothing of it is accrued', async () => {
    const rows = [...EXCEL, opened(4, '2026-01', '100', ['', '100'])];
    const run = await openingStarted(bureau, 'opening-1', rows);
    expect(run.totals).toMatchObject({ payable: { count: 22 }, opening: { rows: 23 } });
    const done = await posted(bureau, await approved(bureau, run));
    expect(done.state).toBe('dispatched');
    expect((await journal(bureau, done)).filter(({ kind }) => kind === 'opening')).toHaveLength(23);
  });

  it('leaves runs exactly new minus old: what Excel missed, what a standard adds, nothing before the history and nothing twice', async () => {
    await wentLive();
    const july = await computed(bureau, JULY);
    expect(await linesOf(july)).toEqual([
      '2026-01 10000, 2026-02 10000, 2026-07 10000',
      '2026-07 10000',
      '2026-07 10000',
      '2026-07 10000',
    ]);
    expect(july.totals?.movements).toMatchObject({ joined: 0, same: 4 });
    expect(july.totals?.recoveries.count).toBe(0);
    await paid(july);
    bureau.clock.moveTo('2026-07-20');
    await addPack(bureau, packOfJuly());
    const [open] = await bureau.lists.unsettled('110199.high-age.2026-06.O1.1');
    value(
      await bureau.follow.clearUnsettled({
        runId: '110199.high-age.2026-06.O1.1',
        payment: open!.payment,
        reason: '账户已恢复',
        by: 'staff-manager',
      }),
    );
    bureau.clock.moveTo('2026-07-21');
    const raised = await computed(bureau, { ...JULY, round: 'S1' });
    const all = [...MONTHS, '2026-07'];
    const each = all.map((month) => `${month} 5000`).join(', ');
    expect(await linesOf(raised)).toEqual([each, each, each, each, '2026-03 10000'].sort());
    await paid(raised);
    bureau.clock.moveTo('2026-07-25');
    expect(await linesOf(await computed(bureau, { ...JULY, round: 'S2' }))).toEqual([]);
  });

  it('is not signed while a row lies before the history, after go-live, or twice in the sheet', async () => {
    const run = await openingStarted(bureau, 'opening-1', [...EXCEL, opened(1, '2025-12', '100')]);
    expect(run.totals?.refused).toEqual({ 'conflict/before-history': 1 });
    expect(code(await bureau.actions.submit({ ...seen(bureau, run), by: 'staff-preparer' }))).toBe(
      'conflict/opening-incomplete',
    );
    value(await bureau.actions.voidRun({ runId: run.runId, reason: '改正后重导', by: 'staff-approver' }));
    await bureau.importRows('twice', [opened(1, '2026-01', '100'), opened(1, '2026-01', '100')], 'opening');
    const imported = (await bureau.imports.get('twice'))!;
    expect(imported.counts).toMatchObject({ accepted: 1, rejected: 1 });
    const asked = {
      jurisdiction: '110199',
      programme: 'high-age',
      imported,
      usedBudget: [],
      by: 'staff-preparer',
    };
    expect(code(await bureau.actions.startOpening(asked))).toBe('conflict/rows-rejected');
    const again = await openingStarted(bureau, 'opening-again', EXCEL);
    expect(again.runId).toBe('110199.high-age.2026-06.O2.1');
    expect(again.totals?.refused).toEqual({});
  });

  it('may state a month whose run was void: only a run that was sent keeps it from an opening', async () => {
    const june = await computed(bureau, { ...JULY, period: '2026-06' });
    value(
      await bureau.actions.voidRun({ runId: june.runId, reason: '六月仍由表格发放', by: 'staff-approver' }),
    );
    const run = await openingStarted(bureau, 'opening-1', EXCEL);
    expect(run.manifest.opening?.through).toBe('2026-06');
    expect(run.totals?.refused).toEqual({});
    await posted(bureau, await approved(bureau, run));
    await paid(await computed(bureau, JULY));
    const late = await openingStarted(bureau, 'late', [opened(1, '2026-07', '100')]);
    expect(late.manifest.opening?.through).toBe('2026-06');
    expect(late.totals?.refused).toEqual({ 'conflict/paid-here': 1 });
  });

  it('is corrected by another opening, of differences, and by nothing else', async () => {
    const first = await wentLive();
    bureau.clock.moveTo('2026-06-21');
    const same = await openingStarted(bureau, 'opening-1', EXCEL);
    expect(same.runId).toBe(first.runId);
    const twice = await openingStarted(bureau, 'again', [opened(1, '2026-01', '100')]);
    expect(twice.totals?.refused).toEqual({ 'conflict/opened-before': 1 });
    value(await bureau.actions.voidRun({ runId: twice.runId, reason: '重复导入', by: 'staff-approver' }));
    const july = await computed(bureau, JULY);
    await paid(july);
    bureau.clock.moveTo('2026-07-10');
    // Excel had paid somebody else in January: nothing of it reached this person.
    const rows = [opened(1, '2026-01', '-100', ['', '', '发给他人'])];
    const correction = await posted(
      bureau,
      await approved(bureau, await openingStarted(bureau, 'fix', rows)),
    );
    expect(correction.state).toBe('dispatched');
    expect((await closed(bureau, correction)).state).toBe('closed');
    bureau.clock.moveTo('2026-07-11');
    expect(await linesOf(await computed(bureau, { ...JULY, round: 'S1' }))).toEqual(['2026-01 10000']);
  });

  it('ends in the same entries whatever is delivered twice, late or lost', async () => {
    const run = await approved(bureau, await openingStarted(bureau, 'opening-1', EXCEL, { times: 2 }));
    let calls = 0;
    bureau.faults.around = async (call) => {
      calls += 1;
      if (calls % 7 === 3) throw new Error('the machine died');
      if (calls % 7 !== 5) return call();
      await call();
      throw new Error('the machine died');
    };
    for (let attempt = 0; attempt < 40; attempt += 1) {
      await bureau.actions.dispatch({ runId: run.runId, by: 'staff-cashier' }).catch(() => undefined);
      await bureau.deliver().catch(() => undefined);
      if (attempt % 2 === 0) await bureau.failures.again();
      else bureau.failures.forget();
      await bureau.sweep().catch(() => undefined);
    }
    delete bureau.faults.around;
    await bureau.deliver();
    for (let look = 0; look < 3; look += 1) {
      await bureau.sweep();
      await bureau.deliver();
    }
    const now = value(await bureau.views.getRun(run.runId));
    expect(now.state).toBe('dispatched');
    const entries = await journal(bureau, now);
    expect(entries).toHaveLength(23);
    expect((await closed(bureau, now)).state).toBe('closed');
    expect(await bureau.lists.unsettled(run.runId)).toHaveLength(1);
    const { budget } = await bureau.ports.budgets.load(BUDGET);
    const spent = Object.values(budget.runs).flatMap((use) => Object.values(use.spent));
    expect(spent.reduce((sum: number, one) => sum + one, 0)).toBe(USED[0].fen);
  });
});
