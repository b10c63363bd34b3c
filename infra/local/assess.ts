import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { assessment } from '../../domain/assessments/assessment.ts';
import { exampleOf } from '../../domain/assessments/examples.ts';
import type { CaseProblem } from '../../domain/assessments/problems.ts';
import { programmeNamed } from '../../domain/assessments/read-enrolment.ts';
import { caseSchema, factsSchema } from '../../domain/assessments/schemas.ts';
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
  'npm run --silent assess -- --jurisdiction <GB/T 2260> (--month YYYY-MM | --from YYYY-MM --through YYYY-MM) [--case file] < case.json | --help | --schema [programme]';

const ABOUT = `用法 / usage: ${USAGE}

案情从标准输入或 --case 读入，结果为 JSON；不保存任何内容。退出码 0 有结果，1 案情有误或无法测算。
Reads a case from standard input or --case and prints the answer as JSON. Stores nothing. Exit code 0 with an answer, 1 where the case is
wrong or nothing can be computed. --schema prints the JSON Schema of a case, --schema <programme> that of the programme's facts.

示例 / example:
echo '__CASE__' |
  npm run --silent assess -- --jurisdiction __PLACE__ --month __MONTH__
`;

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

function about(): string {
  const {
    jurisdiction,
    month,
    case: given,
  } = exampleOf('dibao') ?? { jurisdiction: '', month: '', case: {} };
  return ABOUT.replace('__CASE__', () => JSON.stringify(given))
    .replace('__PLACE__', jurisdiction)
    .replace('__MONTH__', month);
}

function read(file: string | undefined): string | undefined {
  try {
    return readFileSync(file ?? 0, 'utf8');
  } catch {
    return undefined;
  }
}

/** The JSON Schema of a case, or of what a programme looks at. */
function schema(of: string): void {
  const programme = programmeNamed(of);
  if (of !== '' && !programme) return wrong('--schema', '没有这个发放项目', 'there is no such programme');
  const shown = programme ? factsSchema(programme) : caseSchema();
  process.stdout.write(`${JSON.stringify(shown, undefined, 2)}\n`);
}

function main(): void {
  const asks = process.argv.slice(2);
  if (asks.includes('--help') || asks.includes('-h')) {
    process.stdout.write(about());
    return;
  }
  if (asks[0] === '--schema') return schema(asks[1] ?? '');
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
  const text = read(option('case'));
  if (text === undefined)
    return wrong('--case', '没有这个文件，或读不到', 'there is no such file, or it cannot be read');
  if (text.trim() === '')
    return wrong('(case)', `没有案情；用法：${USAGE}`, `no case was given; usage: ${USAGE}`);
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
