/** The local HTTP API: routes, the JWT check and the limits of API Gateway, in front of the functions. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JWTPayload } from 'jose';
import type { InvocationResult } from './function-pool.ts';
import { gatewayMessage, type HttpResponse, httpEvent, httpResponse } from './http-event.ts';
import type { PlannedRoute } from './plan.ts';
import { routeMatcher } from './routes.ts';

export type GatewayInput = {
  readonly routes: readonly PlannedRoute[];
  readonly invoke: (functionName: string, event: unknown) => Promise<InvocationResult>;
  /** Claims of a valid access token of this issuer and audience; rejects for every other token. */
  readonly verify: (
    token: string,
    authorizer: NonNullable<PlannedRoute['authorizer']>,
  ) => Promise<JWTPayload>;
};

/** HTTP APIs take bodies up to 10 MB. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;
const API_ID = 'local';

/** Handles one request the way API Gateway does. */
export function httpGateway(
  input: GatewayInput,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const match = routeMatcher(input.routes);
  const answer = async (request: IncomingMessage): Promise<HttpResponse> => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const matched = match(request.method ?? 'GET', path);
    if (matched === undefined) return gatewayMessage(404, 'Not Found');
    const { route, pathParameters } = matched;
    const claims =
      route.authorizer === undefined ? undefined : await claimsOf(request, route.authorizer, input);
    if (claims === 'refused') {
      return gatewayMessage(401, 'Unauthorized', { 'www-authenticate': 'Bearer' });
    }
    const body = await bodyOf(request);
    if (body === 'too-large') return gatewayMessage(413, 'Request Entity Too Large', { connection: 'close' });
    const event = httpEvent({
      request,
      body,
      routeKey: route.routeKey,
      pathParameters,
      apiId: API_ID,
      ...(claims === undefined ? {} : { claims }),
    });
    const result = await withLimit(input.invoke(route.functionName, event), route.timeoutMs);
    if (result === 'late') return gatewayMessage(503, 'Service Unavailable');
    return result.ok ? httpResponse(result.value) : failureResponse(result.error.errorType);
  };
  return async (request, response) => {
    const { statusCode, headers, body } = await answer(request);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.setHeader('apigw-requestid', randomUUID());
    response.statusCode = statusCode;
    // Without a length the answer would be chunked; 204 and 304 carry neither.
    if (statusCode !== 204 && statusCode !== 304) response.setHeader('content-length', body.length);
    response.end(request.method === 'HEAD' ? undefined : body);
    // What is left of a refused body is thrown away, so that the client can read the answer.
    if (!request.complete) request.resume();
  };
}

/** A function that ran out of time is unavailable to the gateway; one that failed is an internal error. */
function failureResponse(errorType: string): HttpResponse {
  return errorType === 'Sandbox.Timedout'
    ? gatewayMessage(503, 'Service Unavailable')
    : gatewayMessage(500, 'Internal Server Error');
}

async function claimsOf(
  request: IncomingMessage,
  authorizer: NonNullable<PlannedRoute['authorizer']>,
  { verify }: GatewayInput,
): Promise<JWTPayload | 'refused'> {
  const token = request.headers.authorization?.replace(/^bearer\s+/i, '');
  if (token === undefined || token === '') return 'refused';
  try {
    return await verify(token, authorizer);
  } catch {
    return 'refused';
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | 'too-large'> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return 'too-large';
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return 'too-large';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function withLimit<T>(work: Promise<T>, timeoutMs: number): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((done) => {
    timer = setTimeout(() => done('late'), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
