import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { assessment } from '../../domain/assessments/assessment.ts';
import type { CaseProblem } from '../../domain/assessments/problems.ts';
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

function packs(): PolicyPack[] {
  return readdirSync(POLICY_BOOK, { withFileTypes: true })
    .filter((folder) => folder.isDirectory())
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
  const { values } = parseArgs({
    options: {
      jurisdiction: { type: 'string' },
      month: { type: 'string' },
      from: { type: 'string' },
      through: { type: 'string' },
      case: { type: 'string' },
    },
  });
  if (values.jurisdiction === undefined) return wrong('--jurisdiction', `用法：${USAGE}`, `usage: ${USAGE}`);
  const text = readFileSync(values.case ?? 0, 'utf8');
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    return wrong('(case)', '不是 JSON', `not JSON: ${error instanceof Error ? error.message : ''}`);
  }
  const { jurisdiction, month, from, through } = values;
  const answer = assessment({ jurisdiction, month, from, through, case: given }, packs());
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
