import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Run } from '../../../../domain/run/run.ts';
import { bankDesk } from '../../../../infra/local/bank/desk.ts';
import { receivedFrom } from '../../../../infra/local/bank/received.ts';
import { type Office, reconciled } from '../../../functions/run/office.ts';
import { runNow, sentMonth, smallOffice } from '../../../functions/run/whole-month.ts';

let bureau: Office;
let run: Run;
let server: Server;
let address: string;
beforeAll(async () => {
  bureau = await smallOffice({ people: 12 });
  run = await sentMonth(bureau);
  const handle = bankDesk(() => receivedFrom(bureau.engines.env));
  server = createServer((request, response) => void handle(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await bureau.stop();
});

const get = (path: string): Promise<Response> => fetch(`${address}${path}`);
const bytesOf = async (path: string): Promise<Uint8Array> => (await get(path)).bytes();

it('lists what it received, names nobody, and answers it with files that the service takes', async () => {
  const page = await (await get('/bank')).text();
  expect(page).toContain(run.files[0]!.fileName);
  const query = `runId=${run.runId}&trouble=all&seed=x`;
  const listed = await (await get(`/bank/answers?${query}`)).text();
  const links = [...listed.matchAll(/href="(\/bank\/answers\/\d+\?[^"]*)" download="([^"]*)"/g)];
  expect(links.length).toBeGreaterThan(4);
  for (const text of [page, listed]) expect(text).not.toMatch(/62\d{14,}/);
  for (const [, path = '', name] of links) {
    const answer = await get(path.replaceAll('&amp;', '&'));
    expect(answer.headers.get('content-disposition')).toContain(name);
    await reconciled(bureau, run, await answer.bytes());
  }
  const results = await bureau.follow.listBankResults(run.runId);
  const states = (results.ok ? results.value : []).map(({ state }) => state);
  // Only what does not fit its own sums is refused, and what was given before is recognised.
  expect(new Set(states)).toEqual(new Set(['accepted', 'repeated', 'refused']));
  expect(states.filter((state) => state === 'refused')).toHaveLength(1);
  expect((await runNow(bureau, run)).state).toBe('dispatched');
});

it('gives the statements of the account, which follow from the same choice', async () => {
  const account = run.manifest.payerAccount;
  const query = `account=${account}&trouble=as-usual&seed=x&booking=gross`;
  const listed = await (await get(`/bank/statements?${query}`)).text();
  expect(listed).toContain('camt.053');
  const table = new TextDecoder().decode(await bytesOf(`/bank/statements/1?${query}&format=table`));
  expect(table).toContain(`账号：${account}`);
  const message = new TextDecoder().decode(await bytesOf(`/bank/statements/2?${query}&format=camt`));
  expect(message).toContain('camt.053.001.08');
});

it.each([
  ['/bank/answers?runId=none', 404],
  ['/bank/answers/99?runId=RUN', 404],
  ['/bank/statements?account=1', 404],
  ['/bank/statements/99?account=ACCOUNT', 404],
  ['/bank/answers?runId=RUN&trouble=flood', 400],
  ['/bank/vault', 404],
])('%s is answered with %i', async (path, status) => {
  const real = path.replace('RUN', run.runId).replace('ACCOUNT', run.manifest.payerAccount);
  expect((await get(real)).status).toBe(status);
  expect((await fetch(`${address}${real}`, { method: 'POST' })).status).toBe(405);
});
