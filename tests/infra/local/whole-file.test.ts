import { linkSync, lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { localKeys } from '../../../infra/local/local-keys.ts';
import { startIssuer } from '../../../infra/local/oidc.ts';
import { listen } from '../../../infra/local/port.ts';
import { runSchedules } from '../../../infra/local/schedule-runner.ts';

const folder = mkdtempSync(join(tmpdir(), 'fafang-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const daily = {
  functionName: 'tick',
  expression: 'cron(0 8 * * ? *)',
  timeZone: 'Asia/Shanghai',
  input: '{}',
};

/** Starts the schedules of a host that was down for a day, so that the daily one runs at once. */
async function runMissedTick(stateFile: string, ok: boolean): Promise<void> {
  const error = { errorType: 'Error', errorMessage: 'broken on purpose' };
  let ran = false;
  const schedules = runSchedules({
    schedules: [daily],
    stateFile,
    longestRateSeconds: 60,
    invoke: async () => {
      ran = true;
      return ok ? { ok, value: undefined } : { ok, error };
    },
  });
  await expect.poll(() => ran).toBe(true);
  // What follows the call is done before this turn of the event loop ends.
  await new Promise((done) => setImmediate(done));
  schedules.stop();
}

test('when the daily tick ran is replaced whole: a host killed while it writes finds what was there before', async () => {
  const stateFile = join(folder, 'schedules.json');
  const before = JSON.stringify({ tick: '2026-11-20T00:00:00.000Z' });
  writeFileSync(stateFile, before);
  // The same file under a second name: writing into it would change both, replacing it leaves this one.
  linkSync(stateFile, join(folder, 'before'));
  await runMissedTick(stateFile, true);
  expect(readFileSync(join(folder, 'before'), 'utf8')).toBe(before);
  expect(readFileSync(stateFile, 'utf8')).not.toBe(before);
});

test('a tick that failed counts as missed, so that the next start runs it again', async () => {
  const stateFile = join(folder, 'failed.json');
  const before = JSON.stringify({ tick: '2026-11-20T00:00:00.000Z' });
  writeFileSync(stateFile, before);
  await runMissedTick(stateFile, false);
  expect(readFileSync(stateFile, 'utf8')).toBe(before);
});

test('keys and address appear whole, for their owner only, also after a host that died while it wrote them', async () => {
  const files = ['keys.json', 'signing.json', 'address.json'].map((name) => join(folder, name));
  const [keys = '', signing = '', address = ''] = files;
  for (const file of files) {
    writeFileSync(`${file}.new`, '{"dataKe', { mode: 0o600 });
    // A link that leads nowhere: writing into the file would follow it, putting another in its place does not.
    symlinkSync(`${file}.elsewhere`, file);
  }
  expect(localKeys(keys).dataKeyHex).toMatch(/^[0-9a-f]{64}$/);
  expect(localKeys(keys)).toEqual(localKeys(keys));
  await startIssuer('http://127.0.0.1:9/oidc', signing);
  const server = createServer();
  const port = await listen(server, address, 0);
  server.close();
  expect(JSON.parse(readFileSync(address, 'utf8'))).toEqual({ port });
  for (const file of files) {
    expect(lstatSync(file).isSymbolicLink(), file).toBe(false);
    expect(lstatSync(file).mode & 0o077, file).toBe(0);
  }
});
