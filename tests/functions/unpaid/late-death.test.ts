// Goal: where the place has a rule for months due before a death, nothing goes into the account of somebody whose death the register
// learned of after the run was computed, whatever months are paid. Method: a small bureau on real engines.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packWith } from '../../infra/local/sample/planting.ts';
import { approved, computed, dispatched, type Office, pack } from '../run/office.ts';
import { died, smallOffice } from '../run/whole-month.ts';

let bureau: Office;
beforeAll(async () => {
  bureau = await smallOffice({ packs: [pack('110000'), packWith({ heirs: true })] });
});
afterAll(() => bureau.stop());

it('a death learned of between the signatures and the bank holds the months before it, too', async () => {
  const run = await approved(bureau, await computed(bureau));
  bureau.clock.moveTo('2026-12-02');
  await died(bureau, 2, '2026-12-01', '比对');
  const back = await dispatched(bureau, run);
  expect([...back.holds.values()].map(({ late }) => late?.control)).toEqual(['heir-payee']);
});
