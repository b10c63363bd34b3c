/** The synthesized cloud assembly: made when the sources changed, then read from its manifest. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { sourceHash } from '../source-hash.ts';

export type Resource = {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
};
type Template = {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Outputs?: Readonly<
    Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: unknown } }>
  >;
};
export type Stack = { readonly name: string; readonly template: Template };
/** `stacks` are in deployment order: a stack imports only from those before it. */
export type Assembly = {
  readonly directory: string;
  readonly region: string;
  readonly stacks: readonly Stack[];
};

/** The region whose template runs locally. */
const REGION = 'cn-north-1';
/** Old assemblies kept besides the current one: switching between two branches stays fast. */
const KEPT = 4;

/**
 * The assembly of a service module, synthesized only when a source file changed since. Synthesis runs in a process of
 * its own: the CDK needs much memory, and only once.
 */
export async function currentAssembly(input: {
  readonly root: string;
  readonly serviceModule: string;
}): Promise<Assembly> {
  const cache = join(input.root, 'cdk.out', 'local');
  const sources = [
    'domain',
    'events',
    'functions',
    'infra',
    'package-lock.json',
    dirname(input.serviceModule),
  ];
  const key = `${input.serviceModule.replaceAll(/[^a-z]/gi, '-')}-${sourceHash(input.root, sources, ['infra/local']).slice(0, 16)}`;
  const directory = join(cache, key);
  if (!existsSync(join(directory, REGION, 'manifest.json'))) {
    mkdirSync(cache, { recursive: true });
    const unfinished = join(cache, `unfinished-${randomUUID()}`);
    await runSynthesis(input.root, [
      '--service',
      input.serviceModule,
      '--region',
      REGION,
      '--out',
      unfinished,
    ]);
    rmSync(join(unfinished, 'bundles'), { recursive: true, force: true });
    try {
      renameSync(unfinished, directory);
    } catch (cause) {
      // Another process finished the same assembly first: use that one.
      rmSync(unfinished, { recursive: true, force: true });
      if (!existsSync(join(directory, REGION, 'manifest.json'))) throw cause;
    }
    removeOld(cache, key);
  }
  return readAssembly(join(directory, REGION), REGION);
}

async function runSynthesis(root: string, options: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [join(root, 'infra', 'synth.ts'), '--quiet', ...options], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const code = await new Promise<number | null>((done, failed) => {
    child.once('error', failed);
    child.once('close', done);
  });
  if (code !== 0) throw new Error(`模板生成失败 / synthesis failed:\n${errors}`);
}

function removeOld(cache: string, current: string): void {
  const byAge = readdirSync(cache)
    .filter((name) => name !== current && !name.startsWith('unfinished-'))
    .map((name) => ({ name, madeAt: statSync(join(cache, name)).mtimeMs }))
    .toSorted((a, b) => b.madeAt - a.madeAt);
  for (const { name } of byAge.slice(KEPT)) rmSync(join(cache, name), { recursive: true, force: true });
}

/** Reads the templates of an assembly folder in deployment order. */
function readAssembly(directory: string, region: string): Assembly {
  type Artifact = {
    type: string;
    properties?: { templateFile?: string; stackName?: string };
    dependencies?: string[];
  };
  const manifest = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as {
    artifacts: Record<string, Artifact>;
  };
  const stacks: Stack[] = [];
  const visited = new Set<string>();
  const visit = (id: string): void => {
    const artifact = manifest.artifacts[id];
    if (artifact === undefined || visited.has(id)) return;
    visited.add(id);
    for (const dependency of artifact.dependencies ?? []) visit(dependency);
    const file = artifact.properties?.templateFile;
    if (artifact.type !== 'aws:cloudformation:stack' || file === undefined) return;
    const template = JSON.parse(readFileSync(join(directory, file), 'utf8')) as Template;
    stacks.push({ name: artifact.properties?.stackName ?? id, template });
  };
  for (const id of Object.keys(manifest.artifacts)) visit(id);
  return { directory, region, stacks };
}
