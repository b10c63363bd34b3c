import { setTimeout as pause } from 'node:timers/promises';
import type * as z from 'zod/mini';
import type { CONTRACTS } from '../../../functions/api/contracts.ts';
import { type OperationId, ROUTES, type Route } from '../../../functions/api/routes.ts';
import { DEMO_PASSWORD } from '../accounts.ts';

type Contracts = typeof CONTRACTS;
/** Id of a local account, as in infra/local/accounts.ts. */
type AccountId = string;
/** What an operation answers, as its contract says. */
export type ResponseOf<Id extends OperationId> = z.output<Contracts[Id]['response']>;
type BodyOf<Id extends OperationId> = Contracts[Id] extends {
  readonly request: infer S extends z.ZodMiniType;
}
  ? z.input<S>
  : undefined;

/** A list that comes in pages. */
type ListId = { [Id in OperationId]: 'next' extends keyof ResponseOf<Id> ? Id : never }[OperationId];

export type Call<Id extends OperationId> = {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: BodyOf<Id>;
  /** Idempotency-Key: the same for every try of the same action, so that none of them is done twice. */
  readonly key?: string;
};

/** The service said no: a refusal that no retry changes. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: string;

  constructor(operation: string, code: string, detail: string) {
    super(`${operation}: ${code}: ${detail}`);
    this.code = code;
  }
}

export type ApiClientOptions = {
  /** `http://127.0.0.1:PORT` of the service. */
  readonly address: string;
  /** An access token of a local account; left out, one is asked for at the local issuer. */
  readonly tokenFor?: (account: AccountId) => Promise<string>;
  /** Who does what an office does, by the office's id; left out, the local account of that id. */
  readonly accountOf?: (office: AccountId) => AccountId;
  /** How long a service that does not answer is waited for, default 120 s. */
  readonly patienceMs?: number;
};

const TOKEN_LIFE_MS = 10 * 60_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
/** Between two looks at what is being worked on: looking is work for the same machine. */
const LOOK_PAUSE_MS = { first: 100, longest: 800 } as const;
const REQUEST_LIMIT_MS = 60_000;

/**
 * Calls the service over HTTP and nothing else, as a bureau's own programs would. A service that is down, starting or
 * failing is asked again with the same Idempotency-Key until it answers; only refusals come back to the caller.
 */
export class ApiClient {
  readonly #options: ApiClientOptions;
  readonly #tokens = new Map<AccountId, { token: string; at: number }>();

  constructor(options: ApiClientOptions) {
    this.#options = options;
  }

  /** @throws Refused */
  async call<Id extends OperationId>(
    account: AccountId,
    operation: Id,
    call: Call<Id> = {},
  ): Promise<ResponseOf<Id>> {
    const text = await this.page(account, operation, call);
    return JSON.parse(text) as ResponseOf<Id>;
  }

  /** What it answers as it is written: of operations that answer a page. @throws Refused */
  async page<Id extends OperationId>(
    account: AccountId,
    operation: Id,
    call: Call<Id> = {},
  ): Promise<string> {
    return await this.#persist(operation, async () => await this.#send(account, operation, call));
  }

  /** Uploads a file and returns its upload id. A form dies with the service that made it, so that a retry asks anew. */
  async upload(
    account: AccountId,
    purpose: BodyOf<'createUpload'>['purpose'],
    file: { readonly name: string; readonly bytes: Uint8Array },
    key: string,
  ): Promise<string> {
    return await this.#persist('upload', async () => {
      const body = { purpose, fileName: file.name };
      const form = await this.call(account, 'createUpload', { body, key });
      const fields = new FormData();
      for (const [name, value] of Object.entries(form.fields)) fields.append(name, value);
      fields.append('file', new Blob([Uint8Array.from(file.bytes)]), file.name);
      const answer = await fetch(form.url, { method: 'POST', body: fields });
      if (!answer.ok) throw new Unavailable(`upload: ${answer.status}`);
      return form.uploadId;
    });
  }

  /** Every page of a list, in order. */
  async pages<Id extends ListId>(
    account: AccountId,
    operation: Id,
    call: Call<Id> = {},
  ): Promise<ResponseOf<Id>[]> {
    const pages: ResponseOf<Id>[] = [];
    let cursor: string | undefined;
    do {
      const query = { ...call.query, limit: '100', ...(cursor !== undefined && { cursor }) };
      const page: ResponseOf<Id> = await this.call(account, operation, { ...call, query });
      pages.push(page);
      cursor = (page as { readonly next?: string }).next;
    } while (cursor !== undefined);
    return pages;
  }

  /** Fetches what a link points at; `link` is asked again when the service that made it is gone. */
  async download(link: () => Promise<string>): Promise<Uint8Array> {
    return await this.#persist('download', async () => {
      const answer = await fetch(await link());
      if (!answer.ok) throw new Unavailable(`download: ${answer.status}`);
      return new Uint8Array(await answer.arrayBuffer());
    });
  }

  async #send<Id extends OperationId>(
    account: AccountId,
    operation: Id,
    { params = {}, query = {}, body, key }: Call<Id>,
  ): Promise<string> {
    const route: Route = ROUTES[operation];
    const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(params[name] ?? ''),
    );
    const url = new URL(path, this.#options.address);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const answer = await fetch(url, {
      method: route.method,
      headers: {
        authorization: `Bearer ${await this.#token(account)}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      signal: AbortSignal.timeout(REQUEST_LIMIT_MS),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (answer.ok) return text;
    if (answer.status === 401) this.#tokens.delete(this.#options.accountOf?.(account) ?? account);
    const problem = problemIn(text);
    // Somebody else holds the key, perhaps a request that died with the service: its lease runs out.
    const later = answer.status >= 500 || [401, 429].includes(answer.status);
    if (later || problem.code === 'conflict/request-in-progress') {
      throw new Unavailable(`${operation}: ${answer.status}: ${problem.code}: ${problem.detail}`);
    }
    throw new Refused(operation, problem.code, problem.detail);
  }

  async #token(office: AccountId): Promise<string> {
    const account = this.#options.accountOf?.(office) ?? office;
    const known = this.#tokens.get(account);
    if (known && Date.now() - known.at < TOKEN_LIFE_MS) return known.token;
    const at = Date.now();
    const token = await (this.#options.tokenFor ?? this.#signIn)(account);
    this.#tokens.set(account, { token, at });
    return token;
  }

  readonly #signIn = async (account: AccountId): Promise<string> => {
    const form = new URLSearchParams({ grant_type: 'password', username: account, password: DEMO_PASSWORD });
    const answer = await fetch(new URL('/oidc/token', this.#options.address), { method: 'POST', body: form });
    if (!answer.ok) throw new Unavailable(`token: ${answer.status}`);
    const { access_token } = (await answer.json()) as { access_token: string };
    return access_token;
  };

  /** Tries until the service answers, for as long as the caller is patient. */
  async #persist<T>(what: string, attempt: () => Promise<T>): Promise<T> {
    const endAt = Date.now() + (this.#options.patienceMs ?? 120_000);
    for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
      try {
        return await attempt();
      } catch (cause) {
        if (cause instanceof Refused || cause instanceof GaveUp) throw cause;
        if (Date.now() >= endAt) throw new GaveUp(what, cause);
        await pause(wait);
      }
    }
  }
}

/** Worth another try. */
class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/** The service did not answer for as long as the caller was willing to wait. */
class GaveUp extends Error {
  override readonly name = 'GaveUp';

  constructor(what: string, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(`服务长时间没有响应 / the service did not answer: ${what}: ${why}`, { cause });
  }
}

/** What is read of an RFC 9457 problem; the gateway's own errors have none of it. */
type Problem = {
  readonly code?: string;
  readonly detail?: string;
  readonly detail_en?: string;
  readonly facts?: unknown;
  readonly errors?: unknown;
};

function problemIn(text: string): { readonly code: string; readonly detail: string } {
  try {
    const { code = 'unknown', detail = '', detail_en = '', facts, errors } = JSON.parse(text) as Problem;
    const more = [facts, errors]
      .filter((each) => each !== undefined)
      .map((each) => ` ${JSON.stringify(each)}`);
    return { code, detail: `${detail} / ${detail_en}${more.join('')}` };
  } catch {
    return { code: 'unknown', detail: text.slice(0, 200) };
  }
}

/** Asks again and again until there is an answer. @throws Error after `limitMs`, saying what was waited for */
export async function waitFor<T>(
  what: string,
  look: () => Promise<T | undefined>,
  limitMs = 300_000,
): Promise<T> {
  const endAt = Date.now() + limitMs;
  for (let wait: number = LOOK_PAUSE_MS.first; ; wait = Math.min(wait * 1.6, LOOK_PAUSE_MS.longest)) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() >= endAt) throw new Error(`等待超时 / waited in vain for: ${what}`);
    await pause(wait);
  }
}
