// Goal: what an opening brought in as to be recovered is ordered back, kept back of the next payments under signatures, held when somebody
// paid meanwhile, restored when the payment failed and its month was not owed, paid in, and at zero; on real engines, in one month.
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { fen } from '../../../domain/money.ts';
import { figuresOf } from '../../../domain/recovery/recovery.ts';
import type { Run } from '../../../domain/run/run.ts';
import { writeExport } from '../../../functions/audit/exports.ts';
import { recoverables } from '../../../functions/recovery/recoverables.ts';
import {
  decideRecovery,
  deliverRecovery,
  getRecovery,
  proposeOverpaid,
  receiveRecovery,
} from '../../../functions/recovery/recoveries.ts';
import { hledger, lacks } from '../../programs.ts';
import { EXCEL, goLiveOffice, JULY, opened, openingStarted, posted } from '../go-live/opening-office.ts';
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
  reconciled,
  SCOPE,
  value,
} from '../run/office.ts';
import { balances, died, draftsOf } from '../run/whole-month.ts';

let bureau: Office;
let july: Run;
/** Of the persons 1 and 3. */
let [first, third] = ['', ''];
beforeAll(async () => {
  bureau = await goLiveOffice();
  const rows = EXCEL.map((one) =>
    one.includes(opened(1, '2026-03', '100')) ? opened(1, '2026-03', '140', ['', '40']) : one,
  );
  const opening = await openingStarted(bureau, 'opening-1', rows);
  await closed(bureau, await posted(bureau, await approved(bureau, opening)));
  const enrolmentOf = async (n: number) => {
    const person = await bureau.register.personByIdNumber(row(n).split(',')[1] ?? '');
    const [enrolment] = await bureau.register.enrolmentsOfPerson(person!.record.personKey);
    return enrolment!.id;
  };
  first = await enrolmentOf(1);
  third = await enrolmentOf(3);
});
afterAll(() => bureau.stop());

const on = (enrolment: string, by: string) => ({
  jurisdiction: DISTRICT,
  recoveryId: `${enrolment}-Z1`,
  by,
});
const orderOf = async (enrolment: string) =>
  value(await getRecovery(bureau.ports, DISTRICT, `${enrolment}-Z1`)).order;
const receipt = (amount: number, voucher: string, day: string) => ({
  fen: fen(amount),
  means: 'treasury' as const,
  voucher,
  on: day,
  evidence: '回单',
});
const open = async () => {
  const found = await recoverables(bureau.ports, SCOPE, bureau.clock.today());
  return {
    settled: found.settled,
    open: Object.fromEntries(found.open.map((one) => [one.enrolment, [one.balanceFen, one.differenceFen]])),
  };
};
const spent = async () => {
  await bureau.deliver();
  const use = (await bureau.ports.budgets.load(BUDGET)).budget.runs[july.runId];
  return Object.values(use?.spent ?? {}).reduce((sum: number, one) => sum + one, 0);
};

describe('money to be recovered of before go-live', () => {
  it('is open by age until it is ordered back by set-off, which moves nothing', async () => {
    bureau.clock.moveTo('2026-06-25');
    expect(await open()).toEqual({ settled: 0, open: { [first]: [4_000, 0], [third]: [5_000, 0] } });
    for (const enrolment of [first, third]) {
      const wish = { reason: '上线前多发', dueOn: '2026-12-31', broughtIn: true };
      const address = { ...SCOPE, enrolment };
      value(await proposeOverpaid(bureau.ports, address, wish, { by: 'staff-preparer' }));
      const paper = {
        document: `示民追〔2026〕${enrolment === first ? 1 : 2}号`,
        decidedOn: '2026-06-25',
        means: 'set-off' as const,
      };
      const decider = on(enrolment, 'staff-approver');
      value(await decideRecovery(bureau.ports, decider, paper, bureau.ports.policies));
      const said = { on: '2026-06-25', means: 'in-person', evidence: '送达回证' } as const;
      value(await deliverRecovery(bureau.ports, on(enrolment, 'staff-preparer'), said));
      expect(code(await proposeOverpaid(bureau.ports, address, wish, { by: 'staff-preparer' }))).toBe(
        'missing/overpaid',
      );
    }
    expect(await open()).toEqual({ settled: 0, open: { [first]: [4_000, 0], [third]: [5_000, 0] } });
  });

  it('is kept back of what is paid, in the totals that are signed and funded; who paid meanwhile is held', async () => {
    const run = await computed(bureau, JULY);
    expect(run.totals).toMatchObject({
      payable: { count: 4, fen: 54_000 },
      setOff: { count: 2, fen: 6_000 },
      components: { 'allowance/set-off': -6_000, 'allowance/entitlement': 40_000 },
    });
    const cashier = on(first, 'staff-cashier');
    value(await receiveRecovery(bureau.ports, cashier, receipt(3_000, 'JK-1', '2026-06-25')));
    const held = await dispatched(bureau, await approved(bureau, run));
    expect(held).toMatchObject({ state: 'review', totals: { setOff: { count: 1, fen: 3_000 } } });
    expect([...held.holds.values()].map(({ late }) => late?.control)).toEqual(['set-off-changed']);
    // Claimed by a run that is not on its way out any more: somebody may pay in, and the claim is made anew.
    expect((await orderOf(third)).setOffs).toHaveLength(1);
    value(await receiveRecovery(bureau.ports, on(third, 'c'), receipt(100, 'JK-0', '2026-06-25')));
    expect((await orderOf(third)).setOffs).toHaveLength(0);
    await approved(bureau, held);
    value(await bureau.actions.dispatch({ runId: held.runId, by: 'staff-cashier' }));
    await bureau.deliver();
    july = value(await bureau.views.getRun(held.runId));
    expect(july.state).toBe('dispatched');
    expect(figuresOf(await orderOf(first))).toMatchObject({ received: 3_000, setOff: 0, outstanding: 1_000 });
    expect(figuresOf(await orderOf(third))).toMatchObject({ setOff: 3_000, outstanding: 1_900 });
    expect(
      code(await receiveRecovery(bureau.ports, on(third, 'c'), receipt(3_000, 'JK-2', '2026-06-25'))),
    ).toBe('conflict/more-than-outstanding');
    expect(await open()).toEqual({ settled: 0, open: { [first]: [1_000, 0], [third]: [1_900, 0] } });
  });

  it('is owed again, once, when the bank failed and the month turns out not to be owed', async () => {
    const drafts = await draftsOf(bureau, july);
    const mine = drafts.find(({ enrolment }) => enrolment === third);
    expect(mine).toMatchObject({ fen: 7_000, lines: [{ fen: 10_000 }, { fen: -3_000, kind: 'set-off' }] });
    const sequence =
      1 + drafts.filter(({ payment }) => !july.holds.has(payment)).findIndex((one) => one === mine);
    for (const bytes of await bankAnswer(bureau, july, failing([sequence])))
      await reconciled(bureau, july, bytes);
    july = await closed(bureau, july);
    expect(figuresOf(await orderOf(third)).outstanding).toBe(1_900);
    bureau.clock.moveTo('2026-07-10');
    await died(bureau, 3, '2026-06-10', '认证');
    const again = await computed(bureau, { ...JULY, round: 'S1' });
    expect(again.totals).toMatchObject({ cancelled: { count: 1, fen: 10_000 } });
    await dispatched(bureau, await approved(bureau, again));
    for (let look = 0; look < 2; look += 1) await bureau.sweep();
    expect((await orderOf(third)).setOffs).toMatchObject([{ restored: [{ fen: 3_000 }] }]);
    expect(figuresOf(await orderOf(third))).toMatchObject({ setOff: 0, outstanding: 4_900 });
    expect(await open()).toEqual({ settled: 0, open: { [first]: [1_000, 0], [third]: [4_900, 0] } });
  });

  it('is at zero once it is paid in; what the budget spent is what left the account', async () => {
    value(await receiveRecovery(bureau.ports, on(third, 'c'), receipt(4_900, 'JK-3', '2026-07-10')));
    expect(await open()).toEqual({ settled: 1, open: { [first]: [1_000, 0] } });
    const left = await balances(bureau);
    expect(left[`recoverable:${third}`]).toBeUndefined();
    // Of a run that was funded before one payment was held and another failed, both are in the clearing account, nothing else.
    expect(await spent()).toBe(40_000);
    expect((left['appropriation:2026'] ?? 0) + 54_000).toBe(0);
    expect(value(await bureau.audit.seal(july.runId))).toMatchObject({ intact: true });
  });

  test.skipIf(lacks('hledger'))('is in a journal that hledger accepts (needs hledger)', async () => {
    const exportId = 'with-set-off';
    value(await bureau.audit.createExport({ runId: july.runId, format: 'hledger', by: 'auditor', exportId }));
    const asked = { type: 'audit.export-requested', version: 1, runId: july.runId, exportId } as const;
    await writeExport({ ...bureau.ports, files: bureau.ports.files }, asked);
    const done = value(await bureau.audit.getExport(exportId));
    const journal = Buffer.from((await bureau.engines.files.read(done.objectKey ?? '')) ?? []).toString(
      'utf8',
    );
    expect(hledger(journal, 'check', '-s')).toBe('');
    expect(hledger(journal, 'balance', '-N', 'recoverable')).toMatch(/-30\.00 CNY/);
    await bureau.deliver();
  });
});
