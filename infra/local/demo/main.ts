/**
 * `npm run demo`: one month of 高龄津贴, one of 低保, a round of 公益创投, a week of emergencies and a relief list, and beside them three months
 * of every programme in a small bureau, from an empty data folder, headless.
 *
 *   node infra/local/demo/main.ts [--data DIR] [--people N] [--households N] [--projects N] [--seed TEXT]
 *
 * Exits 0 only when every figure agrees with every other.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { startHost } from '../host.ts';
import { DISTRICT_PEOPLE, DISTRICT_PEOPLE_MIN } from '../sample/district.ts';
import { DISTRICT_HOUSEHOLDS, DISTRICT_HOUSEHOLDS_MIN } from '../sample/households.ts';
import { DISTRICT_PROJECTS, DISTRICT_PROJECTS_MIN } from '../sample/projects.ts';
import type { FivesStatement } from './quarter-checks.ts';
import { runDemo } from './run-demo.ts';

/** Beside three months of every programme; `--households 1100` brings all of the district, which takes some minutes more. */
const DEMO_HOUSEHOLDS = 300;

const USAGE = `npm run demo -- [--data DIR] [--people N] [--households N] [--projects N] [--seed TEXT]
  --data DIR   数据目录，默认新建临时目录 / data folder, default a new temporary one
  --people N   示例区人数，至少 ${DISTRICT_PEOPLE_MIN}，默认 ${DISTRICT_PEOPLE} / size of the sample district
  --households N  低保户数，0 为不演示低保，否则至少 ${DISTRICT_HOUSEHOLDS_MIN}，默认 ${DEMO_HOUSEHOLDS}，全区为 ${DISTRICT_HOUSEHOLDS} / households that get 低保, ${DISTRICT_HOUSEHOLDS} in the whole district; 0 leaves it out
  --projects N  公益创投签约项目数，0 为不演示，否则至少 ${DISTRICT_PROJECTS_MIN}，默认 ${DISTRICT_PROJECTS} / projects that come to a contract; 0 leaves them out
  --seed TEXT  换一个种子，就是另一些人和另一家银行 / another seed, other people and another bank`;

type Options = {
  readonly data?: string;
  readonly people: number;
  readonly households: number;
  readonly projects: number;
  readonly seed?: string;
};

function options(): Options {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      people: { type: 'string' },
      households: { type: 'string' },
      projects: { type: 'string' },
      seed: { type: 'string' },
    },
  });
  const people = Number(values.people ?? DISTRICT_PEOPLE);
  if (!Number.isInteger(people) || people < DISTRICT_PEOPLE_MIN)
    throw new Error(`--people ${values.people}?`);
  const households = Number(values.households ?? DEMO_HOUSEHOLDS);
  if (!Number.isInteger(households) || (households !== 0 && households < DISTRICT_HOUSEHOLDS_MIN))
    throw new Error(`--households ${values.households}?`);
  const projects = Number(values.projects ?? DISTRICT_PROJECTS);
  if (!Number.isInteger(projects) || (projects !== 0 && projects < DISTRICT_PROJECTS_MIN))
    throw new Error(`--projects ${values.projects}?`);
  return {
    people,
    households,
    projects,
    ...(values.data !== undefined && { data: resolve(values.data) }),
    ...(values.seed !== undefined && { seed: values.seed }),
  };
}

/** The statement of the one in five programmes, as data and as the page that is printed. */
function keepStatement(folder: string, { statement, page }: FivesStatement): void {
  writeFileSync(join(folder, 'statement.json'), `${JSON.stringify(statement, undefined, 2)}\n`);
  writeFileSync(join(folder, 'statement.html'), page);
  console.log(`对账单 / statement: ${join(folder, 'statement.html')}`);
}

async function main({ data, people, households, projects, seed }: Options): Promise<number> {
  const started = performance.now();
  const dataDir = data ?? mkdtempSync(join(tmpdir(), 'fafang-demo-'));
  console.log(
    `发放 Fafang：示例区一个月的高龄津贴和低保，一届公益创投，一周临时救助和一份救灾名册；示例新区全部项目三个月 / one month of high-age allowance and of 低保, a round of the venture fund, a week of emergencies and a relief list; three months of every programme in a second bureau\n数据目录 / data folder: ${dataDir}`,
  );
  const host = await startHost({ dataDir, port: 0, quiet: true, dailyTick: false });
  let agrees = false;
  try {
    const result = await runDemo({
      address: host.address,
      tokenFor: host.tokenFor,
      people,
      households,
      projects,
      // With the households, whom they need for nothing: a short demo leaves out both.
      emergencies: households > 0,
      quarter: households > 0,
      ...(seed !== undefined && { seed }),
    });
    ({ agrees } = result);
    if (result.quarter) keepStatement(dataDir, result.quarter.five);
    console.log(`用时 / took ${((performance.now() - started) / 1000).toFixed(1)} s`);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    console.error(`\n${why}\n日志 / logs: ${host.logDirectory}`);
  } finally {
    await host.stop();
  }
  // A folder of our own making is of use to somebody only when something went wrong.
  if (agrees && data === undefined) rmSync(dataDir, { recursive: true, force: true });
  return agrees ? 0 : 1;
}

try {
  process.exitCode = await main(options());
} catch (cause) {
  console.error(`${cause instanceof Error ? cause.message : String(cause)}\n${USAGE}`);
  process.exitCode = 1;
}
