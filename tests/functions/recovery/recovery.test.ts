import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { fen } from '../../../domain/money.ts';
import type { Run } from '../../../domain/run/run.ts';
import { writeExport } from '../../../functions/audit/exports.ts';
import { deathReport } from '../../../functions/matching/death-report.ts';
import {
  decideRecovery,
  decideRecoveryRelief,
  deliverRecovery,
  type OnOrder,
  proposeOverpaid,
  proposeRecoveryRelief,
  receiveRecovery,
  recoveryAddress,
} from '../../../functions/recovery/recoveries.ts';
import { hledger, lacks } from '../../programs.ts';
import { BUDGET, code, computed, DISTRICT, type Office, SCOPE, SUPPLEMENTARY, value } from '../run/office.ts';
import { balances, died, smallOffice, wholeMonth } from '../run/whole-month.ts';

/** Somebody was paid for three months after their death. */
let bureau: Office;
let regular: Run;
let enrolment: string;
beforeAll(async () => {
  bureau = await smallOffice();
  regular = await wholeMonth(bureau);
  bureau.clock.moveTo('2026-11-29');
  await died(bureau, 2, '2026-09-20', '认证');
  const run = await computed(bureau, SUPPLEMENTARY);
  value(await bureau.actions.voidRun({ runId: run.runId, reason: '只看拟追缴', by: 'staff-preparer' }));
  enrolment = (await bureau.lists.proposals())[0]?.enrolment ?? '';
});
afterAll(() => bureau.stop());

const on = (recoveryId: string, by: string): OnOrder => ({ jurisdiction: DISTRICT, recoveryId, by });
const wish = { reason: '死亡后继续发放', dueOn: '2026-12-31' };
const paper = { document: '滨民追〔2026〕1号', decidedOn: '2026-11-29' };
const entries = async () =>
  (await bureau.engines.scan('ledger')).filter((item) => item.sk.includes('#5recovery'));
const budgetOf = async () => {
  await bureau.deliver();
  const { budget } = await bureau.ports.budgets.load(BUDGET);
  const sum = (of: Record<string, number> = {}) => Object.values(of).reduce((total, each) => total + each, 0);
  const use = budget.runs[regular.runId];
  return { spent: sum(use?.spent), released: sum(use?.released) };
};

describe('money paid after a death', () => {
  let recoveryId: string;
  const propose = (months?: readonly string[]) => {
    const address = recoveryAddress(DISTRICT, `${enrolment}-Z1`);
    return proposeOverpaid(
      bureau.ports,
      value(address).address,
      { ...wish, ...(months && { months }) },
      { by: 'staff-preparer' },
    );
  };

  it('is proposed as the last run found it, month by month', async () => {
    expect(code(await propose(['2026-09']))).toBe('missing/overpaid');
    const proposed = value(await propose());
    recoveryId = proposed.recoveryId;
    expect(proposed.order.proposed).toMatchObject({ fen: 30_000, lines: { length: 3 } });
    expect(code(await propose(['2026-11']))).toBe('conflict/recovery-proposed');
    expect(await entries()).toEqual([]);
  });

  it('is ordered back by one of two who decide at once, whose writer dies before the entry: the sweeper writes it', async () => {
    expect(code(await decideRecovery(bureau.ports, on(recoveryId, 'staff-preparer'), paper))).toBe(
      'forbidden/same-person',
    );
    let deaths = 0;
    bureau.faults.around = async (call) => {
      const ordered = (await bureau.ports.recoveries.of({ ...SCOPE, enrolment })).orders[0]?.ordered;
      if (!ordered) return call();
      deaths += 1;
      throw new Error('the machine died');
    };
    const both = ['staff-approver', 'staff-approver-2'].map((by) =>
      decideRecovery(bureau.ports, on(recoveryId, by), paper),
    );
    await Promise.allSettled(both);
    delete bureau.faults.around;
    expect(deaths).toBeGreaterThan(0);
    expect(await entries()).toEqual([]);
    for (let look = 0; look < 2; look += 1) await bureau.sweep();
    const acts = await bureau.ports.recoveries.acts({ ...SCOPE, enrolment });
    expect(acts.map(({ kind }) => kind)).toEqual(['proposed', 'ordered']);
    expect(await entries()).toMatchObject([{ kind: 'recovery-ordered', fen: 30_000, run: regular.runId }]);
    expect(await balances(bureau)).toEqual({
      'appropriation:2026': -90_000,
      'expense:high-age': 60_000,
      [`recoverable:${enrolment}`]: 30_000,
    });
    const decider = acts[1]?.by ?? '';
    expect(code(await decideRecovery(bureau.ports, on(recoveryId, decider), paper))).toBe('accepted');
    expect(code(await decideRecovery(bureau.ports, on(recoveryId, 'staff-reviewer'), paper))).toBe(
      'conflict/recovery-state',
    );
    expect(await entries()).toHaveLength(1);
    expect(await budgetOf()).toEqual({ spent: 90_000, released: 0 });
  });

  it('is proposed no more by the next run, and nothing is paid for it', async () => {
    const run = await computed(bureau, SUPPLEMENTARY);
    expect(await bureau.lists.proposals()).toEqual([]);
    expect(run.totals).toMatchObject({ payable: { count: 0 }, recoveries: { count: 0 } });
    expect(code(await propose())).toBe('missing/overpaid');
    value(await bureau.actions.voidRun({ runId: run.runId, reason: '无差额', by: 'staff-preparer' }));
  });

  it('frees the budget line by what is paid in, and by nothing that is given up', async () => {
    const said = { on: '2026-11-29', means: 'registered-mail', evidence: 'EMS回执1' } as const;
    value(await deliverRecovery(bureau.ports, on(recoveryId, 'staff-preparer'), said));
    const receipt = {
      fen: fen(20_000),
      means: 'treasury',
      voucher: '缴款书1',
      on: '2026-11-29',
      evidence: '回单1',
    } as const;
    const cashier = on(recoveryId, 'staff-cashier');
    value(await receiveRecovery(bureau.ports, cashier, receipt));
    value(await receiveRecovery(bureau.ports, cashier, receipt));
    expect(code(await receiveRecovery(bureau.ports, cashier, { ...receipt, voucher: '2' }))).toBe(
      'conflict/more-than-outstanding',
    );
    expect(await budgetOf()).toEqual({ spent: 70_000, released: 20_000 });
    const relief = { relief: 'waiver', reason: '无遗产' } as const;
    value(await proposeRecoveryRelief(bureau.ports, on(recoveryId, 'staff-preparer'), relief));
    const granted = { outcome: 'granted', document: '滨民豁〔2026〕1号', reason: '同意' } as const;
    value(await decideRecoveryRelief(bureau.ports, on(recoveryId, 'staff-approver'), granted));
    expect(await budgetOf()).toEqual({ spent: 70_000, released: 20_000 });
    expect(await balances(bureau)).toEqual({
      'appropriation:2026': -70_000,
      'expense:high-age': 60_000,
      'waived:high-age': 10_000,
    });
  });

  it('is named in the payment as its beneficiary reads it', async () => {
    const { jurisdiction, programme } = SCOPE;
    const document = await bureau.register.enrolment(jurisdiction, programme, enrolment);
    const [payment] = await bureau.beneficiary.paymentsOf(document?.subject ?? '', { months: 24 });
    const outstandingFen = 0;
    expect(payment?.attempts).toMatchObject([
      { state: 'settled', orderedBack: { fen: 30_000, outstandingFen } },
    ]);
  });

  it('is in the report of money paid after deaths: paid in, or received still', async () => {
    const rows = await deathReport({ ...bureau.ports, clock: bureau.clock }, SCOPE);
    expect(rows).toMatchObject([{ months: { length: 3 }, paidFen: 10_000, recoveredFen: 20_000 }]);
  });

  it('stands in the books of the run that paid it, after its seal', async () => {
    const { afterSeal, accounts } = value(await bureau.audit.trialBalance(regular.runId));
    expect(afterSeal.map(({ kind }) => kind)).toEqual(['recovery-ordered', 'recovered', 'recovery-waived']);
    expect(accounts.map(({ account }) => account)).toContain('waived:high-age');
    expect(value(await bureau.audit.seal(regular.runId))).toMatchObject({ intact: true });
  });

  test.skipIf(lacks('hledger'))('is a journal that hledger accepts (needs hledger)', async () => {
    const exportId = 'with-recovery';
    value(
      await bureau.audit.createExport({ runId: regular.runId, format: 'hledger', by: 'auditor', exportId }),
    );
    await writeExport(
      { ...bureau.ports, files: bureau.ports.files },
      {
        type: 'audit.export-requested',
        version: 1,
        runId: regular.runId,
        exportId,
      },
    );
    const done = value(await bureau.audit.getExport(exportId));
    const journal = Buffer.from((await bureau.engines.files.read(done.objectKey ?? '')) ?? []).toString(
      'utf8',
    );
    expect(journal).toContain('recovery-waived');
    expect(hledger(journal, 'check', '-s')).toBe('');
    expect(hledger(journal, 'balance', '-N', 'recoverable', 'waived')).toMatch(
      /100\.00 CNY\s+equity:waived:high-age/,
    );
    await bureau.deliver();
  });
});
