import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fen } from '../../../domain/money.ts';
import type { RunIdentity } from '../../../domain/run/manifest.ts';
import type { Run } from '../../../domain/run/run.ts';
import { checkFundings } from '../../../functions/run/seal.ts';
import { diesAfter } from '../../faults.ts';
import { row } from '../register/sheet-fixture.ts';
import { approved, code, computed, type Office, REGULAR, SUPPLEMENTARY, value } from './office.ts';
import { draftsOf, runNow, smallOffice } from './whole-month.ts';

let bureau: Office;
beforeEach(async () => {
  bureau = await smallOffice();
});
afterEach(() => bureau.stop());

const NOVEMBER = { ...REGULAR, period: '2026-11' };
/** The same sum on the same day, so that two uses differ in nothing but the run. */
const fund = (run: Run, voucher: string, request?: string) =>
  bureau.actions.fund({
    runId: run.runId,
    voucher,
    date: '2026-11-24',
    fen: fen(90_000),
    by: 'staff-finance',
    ...(request !== undefined && { request }),
  });
async function asking(identity: RunIdentity = REGULAR): Promise<Run> {
  const { runId } = await approved(bureau, await computed(bureau, identity));
  return value(await bureau.actions.requestFunding({ runId, by: 'staff-cashier' }));
}
/** Vouchers in the journal, of every period and round. */
const recorded = async (): Promise<string[]> =>
  (await bureau.engines.scan('ledger'))
    .filter(({ pk }) => pk.endsWith('#funding'))
    .map((item) => `${item.pk} ${item.sk} ${String(item['fen'])}`)
    .sort();
const USED = '110199#high-age#2026-12#funding R#V1 90000';
/** Two runs that wait for funds at once, as those of two programmes do: the programme's turn is passed on. */
async function twoAsking(): Promise<[Run, Run]> {
  const december = await asking();
  const pointer = await bureau.ports.runs.activePointer(REGULAR);
  const turn = { runId: 'none', at: '2026-01-01T00:00:00.000Z', by: 'staff-preparer' };
  await bureau.ports.runs.setActive(REGULAR, turn, pointer!.version);
  return [december, await asking(NOVEMBER)];
}

describe('a voucher that paid for one run', () => {
  it('pays for no supplementary run and for no other period', async () => {
    const regular = await asking();
    value(await fund(regular, 'V1'));
    value(await bureau.actions.dispatch({ runId: regular.runId, by: 'staff-cashier' }));
    await bureau.importRows('late', [row(21)]);
    expect((await runNow(bureau, regular)).state).toBe('dispatched');

    const supplementary = await asking(SUPPLEMENTARY);
    const refused = await fund(supplementary, 'V1');
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'conflict/voucher-used', detail: { voucher: 'V1' } },
    });
    expect(await runNow(bureau, supplementary)).toMatchObject({ state: 'funding-requested', fundings: [] });
    value(await bureau.actions.voidRun({ runId: supplementary.runId, reason: '改期', by: 'staff-reviewer' }));

    bureau.clock.moveTo('2026-12-20');
    const january = await asking({ ...REGULAR, period: '2027-01' });
    expect(code(await fund(january, 'V1'))).toBe('conflict/voucher-used');
    expect(await recorded()).toEqual([USED]);
    expect(value(await fund(january, 'V2')).state).toBe('funded');
  });

  it('is still that run’s when the run is voided', async () => {
    const [december, november] = await twoAsking();
    value(await fund(december, 'V1'));
    value(await bureau.actions.voidRun({ runId: december.runId, reason: '名单有误', by: 'staff-reviewer' }));
    expect(code(await fund(november, 'V1'))).toBe('conflict/voucher-used');
  });

  it('is refused before it is bound when the run cannot be funded', async () => {
    const [december, november] = await twoAsking();
    value(await bureau.actions.returnFunding({ runId: december.runId, reason: '缓拨', by: 'staff-finance' }));
    expect(code(await fund(december, 'V1'))).toBe('conflict/run-state');
    expect(value(await fund(november, 'V1')).state).toBe('funded');
  });
});

describe('a voucher that is recorded twice at once', () => {
  it('pays for one of two runs', async () => {
    const runs = await twoAsking();
    const answers = await Promise.all(runs.map((run) => fund(run, 'V1')));
    expect(answers.map(code).sort()).toEqual(['accepted', 'conflict/voucher-used']);
    const funded = (await Promise.all(runs.map((run) => runNow(bureau, run)))).map(({ state }) => state);
    expect(funded).toEqual(answers.map((answer) => (answer.ok ? 'funded' : 'funding-requested')));
    expect(await recorded()).toHaveLength(1);
  });

  it('counts once for the run', async () => {
    const run = await asking();
    const answers = await Promise.all([fund(run, 'V1'), fund(run, 'V1')]);
    expect(answers.map(code).sort()).toEqual(['accepted', 'conflict/voucher-used']);
    expect(await runNow(bureau, run)).toMatchObject({ fundedFen: 90_000, fundings: [{ voucher: 'V1' }] });
    expect(await recorded()).toEqual([USED]);
  });

  it('by one request is one record, and both are told so', async () => {
    const run = await asking();
    const answers = [await fund(run, 'V1', 'request-1'), await fund(run, 'V1', 'request-1')];
    expect(answers.map(code)).toEqual(['accepted', 'accepted']);
    expect((await runNow(bureau, run)).fundings).toHaveLength(1);
    expect(await recorded()).toEqual([USED]);
  });
});

it.each([
  ['before the voucher is bound', 0],
  ['before the act', 1],
  ['before the list', 2],
  ['before the journal entry', 3],
])('a crash %s leaves a voucher that the same run may name again', async (_, written) => {
  const [december, november] = await twoAsking();
  expect(await diesAfter(bureau.faults, written, () => fund(december, 'V1', 'request-1'))).toBe(true);
  expect(value(await fund(december, 'V1', 'request-1')).state).toBe('funded');
  expect(code(await fund(november, 'V1'))).toBe('conflict/voucher-used');
  expect(await recorded()).toEqual([USED]);
});

describe('a voucher that was recorded wrongly', () => {
  const by = 'staff-finance';
  const reverse = (run: Run, voucher: string, request?: string) =>
    bureau.actions.reverseFunding({
      runId: run.runId,
      voucher,
      reason: '金额录错',
      by,
      ...(request !== undefined && { request }),
    });
  const dispatch = async ({ runId }: Run) =>
    code(await bureau.actions.dispatch({ runId, by: 'staff-cashier' }));
  const fundOf = (run: Run, voucher: string, amount: number) =>
    bureau.actions.fund({ runId: run.runId, voucher, date: '2026-11-25', fen: fen(amount), by });

  it('is taken back by an entry of its own and recorded as it is', async () => {
    const run = await asking();
    value(await fund(run, 'V1'));
    const without = value(await reverse(run, 'V1'));
    expect(without).toMatchObject({ state: 'funding-requested', fundedFen: 0 });
    expect(await dispatch(run)).toBe('conflict/run-state');
    expect(code(await reverse(run, 'V1'))).toBe('missing/voucher');

    expect(code(await fundOf(run, 'V1', 90_001))).toBe('accepted');
    const again = await runNow(bureau, run);
    expect(again).toMatchObject({ state: 'funded', fundedFen: 90_001 });
    expect(again.fundings).toMatchObject([
      { voucher: 'V1', fen: 90_000, reversed: { by, date: '2026-11-22', reason: '金额录错' } },
      { voucher: 'V1', again: 2, fen: 90_001 },
    ]);
    expect(await recorded()).toEqual([
      USED,
      '110199#high-age#2026-12#funding R#V1~2 90001',
      '110199#high-age#2026-12#funding R#V1~reversed 90000',
    ]);
    // A third time, as it was at first.
    value(await reverse(run, 'V1'));
    expect(value(await fund(run, 'V1')).fundings.at(-1)).toMatchObject({ again: 3, fen: 90_000 });
  });

  it('of several is taken out of what is there, and the seal and the balance know', async () => {
    const run = await asking();
    value(await fund(run, 'V1'));
    value(await fundOf(run, 'V2', 7));
    expect(value(await reverse(run, 'V1'))).toMatchObject({ state: 'funded', fundedFen: 7 });
    expect(await dispatch(run)).toBe('limit/funds');
    value(await fundOf(run, 'V3', 89_993));
    await checkFundings(bureau.ports, await runNow(bureau, run));
    const { accounts } = value(await bureau.audit.trialBalance(run.runId));
    expect(accounts.find(({ account }) => account === 'clearing')).toMatchObject({
      debit: 180_000,
      credit: 90_000,
    });
    expect(await dispatch(run)).toBe('accepted');
    expect(code(await reverse(run, 'V2'))).toBe('conflict/run-state');
  });

  it('is free for the run that it belongs to', async () => {
    const [december, november] = await twoAsking();
    value(await fund(december, 'V1'));
    expect(code(await fund(november, 'V1'))).toBe('conflict/voucher-used');
    value(await reverse(december, 'V1'));
    expect(value(await fund(november, 'V1'))).toMatchObject({ state: 'funded', fundings: [{ again: 2 }] });
    expect(code(await fund(december, 'V1'))).toBe('conflict/voucher-used');
  });

  it('is reversed once by two who press at once, and by a request that is repeated', async () => {
    const run = await asking();
    value(await fund(run, 'V1'));
    const answers = await Promise.all([reverse(run, 'V1'), reverse(run, 'V1')]);
    expect(answers.map(code).sort()).toEqual(['accepted', 'missing/voucher']);
    value(await fund(run, 'V1'));
    expect([await reverse(run, 'V1', 'request-1'), await reverse(run, 'V1', 'request-1')].map(code)).toEqual([
      'accepted',
      'accepted',
    ]);
    expect((await runNow(bureau, run)).fundings).toHaveLength(2);
    expect(await recorded()).toHaveLength(4);
  });

  it('is free again before its run is void, whoever died meanwhile', async () => {
    const [december, november] = await twoAsking();
    value(await fund(december, 'V1'));
    let calls = 0;
    bureau.faults.around = async (call) => {
      calls += 1;
      if (calls > 1) throw new Error('the machine died');
      return call();
    };
    await expect(reverse(december, 'V1')).rejects.toThrow('the machine died');
    delete bureau.faults.around;
    expect((await runNow(bureau, december)).fundedFen).toBe(0);
    expect(await recorded()).toEqual([USED]);
    const { runId } = december;
    value(await bureau.actions.voidRun({ runId, reason: '名单有误', by: 'staff-reviewer' }));
    expect(await recorded()).toEqual([USED, '110199#high-age#2026-12#funding R#V1~reversed 90000']);
    expect(value(await fund(november, 'V1')).fundings).toMatchObject([{ again: 2 }]);
  });

  it('is taken back by the sweeper where the run is in review again', async () => {
    const run = await asking();
    value(await fund(run, 'V1'));
    const [draft] = await draftsOf(bureau, run);
    const held = { runId: run.runId, payment: draft!.payment, reason: '核实', by: 'staff-reviewer' };
    value(await bureau.actions.holdPayment(held));
    let calls = 0;
    bureau.faults.around = async (call) => {
      calls += 1;
      if (calls > 1) throw new Error('the machine died');
      return call();
    };
    await expect(reverse(run, 'V1')).rejects.toThrow('the machine died');
    delete bureau.faults.around;
    expect(await runNow(bureau, run)).toMatchObject({ state: 'review', fundedFen: 0 });
    await bureau.sweep();
    expect(await recorded()).toHaveLength(2);
  });

  it('is reversed by whoever comes next, wherever the first one died', async () => {
    let opened = '';
    let deaths = 0;
    // Every reversal before it has entries that are looked at again: the writes are never fewer than the attempts.
    for (let survived = 0; survived < 9; survived += 1) {
      const run = await runNow(bureau, opened === '' ? await asking() : { runId: opened });
      opened = run.runId;
      value(await fundOf(run, 'V1', 100 + survived));
      const asked = () => reverse(run, 'V1', `request-${survived}`);
      if (await diesAfter(bureau.faults, survived, asked)) deaths += 1;
      value(await asked());
      value(await fundOf(run, 'V1', 1));
      const now = await runNow(bureau, run);
      expect(now.fundedFen).toBe(1);
      await checkFundings(bureau.ports, now);
      value(await reverse(run, 'V1'));
    }
    expect(deaths).toBeGreaterThanOrEqual(4);
  });
});
