import { afterAll, beforeAll, expect, it } from 'vitest';
import { DisclosureStore } from '../../../functions/adapters/disclosure-store.ts';
import { type Engines, startEngines } from '../../engines.ts';

let engines: Engines;
beforeAll(async () => {
  engines = await startEngines();
});
afterAll(() => engines.stop());

it('files of two runs taken in the same millisecond are two disclosures, and the same one again is one', async () => {
  const store = new DisclosureStore(engines.tables.operations);
  const taken = {
    at: '2026-11-26T02:00:00.000Z',
    by: 'staff-cashier',
    what: 'instruction-files',
    reason: '报送银行',
  } as const;
  const of = ['110199.high-age.2026-12.R.1', '110199.dibao.2026-12.R.1'];
  for (const run of [...of, ...of]) await store.record('110199', { ...taken, of: run });
  const found: string[] = [];
  for await (const one of store.ofMonth('110199', '2026-11')) found.push(one.of);
  expect(found).toEqual(of.toSorted());
});
