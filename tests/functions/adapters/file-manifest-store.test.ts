import { afterAll, beforeAll, expect, it } from 'vitest';
import { paymentId } from '../../../domain/ids.ts';
import { fen } from '../../../domain/money.ts';
import { InvariantError } from '../../../domain/result.ts';
import { FileManifestStore, LINES_PER_BLOCK } from '../../../functions/adapters/file-manifest-store.ts';
import { type Engines, startEngines } from '../../engines.ts';

/** Which payment stands on which line of an instruction file. */
let engines: Engines;
let store: FileManifestStore;
beforeAll(async () => {
  engines = await startEngines();
  store = new FileManifestStore(engines.tables.operations);
});
afterAll(() => engines.stop());

const LINES = Array.from({ length: 2 * LINES_PER_BLOCK + 30 }, (_, index) => ({
  payment: paymentId('2026-12', 'R', `GL-${String(index).padStart(12, '0')}-1`),
  attempt: 1,
  fen: fen(100 + index),
}));

it('a file listed in parts, some of them twice, is found line by line', async () => {
  await store.write('A.txt', LINES.slice(0, LINES_PER_BLOCK));
  await store.write('A.txt', LINES.slice(LINES_PER_BLOCK), LINES_PER_BLOCK);
  await store.write('A.txt', LINES.slice(0, LINES_PER_BLOCK));
  await store.write('B.txt', LINES.toReversed());
  const asked = [1, 100, 101, 200, 201, 230, 231, 0];
  const found = await store.lines('A.txt', asked);
  expect(found).toEqual([...asked.slice(0, 6).map((sequence) => LINES[sequence - 1]), undefined, undefined]);
  expect((await store.lines('B.txt', [1]))[0]).toEqual(LINES.at(-1));
});

it('a part that begins within a block would be found at other lines: a bug', async () => {
  await expect(store.write('C.txt', LINES, 1)).rejects.toThrow(InvariantError);
});
