import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { HttpRefusal, Problem } from './problem.ts';
import { faultOf, problemOf } from './problem.ts';

/** A response before it is written: `body` is JSON unless a content type is given. */
export type HttpResponse = {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Given for text that is not JSON (HTML); `body` is then that text. */
  readonly contentType?: string;
};

/** Nothing is cached, framed, sniffed or referred; a JSON answer may load nothing. */
const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

export function written(response: HttpResponse, requestId: string): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: response.status,
    headers: {
      ...SECURITY_HEADERS,
      'content-type': response.contentType ?? 'application/json; charset=utf-8',
      'x-request-id': requestId,
      ...response.headers,
    },
    body: response.contentType === undefined ? JSON.stringify(response.body) : String(response.body),
  };
}

export function refused(refusal: HttpRefusal, requestId: string): HttpResponse {
  return problemResponse(problemOf(refusal, requestId), refusal.headers);
}

export function faulted(requestId: string): HttpResponse {
  return problemResponse(faultOf(requestId));
}

function problemResponse(problem: Problem, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  return {
    status: problem.status,
    body: problem,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', ...headers },
  };
}
