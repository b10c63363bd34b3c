import { basename, join, resolve } from 'node:path';
import type { Metafile } from 'esbuild';
import { bundleFunction } from '../../infra/bundle.ts';
import { FUNCTIONS, type FunctionName } from '../../infra/resources.ts';

/** Aim of a hot function. */
export const START_BYTES_AIM = 500_000;

export type Bundle = {
  readonly name: FunctionName;
  readonly indexFile: string;
  /** What a start loads: the index and every chunk that it imports, not what is imported when needed. */
  readonly startFiles: readonly string[];
  readonly startBytes: number;
  /** Chunks that the first message on AWS loads besides: credentials of the role, text tables, rules and controls of a run and, with personal data, cipher, KMS and secret. */
  readonly firstUseFiles: readonly string[];
  readonly firstUseBytes: number;
  readonly allBytes: number;
  /** Bytes by package, of what a start loads. */
  readonly packages: ReadonlyMap<string, number>;
};

type Outputs = Metafile['outputs'];

const ROOT = resolve(import.meta.dirname, '../..');
/** Modules imported when needed that on AWS are needed with the first message. */
const ALWAYS = [
  '/@aws-sdk/credential-provider-env/',
  'functions/adapters/gb18030.ts',
  'domain/run/assess-payment.ts',
];
const WITH_PERSONAL_DATA = [
  'functions/adapters/record-cipher.ts',
  '/@aws-crypto/kms-keyring-node/',
  '/@aws-sdk/client-secrets-manager/',
];

/** Bundles a function as it is deployed, into its own folder of `folder`. */
export async function bundleOf(name: FunctionName, folder: string): Promise<Bundle> {
  const outDirectory = join(folder, name);
  const { outputs } = await bundleFunction(FUNCTIONS[name].entry, { root: ROOT, outDirectory });
  const index = Object.keys(outputs).filter((path) => basename(path) === 'index.mjs');
  const start = reachable(outputs, index);
  const wanted = [...ALWAYS, ...('personalData' in FUNCTIONS[name] ? WITH_PERSONAL_DATA : [])];
  const firstUse = Object.keys(outputs).filter((path) =>
    wanted.some((part) => outputs[path]?.entryPoint?.includes(part)),
  );
  const after = [...reachable(outputs, firstUse)].filter((path) => !start.has(path));
  const bytesOf = (paths: Iterable<string>) => sum([...paths].map((path) => outputs[path]?.bytes ?? 0));
  const fileOf = (path: string) => join(outDirectory, basename(path));
  return {
    name,
    indexFile: join(outDirectory, 'index.mjs'),
    startFiles: [...start].map(fileOf),
    startBytes: bytesOf(start),
    firstUseFiles: firstUse.map(fileOf),
    firstUseBytes: bytesOf(after),
    allBytes: bytesOf(Object.keys(outputs)),
    packages: packagesIn(outputs, start),
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function reachable(outputs: Outputs, from: readonly string[]): Set<string> {
  const loaded = new Set<string>();
  const waiting = [...from];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const output = outputs[path];
    if (loaded.has(path) || !output) continue;
    loaded.add(path);
    for (const { path: imported, kind } of output.imports)
      if (kind === 'import-statement') waiting.push(imported);
  }
  return loaded;
}

function packagesIn(outputs: Outputs, paths: ReadonlySet<string>): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const path of paths) {
    for (const [input, { bytesInOutput }] of Object.entries(outputs[path]?.inputs ?? {})) {
      const within = input.split('node_modules/').at(-1) ?? '';
      const parts = within.split('/');
      const name = input.includes('node_modules/')
        ? parts.slice(0, within.startsWith('@') ? 2 : 1).join('/')
        : `${parts[0]}/`;
      sizes.set(name, (sizes.get(name) ?? 0) + bytesInOutput);
    }
  }
  return sizes;
}
