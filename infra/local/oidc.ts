/**
 * The local OIDC issuer: authorization code with PKCE for people, the password grant for scripts, RS256 tokens of 15
 * minutes. It lets the local host run the real sign-in path; a bureau uses its own identity provider.
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose';
import { ACCOUNTS, type Account, accountNamed, DEMO_PASSWORD } from './accounts.ts';
import { accountsPage, messagePage, signInPage } from './sign-in-page.ts';
import { writeWhole } from './whole-file.ts';

/** Path of the issuer on the host's own address. */
export const ISSUER_PATH = '/oidc';
export const AUDIENCE = 'fafang';
const TOKEN_SECONDS = 15 * 60;
const CODE_SECONDS = 60;
const MAX_FORM_BYTES = 64 * 1024;

export type Issuer = {
  readonly url: string;
  /** An access token of a local account; throws for an unknown one. */
  readonly tokenFor: (accountId: string) => Promise<string>;
  /** Claims of a token the gateway would accept: RS256, this issuer, the audience, not expired. */
  readonly verify: (
    token: string,
    expected: { issuer: string; audience: readonly string[] },
  ) => Promise<JWTPayload>;
  /** Answers a request at or below ISSUER_PATH. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
};

type Grant = {
  readonly account: Account;
  readonly challenge: string;
  readonly redirectUri: string;
  readonly clientId: string;
  readonly nonce: string | undefined;
  readonly expiresAt: number;
};
type Answer = {
  readonly status: number;
  readonly type?: string;
  readonly body?: string;
  readonly location?: string;
};

/** Loads the signing key (or makes it once) and returns the issuer. `url` must be stable: people are bound to it. */
export async function startIssuer(url: string, keyFile: string): Promise<Issuer> {
  const privateJwk = await signingKey(keyFile);
  const privateKey = await importJWK(privateJwk, 'RS256');
  const publicJwk: JWK = {
    kty: 'RSA',
    alg: 'RS256',
    use: 'sig',
    kid: privateJwk.kid ?? '',
    n: privateJwk.n ?? '',
    e: privateJwk.e ?? '',
  };
  const keys = createLocalJWKSet({ keys: [publicJwk] });
  const grants = new Map<string, Grant>();

  const sign = async (account: Account, clientId: string, nonce?: string): Promise<string> =>
    await new SignJWT({
      roles: [...account.roles],
      name: account.name,
      client_id: clientId,
      ...(nonce === undefined ? {} : { nonce }),
    })
      .setProtectedHeader({ alg: 'RS256', kid: publicJwk.kid ?? '', typ: 'JWT' })
      .setIssuer(url)
      .setSubject(account.sub)
      .setAudience(AUDIENCE)
      .setIssuedAt()
      .setExpirationTime(`${TOKEN_SECONDS}s`)
      .sign(privateKey);

  const pages: Readonly<
    Record<string, (query: URLSearchParams, form: URLSearchParams) => Promise<Answer> | Answer>
  > = {
    'GET /': () => html(200, accountsPage(ACCOUNTS, `${url}/token`, DEMO_PASSWORD)),
    'GET /.well-known/openid-configuration': () => json(200, discovery(url)),
    'GET /jwks': () => json(200, { keys: [publicJwk] }),
    'GET /authorize': (query) => showSignIn(query),
    'POST /authorize': (_query, form) => grantCode(form, grants),
    'POST /token': async (_query, form) => await exchange(form, grants, sign),
  };
  return {
    url,
    tokenFor: async (accountId) => {
      const account = accountNamed(accountId);
      if (account === undefined) throw new Error(`unknown local account ${accountId}`);
      return await sign(account, 'local');
    },
    verify: async (token, { issuer, audience }) => {
      const options = {
        issuer,
        audience: [...audience],
        algorithms: ['RS256'],
        requiredClaims: ['exp', 'sub'],
      };
      return (await jwtVerify(token, keys, options)).payload;
    },
    handle: async (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', url);
      const page = pages[`${request.method} ${pathname.slice(ISSUER_PATH.length) || '/'}`];
      const form = new URLSearchParams(request.method === 'POST' ? await formOf(request) : '');
      const answer = page === undefined ? json(404, { error: 'not_found' }) : await page(searchParams, form);
      write(response, answer);
    },
  };
}

async function signingKey(file: string): Promise<JWK> {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as JWK;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk: JWK = { ...(await exportJWK(privateKey)), kid: randomBytes(8).toString('hex'), alg: 'RS256' };
  writeWhole(file, JSON.stringify(jwk));
  return jwk;
}

function discovery(url: string): Record<string, unknown> {
  return {
    issuer: url,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    jwks_uri: `${url}/jwks`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'password'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none'],
    scopes_supported: ['openid', 'profile'],
    claims_supported: ['sub', 'name', 'roles'],
  };
}

/** What is wrong with an authorization request, or undefined. Only loopback addresses may receive a code. */
function badRequest(query: URLSearchParams): string | undefined {
  if (query.get('response_type') !== 'code') return 'response_type 必须是 code / response_type must be code';
  if (query.get('code_challenge_method') !== 'S256' || (query.get('code_challenge') ?? '').length < 43) {
    return '需要 PKCE（S256）/ PKCE with S256 is required';
  }
  const target = query.get('redirect_uri') ?? '';
  const host = URL.canParse(target) ? new URL(target).hostname : '';
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(host)) {
    return 'redirect_uri 只能是本机地址 / redirect_uri must be a loopback address';
  }
  return undefined;
}

function showSignIn(query: URLSearchParams): Answer {
  const problem = badRequest(query);
  if (problem !== undefined) return html(400, messagePage(problem));
  return html(200, signInPage(ACCOUNTS, query));
}

function grantCode(form: URLSearchParams, grants: Map<string, Grant>): Answer {
  const problem = badRequest(form);
  const account = accountNamed(form.get('account') ?? '');
  if (problem !== undefined || account === undefined) {
    return html(400, messagePage(problem ?? '没有这个账号 / there is no such account'));
  }
  const code = randomBytes(32).toString('base64url');
  const redirectUri = form.get('redirect_uri') ?? '';
  grants.set(code, {
    account,
    challenge: form.get('code_challenge') ?? '',
    redirectUri,
    clientId: form.get('client_id') ?? '',
    nonce: form.get('nonce') ?? undefined,
    expiresAt: Date.now() + CODE_SECONDS * 1000,
  });
  const location = new URL(redirectUri);
  location.searchParams.set('code', code);
  const state = form.get('state');
  if (state !== null) location.searchParams.set('state', state);
  return { status: 303, location: location.href };
}

async function exchange(
  form: URLSearchParams,
  grants: Map<string, Grant>,
  sign: (account: Account, clientId: string, nonce?: string) => Promise<string>,
): Promise<Answer> {
  const clientId = form.get('client_id') ?? '';
  if (form.get('grant_type') === 'password') {
    const account = accountNamed(form.get('username') ?? '');
    if (account === undefined || form.get('password') !== DEMO_PASSWORD) {
      return json(400, {
        error: 'invalid_grant',
        error_description: '账号或密码不对 / wrong account or password',
      });
    }
    return tokens(await sign(account, clientId));
  }
  if (form.get('grant_type') !== 'authorization_code') return json(400, { error: 'unsupported_grant_type' });
  const code = form.get('code') ?? '';
  const grant = grants.get(code);
  // A code works once, whether the rest of the request is right or not.
  grants.delete(code);
  const proof = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url');
  const right =
    grant !== undefined &&
    grant.expiresAt >= Date.now() &&
    grant.challenge === proof &&
    grant.redirectUri === form.get('redirect_uri') &&
    grant.clientId === clientId;
  if (!right) return json(400, { error: 'invalid_grant' });
  return tokens(await sign(grant.account, clientId, grant.nonce));
}

function tokens(token: string): Answer {
  return json(200, { access_token: token, id_token: token, token_type: 'Bearer', expires_in: TOKEN_SECONDS });
}

function json(status: number, value: unknown): Answer {
  return { status, type: 'application/json', body: JSON.stringify(value) };
}

function html(status: number, body: string): Answer {
  return { status, type: 'text/html; charset=utf-8', body };
}

async function formOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_FORM_BYTES) return '';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function write(response: ServerResponse, { status, type, body, location }: Answer): void {
  if (type !== undefined) response.setHeader('content-type', type);
  if (location !== undefined) response.setHeader('location', location);
  response.setHeader('cache-control', 'no-store');
  response.setHeader('referrer-policy', 'no-referrer');
  response.statusCode = status;
  response.end(body);
}
