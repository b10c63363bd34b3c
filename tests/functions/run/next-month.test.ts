import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../../../domain/run/run.ts';
import { idNumber, row } from '../register/sheet-fixture.ts';
import { BUDGET, code, computed, LINES, type Office, REGULAR, SUPPLEMENTARY, value } from './office.ts';
import { died, draftsOf, smallOffice, unshiftedPacks, wholeMonth } from './whole-month.ts';

const JANUARY = { ...REGULAR, period: '2027-01' };
const FEBRUARY = { ...REGULAR, period: '2027-02' };
let bureau: Office;
beforeEach(async () => {
  bureau = await smallOffice({ packs: unshiftedPacks() });
  // The person who turns 90 in January 2027, and one who will be stopped.
  await bureau.importRows('more', [row(41, { id: idNumber(41, '19370115') }), row(42)]);
  await wholeMonth(bureau);
  bureau.clock.moveTo('2026-12-20');
});
afterEach(() => bureau.stop());

const linesOf = async (run: Run) =>
  (await draftsOf(bureau, run)).map(({ movement, lines }) =>
    [
      movement,
      ...lines.map(({ month, fen, kind, cause }) => [month, fen, kind, cause].filter(Boolean).join(' ')),
    ].join(', '),
  );

describe('the month after', () => {
  it('pays unchanged people their month and looks at nobody’s past', async () => {
    const { ledger } = bureau.ports;
    let looks = 0;
    const look = ledger.ofEnrolment.bind(ledger);
    Object.assign(ledger, {
      ofEnrolment: (...asked: Parameters<typeof look>) => {
        looks += 1;
        return look(...asked);
      },
    });
    const run = await computed(bureau, JANUARY);
    expect(looks).toBe(0);
    expect(run.manifest.previous).toMatchObject({ runId: '110199.high-age.2026-12.R.1', period: '2026-12' });
    expect((await linesOf(run)).sort()).toEqual([
      'changed, 2027-01 50000 entitlement',
      ...Array.from({ length: 4 }, () => 'same, 2027-01 10000 entitlement'),
    ]);
    expect(run.totals?.movements).toEqual({ joined: 0, stopped: 0, changed: 1, same: 4 });
    await bureau.importRows('late', [row(21)]);
    value(await bureau.actions.recompute({ runId: run.runId, reason: '补录', by: 'staff-preparer' }));
    await bureau.deliver();
    // The one who is new, and only that one.
    expect(looks).toBeGreaterThan(0);
    expect(looks).toBeLessThanOrEqual(2);
  });

  it('names who joined, with arrears, who stopped and who changed', async () => {
    await bureau.importRows('changes', [row(21), row(42, { stop: '2026-12' })]);
    const run = await computed(bureau, JANUARY);
    expect(run.totals?.movements).toEqual({ joined: 1, stopped: 1, changed: 1, same: 3 });
    expect((await linesOf(run)).sort()).toEqual([
      'changed, 2027-01 50000 entitlement',
      'joined, 2026-10 10000 arrears newly-joined, 2026-11 10000 arrears newly-joined, 2026-12 10000 arrears newly-joined, 2027-01 10000 entitlement',
      ...Array.from({ length: 3 }, () => 'same, 2027-01 10000 entitlement'),
      'stopped',
    ]);
    expect(await bureau.lists.proposals()).toEqual([]);
    const joined = value(await bureau.views.listDrafts(run.runId, { filter: 'joined', limit: 9 })).drafts;
    expect(joined.map(({ fen }) => fen)).toEqual([40_000]);
  });

  it('stops who is certified dead and proposes to recover what was paid after, moving no money', async () => {
    await died(bureau, 2, '2026-11-03', '认证');
    const run = await computed(bureau, JANUARY);
    expect(run.totals).toMatchObject({ payable: { count: 4 }, recoveries: { count: 1, fen: 10_000 } });
    expect(await linesOf(run)).toContain('stopped');
    expect(await bureau.lists.proposals()).toMatchObject([
      { month: '2026-12', fen: 10_000, cause: 'death', runId: run.runId },
    ]);
    const [stopped] = value(await bureau.views.listDrafts(run.runId, { filter: 'stopped', limit: 9 })).drafts;
    expect(stopped).toMatchObject({ fen: 0, movement: 'stopped' });
  });

  it('holds who is only reported dead, and leaves the past alone', async () => {
    await died(bureau, 2, '2026-11-03', '比对');
    const run = await computed(bureau, JANUARY);
    expect(run.totals).toMatchObject({ payable: { count: 4 }, held: { count: 1, fen: 10_000 } });
    const [held] = value(await bureau.views.listDrafts(run.runId, { filter: 'held', limit: 9 })).drafts;
    expect(held?.findings.filter(({ severity }) => severity === 'hold')).toMatchObject([
      { control: 'deceased' },
    ]);
    expect(await bureau.lists.proposals()).toEqual([]);
  });

  it('pays a month once, however often it is computed', async () => {
    expect(code(await bureau.actions.startRun(REGULAR, 'staff-preparer'))).toBe('conflict/run-exists');
    const supplementary = await computed(bureau, SUPPLEMENTARY);
    expect(supplementary.totals?.payable.count).toBe(0);
    value(await bureau.actions.voidRun({ runId: supplementary.runId, reason: '无', by: 'staff-preparer' }));
    const run = await computed(bureau, JANUARY);
    const before = await linesOf(run);
    value(await bureau.actions.recompute({ runId: run.runId, reason: '再算', by: 'staff-preparer' }));
    await bureau.deliver();
    expect(await linesOf(value(await bureau.views.getRun(run.runId)))).toEqual(before);
  });

  it('pays a period that was left out as arrears', async () => {
    bureau.clock.moveTo('2027-01-20');
    value(
      await bureau.office.setBudget({ ...BUDGET, fiscalYear: '2027', lines: LINES, by: 'staff-finance' }),
    );
    const run = await wholeMonth(bureau, { identity: FEBRUARY });
    expect(run.manifest.fiscalYear).toBe('2027');
    expect((await linesOf(run)).sort()).toEqual([
      'changed, 2027-01 50000 arrears facts-changed, 2027-02 50000 entitlement',
      ...Array.from(
        { length: 4 },
        () => 'same, 2027-01 10000 arrears facts-changed, 2027-02 10000 entitlement',
      ),
    ]);
    // The period that was left out is nothing any more.
    const late = await computed(bureau, JANUARY);
    expect(late.totals?.payable.count).toBe(0);
  });
});
