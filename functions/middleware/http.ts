import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import createStack from '@middy/core';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyEventV2WithJWTAuthorizer,
  APIGatewayProxyStructuredResultV2,
  Context,
} from 'aws-lambda';
import { describeError } from './describe-error.ts';
import { faulted, type HttpResponse, written } from './http-response.ts';

/** What the log says of a request beside its id and status: opaque ids and codes, never a body, query or name. */
export type RequestFacts = Record<string, string | number | boolean>;
export type Answering = (event: APIGatewayProxyEventV2, facts: RequestFacts) => Promise<HttpResponse>;
export type HttpHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

/**
 * The one middy stack for HTTP: one log line per request, security headers on every answer, and a fault as a problem that
 * tells nothing of the inside. Refusals are answers; only broken code and broken stores throw.
 */
export function httpHandler(answer: Answering): HttpHandler {
  const logger = new Logger();
  const serve = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const { requestId } = event.requestContext;
    const facts: RequestFacts = { route: event.routeKey };
    try {
      const response = await answer(event, facts);
      logger.info('request', { ...facts, requestId, status: response.status });
      return written(response, requestId);
    } catch (error) {
      logger.error('request failed', { ...facts, requestId, status: 500, ...describeError(error) });
      return written(faulted(requestId), requestId);
    }
  };
  return createStack<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .handler(serve) as HttpHandler;
}

/** Claims of the token as the gateway checked them; empty where a route has no sign-in. */
export function claimsOf(event: APIGatewayProxyEventV2): Readonly<Record<string, unknown>> {
  const { requestContext } = event as Partial<APIGatewayProxyEventV2WithJWTAuthorizer>;
  return requestContext?.authorizer?.jwt?.claims ?? {};
}
