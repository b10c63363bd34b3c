/** Finds the route of a request, by the gateway's order: fixed text before variables, `$default` last. */
import type { PlannedRoute } from './plan.ts';

export type RouteMatch = {
  readonly route: PlannedRoute;
  readonly pathParameters: Readonly<Record<string, string>>;
};

/** Makes a matcher over all routes; it answers undefined when nothing matches and there is no `$default`. */
export function routeMatcher(
  routes: readonly PlannedRoute[],
): (method: string, path: string) => RouteMatch | undefined {
  const compiled = routes
    .filter(({ routeKey }) => routeKey !== '$default')
    .map((route) => {
      const [method = '', path = ''] = route.routeKey.split(' ');
      return { route, method, segments: path.split('/') };
    });
  const fallback = routes.find(({ routeKey }) => routeKey === '$default');
  return (method, path) => {
    const given = path.split('/');
    const matches = compiled.flatMap(({ route, method: wanted, segments }) => {
      if (wanted !== method && wanted !== 'ANY') return [];
      const pathParameters = parametersOf(segments, given);
      return pathParameters === undefined ? [] : [{ route, pathParameters }];
    });
    const [best] = matches.toSorted((a, b) => variables(a) - variables(b));
    return best ?? (fallback === undefined ? undefined : { route: fallback, pathParameters: {} });
  };
}

function variables({ pathParameters }: RouteMatch): number {
  return Object.keys(pathParameters).length;
}

function parametersOf(
  segments: readonly string[],
  given: readonly string[],
): Record<string, string> | undefined {
  if (segments.length !== given.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const text = given[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (name === undefined) {
      if (segment !== text) return undefined;
      continue;
    }
    const value = decoded(text);
    if (value === undefined || value === '') return undefined;
    parameters[name] = value;
  }
  return parameters;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
