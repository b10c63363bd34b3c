// Goal: a month of grants from decision to close, a part of them withdrawn and ordered back, and statistics that count people and payments apart.
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { hledgerJournal } from '../../../domain/ledger/hledger.ts';
import { fen } from '../../../domain/money.ts';
import type { Run } from '../../../domain/run/run.ts';
import type { EnrolmentAddress } from '../../../functions/adapters/register-store.ts';
import { journalSections } from '../../../functions/audit/run-entries.ts';
import { proposeRecovery } from '../../../functions/recovery/propose-recovery.ts';
import {
  decideRecovery,
  proposeOverpaid,
  receiveRecovery,
  refuseRecovery,
} from '../../../functions/recovery/recoveries.ts';
import { statistics } from '../../../functions/statistics/statistics.ts';
import { hledger, lacks } from '../../programs.ts';
import { AID, granted, grantee, grantOffice, NOVEMBER } from '../run/grant-office.ts';
import { compareJournal } from '../run/journal-of-run.ts';
import { approved, closed, code, computed, DISTRICT, type Office, value } from '../run/office.ts';
import { answeredMonth, balances, draftsOf, runNow } from '../run/whole-month.ts';

let bureau: Office;
let family: EnrolmentAddress;
let mistaken: EnrolmentAddress;
let single: EnrolmentAddress;
let run: Run;
beforeAll(async () => {
  bureau = await grantOffice();
  family = await grantee(bureau, 1);
  single = await grantee(bureau, 2);
  const helping = (persons: string) => [{ code: 'grant-persons', inputs: { persons }, result: persons }];
  const spans = (yuan: number, persons: string) => [
    {
      from: '2026-11',
      components: [{ component: 'urgent', fen: fen(yuan * 100) }],
      derivation: helping(persons),
    },
  ];
  await granted(bureau, family, 'a-1', 1_000, { spans: spans(1_000, '4') });
  await granted(bureau, family, 'a-2', 500, { spans: spans(500, '3') });
  await granted(bureau, single, 'b-1', 800, { spans: spans(800, '1') });
  mistaken = await grantee(bureau, 3);
  await granted(bureau, mistaken, 'c-1', 100);
  run = await answeredMonth(bureau, { identity: NOVEMBER });
});
afterAll(() => bureau.stop());

const counted = async (by: 'payment' | 'entitlement') =>
  value(await statistics(bureau.ports, { jurisdiction: DISTRICT, by, from: '2026-11', to: '2026-12' }));
const on = (recoveryId: string, by: string) => ({ jurisdiction: DISTRICT, recoveryId, by });
const paper = { document: '示民追〔2026〕9号', decidedOn: '2026-11-22' };
const address = () => ({ ...AID, enrolment: family.id });

describe('a month of grants', () => {
  it('is not ordered back before its run is closed, and is after', async () => {
    await granted(bureau, mistaken, 'c-1-withdrawn', 100, { kind: 'grant-withdrawn' });
    const { recoveryId } = value(
      await proposeOverpaid(
        bureau.ports,
        { ...AID, enrolment: mistaken.id },
        { reason: '重复申请', dueOn: '2026-12-31' },
        { by: 'staff-preparer' },
      ),
    );
    expect(code(await decideRecovery(bureau.ports, on(recoveryId, 'staff-approver'), paper))).toBe(
      'conflict/run-not-closed',
    );
    run = await closed(bureau, run);
    value(await decideRecovery(bureau.ports, on(recoveryId, 'staff-approver'), paper));
  });

  it('helps six people in three payments: a family of four is one payment, however many grants are in it', async () => {
    expect(run).toMatchObject({ state: 'closed', manifest: { round: 'S1' } });
    const { programmes, total } = await counted('payment');
    const [aid] = programmes;
    expect(aid).toMatchObject({ programme: 'temporary-aid', persons: 6, payments: 3, fen: 240_000 });
    expect(aid?.funding).toMatchObject([
      { line: { line: 'district-lottery' }, fen: 100_000 },
      { line: { line: 'district-general' }, fen: 140_000 },
    ]);
    // Over all programmes people are beneficiaries themselves, each once.
    expect(total).toMatchObject({ persons: 3, payments: 3, fen: 240_000 });
  });

  it('is not ordered back while it is granted: the next run would pay it again', async () => {
    const wish = { basis: 'application:a-2', fen: fen(50_000), reason: '申请材料不实', dueOn: '2026-12-31' };
    const { recoveryId } = value(
      await proposeRecovery(bureau.ports, { ...address(), ...wish, by: 'staff-preparer' }),
    );
    expect(code(await decideRecovery(bureau.ports, on(recoveryId, 'staff-approver'), paper))).toBe(
      'conflict/still-granted',
    );
    value(await refuseRecovery(bureau.ports, on(recoveryId, 'staff-approver'), '先撤销给付决定'));
  });

  it('is ordered back once withdrawn, also before any run has looked; runs then neither propose nor pay it', async () => {
    await granted(bureau, family, 'a-2-withdrawn', 500, { kind: 'grant-withdrawn' });
    const wish = { reason: '申请材料不实', dueOn: '2026-12-31' };
    const { recoveryId, order } = value(
      await proposeOverpaid(bureau.ports, address(), wish, { by: 'staff-preparer' }),
    );
    expect([recoveryId, order.proposed.fen]).toEqual([`${family.id}-Z2`, 50_000]);
    value(await decideRecovery(bureau.ports, on(recoveryId, 'staff-approver'), paper));
    expect(await balances(bureau)).toMatchObject({
      'expense:temporary-aid': 180_000,
      [`recoverable:${family.id}`]: 50_000,
    });
    const next = await computed(bureau, NOVEMBER);
    expect(await draftsOf(bureau, next)).toEqual([]);
    expect((await runNow(bureau, next)).totals).toMatchObject({
      payable: { count: 0 },
      recoveries: { count: 0 },
    });
    expect((await counted('payment')).total.fen).toBe(240_000);
    expect((await counted('payment')).programmes[0]?.recovery).toMatchObject({
      ordered: 60_000,
      recovered: 0,
    });
    expect((await counted('entitlement')).total.fen).toBe(180_000);
  });

  it('is ordered back once, by two orders on other grounds too, whose writer dies before the entries of the first', async () => {
    await granted(bureau, single, 'b-1-withdrawn', 800, { kind: 'grant-withdrawn' });
    const address = { ...AID, enrolment: single.id };
    const wish = { fen: fen(80_000), reason: '申请材料不实', dueOn: '2026-12-31', by: 'staff-preparer' };
    const orders = [];
    for (const basis of ['application:b-1', 'report:17'])
      orders.push(value(await proposeRecovery(bureau.ports, { ...address, ...wish, basis })));
    const decide = (order: number) =>
      decideRecovery(bureau.ports, on(`${single.id}-Z${order}`, 'staff-approver'), paper);
    bureau.faults.around = async (call) => {
      if (!(await bureau.ports.recoveries.of(address)).orders[0]?.ordered) return call();
      throw new Error('the machine died');
    };
    await expect(decide(1)).rejects.toThrow('the machine died');
    delete bureau.faults.around;
    expect(code(await decide(2))).toBe('conflict/still-granted');
    expect((await balances(bureau))[`recoverable:${single.id}`]).toBe(80_000);
  });

  it('that a township paid in cash is paid in to the treasury; the budget, which gave it with the advance, counts nothing', async () => {
    const empty = { runId: '110199.temporary-aid.2026-11.S2.1', reason: '无可发', by: 'staff-preparer' };
    value(await bureau.actions.voidRun(empty));
    await granted(bureau, single, 'cash-1', 70, { component: 'imprest:DT-1' });
    const posting = await approved(bureau, await computed(bureau, { ...NOVEMBER, round: 'I' }));
    value(await bureau.actions.dispatch({ runId: posting.runId, by: 'staff-cashier' }));
    await bureau.deliver();
    await closed(bureau, posting);
    const withdrawn = { kind: 'grant-withdrawn', component: 'imprest:DT-1' } as const;
    await granted(bureau, single, 'cash-1-withdrawn', 70, withdrawn);
    const address = { ...AID, enrolment: single.id };
    const wish = { reason: '申请材料不实', dueOn: '2026-12-31' };
    const { recoveryId } = value(
      await proposeOverpaid(bureau.ports, address, wish, { by: 'staff-preparer' }),
    );
    value(await decideRecovery(bureau.ports, on(recoveryId, 'staff-approver'), paper));
    const receipt = {
      fen: fen(7_000),
      means: 'treasury',
      voucher: 'J-1',
      on: '2026-11-22',
      evidence: 'H-1',
    } as const;
    value(await receiveRecovery(bureau.ports, on(recoveryId, 'staff-cashier'), receipt));
    await bureau.deliver();
    const { budget } = await bureau.ports.budgets.load({ ...AID, fiscalYear: '2026' });
    expect(Object.keys(budget.runs)).toEqual([run.runId]);
  });

  it('is proposed, too, where a stop has ended the month that was paid', async () => {
    const before = (await bureau.register.enrolmentRead(family))!.document;
    const recordedAt = bureau.clock.now();
    const said = { value: '2026-10', validFrom: '2026-11-22', source: 'match-case', by: 'staff-reviewer' };
    const facts = [...before.facts, { kind: 'stop', ...said, recordedAt } as const];
    const stopped = { ...before, facts, version: before.version + 1, changedAt: recordedAt };
    expect(await bureau.register.putEnrolment(stopped, before)).toBe('written');
    const wish = { reason: '停发后多发', dueOn: '2026-12-31' };
    const { order } = value(await proposeOverpaid(bureau.ports, address(), wish, { by: 'staff-preparer' }));
    expect(order.proposed.fen).toBe(100_000);
  });

  it('stands in the journal of its run with what was ordered back', async () => {
    expect((await compareJournal(bureau, run)).wrong).toEqual([]);
  });

  test.skipIf(lacks('hledger'))('is a journal that hledger accepts (needs hledger)', async () => {
    const form = hledgerJournal('grants');
    let journal = form.head;
    for await (const section of journalSections(bureau.ports, run)) journal += form.section(section);
    expect(hledger(journal + form.foot(), 'check', '-s')).toBe('');
  });
});
