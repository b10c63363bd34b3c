import { invariant } from '../../domain/result.ts';
import type { DynamoTable, Item } from './dynamo-table.ts';

/**
 * HTTP requests by Idempotency-Key, in the operations table: pk `IDEMPOTENCY#<scope hash>`, sk `REQUEST`. A request is
 * claimed before it runs and completed with its response; one that died half-way may be taken over when its lease ran out,
 * because the operations underneath are idempotent. Records are kept: a benefit paid once stays paid once.
 */
export type StoredResponse = {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};
export type ClaimRequest = {
  readonly scope: string;
  /** Hash of path parameters, query and body: the same key with another one is a mistake of the caller. */
  readonly fingerprint: string;
  /** Unique per attempt; tells our own put from another's when the answer was lost. */
  readonly owner: string;
  readonly nowMs: number;
  readonly leaseMs: number;
};
export type Claim =
  | { readonly outcome: 'claimed'; readonly version: number }
  | { readonly outcome: 'running'; readonly leftMs: number }
  | { readonly outcome: 'completed'; readonly response: StoredResponse }
  | { readonly outcome: 'other-request' };

export class IdempotencyStore {
  readonly #operations: DynamoTable;

  constructor(operations: DynamoTable) {
    this.#operations = operations;
  }

  async claim(request: ClaimRequest): Promise<Claim> {
    if (await this.#put(request, 0)) return { outcome: 'claimed', version: 1 };
    const item = await this.#operations.get(pkOf(request.scope), 'REQUEST');
    invariant(item, 'a claimed request vanished');
    if (item['fingerprint'] !== request.fingerprint) return { outcome: 'other-request' };
    if (item['response'] !== undefined) return { outcome: 'completed', response: responseFrom(item) };
    const version = Number(item['version']);
    if (item['owner'] === request.owner) return { outcome: 'claimed', version };
    const leftMs = Number(item['leaseUntilMs']) - request.nowMs;
    if (leftMs > 0) return { outcome: 'running', leftMs };
    return (await this.#put(request, version))
      ? { outcome: 'claimed', version: version + 1 }
      : { outcome: 'running', leftMs: request.leaseMs };
  }

  async #put(request: ClaimRequest, expectedVersion: number): Promise<boolean> {
    const outcome = await this.#operations.putIfVersion(
      {
        pk: pkOf(request.scope),
        sk: 'REQUEST',
        fingerprint: request.fingerprint,
        owner: request.owner,
        leaseUntilMs: request.nowMs + request.leaseMs,
        version: expectedVersion + 1,
      },
      expectedVersion,
    );
    return outcome === 'written';
  }

  /** Keeps the response for whoever asks again. When someone took over in between, theirs stands. */
  async complete(
    request: Pick<ClaimRequest, 'scope' | 'fingerprint' | 'owner'>,
    version: number,
    response: StoredResponse,
  ): Promise<void> {
    await this.#operations.putIfVersion(
      {
        pk: pkOf(request.scope),
        sk: 'REQUEST',
        fingerprint: request.fingerprint,
        owner: request.owner,
        leaseUntilMs: 0,
        response: JSON.stringify(response),
        version: version + 1,
      },
      version,
    );
  }

  /** Gives the claim back after a fault, so that the next try need not wait for the lease. */
  async abandon(
    request: Pick<ClaimRequest, 'scope' | 'fingerprint' | 'owner'>,
    version: number,
  ): Promise<void> {
    await this.#operations.putIfVersion(
      {
        pk: pkOf(request.scope),
        sk: 'REQUEST',
        fingerprint: request.fingerprint,
        owner: '',
        leaseUntilMs: 0,
        version: version + 1,
      },
      version,
    );
  }
}

const pkOf = (scope: string): string => `IDEMPOTENCY#${scope}`;
const responseFrom = (item: Item): StoredResponse => JSON.parse(String(item['response'])) as StoredResponse;
