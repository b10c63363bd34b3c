import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Host, type HostOptions, startHost } from '../../../infra/local/host.ts';

const folders: string[] = [];
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fafang-host-'));
  folders.push(folder);
  return folder;
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const start = async (dataDir: string, more: Partial<HostOptions> = {}): Promise<Host> =>
  await startHost({
    dataDir,
    port: 0,
    quiet: true,
    serviceModule: 'tests/infra/fixtures/service.ts',
    ...more,
  });

async function signedIn(host: Host, accountId = 'preparer'): Promise<Record<string, string>> {
  return { authorization: `Bearer ${await host.tokenFor(accountId)}` };
}

async function sendWork(host: Host, message: { id: string; fail?: string }): Promise<void> {
  const headers = await signedIn(host);
  const response = await fetch(`${host.address}/v1/work`, {
    method: 'POST',
    headers,
    body: JSON.stringify(message),
  });
  expect(response.status).toBe(202);
}

async function note(host: Host, id: string): Promise<string | undefined> {
  const response = await fetch(`${host.address}/v1/notes/${id}`, { headers: await signedIn(host) });
  return response.status === 404 ? undefined : ((await response.json()) as { text: string }).text;
}

describe('a running host', () => {
  const dataDir = newFolder();
  let host: Host;
  beforeAll(async () => {
    host = await start(dataDir);
  });
  afterAll(async () => {
    await host.stop();
  });

  test('functions see requests in payload format 2.0', async () => {
    const response = await fetch(`${host.address}/v1/health?month=2026-11&tag=a&tag=%E6%B1%89`, {
      headers: { 'X-Custom': 'One', cookie: 'a=1; b=2' },
    });
    const event = (await response.json()) as Record<string, any>;
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'GET /v1/health',
      rawPath: '/v1/health',
      rawQueryString: 'month=2026-11&tag=a&tag=%E6%B1%89',
      queryStringParameters: { month: '2026-11', tag: 'a,汉' },
      headers: { 'x-custom': 'One' },
      cookies: ['a=1', 'b=2'],
      requestContext: {
        stage: '$default',
        http: { method: 'GET', path: '/v1/health', sourceIp: '127.0.0.1' },
      },
      isBase64Encoded: false,
    });
    expect(event['body']).toBeUndefined();
    expect(event['requestContext'].authorizer).toBeUndefined();
    expect(event['requestContext'].time).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
  });

  test('a signed-in request carries path parameters and claims as text', async () => {
    await sendWork(host, { id: 'claims' });
    await host.idle();
    const response = await fetch(`${host.address}/v1/notes/claims`, { headers: await signedIn(host) });
    const { event } = (await response.json()) as { event: Record<string, any> };
    expect(event['pathParameters']).toEqual({ noteId: 'claims' });
    expect(event['requestContext'].authorizer.jwt.claims).toMatchObject({
      iss: host.issuer,
      sub: 'staff-preparer',
      aud: 'fafang',
      roles: '[preparer]',
      name: '张经办',
      exp: expect.stringMatching(/^\d+$/),
    });
  });

  test('unknown paths and methods reach our own function', async () => {
    for (const [path, method] of [
      ['/nowhere', 'GET'],
      ['/v1/health', 'DELETE'],
    ] as const) {
      const response = await fetch(host.address + path, { method });
      expect([response.status, await response.text()]).toEqual([404, 'our own 404']);
    }
  });

  test('without a good token the gateway itself refuses', async () => {
    const other = new Uint8Array(32).fill(7);
    const good = await host.tokenFor('preparer');
    const [header = '', payload = '', signature = ''] = good.split('.');
    const decoded = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const tokens = {
      none: '',
      garbage: 'garbage',
      unsigned: `${encode({ alg: 'none' })}.${payload}.`,
      symmetric: await new SignJWT(decoded).setProtectedHeader({ alg: 'HS256' }).sign(other),
      changed: `${header}.${encode({ ...decoded, roles: ['approver'] })}.${signature}`,
    };
    for (const [name, token] of Object.entries(tokens)) {
      const response = await fetch(`${host.address}/v1/notes/x`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect([name, response.status, await response.text()]).toEqual([
        name,
        401,
        '{"message":"Unauthorized"}',
      ]);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
    }
    const response = await fetch(`${host.address}/v1/notes/x`);
    expect(response.status).toBe(401);
  });

  test('a body over 10 MB is refused, whether it announces its length or not', async () => {
    const headers = await signedIn(host);
    const big = Buffer.alloc(10 * 1024 * 1024 + 1, 'a');
    const announced = await fetch(`${host.address}/v1/work`, { method: 'POST', headers, body: big });
    expect([announced.status, await announced.text()]).toEqual([
      413,
      '{"message":"Request Entity Too Large"}',
    ]);
    const chunked = await new Promise<number | undefined>((done, failed) => {
      const request = httpRequest(`${host.address}/v1/work`, { method: 'POST', headers }, (response) => {
        done(response.statusCode);
        response.resume();
      });
      request.on('error', failed);
      request.write(big);
      request.end();
    });
    expect(chunked).toBe(413);
  });

  test('a failing, a dying and an endless function give 500, 500 and 503, and the next call works', async () => {
    const headers = await signedIn(host);
    const call = async (how: string): Promise<[number, string]> => {
      const response = await fetch(`${host.address}/v1/break/${how}`, { method: 'POST', headers });
      return [response.status, await response.text()];
    };
    expect(await call('throw')).toEqual([500, '{"message":"Internal Server Error"}']);
    expect(await call('exit')).toEqual([500, '{"message":"Internal Server Error"}']);
    expect(await call('hang')).toEqual([503, '{"message":"Service Unavailable"}']);
    expect(await note(host, 'nothing')).toBeUndefined();
    expect(readFileSync(join(host.logDirectory, 'api-staff.log'), 'utf8')).toContain('broken on purpose');
  });

  test('in a batch only the failed message comes back, and goes to the dead letters after the agreed tries', async () => {
    await Promise.all([sendWork(host, { id: 'good' }), sendWork(host, { id: 'bad', fail: 'always' })]);
    await host.idle();
    expect(await note(host, 'bad')).toBe('3');
    // Alone: a crash fails the messages behind it in its batch as well, and they would never be counted.
    await sendWork(host, { id: 'crash', fail: 'crash' });
    await host.idle();
    expect(await note(host, 'crash')).toBe('3');
    expect(Number(await note(host, 'good'))).toBeGreaterThanOrEqual(1);
    expect(host.queueDepths()['work']).toEqual({ ready: 0, delayed: 0, inFlight: 0, dead: 2 });
  });

  test('the sweep runs at start, and functions can be called directly', async () => {
    await expect.poll(() => note(host, 'sweep')).toBe('sweep');
    await host.invoke('sweep', {});
    expect(await note(host, 'sweep')).toBe('called');
    await expect(host.invoke('worker', {})).rejects.toThrow('worker failed');
    await expect(host.invoke('nobody', {})).rejects.toThrow('there is no function nobody');
  });

  test('functions get local keys and endpoints, kept from other users of the machine', () => {
    const environment = host.environmentOf('api-staff');
    expect(environment).toMatchObject({
      KEY_SOURCE: 'local',
      DEMO_MODE: 'true',
      OIDC_ISSUER: host.issuer,
      NOTES_TABLE: 'fafang-notes',
      LOCAL_DATA_KEY: expect.stringMatching(/^[0-9a-f]{64}$/),
      LOCAL_LOOKUP_KEY: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    // One that was granted neither keys nor ledger nor queue is not told of them.
    const told = Object.keys(host.environmentOf('worker'));
    expect(told.filter((name) => /KEY_SOURCE|_KEY$|_KEY_ARN$|LEDGER|QUEUE|BUCKET/.test(name))).toEqual([
      'AWS_SECRET_ACCESS_KEY',
    ]);
    for (const file of ['local-keys.json', 'signing-key.json']) {
      expect(statSync(join(dataDir, file)).mode & 0o077).toBe(0);
    }
  });

  test('the engines answer on the loopback interface only', async () => {
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((address) => address !== undefined && !address.internal && address.family === 'IPv4');
    if (outside === undefined) return;
    const { AWS_ENDPOINT_URL_SQS: sqs = '', AWS_ENDPOINT_URL_DYNAMODB: dynamo = '' } =
      host.environmentOf('worker');
    for (const url of [sqs, dynamo, host.address]) {
      const socket = connect(Number(new URL(url).port), outside.address);
      const [error] = await once(socket, 'error');
      expect((error as NodeJS.ErrnoException).code).toBe('ECONNREFUSED');
    }
  });

  test('a second host on the same folder or port is refused with a sentence, and harms nothing', async () => {
    await expect(start(dataDir, { port: await freePort(), fresh: true })).rejects.toThrow(/正在被.*--data/);
    const port = Number(new URL(host.address).port);
    await expect(start(newFolder(), { port })).rejects.toThrow(/端口 \d+ 已被占用.*--port/);
    expect(await note(host, 'bad')).toBe('3');
  });
});

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

describe('the data folder', () => {
  test('a restart finds items, messages, keys, sign-ins and the address again; --fresh empties it', async () => {
    const dataDir = newFolder();
    const first = await start(dataDir);
    await sendWork(first, { id: 'kept' });
    await first.idle();
    const token = await first.tokenFor('preparer');
    await first.stop();

    const second = await start(dataDir);
    expect(second.address).toBe(first.address);
    expect(await note(second, 'kept')).toBe('1');
    const response = await fetch(`${second.address}/v1/notes/kept`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(200);
    const keys = ['LOCAL_DATA_KEY', 'LOCAL_LOOKUP_KEY'] as const;
    for (const key of keys)
      expect(second.environmentOf('api-staff')[key]).toBe(first.environmentOf('api-staff')[key]);
    await second.stop();

    const third = await start(dataDir, { fresh: true });
    expect(await note(third, 'kept')).toBeUndefined();
    expect(third.environmentOf('api-staff')['LOCAL_DATA_KEY']).not.toBe(
      first.environmentOf('api-staff')['LOCAL_DATA_KEY'],
    );
    await third.stop();
  });

  test('a message in work when the host is killed is worked on again at once after the restart', async () => {
    const dataDir = newFolder();
    const child = spawn(process.execPath, ['tests/infra/fixtures/start-host.ts', dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      const address = line.toString().replace('ready ', '').trim();
      const authorization = `Bearer ${await passwordToken(address)}`;
      const send = async (message: object): Promise<unknown> =>
        await fetch(`${address}/v1/work`, {
          method: 'POST',
          headers: { authorization },
          body: JSON.stringify(message),
        });
      await send({ id: 'interrupted', fail: 'hang-once' });
      const tries = async (): Promise<number> =>
        (await fetch(`${address}/v1/notes/interrupted`, { headers: { authorization } })).status;
      await expect.poll(tries, { timeout: 10_000 }).toBe(200);
      // One poller, and it is busy: this one waits in the queue.
      await send({ id: 'waiting' });
    } finally {
      child.kill('SIGKILL');
    }
    await once(child, 'close');

    const host = await start(dataDir);
    try {
      await host.idle();
      expect(await note(host, 'interrupted')).toBe('2');
      expect(await note(host, 'waiting')).toBe('1');
      expect(host.queueDepths()['work']?.dead).toBe(0);
    } finally {
      await host.stop();
    }
    // The queue would hide the message for 30 seconds if the host did not take it back.
  }, 25_000);
});

async function passwordToken(address: string): Promise<string> {
  const form = new URLSearchParams({ grant_type: 'password', username: 'preparer', password: 'fafang-demo' });
  const response = await fetch(`${address}/oidc/token`, { method: 'POST', body: form });
  return ((await response.json()) as { access_token: string }).access_token;
}
