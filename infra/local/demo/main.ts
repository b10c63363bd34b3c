/**
 * `npm run demo`: one month of 高龄津贴 from an empty data folder, headless.
 *
 *   node infra/local/demo/main.ts [--data DIR] [--people N] [--seed TEXT]
 *
 * Exits 0 only when every figure agrees with every other.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { startHost } from '../host.ts';
import { DISTRICT_PEOPLE, DISTRICT_PEOPLE_MIN } from '../sample/district.ts';
import { runDemo } from './run-demo.ts';

const USAGE = `npm run demo -- [--data DIR] [--people N] [--seed TEXT]
  --data DIR   数据目录，默认新建临时目录 / data folder, default a new temporary one
  --people N   示例区人数，至少 ${DISTRICT_PEOPLE_MIN}，默认 ${DISTRICT_PEOPLE} / size of the sample district
  --seed TEXT  换一个种子，就是另一些人和另一家银行 / another seed, other people and another bank`;

type Options = { readonly data?: string; readonly people: number; readonly seed?: string };

function options(): Options {
  const { values } = parseArgs({
    options: { data: { type: 'string' }, people: { type: 'string' }, seed: { type: 'string' } },
  });
  const people = Number(values.people ?? DISTRICT_PEOPLE);
  if (!Number.isInteger(people) || people < DISTRICT_PEOPLE_MIN)
    throw new Error(`--people ${values.people}?`);
  return {
    people,
    ...(values.data !== undefined && { data: resolve(values.data) }),
    ...(values.seed !== undefined && { seed: values.seed }),
  };
}

async function main({ data, people, seed }: Options): Promise<number> {
  const started = performance.now();
  const dataDir = data ?? mkdtempSync(join(tmpdir(), 'fafang-demo-'));
  console.log(
    `发放 Fafang：示例区一个月的高龄津贴 / one month of high-age allowance\n数据目录 / data folder: ${dataDir}`,
  );
  const host = await startHost({ dataDir, port: 0, quiet: true, dailyTick: false });
  let agrees = false;
  try {
    ({ agrees } = await runDemo({
      address: host.address,
      tokenFor: host.tokenFor,
      people,
      ...(seed !== undefined && { seed }),
    }));
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
