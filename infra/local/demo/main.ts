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
import { runDemo } from './run-demo.ts';

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { data: { type: 'string' }, people: { type: 'string' }, seed: { type: 'string' } },
  });
  const people = values.people === undefined ? undefined : Number(values.people);
  const started = performance.now();
  const dataDir =
    values.data === undefined ? mkdtempSync(join(tmpdir(), 'fafang-demo-')) : resolve(values.data);
  console.log(
    `发放 Fafang：示例区一个月的高龄津贴 / one month of high-age allowance\n数据目录 / data folder: ${dataDir}`,
  );
  const host = await startHost({ dataDir, port: 0, quiet: true, dailyTick: false });
  let agrees = false;
  try {
    ({ agrees } = await runDemo({
      address: host.address,
      tokenFor: host.tokenFor,
      ...(people !== undefined && { people }),
      ...(values.seed !== undefined && { seed: values.seed }),
    }));
    console.log(`用时 / took ${((performance.now() - started) / 1000).toFixed(1)} s`);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    console.error(`\n${why}\n日志 / logs: ${host.logDirectory}`);
  } finally {
    await host.stop();
  }
  // A folder of our own making is of use to somebody only when something went wrong.
  if (agrees && values.data === undefined) rmSync(dataDir, { recursive: true, force: true });
  return agrees ? 0 : 1;
}

process.exitCode = await main();
