// Goal: a year is closed once by two people, never changes after, and the money that moves later is on the year after; the shares and
// the last days that policy sets hold at the last signature and at dispatch.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { reserve } from '../../../domain/budget/budget.ts';
import type { BudgetLine } from '../../../domain/budget/line.ts';
import { fen } from '../../../domain/money.ts';
import type { Run } from '../../../domain/run/run.ts';
import { budgetDesk } from '../../../functions/budget/budget-desk.ts';
import { policyFile } from '../../policy-files.ts';
import {
  APPROVER,
  approved,
  BUDGET,
  bankAnswer,
  closed,
  code,
  computed,
  dispatched,
  failing,
  LINES,
  type Office,
  pack,
  REGULAR,
  REVIEWER,
  reconciled,
  SUPPLEMENTARY,
  seen,
  value,
} from '../run/office.ts';
import { comingBack, runNow, smallOffice, wholeMonth } from '../run/whole-month.ts';

let bureau: Office;
afterEach(async () => {
  vi.restoreAllMocks();
  await bureau.stop();
});

const CITY: BudgetLine = { line: 'city', level: 'city', fund: 'general', appropriated: fen(0) };
const budgetOf = async (fiscalYear: string) =>
  (await bureau.ports.budgets.load({ ...BUDGET, fiscalYear })).budget;
const useOf = async (fiscalYear: string, { runId }: Run) => (await budgetOf(fiscalYear)).runs[runId];
const linesOf = async (fiscalYear: string) =>
  (await budgetOf(fiscalYear)).lines.map(({ line, appropriated }) => [line, appropriated]);

describe('the close of a year', () => {
  it('keeps what was spent, brings the rest into the year after, and takes late returns and payments there', async () => {
    bureau = await smallOffice();
    const run = await wholeMonth(bureau, { answer: failing([2]) });
    expect(await useOf('2026', run)).toEqual({
      spent: { 'district-lottery': 60_000 },
      reserved: { 'district-lottery': 30_000 },
    });
    const desk = budgetDesk(bureau.ports);
    const plan = { surplus: 'lapsed', except: ['district-lottery'] } as const;
    const propose = () => desk.proposeYearEnd(BUDGET, plan, 'staff-finance');
    const read = async () => (await budgetOf('2026')).closing?.proposedAt ?? '';
    const confirm = async () => desk.confirmYearEnd(BUDGET, await read(), 'staff-finance-2');
    expect(code(await propose())).toBe('conflict/before-last-pay-day');
    bureau.clock.moveTo('2027-01-08');
    value(await propose());
    expect(code(await desk.confirmYearEnd(BUDGET, await read(), 'staff-finance'))).toBe(
      'forbidden/four-eyes',
    );
    // Dies between the two years.
    const change = bureau.ports.budgets.change.bind(bureau.ports.budgets);
    vi.spyOn(bureau.ports.budgets, 'change')
      .mockImplementationOnce((...asked) => change(...asked))
      .mockRejectedValueOnce(new Error('the function died'));
    await expect(confirm()).rejects.toThrow('the function died');
    vi.restoreAllMocks();
    expect(await linesOf('2026')).toEqual([
      ['district-lottery', 60_000],
      ['district-general', 0],
    ]);
    expect(await linesOf('2027')).toEqual([]);
    await bureau.sweep();
    expect(await linesOf('2027')).toEqual([['district-lottery-JZ', 40_000]]);
    value(await confirm());
    const before = await budgetOf('2026');

    const [back] = await bankAnswer(bureau, run, comingBack(1), 2);
    await reconciled(bureau, run, back!);
    for (let look = 0; look < 2; look += 1) await bureau.sweep();
    await bureau.deliver();
    expect(await useOf('2027', run)).toEqual({
      reserved: { 'district-lottery-JZ': 60_000 },
      spent: {},
      returned: { 'district-lottery-JZ': 30_000 },
      carried: true,
    });
    // Counted once: nothing more is asked for.
    const report = await bureau.sweep();
    expect((await bureau.sweep()).mended).toBe(report.mended);
    expect(await budgetOf('2026')).toEqual(before);

    const again = await cleared(run);
    expect(await useOf('2027', again.regular)).toEqual({
      reserved: {},
      spent: { 'district-lottery-JZ': 60_000 },
      returned: { 'district-lottery-JZ': 30_000 },
      carried: true,
    });
    expect(await budgetOf('2026')).toEqual(before);
  });

  /** Sends again what failed and what came back, and closes. */
  async function cleared(regular: Run) {
    for (const { payment } of await bureau.lists.unsettled(regular.runId))
      value(
        await bureau.follow.clearUnsettled({
          runId: regular.runId,
          payment,
          reason: '银行已更正',
          by: 'staff-preparer',
        }),
      );
    const sent = await dispatched(bureau, await approved(bureau, await computed(bureau, SUPPLEMENTARY)));
    for (const bytes of await bankAnswer(bureau, sent)) await reconciled(bureau, sent, bytes);
    return { regular, supplementary: await closed(bureau, sent) };
  }
});

describe('what policy sets for the money of a run', () => {
  const own = policyFile('110199', 'high-age') as { values: { parameter: string }[] };
  const citation = own.values[0];
  const added = (parameter: string, set: unknown) => ({ ...citation, parameter, value: set });
  const split = {
    mode: 'split',
    shares: [
      { level: 'city', percent: '33.3333' },
      { level: 'district', percent: '66.6667' },
    ],
    remainder: 'district',
  };
  const withOptions = () =>
    smallOffice({
      packs: [
        pack('110000'),
        {
          ...own,
          values: [
            ...own.values,
            added('funding', split),
            added('fiscalYearClose', { lastPayDay: '12-20', closeDay: '12-24' }),
          ],
        },
      ],
    });

  it('is divided by level at the last signature, without borrowing, and nothing is sent after the close day', async () => {
    bureau = await withOptions();
    const review = await computed(bureau);
    value(await bureau.actions.submit({ ...seen(bureau, review), by: 'staff-preparer' }));
    value(await bureau.actions.sign({ ...seen(bureau, review), signer: REVIEWER }));
    const last = () => bureau.actions.sign({ ...seen(bureau, review), signer: APPROVER });
    const set = (city: number) =>
      bureau.office.setBudget({
        ...BUDGET,
        lines: [...LINES, { ...CITY, appropriated: fen(city) }],
        by: 'staff-finance',
      });
    value(await set(29_998));
    const refused = await last();
    expect(!refused.ok && [refused.error.code, refused.error.detail]).toEqual([
      'limit/budget-level',
      { level: 'city', needed: '299.99', available: '299.98' },
    ]);
    value(await set(29_999));
    const run = value(await last());
    expect(await useOf('2026', run)).toEqual({
      reserved: { city: 29_999, 'district-lottery': 60_001 },
      spent: {},
      split: true,
    });
    value(await bureau.actions.requestFunding({ runId: run.runId, by: 'staff-cashier' }));
    const money = { voucher: 'BK-1', date: '2026-11-24', fen: fen(90_000), by: 'staff-finance' } as const;
    value(await bureau.actions.fund({ runId: run.runId, ...money }));
    bureau.clock.moveTo('2026-12-25');
    const send = () => bureau.actions.dispatch({ runId: run.runId, by: 'staff-cashier' });
    expect(code(await send())).toBe('conflict/fiscal-year-over');
    expect((await runNow(bureau, run)).state).toBe('funded');
    bureau.clock.moveTo('2026-12-24');
    value(await send());
    await bureau.deliver();
    expect((await runNow(bureau, run)).state).toBe('dispatched');
  });

  it('refuses a run that would pay after the last pay day of the year, and takes it in the new year', async () => {
    bureau = await withOptions();
    bureau.clock.moveTo('2026-12-21');
    const start = () => bureau.actions.startRun(REGULAR, 'staff-preparer');
    expect(code(await start())).toBe('conflict/after-last-pay-day');
    bureau.clock.moveTo('2027-01-04');
    expect(value(await start()).manifest).toMatchObject({
      fiscalYear: '2027',
      payDate: '2027-01-04',
      funding: split,
    });
  });
});

describe('two runs that want the last money at the same moment', () => {
  it('one gets it, the other is told what is left', async () => {
    bureau = await smallOffice({ people: 0 });
    const key = { ...BUDGET, fiscalYear: '2028' };
    value(
      await bureau.office.setBudget({
        ...key,
        lines: [{ ...CITY, appropriated: fen(100) }],
        by: 'staff-finance',
      }),
    );
    const both = await Promise.all(
      ['a', 'b'].map((run) => bureau.ports.budgets.change(key, (budget) => reserve(budget, run, fen(60)))),
    );
    expect(both.map(code).sort()).toEqual(['accepted', 'limit/budget']);
    const told = both.find((one) => !one.ok);
    expect(told && !told.ok && told.error.detail).toEqual({ available: '0.40', needed: '0.60' });
    expect(Object.keys((await budgetOf('2028')).runs)).toHaveLength(1);
  });
});
