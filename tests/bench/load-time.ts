import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { BUCKETS, FUNCTIONS, type FunctionName, QUEUES, TABLES } from '../../infra/resources.ts';

const PROGRAM = `const started = performance.now();
await import(process.argv[1]);
process.stdout.write(String(performance.now() - started));
process.exit(0);`;

/** Milliseconds that a fresh process takes to import a bundle, the start of Node itself left out. */
export async function loadMilliseconds(name: FunctionName, indexFile: string): Promise<number> {
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
  return Number(output);
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
