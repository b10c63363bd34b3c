// Goal: what the finance bureau reads and prints is what the runs drew and the ledger holds, and a person's name is nowhere in it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { restate } from '../../../domain/budget/budget.ts';
import { fen } from '../../../domain/money.ts';
import { ok } from '../../../domain/result.ts';
import {
  approved,
  BUDGET,
  bankAnswer,
  closed,
  computed,
  failing,
  LINES,
  type Office,
  reconciled,
  SUPPLEMENTARY,
  value,
} from '../run/office.ts';
import { answeredMonth, comingBack, smallOffice, wholeMonth } from '../run/whole-month.ts';
import { CALLERS, registerStaff } from './api-client.ts';
import { type Desk, deskOf } from './desk.ts';

let bureau: Office;
let desk: Desk;
beforeEach(async () => {
  bureau = await smallOffice();
  desk = await deskOf(bureau);
});
afterEach(() => bureau.stop());

const as = CALLERS.finance;
const ofBudget = { programme: 'high-age', fiscalYear: '2026' };
const act = (body: object, key?: string) => ({
  as,
  params: ofBudget,
  body: { on: '2026-03-02', document: '区财社〔2026〕12号', ...body },
  ...(key !== undefined && { key }),
});
const shown = (lines: readonly Record<string, string>[], ...names: string[]) =>
  lines.map((line) => names.map((name) => line[name]));

describe('acts of budget lines', () => {
  it('add up to the appropriation, once each, with level, fund and codes', async () => {
    const first = {
      kind: 'allocated',
      line: '2026-0901',
      amount: '5000.00',
      level: 'provincial',
      fund: 'east-west',
      functional: '2081002',
      economic: '30305',
    };
    const allocate = act(first, 'once');
    await desk.done('recordBudgetAct', allocate);
    await desk.done('recordBudgetAct', allocate);
    await desk.done('recordBudgetAct', act({ kind: 'adjusted', line: '2026-0901', amount: '-1500.50' }));
    const { body } = await desk.done(
      'recordBudgetAct',
      act({ kind: 'withdrawn', line: '2026-0901', amount: '100' }),
    );
    expect(body.lines.at(-1)).toMatchObject({
      line: '2026-0901',
      level: 'provincial',
      fund: 'east-west',
      functional: '2081002',
      document: '区财社〔2026〕12号',
      appropriated: '3399.50',
      available: '3399.50',
    });
    expect(shown(body.acts, 'kind', 'amount').slice(-3)).toEqual([
      ['allocated', '5000.00'],
      ['adjusted', '-1500.50'],
      ['withdrawn', '-100.00'],
    ]);
    const refused = async (given: object) => desk.code('recordBudgetAct', act(given));
    const line = '2026-0901';
    expect(await refused({ kind: 'withdrawn', line, amount: '3399.51' })).toBe('409 conflict/budget-in-use');
    expect(await refused({ kind: 'withdrawn', line, amount: '-1' })).toBe('422 invalid/amount');
    expect(await refused({ kind: 'allocated', line, amount: '1', level: 'city' })).toBe(
      '409 conflict/budget-line-differs',
    );
    expect(await refused({ kind: 'adjusted', line: 'none', amount: '1' })).toBe('404 missing/budget-line');
    expect(await refused({ kind: 'allocated', line: 'new', amount: '1' })).toBe('422 invalid/budget-line');
    expect(await refused({ ...first, line: 'x-JZ' })).toBe('422 invalid/budget-line');
    expect(await desk.code('recordBudgetAct', { ...act(first), as: CALLERS.cashier })).toBe(
      '403 forbidden/role',
    );
  });

  it('for the next year come from September on: 提前下达', async () => {
    const early = (on: string) => ({
      ...act({ kind: 'allocated', line: 'a', amount: '1', level: 'central', fund: 'general', on }),
      params: { ...ofBudget, fiscalYear: '2027' },
    });
    expect(await desk.code('recordBudgetAct', early('2026-08-31'))).toBe('409 conflict/early-allocation');
    await desk.done('recordBudgetAct', early('2026-09-01'));
  });
});

describe('papers for the finance bureau', () => {
  it('show what a run drew, in figures and words, whom it pays by number, and who signed; nobody by name', async () => {
    const review = await computed(bureau);
    const params = { runId: review.runId };
    const planned = async () => (await desk.done('getFundingRequest', { as, params })).body;
    expect(shown((await planned()).lines, 'line', 'amount', 'planned')).toEqual([
      ['district-lottery', '0.00', '900.00'],
      ['district-general', '0.00', '0.00'],
    ]);
    expect((await desk.done('getFundingSheet', { as, params })).body).toContain('以下为按现有指标试算');
    const [lottery] = LINES;
    const little = { ...BUDGET, lines: [{ ...lottery, appropriated: fen(100) }], by: 'staff-finance' };
    value(await bureau.office.setBudget(little));
    expect((await planned()).shortage.code).toBe('limit/budget');
    expect((await desk.done('getFundingSheet', { as, params })).body).toContain(
      '可用 1.00 元，不足以批准 900.00 元',
    );
    value(await bureau.office.setBudget({ ...BUDGET, lines: LINES, by: 'staff-finance' }));
    await approved(bureau, review);
    const { body, headers } = await desk.done('getFundingSheet', { as, params });
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    for (const part of [
      'district-lottery',
      '区县级',
      '彩票公益金',
      '900.00',
      '人民币玖佰元整',
      '3 人',
      '3 笔',
    ])
      expect(body).toContain(part);
    expect(body).not.toContain('district-general');
    const table = (await desk.done('getFundingTable', { as, params })).body as string;
    expect(table.split('\r\n')[1]).toBe('高龄津贴,2026,district-lottery,区县级,彩票公益金,,,900.00');
    const month = { as, params: { month: review.manifest.payDate.slice(0, 7) } };
    const summary = await desk.done('getFundingSummary', month);
    expect(summary.body).toMatchObject({
      runs: [{ runId: review.runId, payments: 3, amount: '900.00' }],
      lines: [{ programme: 'high-age', line: 'district-lottery', amount: '900.00' }],
      funds: [{ fund: 'lottery', amount: '900.00' }],
      total: '900.00',
      totalInWords: '人民币玖佰元整',
    });
    const sheet = (await desk.done('getFundingSummarySheet', month)).body as string;
    expect(sheet).toContain('人民币玖佰元整');
    expect((await desk.done('getFundingSummaryTable', month)).body).toContain('district-lottery');
    const other = await desk.done('getFundingSummary', { as, params: { month: '2027-03' } });
    expect(other.body).toMatchObject({ runs: [], total: '0.00' });
    const persons = await bureau.engines.scan('register');
    for (const item of persons.filter(({ pk }) => pk.startsWith('P#')).slice(0, 3))
      expect(body).not.toContain(item.pk.slice(2));
    for (const text of [body, table, sheet]) expect(text).not.toMatch(/GL-[0-9A-Z]{12}|\d{15,}/);
  });
});

describe('the budget report', () => {
  const report = async (ledger: string) =>
    (await desk.done('getBudgetReport', { as, query: { ...ofBudget, ledger } })).body.programmes[0];

  it('ties to the ledger; what runs that are not closed have settled stands apart', async () => {
    const sent = await answeredMonth(bureau, { answer: failing([2]) });
    expect((await report('true')).ledger).toMatchObject({
      settled: '600.00',
      spent: '0.00',
      notYetCounted: '600.00',
      difference: '0.00',
      runs: [{ runId: sent.runId, closed: false }],
    });
    await closed(bureau, sent);
    const tied = { settled: '600.00', spent: '600.00', notYetCounted: '0.00', difference: '0.00', runs: [] };
    expect(await report('true')).toMatchObject({
      ledger: tied,
      lines: [{ spent: '600.00', reserved: '300.00' }, {}],
    });
    const [back] = await bankAnswer(bureau, sent, comingBack(1), 2);
    await reconciled(bureau, sent, back!);
    // Until the sweeper has it counted.
    expect((await report('true')).ledger).toMatchObject({ settled: '300.00', difference: '-300.00' });
    for (let look = 0; look < 2; look += 1) await bureau.sweep();
    await bureau.deliver();
    expect(await report('true')).toMatchObject({
      ledger: { settled: '300.00', spent: '300.00', difference: '0.00' },
      lines: [{ spent: '300.00', reserved: '600.00', returnedWithin: '300.00', returned: '0.00' }, {}],
    });
    // A figure that somebody changed is seen.
    await bureau.ports.budgets.change(BUDGET, (budget) =>
      ok(restate(budget, sent.runId, fen(90_000), fen(89_999))),
    );
    expect((await report('true')).ledger.difference).toBe('-599.99');
    expect((await report('false')).ledger).toBeUndefined();
    const sheet = await desk.done('getBudgetReportSheet', { as, query: { ...ofBudget, ledger: 'true' } });
    expect(sheet.body).toContain('差额 -599.99 元');
    const ofPeriod = async (period: string) =>
      (await desk.done('getBudgetReport', { as, query: { ...ofBudget, ledger: 'true', period } })).body;
    expect((await ofPeriod('2026-12')).programmes[0].ledger.difference).toBe('-599.99');
    expect((await ofPeriod('2026-11')).programmes[0].ledger).toMatchObject({
      settled: '0.00',
      difference: '0.00',
    });
    const all = { as, query: { fiscalYear: '2026', ledger: 'true' } };
    expect(await desk.code('getBudgetReport', all)).toBe('422 invalid/programme');
    const elsewhere = { as, query: { fiscalYear: '2026', jurisdiction: '110000' } };
    expect(await desk.code('getBudgetReport', elsewhere)).toBe('403 forbidden/jurisdiction');
  });

  it('of a closed year goes on in the year after, and the close takes two people of the finance bureau', async () => {
    const run = await wholeMonth(bureau, { answer: failing([2]) });
    const other = { subject: 'staff-finance-2', roles: ['finance-bureau'] } as const;
    await registerStaff(bureau.engines, '110199', [other]);
    const close = (
      who: typeof as | typeof other,
      operation: 'proposeYearEnd' | 'confirmYearEnd',
      body = {},
    ) => ({
      operation,
      request: { as: who, params: ofBudget, body },
    });
    const plan = { surplus: 'carried-over' };
    const early = close(as, 'proposeYearEnd', plan);
    expect(await desk.code(early.operation, early.request)).toBe('409 conflict/before-last-pay-day');
    bureau.clock.moveTo('2027-01-08');
    const proposed = await desk.done('proposeYearEnd', close(as, 'proposeYearEnd', plan).request);
    const { proposedAt } = proposed.body.yearEnd;
    expect(await desk.code('confirmYearEnd', close(as, 'confirmYearEnd', { proposedAt }).request)).toBe(
      '403 forbidden/four-eyes',
    );
    const done = await desk.done('confirmYearEnd', close(other, 'confirmYearEnd', { proposedAt }).request);
    expect(done.body).toMatchObject({ state: 'closed', yearEnd: { surplus: 'carried-over' } });
    const supplementary = await computed(bureau, SUPPLEMENTARY);
    expect(value(await bureau.views.getRun(supplementary.runId)).manifest.fiscalYear).toBe('2027');
    const next = await desk.done('getBudgetReport', { as, query: { fiscalYear: '2027' } });
    expect(next.body.programmes[0].lines[0]).toMatchObject({
      line: 'district-lottery-JZ',
      carriedFrom: { fiscalYear: '2026', line: 'district-lottery' },
      appropriated: '400.00',
      reserved: '300.00',
      available: '100.00',
    });
    const tie = (await report('true')).ledger;
    expect([tie.settled, tie.spent, tie.difference]).toEqual(['600.00', '600.00', '0.00']);
    expect(run.state).toBe('closed');
  });
});
