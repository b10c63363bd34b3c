import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * What may import what, from the text of every source file. The rules run over a map of path to text, so that each of them is
 * also shown a file that breaks it.
 */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const LAYERS = ['domain', 'events', 'functions', 'infra'];
export const FOLDERS = [...LAYERS, 'tests'];
/** Code lines of one file; blank lines and comments do not count. */
const LONGEST = 300;

type Sources = ReadonlyMap<string, string>;
type Import = {
  readonly from: string;
  readonly to: string;
  readonly relative: boolean;
  readonly typeOnly: boolean;
};
type Rule = { readonly name: string; readonly find: (file: string, text: string) => readonly string[] };

/** Every source file of some folders by its path from the root. */
export function readSources(folders: readonly string[]): Map<string, string> {
  const sources = new Map<string, string>();
  for (const folder of folders) {
    for (const entry of readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(?:ts|mts|mjs|js)$/.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      sources.set(path.slice(ROOT.length), readFileSync(path, 'utf8'));
    }
  }
  return sources;
}

const STATEMENT =
  /^[ \t]*(?:import|export)\s+(type\s)?[^'";=]*?\bfrom\s+['"]([^'"]+)['"]|^[ \t]*import\s+['"]([^'"]+)['"]/gm;
const CALL = /\b(?:import|require)\(\s*['"`]([^'"`]+)['"`]/g;

export function importsOf(file: string, text: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean) => {
    const relative = specifier.startsWith('.');
    const to = relative ? normalize(join(dirname(file), specifier)) : specifier;
    found.push({ from: file, to, relative, typeOnly });
  };
  for (const [, type, named, bare] of text.matchAll(STATEMENT)) add(named ?? bare ?? '', type !== undefined);
  for (const [, specifier] of text.matchAll(CALL)) add(specifier ?? '', false);
  return found;
}

const codeLines = (text: string): string[] =>
  text.split('\n').filter((line) => line.trim() !== '' && !/^\s*(?:\/\/|\/\*|\*)/.test(line));
export const inFolder = (path: string, ...folders: string[]): boolean =>
  folders.some((folder) => path === folder || path.startsWith(`${folder}/`));
const isPackage = (specifier: string, ...names: string[]): boolean =>
  names.some((name) =>
    name.endsWith('*')
      ? specifier.startsWith(name.slice(0, -1))
      : specifier === name || specifier.startsWith(`${name}/`),
  );

/** A rule over the imports of files in some folders: which are allowed. */
function imports(name: string, folder: string, allowed: (one: Import) => boolean): Rule {
  return {
    name,
    find: (file, text) =>
      inFolder(file, folder)
        ? importsOf(file, text)
            .filter((one) => !allowed(one))
            .map((one) => `${file} imports ${one.to}`)
        : [],
  };
}
/** A rule over code lines: none may match. */
function words(name: string, applies: (file: string) => boolean, pattern: RegExp): Rule {
  return {
    name,
    find: (file, text) =>
      applies(file)
        ? codeLines(text)
            .filter((line) => pattern.test(line))
            .map((line) => `${file}: ${line.trim()}`)
        : [],
  };
}

const FULL_ZOD = /^functions\/api\/(?:.*\/)?(?:openapi|documentation)[^/]*(?:\/|$)/;
const SDK = ['@aws-sdk/*', '@aws-crypto/*', '@smithy/*'];
const programmeOf = (path: string) => /^domain\/programmes\/([^/]+)\//.exec(path)?.[1];
const outsideLocal = (path: string) => inFolder(path, 'infra') && !inFolder(path, 'infra/local');

export const RULES: readonly Rule[] = [
  imports('domain imports domain, decimal.js and zod/mini', 'domain', ({ to, relative }) =>
    relative ? inFolder(to, 'domain') : to === 'decimal.js' || to === 'zod/mini',
  ),
  imports(
    'decimal.js only through domain/rounding.ts',
    'domain',
    ({ from, to }) => to !== 'decimal.js' || from === 'domain/rounding.ts',
  ),
  imports('a programme never imports another', 'domain/programmes', ({ from, to }) => {
    const [mine, other] = [programmeOf(from), programmeOf(to)];
    return mine === undefined || other === undefined || mine === other;
  }),
  imports(
    'the ledger knows nothing of programmes',
    'domain/ledger',
    ({ to }) => !inFolder(to, 'domain/programmes'),
  ),
  imports('events import events, domain and zod/mini', 'events', ({ to, relative }) =>
    relative ? inFolder(to, 'events', 'domain') : to === 'zod/mini',
  ),
  imports('functions import functions, events and domain', 'functions', ({ to, relative }) =>
    relative
      ? inFolder(to, 'functions', 'events', 'domain')
      : !isPackage(to, 'aws-cdk-lib', 'constructs', 'cdk-nag'),
  ),
  imports(
    'functions use zod/mini; the whole of zod only where the API is documented',
    'functions',
    ({ from, to }) => to === 'zod/mini' || !isPackage(to, 'zod') || FULL_ZOD.test(from),
  ),
  imports(
    'functions leave decimals to domain/rounding.ts',
    'functions',
    ({ to }) => !isPackage(to, 'decimal.js'),
  ),
  imports(
    'only functions/adapters touches the SDK; the wiring may name its types',
    'functions',
    ({ from, to, typeOnly }) =>
      !isPackage(to, ...SDK) ||
      inFolder(from, 'functions/adapters') ||
      (from === 'functions/wiring.ts' && typeOnly),
  ),
  imports(
    'only functions/adapters touches node:crypto',
    'functions',
    ({ from, to }) => !isPackage(to, 'node:crypto', 'crypto') || inFolder(from, 'functions/adapters'),
  ),
  imports(
    'infra imports CDK and plain data; only infra/local imports code of the service',
    'infra',
    ({ from, to, relative }) =>
      !outsideLocal(from) ||
      (relative
        ? inFolder(to, 'infra', 'functions/api/routes.ts')
        : isPackage(to, 'aws-cdk-lib', 'constructs', 'cdk-nag', 'esbuild', 'aws-lambda') ||
          to.startsWith('node:')),
  ),
  ...LAYERS.map((layer) =>
    imports(`nothing in ${layer} imports tests`, layer, ({ to }) => !inFolder(to, 'tests')),
  ),
  words(
    'only functions/wiring.ts reads the environment',
    (file) => inFolder(file, 'functions', 'events', 'domain') && file !== 'functions/wiring.ts',
    /\bprocess\b\s*(?:\.|\[|\?)|from 'node:process'/,
  ),
  words(
    'domain has no clock, no chance, no output',
    (file) => inFolder(file, 'domain'),
    /\bnew Date\b|\bDate\.|\bMath\.random\b|\bconsole\.|\bfetch\(|\bset(?:Timeout|Interval)\b|\bperformance\./,
  ),
  words(
    'no ARN of one partition; the local engine knows no other',
    (file) => file !== 'infra/local/plan.ts',
    /arn:aws:/,
  ),
  {
    name: 'nothing is left to do',
    find: (file, text) => (/\b(?:TODO|FIXME)\b/.test(text) ? [`${file} is not finished`] : []),
  },
  {
    name: `at most ${LONGEST} code lines`,
    find: (file, text) => {
      const count = codeLines(text).length;
      return count > LONGEST ? [`${file} has ${count} code lines`] : [];
    },
  },
];

/** What breaks a rule, one sentence each. */
export function violations(rule: Rule, sources: Sources): string[] {
  return [...sources].flatMap(([file, text]) => [...rule.find(file, text)]);
}
