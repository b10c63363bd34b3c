/** API Gateway's payload format 2.0: builds the event of a request, and the response from what a function answered. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { JWTPayload } from 'jose';

export type HttpResponse = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
};

export type EventInput = {
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly claims?: JWTPayload;
  readonly apiId: string;
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Bodies of these types travel as text, all others as base64. */
const TEXT_TYPE =
  /^(text\/|application\/(json|javascript|xml|x-www-form-urlencoded|[\w.+-]+\+(json|xml))\b)/i;

/** The event a function gets for one request. */
export function httpEvent(input: EventInput): APIGatewayProxyEventV2 & { requestContext: object } {
  const { request, body, pathParameters, claims } = input;
  const url = new URL(request.url ?? '/', 'http://localhost');
  const headers = headersOf(request);
  const now = new Date();
  const isText = body.length === 0 || TEXT_TYPE.test(headers['content-type'] ?? 'text/plain');
  const cookies = headers['cookie']?.split(/;\s*/);
  const method = request.method ?? 'GET';
  return {
    version: '2.0',
    routeKey: input.routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookies === undefined ? {} : { cookies }),
    headers,
    ...(url.search === '' ? {} : { queryStringParameters: joined([...url.searchParams]) }),
    requestContext: {
      accountId: '000000000000',
      apiId: input.apiId,
      ...(claims === undefined ? {} : { authorizer: { jwt: { claims: claimTexts(claims), scopes: null } } }),
      domainName: request.headers.host ?? '127.0.0.1',
      domainPrefix: input.apiId,
      http: {
        method,
        path: url.pathname,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: input.routeKey,
      stage: '$default',
      time: requestTime(now),
      timeEpoch: now.getTime(),
    },
    ...(Object.keys(pathParameters).length === 0 ? {} : { pathParameters: { ...pathParameters } }),
    ...(body.length === 0 ? {} : { body: isText ? body.toString('utf8') : body.toString('base64') }),
    isBase64Encoded: !isText,
  };
}

/** Header names in lower case; a header sent several times is one value with commas. */
function headersOf(request: IncomingMessage): Record<string, string> {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    pairs.push([(request.rawHeaders[index] ?? '').toLowerCase(), request.rawHeaders[index + 1] ?? '']);
  }
  return joined(pairs);
}

function joined(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of pairs) {
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(values);
}

/** The gateway hands claims on as text; a list becomes `[a b]`, so a reader must not expect JSON. */
export function claimTexts(claims: JWTPayload): Record<string, string> {
  const text = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(text).join(' ')}]`;
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
  };
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, text(value)]));
}

/** Common log format in UTC: `22/Nov/2026:00:50:34 +0000`. */
function requestTime(now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${two(now.getUTCDate())}/${MONTHS[now.getUTCMonth()]}/${now.getUTCFullYear()}`;
  return `${date}:${two(now.getUTCHours())}:${two(now.getUTCMinutes())}:${two(now.getUTCSeconds())} +0000`;
}

/** A body the gateway itself writes, such as `{"message":"Unauthorized"}`. */
export function gatewayMessage(
  statusCode: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  const body = Buffer.from(JSON.stringify({ message }));
  return { statusCode, headers: { 'content-type': 'application/json', ...headers }, body };
}

/** The response from a function's answer; without a status code the answer itself is the JSON body, as on AWS. */
export function httpResponse(answer: unknown): HttpResponse {
  if (typeof answer !== 'object' || answer === null || !('statusCode' in answer)) {
    const body = typeof answer === 'string' ? answer : JSON.stringify(answer ?? null);
    return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(body) };
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = answer as {
    statusCode: unknown;
    headers?: Record<string, string | number | boolean>;
    cookies?: string[];
    body?: string;
    isBase64Encoded?: boolean;
  };
  if (!Number.isInteger(statusCode)) return gatewayMessage(500, 'Internal Server Error');
  const names = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]);
  const bytes = Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8');
  const type = bytes.length > 0 && !names.some(([name]) => name === 'content-type');
  return {
    statusCode: statusCode as number,
    headers: {
      ...(type ? { 'content-type': 'text/plain;charset=UTF-8' } : {}),
      ...(Object.fromEntries(names) as Record<string, string>),
      ...(cookies === undefined ? {} : { 'set-cookie': cookies }),
    },
    body: bytes,
  };
}
