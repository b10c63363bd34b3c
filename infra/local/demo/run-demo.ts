import { createHash } from 'node:crypto';
import { generateDistrict } from '../sample/district.ts';
import { ApiClient, type ApiClientOptions } from './api-client.ts';
import { type MonthResult, monthChecks, monthStages, openLines } from './comparison.ts';
import type { Desk } from './payment-run.ts';
import { type Check, failedChecks, type Stage, stageTable } from './report.ts';
import { audit, explain, fillRegister, regularRun, STEPS, supplementaryRun } from './steps.ts';

export type DemoOptions = ApiClientOptions & {
  /** The month that is paid, default 2026-12. */
  readonly period?: string;
  /** Size of the sample district, default all of its 3,649 people. */
  readonly people?: number;
  /** Another seed gives other people and another bank. */
  readonly seed?: string;
  /** Where progress and the table go; default: printed. */
  readonly print?: (line: string) => void;
};
export type DemoResult = {
  readonly agrees: boolean;
  readonly stages: readonly Stage[];
  readonly checks: readonly Check[];
  readonly runIds: readonly string[];
  /** Everything that was compared. */
  readonly month: MonthResult;
};

/**
 * One month of 高龄津贴 in the sample district over HTTP, by all the people that it takes, from the register file to closed
 * and exported runs; then everything is counted in every place where it is counted, and compared. The service may die and
 * come back at any moment meanwhile. @throws Error when a step does not do what was planted for it
 */
export async function runDemo(options: DemoOptions): Promise<DemoResult> {
  const { period = '2026-12', seed = 'fafang' } = options;
  const print = options.print ?? ((line: string) => console.log(line));
  const district = generateDistrict({
    seed,
    month: period,
    ...(options.people !== undefined && { people: options.people }),
  });
  const started = performance.now();
  let at = 0;
  // A seed may be any text, a key may not.
  const scope = createHash('sha256')
    .update(`${seed}/${district.people.length}/${period}`)
    .digest('hex')
    .slice(0, 12);
  const desk: Desk = {
    api: new ApiClient(options),
    seed,
    key: (name) => `demo-${scope}-${name}`,
    say: (zh, en) => {
      at += 1;
      const elapsed = `${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s`;
      print(`${elapsed}  ${String(at).padStart(2)}/${STEPS}  ${zh} / ${en}`);
    },
  };
  const register = await fillRegister(desk, district);
  const regular = await regularRun(desk, district, print);
  const supplementary = await supplementaryRun(desk, district, regular);
  const audited = await audit(desk, [regular, supplementary]);
  await explain(desk, district, print);
  const result: MonthResult = { district, register, regular, supplementary, ...audited };
  const [stages, checks] = [monthStages(result), monthChecks(result)];
  printResult(print, result, stages, checks);
  return {
    agrees: failedChecks(checks).length === 0,
    stages,
    checks,
    runIds: [regular.closed.runId, supplementary.closed.runId],
    month: result,
  };
}

function printResult(
  print: (line: string) => void,
  result: MonthResult,
  stages: readonly Stage[],
  checks: readonly Check[],
): void {
  print('');
  for (const line of stageTable(stages)) print(line);
  print('');
  print(
    `未了结清单（银行未入账或已退回，结转下期）/ open payments, carried over by name: ${result.open.length}`,
  );
  for (const line of openLines(result.open)) print(line);
  print('');
  const wrong = failedChecks(checks);
  for (const { zh, en, left, right } of wrong) print(`不一致 / differs: ${zh} / ${en}: ${left} ≠ ${right}`);
  print(
    wrong.length === 0
      ? `全部 ${checks.length} 项核对一致 / all ${checks.length} comparisons agree`
      : `${wrong.length} 项不一致，共 ${checks.length} 项 / ${wrong.length} of ${checks.length} comparisons differ`,
  );
}
