import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { PolicyPack } from '../../../domain/policy/pack.ts';
import { parsePolicyPack } from '../../../domain/policy/parse-pack.ts';
import { PolicyStore } from '../../../functions/adapters/policy-store.ts';
import { must } from '../../domain/run/samples.ts';
import { type Engines, startEngines } from '../../engines.ts';
import { policyFile } from '../../policy-files.ts';

let engines: Engines;
let number = 0;
let store: PolicyStore;
beforeAll(async () => {
  engines = await startEngines();
  store = new PolicyStore(engines.tables.policy);
});
afterAll(() => engines.stop());

const STAMP = { by: 'staff-administrator', at: '2026-11-20T03:00:00.000Z' };

/** A pack of a district of its own with one value; the title of its citation makes it as large as wanted. */
function packOf(value: string, title = '样例', jurisdiction = `1101${70 + number}`): PolicyPack {
  const file = policyFile('110199', 'high-age');
  const [history] = file.values.filter((one) => one.parameter === 'historyFrom');
  const citation = { document: '样例', title };
  return must(parsePolicyPack({ ...file, jurisdiction, values: [{ ...history, value, citation }] })).pack;
}
const codes = (answers: readonly Awaited<ReturnType<PolicyStore['add']>>[]) =>
  answers.map((answer) => (answer.ok ? 'accepted' : answer.error.code)).sort();

it('of packs that contradict each other and come at once one is let in, and the book can still be read', async () => {
  number += 1;
  const packs = ['2026-07', '2026-08', '2026-09', '2026-10'].map((value) => packOf(value));
  const answers = await Promise.all(packs.map((pack) => store.add(pack, STAMP)));
  expect(codes(answers)).toEqual(['accepted', ...Array(3).fill('conflict/policy-overlap')]);
  expect(must(await store.freeze()).hash).toMatch(/^[0-9a-f]{64}$/);
  const [kept] = answers.flatMap((answer) => (answer.ok ? [answer.value.hash] : []));
  const mine = (await store.packs()).filter(({ pack }) => pack.jurisdiction === packs[0]!.jurisdiction);
  expect(mine.map(({ hash, by, at }) => ({ hash, by, at }))).toEqual([{ hash: kept, ...STAMP }]);
});

it('the same pack by several at once is one pack', async () => {
  number += 1;
  const pack = packOf('2026-10');
  const answers = await Promise.all([1, 2, 3].map(() => store.add(pack, STAMP)));
  expect(answers.filter((answer) => answer.ok && answer.value.created)).toHaveLength(1);
  expect(codes(answers)).toEqual(['accepted', 'accepted', 'accepted']);
});

it('a pack that no item could hold is refused with what to do', async () => {
  number += 1;
  expect(await store.add(packOf('2026-10', '很长'.repeat(70_000)), STAMP)).toMatchObject({
    error: { code: 'limit/pack-size' },
  });
});

it('a book of several pieces reads back, rare characters on their seams included', async () => {
  for (const shift of ['', '样', '样例', 'x']) {
    number += 1;
    expect(await store.add(packOf('2026-10', shift + '𬎆'.repeat(45_000)), STAMP)).toMatchObject({
      ok: true,
    });
  }
  const { book, hash } = must(await store.freeze());
  expect(await new PolicyStore(engines.tables.policy).book(hash)).toEqual(book);
});

it('a book is written once by who freezes it again and again, and by nobody who has read it', async () => {
  number += 1;
  must(await store.add(packOf('2026-10'), STAMP));
  const writes = vi.spyOn(engines.tables.policy, 'put');
  const first = must(await store.freeze());
  const pieces = writes.mock.calls.length;
  expect(pieces).toBeGreaterThan(0);
  expect(must(await store.freeze())).toEqual(first);
  const reader = new PolicyStore(engines.tables.policy);
  await reader.book(first.hash);
  expect(must(await reader.freeze())).toEqual(first);
  expect(writes).toHaveBeenCalledTimes(pieces);
  // Another pack makes another book.
  number += 1;
  must(await store.add(packOf('2026-10'), STAMP));
  expect(must(await store.freeze()).hash).not.toBe(first.hash);
  expect(writes.mock.calls.length).toBeGreaterThan(pieces);
  writes.mockRestore();
});

it('a pack is read once by a process, and who asks for the book sees what others imported since', async () => {
  const reader = new PolicyStore(engines.tables.policy);
  const before = must(await reader.current());
  const reads = vi.spyOn(engines.tables.policy, 'batchGet');
  const read = () => reads.mock.calls.flatMap(([keys]) => keys).length;
  expect(must(await reader.current())).toBe(before);
  expect(read()).toBe(0);
  number += 1;
  const pack = packOf('2026-10');
  must(await store.add(pack, STAMP));
  reads.mockClear();
  const after = must(await reader.current());
  expect(read()).toBe(1);
  expect(after.rows.get(`${pack.jurisdiction}/high-age/historyFrom`)).toHaveLength(1);
  expect(after).toEqual(must(await new PolicyStore(engines.tables.policy).current()));
  reads.mockRestore();
});
