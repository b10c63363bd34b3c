import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'fafang-main-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Ended = { readonly code: number | null; readonly output: string };

function run(
  options: readonly string[],
  onReady?: (address: string, stop: () => void) => Promise<void>,
): Promise<Ended> {
  const child = spawn(process.execPath, ['infra/local/main.ts', ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let announced = false;
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
    const address = /^Fafang ready: (\S+)$/m.exec(output)?.[1];
    if (address === undefined || announced) return;
    announced = true;
    void onReady?.(address, () => child.kill('SIGTERM')).catch(() => child.kill('SIGKILL'));
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  return once(child, 'close').then(([code]) => ({ code: code as number | null, output }));
}

test('announces itself when ready, shows the sign-ins, and ends cleanly when asked to', async () => {
  const options = ['--data', folder, '--port', '0', '--service', 'tests/infra/fixtures/service.ts'];
  let status = 0;
  const { code, output } = await run(options, async (address, stop) => {
    status = (await fetch(`${address}/v1/health`)).status;
    stop();
  });
  expect(status).toBe(200);
  expect(code).toBe(0);
  for (const text of ['/docs', '张经办', 'approver-2', 'fafang-demo', 'grant_type=password']) {
    expect(output).toContain(text);
  }
  expect(output.trimEnd()).toMatch(/stopping …$/);
});

test.each([
  ['--port', 'many'],
  ['--port', '70000'],
  ['--unknown', ''],
])('refuses %s %s with the usage', async (name, value) => {
  const { code, output } = await run([name, value]);
  expect(code).toBe(1);
  expect(output).toContain('npm start -- [--data DIR]');
});
