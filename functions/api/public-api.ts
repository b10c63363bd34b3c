import { refusal } from '../../domain/result.ts';
import { type Answering, type HttpHandler, httpHandler } from '../middleware/http.ts';
import { type HttpResponse, refused } from '../middleware/http-response.ts';
import { documentationPage } from './docs-page.ts';
import { DOCS_STYLE } from './docs-style.ts';
import { openApiDocument } from './openapi.ts';
import { methodsOf, operationByRouteKey } from './operation.ts';
import { pagePolicy } from './page-policy.ts';
import type { OperationOf } from './routes.ts';

/** Made at first use and kept: it depends on nothing but the code. */
let documents: { readonly json: ReturnType<typeof openApiDocument>; readonly page: string } | undefined;

function made() {
  if (!documents) {
    const json = openApiDocument();
    documents = { json, page: documentationPage(json) };
  }
  return documents;
}

const OPERATIONS: { readonly [Id in OperationOf<'public'>]: () => HttpResponse } = {
  getHealth: () => ({ status: 200, body: { status: 'ok' } }),
  getOpenApi: () => ({ status: 200, body: made().json, headers: { 'cache-control': 'public, max-age=300' } }),
  getDocumentation: () => ({
    status: 200,
    body: made().page,
    contentType: 'text/html; charset=utf-8',
    headers: {
      'cache-control': 'public, max-age=300',
      'content-security-policy': pagePolicy(DOCS_STYLE),
    },
  }),
};

function isPublic(operation: string): operation is OperationOf<'public'> {
  return Object.hasOwn(OPERATIONS, operation);
}

/** What needs no sign-in, and the answer to everything that is no route: 404, or 405 where the path has other methods. */
const answer: Answering = async (event, facts) => {
  const operation = operationByRouteKey(event.routeKey);
  if (operation !== undefined && isPublic(operation)) {
    facts['operation'] = operation;
    return OPERATIONS[operation]();
  }
  const { requestId } = event.requestContext;
  const allowed = methodsOf(event.rawPath);
  facts['code'] = allowed.length > 0 ? 'invalid/method' : 'missing/route';
  if (allowed.length === 0) {
    return refused(
      refusal('missing/route', '没有这个地址，接口说明见 /docs', 'there is no such address; see /docs'),
      requestId,
    );
  }
  const allow = allowed.join(', ');
  return refused(
    {
      ...refusal('invalid/method', `此地址只接受 ${allow}`, `this address only takes ${allow}`),
      headers: { allow },
    },
    requestId,
  );
};

export function publicApi(): HttpHandler {
  return httpHandler(answer);
}
