import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ApiClient, Refused } from '../../infra/local/demo/api-client.ts';

type Seen = {
  readonly key: string | undefined;
  readonly authorization: string | undefined;
  readonly url: string;
};
const servers: Server[] = [];

/** A service that answers what it is told, one answer per request, the last one for ever. */
async function service(answers: readonly ((response: ServerResponse) => void)[]) {
  const seen: Seen[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const { authorization } = request.headers;
    const key = request.headers['idempotency-key'];
    seen.push({ key: key === undefined ? undefined : String(key), authorization, url: request.url ?? '' });
    request.resume();
    answers[Math.min(seen.length, answers.length) - 1]?.(response);
  });
  servers.push(server);
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  return { seen, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const json =
  (status: number, body: unknown) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
const dropped = (response: ServerResponse): void => {
  response.destroy();
};
const problem = (status: number, code: string) => json(status, { code, detail: '不行', detail_en: 'no' });

/** A client whose tokens are numbered. */
function clientOf(address: string, patienceMs = 30_000) {
  let tokens = 0;
  return new ApiClient({
    address,
    patienceMs,
    tokenFor: async () => {
      tokens += 1;
      return `token-${tokens}`;
    },
  });
}
const dispatch = { params: { runId: 'r' }, key: 'k-1' };

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
});

describe('the demo’s client', () => {
  it('asks a service that is dying or failing again, with the same key, until it answers', async () => {
    const { seen, address } = await service([
      dropped,
      problem(500, 'fault/internal'),
      problem(503, 'unknown'),
      problem(409, 'conflict/request-in-progress'),
      json(202, { state: 'verifying' }),
    ]);
    expect(await clientOf(address).call('cashier', 'dispatchRun', dispatch)).toEqual({ state: 'verifying' });
    expect(seen.map(({ key }) => key)).toEqual(['k-1', 'k-1', 'k-1', 'k-1', 'k-1']);
    expect(new Set(seen.map(({ url }) => url))).toEqual(new Set(['/v1/runs/r/dispatch']));
  });

  it.each([
    [409, 'conflict/run-state'],
    [403, 'forbidden/role'],
    [422, 'invalid/amount'],
    [404, 'missing/run'],
  ])('takes a %i for an answer', async (status, code) => {
    const { seen, address } = await service([problem(status, code)]);
    const refused = clientOf(address).call('cashier', 'dispatchRun', dispatch);
    await expect(refused).rejects.toMatchObject({ name: 'Refused', code });
    await expect(refused).rejects.toBeInstanceOf(Refused);
    expect(seen).toHaveLength(1);
  });

  it('signs in again when a token is no longer taken, and keeps it otherwise', async () => {
    const { seen, address } = await service([
      json(200, { runs: [] }),
      json(401, { message: 'Unauthorized' }),
      json(200, { runs: [] }),
    ]);
    const client = clientOf(address);
    await client.call('preparer', 'listRuns', { query: { programme: 'high-age' } });
    await client.call('preparer', 'listRuns', { query: { programme: 'high-age' } });
    expect(seen.map(({ authorization }) => authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-1',
      'Bearer token-2',
    ]);
    expect(seen[0]?.url).toBe('/v1/runs?programme=high-age');
  });

  it('gives up when its patience ends, and says on what', async () => {
    const { address } = await service([problem(500, 'fault/internal')]);
    await expect(clientOf(address, 0).call('cashier', 'dispatchRun', dispatch)).rejects.toThrow(
      /dispatchRun.*fault\/internal/,
    );
  });
});
