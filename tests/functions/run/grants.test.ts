import { afterEach, describe, expect, it } from 'vitest';
import { projectKey } from '../../../domain/ids.ts';
import type { PayeeRecord } from '../../../domain/register/payee.ts';
import { sha256Hex } from '../../../functions/adapters/hashing.ts';
import { maskedPersons } from '../../../functions/api/views/masked-persons.ts';
import { enrolForGrant } from '../../../functions/grants/enrol.ts';
import { ensurePerson } from '../../../functions/grants/ensure-person.ts';
import { recordGrant } from '../../../functions/grants/record-grant.ts';
import { diesAfter, dyingAtEveryWrite } from '../../faults.ts';
import { policyFile } from '../../policy-files.ts';
import { AID, decision, granted, grantee, grantOffice, NOVEMBER } from './grant-office.ts';
import {
  approved,
  bankAnswer,
  closed,
  code,
  computed,
  dispatched,
  type Office,
  reconciled,
  value,
} from './office.ts';
import { balances, draftsOf, runNow, wholeMonth } from './whole-month.ts';

let bureau: Office;
afterEach(() => bureau.stop());

/** Lines of a run, the largest amount first. */
const amounts = async (runId: string) =>
  (await draftsOf(bureau, await runNow(bureau, { runId })))
    .flatMap(({ lines }) => lines)
    .toSorted((a, b) => b.fen - a.fen)
    .map((line) => [line.month, line.fen, line.kind, line.cause]);

const dispatchedWithoutFunds = async ({ runId }: { readonly runId: string }) => {
  value(await bureau.actions.dispatch({ runId, by: 'staff-cashier' }));
  // Messages come twice.
  await bureau.deliver({ times: 2 });
};

describe('grants', () => {
  it('are paid once, by supplementary runs alone: two of one enrolment together, a third by the next run', async () => {
    bureau = await grantOffice();
    const [one, two, three] = [await grantee(bureau, 1), await grantee(bureau, 2), await grantee(bureau, 3)];
    await granted(bureau, one, 'a-1', 1_000);
    await granted(bureau, one, 'a-2', 500);
    await granted(bureau, two, 'b-1', 800);
    await granted(bureau, two, 'b-1-withdrawn', 800, { kind: 'grant-withdrawn' });
    await granted(bureau, three, 'c-1', 300);
    expect(code(await bureau.actions.startRun({ ...NOVEMBER, round: 'R' }, 'staff-preparer'))).toBe(
      'invalid/round',
    );
    const review = await computed(bureau, NOVEMBER);
    expect(review).toMatchObject({
      runId: '110199.temporary-aid.2026-11.S1.1',
      manifest: { months: [], payDate: '2026-11-23', fiscalYear: '2026', paysBy: { paidBy: 'grants' } },
      totals: { payable: { count: 2, fen: 180_000 }, components: { 'urgent/entitlement': 180_000 } },
    });
    // Withdrawn between the last signature and the dispatch: held, and signed anew without it.
    const signed = await approved(bureau, review);
    await granted(bureau, three, 'c-1-withdrawn', 300, { kind: 'grant-withdrawn' });
    const back = await dispatched(bureau, signed);
    expect(back).toMatchObject({ state: 'review', totals: { payable: { count: 1, fen: 150_000 } } });
    expect([...back.holds.values()].map(({ late }) => late?.control)).toEqual(['determined-since']);
    const again = await approved(bureau, back);
    value(await bureau.actions.dispatch({ runId: again.runId, by: 'staff-cashier' }));
    await bureau.deliver();
    const sent = await runNow(bureau, again);
    const [bytes] = await bankAnswer(bureau, sent);
    await reconciled(bureau, sent, bytes!);
    expect(await closed(bureau, sent)).toMatchObject({
      state: 'closed',
      closing: { tally: { settled: { fen: 150_000 } } },
    });

    await granted(bureau, one, 'a-3', 200);
    // Enrolled before the last run and granted after it: whoever brought in the account signs nothing where it is first used.
    await granted(bureau, two, 'b-2', 60);
    // The hold that the withdrawn grant left behind keeps no other from being paid.
    await granted(bureau, three, 'c-2', 90);
    bureau.clock.moveTo('2026-12-05');
    const december = { ...NOVEMBER, period: '2026-12' };
    const second = await wholeMonth(bureau, { identity: december });
    expect(second.runId).toBe('110199.temporary-aid.2026-12.S1.1');
    expect(second.totals?.accountChangers).toEqual(['staff-clerk']);
    expect(await amounts(second.runId)).toEqual([
      ['2026-11', 20_000, 'arrears', 'granted'],
      ['2026-11', 9_000, 'arrears', 'hold-lifted'],
      ['2026-11', 6_000, 'arrears', 'granted'],
    ]);
    // Of the money funded for the run, what was withdrawn stays on the account.
    expect(await balances(bureau)).toEqual({
      'appropriation:2026': -215_000,
      'expense:temporary-aid': 185_000,
      clearing: 30_000,
    });
    expect((await computed(bureau, december)).totals?.payable.count).toBe(0);
  });

  it.each(['daily', 'at-once'] as const)(
    'pay their later months when these have come, by a run that starts by itself (%s)',
    async (grantRuns) => {
      bureau = await grantOffice({ grantRuns });
      const look = () => (grantRuns === 'daily' ? bureau.tick() : bureau.sweep());
      const address = await grantee(bureau, 1);
      const monthly = decision('a-1', 100).spans.flatMap((span) => [span, { ...span, from: '2026-12' }]);
      await granted(bureau, address, 'a-1', 100, { spans: monthly });
      // What was granted a moment ago may still lie behind the cut-off.
      bureau.clock.moveTo('2026-11-23');
      expect(await bureau.ports.runs.livePointers(AID)).toEqual([]);
      await look();
      await bureau.deliver();
      const run = await runNow(bureau, { runId: '110199.temporary-aid.2026-11.S1.1' });
      expect(run).toMatchObject({ startedBy: 'system', totals: { payable: { fen: 10_000 } } });
      await dispatched(bureau, await approved(bureau, run));
      await look();
      bureau.clock.moveTo('2026-12-01');
      await look();
      await bureau.deliver();
      expect((await bureau.ports.runs.livePointers(AID)).map(({ runId }) => runId)).toEqual([
        run.runId,
        '110199.temporary-aid.2026-12.S1.1',
      ]);
      expect(await amounts('110199.temporary-aid.2026-12.S1.1')).toEqual([
        ['2026-12', 10_000, 'entitlement', undefined],
      ]);
      // What people voided is not started again by itself, only once more is granted.
      const voided = { runId: '110199.temporary-aid.2026-12.S1.1', reason: '重新核对', by: 'staff-preparer' };
      value(await bureau.actions.voidRun(voided));
      await look();
      expect(await bureau.ports.runs.livePointers(AID)).toHaveLength(2);
      await granted(bureau, address, 'a-2', 50, { month: '2026-12' });
      bureau.clock.moveTo('2026-12-02');
      await look();
      await bureau.deliver();
      expect(await amounts('110199.temporary-aid.2026-12.S1.2')).toEqual([
        ['2026-12', 15_000, 'entitlement', undefined],
      ]);
    },
  );

  it('paid out of an imprest fund are posted by a run of their own, with nothing for the bank', async () => {
    bureau = await grantOffice();
    const address = await grantee(bureau, 1);
    await granted(bureau, address, 'a-1', 300, { component: 'imprest:DT-1' });
    await granted(bureau, address, 'a-2', 200);
    const bank = await wholeMonth(bureau, { identity: NOVEMBER });
    expect(bank.totals?.components).toEqual({ 'urgent/entitlement': 20_000 });
    const other = await grantee(bureau, 2);
    await granted(bureau, other, 'b-1', 70, { component: 'imprest:DT-2' });
    const posting = { ...NOVEMBER, round: 'I' };
    const review = await computed(bureau, posting);
    const { payment } = (await draftsOf(bureau, review)).find(({ enrolment }) => enrolment === other.id)!;
    const held = { runId: review.runId, payment, reason: '收据待核', by: 'staff-reviewer' };
    const signed = await approved(bureau, value(await bureau.actions.holdPayment(held)));
    expect(signed.runId).toBe('110199.temporary-aid.2026-11.I1.1');
    await dispatchedWithoutFunds(signed);
    const end = await closed(bureau, signed);
    expect(end).toMatchObject({
      state: 'closed',
      files: [],
      closing: { tally: { released: { count: 1, fen: 30_000 }, settled: { count: 1, fen: 30_000 } } },
    });
    expect(await balances(bureau)).toEqual({
      'appropriation:2026': -20_000,
      'expense:temporary-aid': 50_000,
      'imprest:DT-1': -30_000,
    });
    const { budget } = await bureau.ports.budgets.load({ ...AID, fiscalYear: '2026' });
    expect(Object.keys(budget.runs)).toEqual([bank.runId]);
    const trial = value(await bureau.audit.trialBalance(end.runId));
    expect(trial.accounts.map(({ account }) => account)).toEqual(['expense:temporary-aid', 'imprest:DT-1']);
    // What was kept out by hand is posted by the next one, and stands in no S run's way.
    const next = await approved(bureau, await computed(bureau, posting));
    expect(next.totals?.payable).toEqual({ count: 1, fen: 7_000 });
    // Reduced between signature and dispatch: not posted as it was signed.
    const reduced = { kind: 'grant-withdrawn', component: 'imprest:DT-2' } as const;
    await granted(bureau, other, 'b-1-reduced', 20, reduced);
    await dispatchedWithoutFunds(next);
    expect(await runNow(bureau, next)).toMatchObject({ state: 'review', totals: { payable: { count: 0 } } });
    const { runId } = next;
    value(await bureau.actions.recompute({ runId, reason: '给付核减', by: 'staff-preparer' }));
    await bureau.deliver();
    await dispatchedWithoutFunds(await approved(bureau, await runNow(bureau, next)));
    expect(await balances(bureau)).toMatchObject({ 'imprest:DT-1': -30_000, 'imprest:DT-2': -5_000 });
    // Each finds nothing left.
    for (const round of ['S', 'I']) {
      const empty = await computed(bureau, { ...NOVEMBER, round });
      expect(empty.totals?.payable.count, round).toBe(0);
      value(await bureau.actions.voidRun({ runId: empty.runId, reason: '无可发', by: 'staff-preparer' }));
    }
  });
});

it('of a project are paid to its organisation, under the name of which it is listed', async () => {
  bureau = await grantOffice();
  value(await bureau.office.importPolicyPack(policyFile('110199', 'venture-fund'), 'staff-admin'));
  const named = {
    idNumber: '52110199MJ0000015L',
    legalName: '示例区同行社会工作服务中心',
    organisation: true,
    account: { account: '11019900000000000777', holderName: '示例区同行社会工作服务中心' },
    source: 'venture',
    by: 'staff-clerk',
  } as const;
  const { personKey: payee } = value(await ensurePerson(bureau.ports, named));
  expect(value(await ensurePerson(bureau.ports, named))).toEqual({ personKey: payee, accountDiffers: false });
  const other = { ...named, account: { ...named.account, account: '11019900000000000888' } };
  expect(value(await ensurePerson(bureau.ports, other)).accountDiffers).toBe(true);
  expect(code(await ensurePerson(bureau.ports, { ...named, legalName: '另一中心' }))).toBe(
    'conflict/person-name',
  );

  const place = { jurisdiction: '110199', programme: 'venture-fund' };
  const subject = projectKey(sha256Hex, { ...place, callId: 'C2026', number: 7 });
  const wanted = {
    ...place,
    subject,
    source: 'venture',
    by: 'staff-clerk',
    appliedOn: '2026-11-20',
    payee: { payee, kind: 'organisation', source: 'venture', by: 'staff-clerk' },
  } as const;
  const address = await enrolForGrant(bureau.ports, wanted);
  expect(address.id).toBe(`GY-${subject}-1`);
  const before = await bureau.register.enrolmentRead(address);
  expect(await enrolForGrant(bureau.ports, wanted)).toEqual(address);
  expect(await bureau.register.enrolmentRead(address)).toEqual(before);
  value(await recordGrant(bureau.ports, address, decision('tranche-1', 7_500, { component: 'tranche' })));
  const run = await computed(bureau, { ...place, period: '2026-11', round: 'S' });
  const [draft] = await draftsOf(bureau, run);
  expect(draft).toMatchObject({ fen: 750_000, account: { payee }, findings: [], street: '' });
  const names = await maskedPersons(bureau.register, [subject]);
  expect(names.get(subject)?.name).toBe('示例区同行社会工作服务中心');
});

describe('a grant is recorded once', () => {
  it('by whoever asks again after a crash at any write, and by two at once', async () => {
    bureau = await grantOffice();
    const address = await grantee(bureau, 1);
    let basis = 0;
    await dyingAtEveryWrite(async (survived) => {
      basis += 1;
      const asked = decision(`a-${basis}`, 100);
      const died = await diesAfter(bureau.faults, survived, () => recordGrant(bureau.ports, address, asked));
      value(await recordGrant(bureau.ports, address, asked));
      const marks = await bureau.ports.sweeps.grantedThrough(AID, '2026-11');
      const last = (await bureau.register.enrolmentRead(address))!.determinations.at(-1)!;
      expect(marks.map(({ at }) => at)).toEqual([last.recordedAt]);
      return died;
    });
    const same = decision('b', 100);
    const others = ['c', 'd', 'e'].map((other) => decision(other, 100));
    const recorded = await Promise.all(
      [same, same, ...others].map((asked) => recordGrant(bureau.ports, address, asked)),
    );
    expect(new Set(recorded.map((one) => value(one).number)).size).toBe(4);
    const { determinations } = (await bureau.register.enrolmentRead(address))!;
    expect(determinations.map(({ number }) => number)).toEqual(determinations.map((_, index) => index + 1));
    expect(determinations).toHaveLength(basis + 4);
    expect(code(await recordGrant(bureau.ports, address, { ...same, document: '另一文号' }))).toBe(
      'conflict/grant-differs',
    );
    const withdrawn = decision('f', 1, { kind: 'grant-withdrawn', month: '2026-12' });
    expect(code(await recordGrant(bureau.ports, address, withdrawn))).toBe('conflict/withdraws-more');
    const own = decision('g', 1, { decidedBy: 'staff-clerk' });
    expect(code(await recordGrant(bureau.ports, address, own))).toBe('forbidden/own-proposal');
  });
});

it('go to the subject again once nobody else is named, unless two people have named somebody', async () => {
  bureau = await grantOffice();
  const address = await grantee(bureau, 1);
  const { subject } = (await bureau.register.enrolmentRead(address))!.document;
  const { subject: other } = (await bureau.register.enrolmentRead(await grantee(bureau, 2)))!.document;
  const said = { source: 'grant-application', by: 'staff-clerk' };
  const enrol = (payee?: PayeeRecord['kind'], source = said.source) =>
    enrolForGrant(bureau.ports, {
      ...AID,
      ...said,
      subject,
      street: '110199001',
      appliedOn: '2026-11-20',
      ...(payee && { payee: { ...said, payee: other, kind: payee, source } }),
    });
  const payees = async () =>
    (await bureau.register.enrolmentRead(address))!.document.payees.map(({ payee }) => payee === subject);
  await enrol();
  expect(await payees()).toEqual([]);
  await enrol('representative');
  await enrol('representative');
  await enrol();
  await enrol();
  expect(await payees()).toEqual([false, true]);
  await enrol('guardian', 'payee-change');
  await enrol();
  expect(await payees()).toEqual([false, true, false]);
});
