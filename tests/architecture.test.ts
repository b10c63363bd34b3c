import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  FOLDERS,
  importsOf,
  inFolder,
  LAYERS,
  ROOT,
  RULES,
  readSources,
  violations,
} from './architecture-rules.ts';

/** For each rule a file that breaks it and one that does not. */
const PLANTED: readonly [rule: string, bad: [string, string], good: [string, string]][] = [
  [
    'domain imports domain',
    ['domain/a.ts', "import { z } from 'zod';"],
    ['domain/a.ts', "import * as z from 'zod/mini';"],
  ],
  [
    'domain imports domain',
    ['domain/a/b.ts', "import type { A } from '../../events/run.ts';"],
    ['domain/a/b.ts', "import { A } from '../money.ts';"],
  ],
  [
    'domain imports domain',
    ['domain/a.ts', "import { createHash } from 'node:crypto';"],
    ['domain/a.ts', "const from = 'node:crypto';"],
  ],
  [
    'domain imports domain',
    ['domain/a.ts', "export * from '../functions/wiring.ts';"],
    ['domain/a.ts', "export * from './money.ts';"],
  ],
  [
    'domain imports domain',
    ['domain/a.ts', "const x = await import('decimal');"],
    ['domain/a.ts', "const x = await import('./b.ts');"],
  ],
  [
    'decimal.js only',
    ['domain/budget/budget.ts', "import { Decimal } from 'decimal.js';"],
    ['domain/rounding.ts', "import { Decimal } from 'decimal.js';"],
  ],
  [
    'a programme never',
    ['domain/programmes/dibao/rules.ts', "import { A } from '../high-age/rules.ts';"],
    ['domain/programmes/index.ts', "import { A } from './high-age/rules.ts';"],
  ],
  [
    'the ledger knows',
    ['domain/ledger/entry.ts', "import { A } from '../programmes/months.ts';"],
    ['domain/ledger/entry.ts', "import { A } from '../run/draft.ts';"],
  ],
  [
    'events import',
    ['events/run.ts', "import { A } from '../functions/wiring.ts';"],
    ['events/run.ts', "import { A } from '../domain/ids.ts';"],
  ],
  [
    'events import',
    ['events/run.ts', "import { z } from 'zod';"],
    ['events/run.ts', "import * as z from 'zod/mini';"],
  ],
  [
    'functions import functions',
    ['functions/run/a.ts', "import {\n  A,\n  B,\n} from '../../infra/resources.ts';"],
    ['functions/run/a.ts', "import { A } from '../../events/run.ts';"],
  ],
  [
    'functions import functions',
    ['functions/run/a.ts', "import { Stack } from 'aws-cdk-lib';"],
    ['functions/run/a.ts', "import middy from '@middy/core';"],
  ],
  [
    'functions use zod/mini',
    ['functions/run/a.ts', "import * as z from 'zod';"],
    ['functions/api/openapi.ts', "import * as z from 'zod';"],
  ],
  [
    'functions use zod/mini',
    ['functions/api/a.ts', "import * as z from 'zod/v4';"],
    ['functions/api/documentation/a.ts', "import * as z from 'zod/v4';"],
  ],
  [
    'functions leave decimals',
    ['functions/run/a.ts', "import { Decimal } from 'decimal.js';"],
    ['functions/run/a.ts', "import { toYuan } from '../../domain/money.ts';"],
  ],
  [
    'only functions/adapters touches the SDK',
    ['functions/run/a.ts', "import type { A } from '@aws-sdk/client-sqs';"],
    ['functions/adapters/a.ts', "import { A } from '@aws-sdk/client-sqs';"],
  ],
  [
    'only functions/adapters touches the SDK',
    ['functions/wiring.ts', "import { A } from '@aws-crypto/decrypt-node';"],
    ['functions/wiring.ts', "import type { A } from '@aws-sdk/client-s3';"],
  ],
  [
    'only functions/adapters touches node:crypto',
    ['functions/run/a.ts', "import { randomUUID } from 'node:crypto';"],
    ['functions/adapters/a.ts', "import { randomUUID } from 'node:crypto';"],
  ],
  [
    'infra imports CDK',
    ['infra/app.ts', "import { load } from '../functions/wiring.ts';"],
    ['infra/local/main.ts', "import { load } from '../../functions/wiring.ts';"],
  ],
  [
    'infra imports CDK',
    ['infra/app.ts', "import { A } from '@aws-sdk/client-s3';"],
    ['infra/app.ts', "import { ROUTES } from '../functions/api/routes.ts';"],
  ],
  [
    'nothing in domain imports tests',
    ['domain/a.ts', "import { A } from '../tests/samples.ts';"],
    ['tests/a.ts', "import { A } from './samples.ts';"],
  ],
  [
    'nothing in events imports tests',
    ['events/a.ts', "import { A } from '../tests/samples.ts';"],
    ['tests/a.ts', ''],
  ],
  [
    'nothing in functions imports tests',
    ['functions/a/b.ts', "import '../../tests/samples.ts';"],
    ['tests/a.ts', ''],
  ],
  [
    'nothing in infra imports tests',
    ['infra/local/a.ts', "const a = import('../../tests/a.ts');"],
    ['tests/a.ts', ''],
  ],
  [
    'only functions/wiring.ts reads',
    ['functions/a.ts', 'const a = process.env.A;'],
    ['functions/wiring.ts', 'const a = process.env.A;'],
  ],
  [
    'only functions/wiring.ts reads',
    ['functions/a.ts', "const a = process['env'];"],
    ['functions/a.ts', '// process.env is read in wiring.ts'],
  ],
  [
    'domain has no clock',
    ['domain/a.ts', 'const now = Date.now();'],
    ['domain/a.ts', 'type PlainDate = string;'],
  ],
  [
    'domain has no clock',
    ['domain/a.ts', 'if (Math.random() > 1) console.log(1);'],
    ['functions/a.ts', 'Date.now();'],
  ],
  [
    'no ARN of one partition',
    ['infra/app.ts', "const a = 'arn:aws:s3:::x';"],
    ['infra/app.ts', "const a = 'arn:aws-cn:s3:::x';"],
  ],
  ['nothing is left to do', ['domain/a.ts', '/* TODO */'], ['domain/a.ts', "const TODOS = ['x'];"]],
  [
    'at most',
    ['domain/a.ts', 'x;\n'.repeat(301)],
    ['domain/a.ts', `${'x;\n'.repeat(300)}\n${'// why\n'.repeat(50)}`],
  ],
];

describe('the source tree', () => {
  const sources = readSources(LAYERS);

  it('is seen whole: files of every layer, and imports between them', () => {
    for (const layer of LAYERS) {
      expect([...sources.keys()].filter((file) => inFolder(file, layer)).length, layer).toBeGreaterThan(0);
    }
    const all = [...sources].flatMap(([file, text]) => importsOf(file, text));
    expect(all.length).toBeGreaterThan(sources.size);
    const missing = all.filter(({ to, relative }) => relative && to.endsWith('.ts') && !sources.has(to));
    expect(missing.filter(({ to }) => !inFolder(to, 'tests'))).toEqual([]);
    const known = ['domain/run/run.ts', 'functions/wiring.ts', 'events/run.ts', 'infra/app.ts'];
    expect(known.filter((file) => importsOf(file, sources.get(file) ?? '').length === 0)).toEqual([]);
  });

  it('relative imports name the file with its ending', () => {
    const short = [...sources]
      .flatMap(([file, text]) => importsOf(file, text))
      .filter(({ to, relative }) => relative && !/\.(?:ts|mjs|js|json|css|html)$/.test(to));
    expect(short).toEqual([]);
  });

  it('has five folders and no other', () => {
    const ignored = readFileSync(join(ROOT, '.gitignore'), 'utf8')
      .split('\n')
      .map((line) => line.trim().replace(/\/$/, ''));
    const folders = readdirSync(ROOT, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !ignored.includes(entry.name))
      .map((entry) => entry.name);
    expect(folders.sort()).toEqual([...FOLDERS].sort());
  });

  it.each(RULES.map((rule) => [rule.name, rule] as const))('%s', (_, rule) => {
    expect(violations(rule, sources)).toEqual([]);
  });

  it.each(PLANTED.map(([name, bad, good], index) => [index + 1, name, bad, good] as const))(
    'planted file %d: the rule "%s…" sees what it must',
    (_, name, bad, good) => {
      const rule = RULES.find((candidate) => candidate.name.startsWith(name))!;
      expect(violations(rule, new Map([bad]))).not.toEqual([]);
      expect(violations(rule, new Map([good]))).toEqual([]);
    },
  );

  it('every rule has a planted file that breaks it', () => {
    const unplanted = RULES.filter(({ name }) => !PLANTED.some(([prefix]) => name.startsWith(prefix)));
    expect(unplanted.map(({ name }) => name)).toEqual([]);
  });
});
