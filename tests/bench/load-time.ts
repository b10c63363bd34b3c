import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { BUCKETS, FUNCTIONS, type FunctionName, QUEUES, TABLES } from '../../infra/resources.ts';

/** Notes every file that is loaded, imports the first address, then the others; the hook costs nothing measurable. */
const PROGRAM = `import { registerHooks } from 'node:module';
const files = [];
registerHooks({ load: (url, context, next) => { if (url.startsWith('file:')) files.push(url); return next(url, context); } });
const [index, ...others] = process.argv.slice(1);
const timed = async (urls) => {
  const [started, busy] = [performance.now(), process.cpuUsage()];
  for (const url of urls) await import(url);
  const { user, system } = process.cpuUsage(busy);
  return { milliseconds: performance.now() - started, cpuMilliseconds: (user + system) / 1000 };
};
const start = await timed([index]);
const loaded = [...files];
const firstUse = await timed(others);
process.stdout.write(JSON.stringify({ start, loaded, firstUse }));
process.exit(0);`;

/** By the clock, and of processor time: on a machine that is busy with other things the second is what it costs. */
export type LoadTime = { readonly milliseconds: number; readonly cpuMilliseconds: number };
export type Load = {
  readonly start: LoadTime;
  /** Addresses of the files that the start loaded. */
  readonly loaded: readonly string[];
  readonly firstUse: LoadTime;
};

/**
 * How long a fresh process takes to import a bundle, the start of Node itself left out, and then to import what its first message
 * needs besides.
 */
export async function loadTime(
  name: FunctionName,
  indexFile: string,
  firstUseFiles: readonly string[],
): Promise<Load> {
  const addresses = [indexFile, ...firstUseFiles].map((file) => pathToFileURL(file).href);
  const child = spawn(process.execPath, ['--input-type=module', '--eval', PROGRAM, ...addresses], {
    env: environmentOf(name),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (text: Buffer) => {
    output += text.toString();
  });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${name} does not load: exit code ${String(code)}`);
  return JSON.parse(output) as Load;
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
