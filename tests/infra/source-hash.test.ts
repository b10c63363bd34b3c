import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { codeVersion, sourceHash } from '../../infra/source-hash.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const FILES = {
  'domain/rounding.ts': 'round half up',
  'events/run.ts': 'messages',
  'functions/run/compute.ts': 'compute',
  'infra/app.ts': 'stacks',
  'package-lock.json': '{ "decimal.js": "10.6.0" }',
};

/** A tree with these files, some of them changed. */
function tree(changes: Partial<typeof FILES> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'fafang-sources-'));
  folders.push(root);
  for (const [name, text] of Object.entries({ ...FILES, ...changes })) {
    mkdirSync(join(root, dirname(name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

test('two checkouts of the same sources are one code version, whenever they were made', () => {
  const other = tree();
  utimesSync(join(other, 'domain/rounding.ts'), 0, 0);
  expect(codeVersion(other)).toBe(codeVersion(tree()));
});

test.each(['domain/rounding.ts', 'events/run.ts', 'functions/run/compute.ts', 'package-lock.json'] as const)(
  'another %s is another code version: it can change an amount',
  (file) => {
    expect(codeVersion(tree({ [file]: 'changed' }))).not.toBe(codeVersion(tree()));
  },
);

test('the stacks are no part of the code version: a deployment that only changes them stops no run', () => {
  expect(codeVersion(tree({ 'infra/app.ts': 'changed' }))).toBe(codeVersion(tree()));
});

test('names count, and what stands in one file never stands for two', () => {
  const root = tree();
  const before = sourceHash(root, ['domain']);
  renameSync(join(root, 'domain/rounding.ts'), join(root, 'domain/money.ts'));
  expect(sourceHash(root, ['domain'])).not.toBe(before);
  expect(sourceHash(root, ['domain'], ['domain/money.ts'])).toBe(sourceHash(root, ['nothing']));
});
