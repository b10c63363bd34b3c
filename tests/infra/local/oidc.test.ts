import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, decodeProtectedHeader, importJWK, jwtVerify, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROLES } from '../../../functions/api/routes.ts';
import { ACCOUNTS, DEMO_PASSWORD } from '../../../infra/local/accounts.ts';
import { type Issuer, startIssuer } from '../../../infra/local/oidc.ts';

const folder = mkdtempSync(join(tmpdir(), 'fafang-oidc-'));
const keyFile = join(folder, 'key.json');
const redirectUri = 'http://127.0.0.1:9/callback';
let server: Server;
let issuer: Issuer;

beforeAll(async () => {
  server = createServer((request, response) => {
    void issuer.handle(request, response);
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  issuer = await startIssuer(`http://127.0.0.1:${(server.address() as AddressInfo).port}/oidc`, keyFile);
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');
const authorization = (changes: Record<string, string> = {}): URLSearchParams =>
  new URLSearchParams({
    response_type: 'code',
    client_id: 'console',
    redirect_uri: redirectUri,
    state: 'state & 状态',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...changes,
  });

async function signIn(account: string): Promise<URL> {
  const form = authorization();
  form.set('account', account);
  const response = await fetch(`${issuer.url}/authorize`, { method: 'POST', body: form, redirect: 'manual' });
  expect(response.status).toBe(303);
  return new URL(response.headers.get('location')!);
}

async function token(form: Record<string, string>): Promise<{ status: number; body: Record<string, any> }> {
  const response = await fetch(`${issuer.url}/token`, { method: 'POST', body: new URLSearchParams(form) });
  return { status: response.status, body: (await response.json()) as Record<string, any> };
}

const exchange = (code: string, changes: Record<string, string> = {}) =>
  token({
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    client_id: 'console',
    code_verifier: verifier,
    ...changes,
  });

test('authorization code with PKCE, checked with what discovery names', async () => {
  const discovery = (await (await fetch(`${issuer.url}/.well-known/openid-configuration`)).json()) as Record<
    string,
    string
  >;
  expect(discovery['issuer']).toBe(issuer.url);
  const page = await (
    await fetch(`${discovery['authorization_endpoint']}?${authorization().toString()}`)
  ).text();
  for (const { name } of ACCOUNTS) expect(page).toContain(name);
  expect(page).toContain('state &amp; 状态');

  const back = await signIn('approver-2');
  expect(back.searchParams.get('state')).toBe('state & 状态');
  const code = back.searchParams.get('code')!;
  const { status, body } = await exchange(code);
  expect(status).toBe(200);
  const keys = createRemoteJWKSet(new URL(discovery['jwks_uri']!));
  const { payload } = await jwtVerify(body['access_token'], keys, { issuer: issuer.url, audience: 'fafang' });
  expect(payload).toMatchObject({
    sub: 'staff-approver-2',
    name: '赵局长',
    roles: ['approver'],
    client_id: 'console',
  });
  expect(payload.exp! - payload.iat!).toBe(15 * 60);
  expect(decodeProtectedHeader(body['access_token']).alg).toBe('RS256');

  expect((await exchange(code)).body).toEqual({ error: 'invalid_grant' });
});

test.each([
  ['another verifier', { code_verifier: 'x'.repeat(43) }],
  ['no verifier', { code_verifier: '' }],
  ['another address', { redirect_uri: 'http://127.0.0.1:9/other' }],
  ['another client', { client_id: 'other' }],
])('a code is worth nothing with %s, and nothing afterwards', async (_name, changes) => {
  const code = (await signIn('preparer')).searchParams.get('code')!;
  expect((await exchange(code, changes)).body).toEqual({ error: 'invalid_grant' });
  expect((await exchange(code)).status).toBe(400);
});

test.each([
  ['no PKCE', { code_challenge: '' }],
  ['plain PKCE', { code_challenge_method: 'plain' }],
  ['an address elsewhere', { redirect_uri: 'https://example.org/callback' }],
  ['the implicit flow', { response_type: 'token' }],
])('the sign-in page refuses %s, also when the form is posted directly', async (_name, changes) => {
  const query = authorization(changes);
  expect((await fetch(`${issuer.url}/authorize?${query.toString()}`)).status).toBe(400);
  query.set('account', 'preparer');
  const posted = await fetch(`${issuer.url}/authorize`, { method: 'POST', body: query, redirect: 'manual' });
  expect(posted.status).toBe(400);
});

test('the page does not run what a request puts into it', async () => {
  const query = authorization({ state: '"><script>alert(1)</script>' });
  const page = await (await fetch(`${issuer.url}/authorize?${query.toString()}`)).text();
  expect(page).not.toContain('<script>');
});

test('scripts sign in with the demo password, and only with it', async () => {
  const form = { grant_type: 'password', username: 'cashier', client_id: 'script' };
  const { body } = await token({ ...form, password: DEMO_PASSWORD });
  const claims = await issuer.verify(body['access_token'], { issuer: issuer.url, audience: ['fafang'] });
  expect(claims.sub).toBe('staff-cashier');
  expect((await token({ ...form, password: 'wrong' })).body['error']).toBe('invalid_grant');
  expect((await token({ ...form, username: 'nobody', password: DEMO_PASSWORD })).status).toBe(400);
  expect((await token({ grant_type: 'client_credentials' })).body['error']).toBe('unsupported_grant_type');
});

test('a token of another issuer, audience or time is refused', async () => {
  const { readFileSync } = await import('node:fs');
  const key = await importJWK(JSON.parse(readFileSync(keyFile, 'utf8')), 'RS256');
  const signed = (claims: Record<string, unknown>) =>
    new SignJWT({
      iss: issuer.url,
      aud: 'fafang',
      sub: 's',
      exp: Math.floor(Date.now() / 1000) + 60,
      ...claims,
    })
      .setProtectedHeader({ alg: 'RS256' })
      .sign(key);
  const verify = async (claims: Record<string, unknown>): Promise<unknown> =>
    await issuer.verify(await signed(claims), { issuer: issuer.url, audience: ['fafang'] });
  await expect(verify({})).resolves.toMatchObject({ sub: 's' });
  const now = Math.floor(Date.now() / 1000);
  for (const claims of [
    { iss: 'https://example.org' },
    { aud: 'other' },
    { exp: now - 60 },
    { exp: undefined },
    { nbf: now + 60 },
  ]) {
    await expect(verify(claims), JSON.stringify(claims)).rejects.toThrow(/claim|timestamp/);
  }
});

test('there is an account for every role, a second person where two are needed, and subjects are unique', () => {
  expect([...new Set(ACCOUNTS.flatMap(({ roles }) => roles))].toSorted()).toEqual([...ROLES].toSorted());
  for (const role of ['preparer', 'approver'] as const) {
    expect(ACCOUNTS.filter(({ roles }) => roles.includes(role)).length).toBeGreaterThan(1);
  }
  expect(new Set(ACCOUNTS.map(({ sub }) => sub)).size).toBe(ACCOUNTS.length);
});

test('the signing key survives a restart', async () => {
  const again = await startIssuer(issuer.url, keyFile);
  const accessToken = await issuer.tokenFor('auditor');
  await expect(
    again.verify(accessToken, { issuer: issuer.url, audience: ['fafang'] }),
  ).resolves.toBeDefined();
});

test('the issuer’s own address, which a start prints, tells who may sign in and how a token is got', async () => {
  for (const address of [issuer.url, `${issuer.url}/`]) {
    const page = await fetch(address);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const text = await page.text();
    for (const { id, name } of ACCOUNTS) expect(text).toContain(`<code>${id}</code> ${name}`);
    expect(text).toContain(`curl -s ${issuer.url}/token -d grant_type=password`);
  }
});
