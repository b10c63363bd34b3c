import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { BUCKETS, FUNCTIONS, type FunctionName, QUEUES, TABLES } from '../../infra/resources.ts';

const PROGRAM = `const [started, busy] = [performance.now(), process.cpuUsage()];
await import(process.argv[1]);
const { user, system } = process.cpuUsage(busy);
const times = { milliseconds: performance.now() - started, cpuMilliseconds: (user + system) / 1000 };
process.stdout.write(JSON.stringify(times));
process.exit(0);`;

/** By the clock, and of processor time: on a machine that is busy with other things the second is what it costs. */
export type LoadTime = { readonly milliseconds: number; readonly cpuMilliseconds: number };

/** How long a fresh process takes to import a bundle, the start of Node itself left out. */
export async function loadTime(name: FunctionName, indexFile: string): Promise<LoadTime> {
  const child = spawn(
    process.execPath,
    ['--input-type=module', '--eval', PROGRAM, pathToFileURL(indexFile).href],
    { env: environmentOf(name), stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let output = '';
  child.stdout.on('data', (text: Buffer) => {
    output += text.toString();
  });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${name} does not load: exit code ${String(code)}`);
  return JSON.parse(output) as LoadTime;
}

/** What the stack would set, with names that lead nowhere. */
function environmentOf(name: FunctionName): Record<string, string> {
  const tables = Object.values(TABLES).map(({ env }) => [env, 'bench-none'] as const);
  const queues = Object.values(QUEUES).map(({ env }) => [env, 'http://127.0.0.1:9/none'] as const);
  return {
    ...Object.fromEntries([...tables, ...queues]),
    [BUCKETS.files.env]: 'bench-none',
    AWS_REGION: 'cn-north-1',
    AWS_ACCESS_KEY_ID: 'none',
    AWS_SECRET_ACCESS_KEY: 'none',
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(FUNCTIONS[name].memoryMb),
    KEY_SOURCE: 'kms',
    PERSONAL_DATA_KEY_ARN: 'none',
    LOOKUP_KEY_SECRET_ARN: 'none',
    OIDC_ISSUER: 'https://issuer.invalid',
    ROLE_CLAIM: 'roles',
    CODE_VERSION: 'bench',
    DEMO_MODE: 'false',
    POWERTOOLS_SERVICE_NAME: name,
    LOG_LEVEL: 'WARN',
  };
}
