/**
 * Bundles every function once with the local esbuild; all regions and both hostings use the same bytes.
 *
 * CDK's NodejsFunction would start one esbuild process per function and per region; one service with shared warm
 * caches takes a fraction of that and needs neither Docker nor network.
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { plainSchemaKeys } from './plain-schema-keys.ts';
import type { ModelFunction } from './service-model.ts';

/** CommonJS dependencies inside an ES module bundle still call `require` for Node's own modules. */
const REQUIRE_BANNER =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

const OPTIONS = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // Dynamic imports become chunks of their own, so that a hot function loads the KMS code only where KMS is used.
  splitting: true,
  minify: true,
  keepNames: false,
  sourcemap: false,
  legalComments: 'none',
  // Otherwise every Chinese character takes six bytes instead of three.
  charset: 'utf8',
  metafile: true,
  mainFields: ['module', 'main'],
  plugins: [plainSchemaKeys],
  outExtension: { '.js': '.mjs' },
  banner: { js: REQUIRE_BANNER },
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** Function name → folder with its `index.mjs` and nothing of an earlier bundling. Throws when an entry is missing or does not compile. */
export async function bundleFunctions(
  functions: { readonly [name: string]: Pick<ModelFunction, 'entry'> },
  paths: { readonly root: string; readonly outDirectory: string },
): Promise<ReadonlyMap<string, string>> {
  const missing = Object.values(functions).filter(({ entry }) => !existsSync(join(paths.root, entry)));
  if (missing.length > 0) {
    throw new Error(`function entries do not exist: ${missing.map(({ entry }) => entry).join(', ')}`);
  }
  const bundles = await Promise.all(
    Object.entries(functions).map(async ([name, { entry }]) => {
      const directory = join(paths.outDirectory, name);
      // Chunks are named by content, so that old ones would stay, be deployed, and make the bytes depend on history.
      rmSync(directory, { recursive: true, force: true });
      await bundleFunction(entry, { root: paths.root, outDirectory: directory });
      return [name, directory] as const;
    }),
  );
  return new Map(bundles);
}

/** Bundles one entry into `index.mjs` and its chunks; the answer says what is in each, for the bench. */
export async function bundleFunction(
  entry: string,
  paths: { readonly root: string; readonly outDirectory: string },
): Promise<Metafile> {
  const { metafile } = await build({
    ...OPTIONS,
    absWorkingDir: paths.root,
    entryPoints: [{ in: entry, out: 'index' }],
    outdir: paths.outDirectory,
  });
  return metafile;
}
