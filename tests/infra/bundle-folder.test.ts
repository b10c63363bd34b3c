import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bundleFunctions } from '../../infra/bundle.ts';

const root = mkdtempSync(join(tmpdir(), 'fafang-bundle-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A function whose handler loads a part of itself only when needed, which esbuild puts into a file named after its content. */
function writeSources(text: string): void {
  mkdirSync(join(root, 'functions'), { recursive: true });
  writeFileSync(
    join(root, 'functions/index.js'),
    "export const handler = async () => (await import('./part.js')).text;\n",
  );
  writeFileSync(join(root, 'functions/part.js'), `export const text = '${text}';\n`);
}

const bundled = async (): Promise<string[]> => {
  const paths = { root, outDirectory: join(root, 'out') };
  const bundles = await bundleFunctions({ work: { entry: 'functions/index.js' } }, paths);
  return readdirSync(bundles.get('work') ?? '').toSorted();
};

test('a bundle holds what its sources are now: nothing of an earlier bundling is deployed with it', async () => {
  writeSources('as it was');
  const before = await bundled();
  writeSources('as it is');
  const after = await bundled();
  expect(after).toContain('index.mjs');
  expect(after).toHaveLength(before.length);
  expect(after).not.toEqual(before);
});

test('a function whose entry is missing is named, before anything is bundled', async () => {
  const paths = { root, outDirectory: join(root, 'none') };
  const functions = { work: { entry: 'functions/index.js' }, lost: { entry: 'functions/lost.ts' } };
  await expect(bundleFunctions(functions, paths)).rejects.toThrow('functions/lost.ts');
  expect(existsSync(paths.outDirectory)).toBe(false);
});
