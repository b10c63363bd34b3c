// Goal: a year that was closed before its last day, and whose rest its writer did not bring into the next, is made good at once and not
// after new year. Method: a small bureau on real engines whose last pay day is in December.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { budgetDesk, sweepYearEnds } from '../../../functions/budget/budget-desk.ts';
import { packWith } from '../../infra/local/sample/planting.ts';
import { BUDGET, type Office, pack, value } from '../run/office.ts';
import { smallOffice } from '../run/whole-month.ts';

let bureau: Office;
beforeAll(async () => {
  const fiscalYearClose = { lastPayDay: '12-25', closeDay: '12-31' };
  bureau = await smallOffice({ packs: [pack('110000'), packWith({ fiscalYearClose })] });
});
afterAll(() => bureau.stop());

it('what a year leaves is in the next year before that begins', async () => {
  const desk = budgetDesk(bureau.ports);
  bureau.clock.moveTo('2026-12-28');
  const plan = { surplus: 'carried-over', except: [] } as const;
  const { closing } = value(await desk.proposeYearEnd(BUDGET, plan, 'staff-finance'));
  const change = bureau.ports.budgets.change.bind(bureau.ports.budgets);
  vi.spyOn(bureau.ports.budgets, 'change')
    .mockImplementationOnce((...asked) => change(...asked))
    .mockRejectedValueOnce(new Error('the function died'));
  const confirm = desk.confirmYearEnd(BUDGET, closing!.proposedAt, 'staff-finance-2');
  await expect(confirm).rejects.toThrow('the function died');
  vi.restoreAllMocks();
  expect(await sweepYearEnds(bureau.ports, BUDGET)).toBe(1);
  const { budget } = await bureau.ports.budgets.load({ ...BUDGET, fiscalYear: '2027' });
  expect(budget.carriedIn).toBe('2026');
  expect(await sweepYearEnds(bureau.ports, BUDGET)).toBe(0);
});
