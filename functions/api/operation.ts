import type * as z from 'zod/mini';
import type { Result } from '../../domain/result.ts';
import type { ActorOf } from '../middleware/actor.ts';
import type { HttpRefusal } from '../middleware/problem.ts';
import type { Contract } from './contracts/contract.ts';
import { type Audience, type OperationId, type OperationOf, ROUTES } from './routes.ts';

type Parsed<S> = S extends z.ZodMiniType ? z.output<S> : unknown;
type Member<C, Name extends keyof Contract> = C extends { readonly [N in Name]: infer S } ? S : undefined;

/** A request that is known to fit its contract, from someone who may make it. */
export type Call<C, A extends Audience> = {
  readonly operation: OperationId;
  readonly actor: ActorOf<A>;
  readonly params: Parsed<Member<C, 'params'>>;
  readonly query: Parsed<Member<C, 'query'>>;
  readonly body: Parsed<Member<C, 'request'>>;
  /**
   * Derived from caller, operation and Idempotency-Key: whatever the operation makes is named after it, so that a request
   * taken over after a crash makes the same thing again. Empty for operations without a key.
   */
  readonly effectId: string;
};
export type Reply<C> = {
  readonly body: z.input<Extract<Member<C, 'response'>, z.ZodMiniType>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Given for text that is not JSON; the body is then that text. */
  readonly contentType?: string;
};
export type Operation<C, A extends Audience, Services> = (
  call: Call<C, A>,
  services: Services,
) => Promise<Result<Reply<C>, HttpRefusal>>;

/** Every operation of an audience bound to a function: leaving one out does not compile. */
export type Operations<
  A extends Audience,
  Contracts extends { readonly [Id in OperationOf<A>]: Contract },
  S,
> = {
  readonly [Id in OperationOf<A>]: Operation<Contracts[Id], A, S>;
};

const BY_ROUTE_KEY: ReadonlyMap<string, OperationId> = new Map(
  (Object.keys(ROUTES) as OperationId[]).map((id) => [`${ROUTES[id].method} ${ROUTES[id].path}`, id]),
);

/** The operation behind a gateway's route key, e.g. "GET /v1/runs/{runId}". */
export function operationByRouteKey(routeKey: string): OperationId | undefined {
  return BY_ROUTE_KEY.get(routeKey);
}

/** Methods that a concrete path is served with; empty when there is no such path. */
export function methodsOf(path: string): string[] {
  const parts = path.split('/');
  const fits = (template: string): boolean => {
    const names = template.split('/');
    return (
      names.length === parts.length &&
      names.every((name, index) => (name.startsWith('{') ? parts[index] !== '' : name === parts[index]))
    );
  };
  return [
    ...new Set(
      Object.values(ROUTES)
        .filter((route) => fits(route.path))
        .map((route) => route.method),
    ),
  ];
}
