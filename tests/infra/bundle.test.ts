import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainSchemaKeys, withPlainKeys } from '../../infra/plain-schema-keys.ts';
import { FUNCTIONS, type FunctionName } from '../../infra/resources.ts';
import { loadTime } from '../bench/load-time.ts';
import { type Bundle, bundleOf, START_BYTES_AIM } from '../bench/start-bundle.ts';

const root = resolve(import.meta.dirname, '../..');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fafang-bundle-test-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a hot function', () => {
  const hot = (Object.keys(FUNCTIONS) as FunctionName[]).filter((name) => 'hot' in FUNCTIONS[name]);
  const bundles = new Map<FunctionName, Bundle>();

  beforeAll(async () => {
    for (const name of hot) bundles.set(name, await bundleOf(name, folder));
  });

  it('is one of three', () => {
    expect(hot.sort()).toEqual(['run-compute', 'run-dispatch', 'run-reconcile']);
  });

  it.each(hot)(
    '%s loads at most 500 kB at start, and a fresh process loads exactly what was counted',
    async (name) => {
      const { indexFile, startFiles, startBytes, firstUseFiles } = bundles.get(name)!;
      expect(startBytes).toBeLessThanOrEqual(START_BYTES_AIM);
      const { loaded } = await loadTime(name, indexFile, firstUseFiles);
      expect(loaded.toSorted()).toEqual(startFiles.map((file) => pathToFileURL(file).href).sort());
      const bytes = loaded.reduce((sum, url) => sum + readFileSync(new URL(url)).length, 0);
      expect(bytes).toBe(startBytes);
    },
  );

  it('loads the cipher with the first record and the queues only where it sends', () => {
    const packagesOf = (name: FunctionName) => [...bundles.get(name)!.packages.keys()];
    for (const name of hot)
      expect(packagesOf(name).filter((part) => part.startsWith('@aws-crypto/'))).toEqual([]);
    const senders = hot.filter((name) => packagesOf(name).includes('@aws-sdk/client-sqs'));
    expect(senders).toEqual(hot.filter((name) => FUNCTIONS[name].sends.length > 0));
    expect(bundles.get('run-compute')!.firstUseBytes).toBeGreaterThan(0);
  });
});

describe('the schemas of an SDK client with plain keys', () => {
  /** Every export of the module, as text: a schema refers to others by functions, and their text names them. */
  async function exportsOf(client: string, plugins: Plugin[]): Promise<{ text: string; count: number }> {
    const outfile = join(folder, `${client}-${plugins.length}.mjs`);
    const entry = join(root, `node_modules/@aws-sdk/${client}/dist-es/schemas/schemas_0.js`);
    await build({ entryPoints: [entry], outfile, plugins, bundle: true, platform: 'node', format: 'esm' });
    const module = (await import(pathToFileURL(outfile).href)) as Record<string, unknown>;
    const text = JSON.stringify(module, (_, value: unknown) =>
      typeof value === 'function' ? String(value) : value,
    );
    return { text, count: Object.keys(module).length };
  }

  it.each(['client-s3', 'client-sqs', 'client-dynamodb'])('of %s are the same', async (client) => {
    const [before, after] = [await exportsOf(client, []), await exportsOf(client, [plainSchemaKeys])];
    expect(after).toEqual(before);
    expect(after.count).toBeGreaterThan(20);
  });

  it('has no computed key of a constant left, and leaves any other key alone', () => {
    const source = 'const _h = "http";\nconst a = { [_h]: 1, [_other]: 2, [`_h`]: 3 };\nconst b = [_h];';
    expect(withPlainKeys(source)).toBe(
      'const _h = "http";\nconst a = { "http": 1, [_other]: 2, [`_h`]: 3 };\nconst b = [_h];',
    );
    const schemas = readFileSync(
      join(root, 'node_modules/@aws-sdk/client-s3/dist-es/schemas/schemas_0.js'),
      'utf8',
    );
    expect(schemas).toMatch(/\[_\w+\]:/);
    expect(withPlainKeys(schemas)).not.toMatch(/\[_\w+\]:/);
  });
});
