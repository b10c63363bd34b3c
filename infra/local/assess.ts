import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { assessment } from '../../domain/assessments/assessment.ts';
import type { CaseProblem } from '../../domain/assessments/problems.ts';
import { jurisdictionChain } from '../../domain/policy/jurisdiction.ts';
import type { PolicyPack } from '../../domain/policy/pack.ts';
import { parsePolicyPack } from '../../domain/policy/parse-pack.ts';

/*
 * npm run --silent assess -- --jurisdiction 110000 --month 2024-09 < case.json
 * Reads a case and the packs of the policy book, prints the answer as JSON, stores nothing. Exit code 1 with a problem on standard error when
 * the case is wrong or nothing of it can be computed.
 */

const POLICY_BOOK = join(import.meta.dirname, '../../domain/policy-book');
const USAGE =
  'npm run --silent assess -- --jurisdiction <GB/T 2260> (--month YYYY-MM | --from YYYY-MM --through YYYY-MM) [--case file] < case.json';

const OPTIONS = {
  jurisdiction: { type: 'string' },
  month: { type: 'string' },
  from: { type: 'string' },
  through: { type: 'string' },
  case: { type: 'string' },
} as const;

/** The packs of the places that are named, and of those above them. */
function packs(named: readonly string[]): PolicyPack[] {
  const places = new Set(named.flatMap((code) => jurisdictionChain(code)));
  return readdirSync(POLICY_BOOK, { withFileTypes: true })
    .filter((folder) => folder.isDirectory() && places.has(folder.name))
    .flatMap(({ name }) =>
      readdirSync(join(POLICY_BOOK, name))
        .filter((file) => file.endsWith('.json'))
        .map((file) => packOf(join(POLICY_BOOK, name, file))),
    );
}

function packOf(file: string): PolicyPack {
  const parsed = parsePolicyPack(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.ok) throw new Error(`${file}: ${parsed.error.en}`);
  return parsed.value.pack;
}

function fail(
  problems: readonly CaseProblem[],
  title = { zh: '案情不能测算', en: 'the case cannot be assessed' },
): void {
  const errors = problems.map(({ path, zh, en, ...rest }) => ({ path, zh, en, ...rest }));
  process.stderr.write(`${JSON.stringify({ code: 'invalid/case', ...title, errors }, undefined, 2)}\n`);
  process.exitCode = 1;
}

const wrong = (path: string, zh: string, en: string) => fail([{ path, zh, en }]);

function main(): void {
  const { values, tokens } = parseArgs({ options: OPTIONS, strict: false, tokens: true });
  const strange = tokens.flatMap((one) => {
    if (one.kind === 'positional') return [one.value];
    return one.kind === 'option' && (!Object.hasOwn(OPTIONS, one.name) || one.value === undefined)
      ? [one.rawName]
      : [];
  });
  const [unknown] = strange;
  if (unknown !== undefined) return wrong(unknown, `用法：${USAGE}`, `usage: ${USAGE}`);
  const option = (name: keyof typeof OPTIONS) => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  const jurisdiction = option('jurisdiction');
  if (jurisdiction === undefined) return wrong('--jurisdiction', `用法：${USAGE}`, `usage: ${USAGE}`);
  const text = readFileSync(option('case') ?? 0, 'utf8');
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    return wrong('(case)', '不是 JSON', `not JSON: ${error instanceof Error ? error.message : ''}`);
  }
  const asked = { month: option('month'), from: option('from'), through: option('through') };
  const answer = assessment(
    { jurisdiction, ...asked, case: given },
    packs([jurisdiction, ...(text.match(/\b\d{6}\b/g) ?? [])]),
  );
  if (!answer.ok) return fail(answer.error);
  const { results } = answer.value;
  const refused = results.flatMap((one, index) =>
    'error' in one
      ? [{ path: `results[${index}]`, ...one.error, programme: one.programme, subject: one.subject }]
      : [],
  );
  // Some of it may be known although the rest is not; nothing at all is a failure.
  if (refused.length === results.length)
    return fail(refused, { zh: '无法测算', en: 'nothing can be computed' });
  process.stdout.write(`${JSON.stringify(answer.value, undefined, 2)}\n`);
}

main();
