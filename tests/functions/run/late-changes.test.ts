import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readInstructionFile } from '../../../domain/bank/instruction-reader.ts';
import { PIPE_GB18030 } from '../../../domain/bank/layout.ts';
import type { PersonKey } from '../../../domain/ids.ts';
import { concludeVerification, FINDINGS_MAX, type ShardCheck } from '../../../domain/run/money-commands.ts';
import type { Run } from '../../../domain/run/run.ts';
import { gb18030 } from '../../../functions/adapters/gb18030.ts';
import { sha256Hex } from '../../../functions/adapters/hashing.ts';
import { PayeeChanges } from '../../../functions/adapters/payee-changes.ts';
import { concludeChecks } from '../../../functions/run/dispatch.ts';
import { checkShard } from '../../../functions/run/verify-shard.ts';
import { draftOf, must } from '../../domain/run/samples.ts';
import { at, lateOf } from '../../domain/run/stages.ts';
import { idNumber, row } from '../register/sheet-fixture.ts';
import {
  approved,
  BUDGET,
  bankAnswer,
  closed,
  code,
  computed,
  DISTRICT,
  failing,
  type Office,
  REGULAR,
  reconciled,
  SUPPLEMENTARY,
  value,
} from './office.ts';
import { draftsOf, entriesOf, runNow, sentMonth, smallOffice, wholeMonth } from './whole-month.ts';

let bureau: Office;
beforeEach(async () => {
  bureau = await smallOffice();
});
afterEach(() => bureau.stop());

const used = async () => (await bureau.ports.budgets.load(BUDGET)).budget.runs;
const releases = async () =>
  Object.values(await entriesOf(bureau)).filter((text) => String(text).startsWith('release'));
const keyOf = async (n: number): Promise<PersonKey> =>
  (await bureau.register.personByIdNumber(idNumber(n)))!.record.personKey;

/** A run with its funds there, which is dispatched with whatever the register says by then. */
async function funded(identity: typeof REGULAR | typeof SUPPLEMENTARY = REGULAR): Promise<Run> {
  const run = await approved(bureau, await computed(bureau, identity));
  value(await bureau.actions.requestFunding({ runId: run.runId, by: 'staff-cashier' }));
  const funding = { runId: run.runId, voucher: 'V1', date: '2026-11-24', fen: run.totals!.payable.fen };
  return value(await bureau.actions.fund({ ...funding, by: 'staff-finance' }));
}
const dispatch = async (run: Run): Promise<Run> =>
  value(await bureau.actions.dispatch({ runId: run.runId, by: 'staff-cashier' }));
async function sent(run: Run): Promise<Run> {
  await dispatch(run);
  await bureau.deliver();
  return runNow(bureau, run);
}
const lateControls = (run: Run) => [...run.holds.values()].map(({ late }) => late?.control);

/** The bank's lines: to which account how much. */
async function instructed(run: Run): Promise<string[]> {
  const lines: string[] = [];
  for (const { objectKey } of run.files) {
    const bytes = await bureau.engines.files.read(objectKey);
    const read = value(readInstructionFile(bytes!, PIPE_GB18030, gb18030, sha256Hex));
    lines.push(...read.lines.map(({ account, fen }) => `${account} ${fen}`));
  }
  return lines.sort();
}

/** A sheet names another payee, and a second person confirms it. */
async function guardianNamed(rows: readonly string[]): Promise<void> {
  await bureau.importRows('guardian', rows);
  const payees = new PayeeChanges(bureau.register);
  for (const { changeId, ...address } of await payees.waiting(DISTRICT)) {
    const stamp = { by: 'staff-reviewer-2', at: bureau.clock.now(), today: bureau.clock.today() };
    value(await payees.confirm(address, changeId, stamp));
  }
}
const GUARDIAN = { payee: '王儿', payeeId: idNumber(902, '19700101'), account: '6217999999990902' };

describe('between the signatures and the bank', () => {
  it('another payee is named: held, back to review, the others are paid, and the new payee by the next run', async () => {
    const run = await funded();
    await guardianNamed([row(2, GUARDIAN)]);
    const review = await sent(run);
    expect(review).toMatchObject({
      state: 'review',
      signatures: [],
      files: [],
      totals: { payable: { count: 2, fen: 60_000 }, held: { count: 1, fen: 30_000 } },
    });
    const [held] = [...review.holds.values()];
    const key = await keyOf(2);
    expect(lateControls(review)).toEqual(['payee-changed']);
    expect(held!.effect.payment).toContain(key);
    expect(await releases()).toEqual([]);
    await approved(bureau, review);
    const regular = await sent(run);
    expect(await instructed(regular)).toEqual(['6217000000000001 30000', '6217000000000003 30000']);
    const [bytes] = await bankAnswer(bureau, regular);
    await reconciled(bureau, regular, bytes!);
    expect((await closed(bureau, regular)).state).toBe('closed');
    const [hold] = await bureau.lists.holds();
    expect(hold).toMatchObject({ fen: 30_000, reasons: [{ control: 'payee-changed' }] });
    value(
      await bureau.follow.releaseHold({
        jurisdiction: DISTRICT,
        holdId: hold!.holdId,
        reason: '监护关系已核实',
        by: 'staff-reviewer',
      }),
    );
    const after = await sentMonth(bureau, { identity: SUPPLEMENTARY });
    expect(await instructed(after)).toEqual(['6217999999990902 30000']);
  });

  it('another payee of money that failed is found in a supplementary run, too', async () => {
    await wholeMonth(bureau, { answer: failing([1, 2, 3], '超过截止时间') });
    const run = await approved(bureau, await computed(bureau, SUPPLEMENTARY));
    expect(run.totals?.reissued.count).toBe(3);
    await guardianNamed([row(2, GUARDIAN)]);
    const review = await sent(run);
    expect(review).toMatchObject({ state: 'review', totals: { reissued: { count: 2 } } });
    expect(lateControls(review)).toEqual(['payee-changed']);
  });

  it.each(['2026-12', '2027-03'])(
    'a stop from %s on is recorded: held, and the others are paid',
    async (stop) => {
      const run = await funded();
      await bureau.importRows('stops', [row(2, { stop })]);
      const review = await sent(run);
      expect(review).toMatchObject({
        state: 'review',
        signatures: [],
        totals: { payable: { count: 2 }, held: { count: 1 } },
      });
      expect(lateControls(review)).toEqual(['stopped']);
      expect([...review.holds.keys()][0]).toContain(await keyOf(2));
      expect(await releases()).toEqual([]);
      await approved(bureau, review);
      expect((await sent(run)).files).toMatchObject([{ count: 2, fen: 60_000 }]);
    },
  );

  it('what was computed from stands in nobody’s way: a payee and a stop that were known, a move, the same payee again', async () => {
    await guardianNamed([row(1, { stop: '2027-03' }), row(2, GUARDIAN)]);
    const run = await funded();
    await bureau.importRows('moved', [
      row(2, GUARDIAN),
      row(3, { street: '110199002', streetName: '新街道' }),
    ]);
    const after = await sent(run);
    expect(after).toMatchObject({ state: 'dispatched', files: [{ count: 3, fen: 90_000 }] });
    expect(await instructed(after)).toContain('6217999999990902 30000');
  });
});

describe('too many findings to hold one by one', () => {
  const { run } = at('verifying');
  const check = (shard: string, first: number, findings: number): ShardCheck => ({
    shard,
    count: findings,
    fen: draftOf(0).fen,
    reissuedFen: draftOf(0).fen,
    findings: Array.from({ length: findings }, (_, index) => lateOf(draftOf(first + index))),
    tampered: false,
  });
  const half = FINDINGS_MAX / 2;

  it('ask for a recompute, counted over all shards', () => {
    const body = must(concludeVerification(run, [check('00-7f', 0, half), check('80-ff', half, half + 1)]));
    expect(body).toMatchObject({ kind: 'recompute-needed' });
    expect(JSON.stringify(body)).toContain(String(FINDINGS_MAX));
  });

  it('are held one by one up to that number', () => {
    const body = must(concludeVerification(run, [check('00-7f', 0, half), check('80-ff', half, half)]));
    expect(body.kind === 'verification-failed' && body.findings).toHaveLength(FINDINGS_MAX);
  });

  it('of one shard are told in full up to one more than that', async () => {
    const shard = run.manifest.shards[0]!;
    const store = async (from: number, count: number) => {
      const drafts = Array.from({ length: count }, (_, index) => draftOf(from + index));
      await Promise.all(drafts.map((draft) => bureau.ports.drafts.put(run.runId, 1, '00', draft)));
      return (await checkShard(bureau.ports, run, shard)).findings.length;
    };
    // Nobody of them is in the register, so that no account is the one on record.
    expect(await store(0, FINDINGS_MAX - 1)).toBe(FINDINGS_MAX - 1);
    expect(await store(FINDINGS_MAX - 1, 4)).toBe(FINDINGS_MAX + 1);
  });
});

describe('while it is being verified', () => {
  const november = { ...REGULAR, period: '2026-11' };
  const ask = (run: Run) => ({ runId: run.runId, reason: '发现有误', by: 'staff-preparer' });

  it('a run is voided: nothing is released, the budget is given back, another one can start', async () => {
    const run = await dispatch(await funded());
    expect(run.state).toBe('verifying');
    expect(Object.keys(await used())).toEqual([run.runId]);
    expect(code(await bureau.actions.startRun(november, 'staff-preparer'))).toBe('conflict/run-active');
    value(await bureau.actions.voidRun(ask(run)));
    expect(await used()).toEqual({});
    await bureau.deliver();
    await bureau.sweep();
    await bureau.sweep();
    await bureau.deliver();
    expect(await runNow(bureau, run)).toMatchObject({ state: 'void', files: [] });
    expect(await releases()).toEqual([]);
    const end = await wholeMonth(bureau, { identity: november });
    expect(end).toMatchObject({ state: 'closed', manifest: { period: '2026-11' } });
  });

  it('a run is computed again: old messages do nothing, and the funds are there still', async () => {
    const signed = await funded();
    await bureau.importRows('late', [row(2, { stop: '2026-12' })]);
    const run = await dispatch(signed);
    const again = value(await bureau.actions.recompute(ask(run)));
    expect(again).toMatchObject({ state: 'computing', signatures: [] });
    expect(await used()).toEqual({});
    expect(code(await bureau.actions.startRun(november, 'staff-preparer'))).toBe('conflict/run-active');
    await bureau.deliver();
    expect(await releases()).toEqual([]);
    // Stopped from December on: October and November are still owed, and no hold is left of the first computation.
    const review = await runNow(bureau, run);
    expect(review).toMatchObject({ state: 'review', fundedFen: 90_000 });
    expect(review.holds.size).toBe(0);
    expect((await approved(bureau, review)).state).toBe('funded');
    const after = await sent(run);
    expect(after.state).toBe('dispatched');
    expect(after.files[0]!.fen).toBe(review.totals!.payable.fen);
    expect(await releases()).toHaveLength(review.totals!.payable.count);
  });

  it('an earlier verification that is concluded late says nothing about the next one', async () => {
    const first = await dispatch(await funded());
    for (const shard of first.manifest.shards) {
      const check = await checkShard(bureau.ports, first, shard);
      await bureau.ports.runs.putShard(first.runId, 'CHECK', first.sequence, shard.shard, check);
    }
    value(await bureau.actions.recompute(ask(first)));
    await bureau.deliver();
    const second = await dispatch(await approved(bureau, await runNow(bureau, first)));
    await concludeChecks(bureau.ports, first);
    expect(await runNow(bureau, second)).toMatchObject({ state: 'verifying', sequence: second.sequence });
    await bureau.deliver();
    expect((await runNow(bureau, second)).state).toBe('dispatched');
  });

  it('is voided or released and never both, whoever is faster', async () => {
    const run = await dispatch(await funded());
    const [answer] = await Promise.all([bureau.actions.voidRun(ask(run)), bureau.deliver()]);
    await bureau.deliver();
    const after = await runNow(bureau, run);
    expect([code(answer), after.state, (await releases()).length, Object.keys(await used()).length]).toEqual(
      answer.ok ? ['accepted', 'void', 0, 0] : ['conflict/run-state', 'dispatched', 3, 1],
    );
  });

  it.each([
    ['voidRun', 'review'],
    ['recompute', 'review'],
    ['voidRun', 'recompute-needed'],
    ['recompute', 'recompute-needed'],
  ] as const)(
    'what it had reserved is free after %s of a run that verification sent to %s',
    async (what, state) => {
      const run = await funded();
      if (state === 'review') await bureau.importRows('stops', [row(2, { stop: '2026-12' })]);
      else {
        const [item] = (await bureau.engines.scan('operations')).filter(({ pk }) =>
          pk.startsWith(`D#${run.runId}#`),
        );
        const forged = { ...item!, sk: item!.sk.replace('#01', '#02') };
        await bureau.engines.tables.operations.put(forged);
      }
      expect((await sent(run)).state).toBe(state);
      value(await bureau.actions[what](ask(run)));
      expect(await used()).toEqual({});
    },
  );
});

it('a run that was held up goes on with what is left of it', async () => {
  const run = await funded();
  await bureau.importRows(
    'stops',
    [1, 2, 3].map((n) => row(n, { stop: '2026-12' })),
  );
  const review = await sent(run);
  expect(lateControls(review)).toEqual(['stopped', 'stopped', 'stopped']);
  expect(review.totals?.payable.count).toBe(0);
  const empty = await bureau.actions.submit({
    runId: run.runId,
    revision: review.revision,
    hash: bureau.views.runHashOf(review),
    by: 'staff-preparer',
  });
  expect(code(empty)).toBe('conflict/nothing-to-pay');
  expect(await draftsOf(bureau, review)).toHaveLength(3);
});
