// Goal: what was paid after a death counts wherever the ledger has it, also in months that an opening brought in. Method: a bureau that
// went live on real engines, and a death from before that.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deathReport } from '../../../functions/matching/death-report.ts';
import { EXCEL, goLiveOffice, openingStarted, posted } from '../go-live/opening-office.ts';
import { approved, type Office, SCOPE } from '../run/office.ts';
import { died } from '../run/whole-month.ts';

let bureau: Office;
beforeAll(async () => {
  bureau = await goLiveOffice();
});
afterAll(() => bureau.stop());

it('months paid from Excel after a death are in the report', async () => {
  await posted(bureau, await approved(bureau, await openingStarted(bureau, 'opening-1', EXCEL)));
  await died(bureau, 1, '2026-03-10', '认证');
  const rows = await deathReport({ ...bureau.ports, clock: bureau.clock }, SCOPE);
  expect(rows).toMatchObject([
    { deathMonth: '2026-03', months: ['2026-04', '2026-05', '2026-06'], paidFen: 30_000, recoveredFen: 0 },
  ]);
});
