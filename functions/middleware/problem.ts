import type { Bilingual } from '../../domain/bilingual.ts';
import type { Refusal, RefusalClass, RefusalCode } from '../../domain/result.ts';

/**
 * Refusals as RFC 9457 problems: the one table from refusal to HTTP status. Chinese members have the standard names,
 * English ones end in `_en`.
 */
const STATUS_OF_CLASS = {
  invalid: 422,
  missing: 404,
  forbidden: 403,
  conflict: 409,
  policy: 422,
  limit: 409,
} as const satisfies Record<RefusalClass, number>;

/** What HTTP itself has a status for. */
const STATUS_OF_CODE: Readonly<Record<RefusalCode, number>> = {
  'invalid/json': 400,
  'invalid/cursor': 400,
  'invalid/idempotency-key': 400,
  'invalid/idempotency-key-missing': 400,
  'invalid/method': 405,
  'limit/body-too-large': 413,
  'invalid/content-type': 415,
  'conflict/idempotency-key-reused': 422,
};

const TITLES: Record<RefusalClass, Bilingual> = {
  invalid: { zh: '请求内容不正确', en: 'The request is not valid' },
  missing: { zh: '没有找到', en: 'Not found' },
  forbidden: { zh: '无权进行此操作', en: 'Not permitted' },
  conflict: { zh: '与当前状态冲突', en: 'Conflict with the current state' },
  policy: { zh: '政策依据不足', en: 'Policy does not allow it' },
  limit: { zh: '超出限额', en: 'Over a limit' },
};

/** One value that does not fit its contract. `pointer` is a JSON pointer into the body, or `?name` in the query. */
export type Violation = {
  readonly pointer: string;
  readonly code: string;
  readonly zh: string;
  readonly en: string;
};

/** A refusal with what only HTTP needs. */
export type HttpRefusal = Refusal & {
  readonly errors?: readonly Violation[];
  readonly headers?: Readonly<Record<string, string>>;
};

export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly title_en: string;
  readonly status: number;
  readonly detail: string;
  readonly detail_en: string;
  /** The request, as in the service's log. */
  readonly instance: string;
  readonly code: string;
  readonly requestId: string;
  readonly errors?: readonly Violation[];
  /** Facts that name what was wrong; never personal data. */
  readonly facts?: Refusal['detail'];
};

function classOf(code: RefusalCode): RefusalClass {
  return code.slice(0, code.indexOf('/')) as RefusalClass;
}

export function statusOf(code: RefusalCode): number {
  return STATUS_OF_CODE[code] ?? STATUS_OF_CLASS[classOf(code)];
}

export function problemOf(refusal: HttpRefusal, requestId: string): Problem {
  const title = TITLES[classOf(refusal.code)];
  return {
    type: `urn:fafang:problem:${refusal.code}`,
    title: title.zh,
    title_en: title.en,
    status: statusOf(refusal.code),
    detail: refusal.zh,
    detail_en: refusal.en,
    instance: `urn:fafang:request:${requestId}`,
    code: refusal.code,
    requestId,
    ...(refusal.errors && { errors: refusal.errors }),
    ...(refusal.detail && { facts: refusal.detail }),
  };
}

/** What a caller learns of a fault of ours: that it was ours, and the number to quote. */
export function faultOf(requestId: string): Problem {
  return {
    type: 'urn:fafang:problem:fault/internal',
    title: '服务故障',
    title_en: 'Service fault',
    status: 500,
    detail: '服务出现故障，未能确认本次操作是否完成；请用同一幂等键重试，仍失败时把请求编号告知管理员',
    detail_en:
      'The service failed and cannot say whether this was done: try again with the same Idempotency-Key, and quote the request id if it fails again',
    instance: `urn:fafang:request:${requestId}`,
    code: 'fault/internal',
    requestId,
  };
}
