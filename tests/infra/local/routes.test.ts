import { expect, test } from 'vitest';
import { routeMatcher } from '../../../infra/local/routes.ts';

const routes = [
  '$default',
  'GET /v1/runs/{runId}',
  'GET /v1/runs/latest',
  'POST /v1/runs/{runId}/exceptions/{exceptionId}/decision',
].map((routeKey) => ({ routeKey, functionName: 'f', timeoutMs: 1 }));
const match = routeMatcher(routes);

test.each([
  ['GET', '/v1/runs/R1', 'GET /v1/runs/{runId}', { runId: 'R1' }],
  ['GET', '/v1/runs/a%2Fb%20c', 'GET /v1/runs/{runId}', { runId: 'a/b c' }],
  ['GET', '/v1/runs/latest', 'GET /v1/runs/latest', {}],
  [
    'POST',
    '/v1/runs/R1/exceptions/E2/decision',
    'POST /v1/runs/{runId}/exceptions/{exceptionId}/decision',
    { runId: 'R1', exceptionId: 'E2' },
  ],
  ['POST', '/v1/runs/R1', '$default', {}],
  ['GET', '/v1/runs/', '$default', {}],
  ['GET', '/v1/runs/R1/', '$default', {}],
  ['GET', '/v1/runs/%E0%A4', '$default', {}],
])('%s %s', (method, path, routeKey, pathParameters) => {
  expect(match(method, path)).toMatchObject({ route: { routeKey }, pathParameters });
});

test('without $default an unknown path has no route', () => {
  expect(routeMatcher(routes.slice(1))('GET', '/elsewhere')).toBeUndefined();
});
