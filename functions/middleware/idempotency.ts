import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import type { Claim, ClaimRequest, IdempotencyStore, StoredResponse } from '../adapters/idempotency-store.ts';
import type { HttpRefusal } from './problem.ts';

/** A request that has not answered after this long may be taken over by the same request sent again. */
export const LEASE_MS = 30_000;
const KEY_CHARACTERS_MAX = 255;
const KEY = /^[\x21-\x7e]+$/;

/** The Idempotency-Key of a request. Refusals: `invalid/idempotency-key-missing`, `invalid/idempotency-key`. */
export function idempotencyKeyFrom(header: string | undefined): Result<string> {
  if (header === undefined || header.trim() === '') {
    return refuse(
      refusal(
        'invalid/idempotency-key-missing',
        '此操作须带 Idempotency-Key 请求头：每次操作用一个新的随机值，重试时用同一个值',
        'this operation needs an Idempotency-Key header: a new random value per action, the same one for a retry',
      ),
    );
  }
  const key = header.trim();
  if (key.length > KEY_CHARACTERS_MAX || !KEY.test(key)) {
    return refuse(
      refusal(
        'invalid/idempotency-key',
        `Idempotency-Key 不能超过 ${KEY_CHARACTERS_MAX} 个字符，且只能是可见的 ASCII 字符`,
        `an Idempotency-Key has at most ${KEY_CHARACTERS_MAX} visible ASCII characters`,
      ),
    );
  }
  return ok(key);
}

/** Text that is the same for the same JSON value however its members are ordered; for hashing only. */
export function stableJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stableJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${stableJson(member)}`).join(',')}}`;
}

/** Refusals that say: not yet, the same again in a moment. Kept, one of them would be the answer for ever. */
const PASSING: readonly unknown[] = [
  'conflict/busy',
  'conflict/family-busy',
  'conflict/rolls-being-drawn',
  'conflict/rolls-just-drawn',
];

const passes = ({ status, body }: StoredResponse): boolean =>
  status >= 400 && typeof body === 'object' && body !== null && 'code' in body && PASSING.includes(body.code);

/**
 * Runs a request once per key. Responses below 500 are kept and replayed; after a fault, and after a refusal that passes, the claim
 * is given back. With
 * `replay: false` a completed request runs again instead (it is idempotent, and its response carries a link that dies).
 */
export async function runOnce(
  store: IdempotencyStore,
  request: ClaimRequest,
  options: { readonly replay: boolean },
  run: () => Promise<StoredResponse>,
): Promise<Result<StoredResponse, HttpRefusal>> {
  const claim = await store.claim(request);
  if (claim.outcome === 'completed' && !options.replay) return ok(await run());
  if (claim.outcome !== 'claimed') return answerOf(claim);
  let response: StoredResponse;
  try {
    response = await run();
  } catch (error) {
    await store.abandon(request, claim.version);
    throw error;
  }
  if (response.status >= 500 || passes(response)) await store.abandon(request, claim.version);
  else await store.complete(request, claim.version, options.replay ? response : { status: 0, body: null });
  return ok(response);
}

function answerOf(claim: Exclude<Claim, { outcome: 'claimed' }>): Result<StoredResponse, HttpRefusal> {
  if (claim.outcome === 'completed') {
    const headers = { ...claim.response.headers, 'idempotency-replayed': 'true' };
    return ok({ ...claim.response, headers });
  }
  if (claim.outcome === 'other-request') {
    return refuse(
      refusal(
        'conflict/idempotency-key-reused',
        '该 Idempotency-Key 已用于另一内容的请求，请换用新的值',
        'this Idempotency-Key was used for a request with other content: use a new one',
      ),
    );
  }
  return refuse({
    ...refusal(
      'conflict/request-in-progress',
      '同一请求正在处理，请稍后用同一 Idempotency-Key 重试',
      'the same request is still running: try again later with the same Idempotency-Key',
    ),
    headers: { 'retry-after': String(Math.max(1, Math.ceil(claim.leftMs / 1_000))) },
  });
}
