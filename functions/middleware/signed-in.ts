import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { invariant, ok, type Result, refuse } from '../../domain/result.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { IdempotencyStore } from '../adapters/idempotency-store.ts';
import type { SigningAuthorityStore } from '../adapters/signing-authority-store.ts';
import type { Contract, ContractsOf } from '../api/contracts/contract.ts';
import { type Call, type Operation, type Operations, operationByRouteKey } from '../api/operation.ts';
import { type Audience, type OperationId, type OperationOf, ROUTES, type Route } from '../api/routes.ts';
import type { Clock } from '../wiring.ts';
import { type Actor, actorFor, type People } from './actor.ts';
import { type Answering, claimsOf, type RequestFacts } from './http.ts';
import { inputsFrom } from './http-request.ts';
import { type HttpResponse, refused } from './http-response.ts';
import { idempotencyKeyFrom, LEASE_MS, runOnce, stableJson } from './idempotency.ts';
import type { HttpRefusal } from './problem.ts';

/** What stands between the gateway and an operation. */
export type Door = {
  readonly people: People;
  /** Learns what roles a member of staff has now: a deputy's authority is the principal's. */
  readonly authorities: Pick<SigningAuthorityStore, 'noteRoles'>;
  readonly idempotency: IdempotencyStore;
  readonly roleClaim: string;
  readonly clock: Clock;
};
/** One audience: its contracts, the functions bound to them, and how to come by what they need. */
export type Api<A extends Audience, Contracts extends ContractsOf<A>, Services> = {
  readonly audience: A;
  readonly contracts: Contracts;
  readonly operations: Operations<A, Contracts, Services>;
  readonly services: Services;
  readonly door: Door;
};

/** Operations whose answer holds a link that dies: done again rather than replayed, and the link is never stored. */
const RENEWED: ReadonlySet<OperationId> = new Set(['createUpload']);

/**
 * The way of every signed-in request: who is it and may they, does it fit its contract, was it made before, do it. The order
 * matters: nobody learns from a contract violation what their role does not let them do.
 */
export function signedIn<A extends Audience, Contracts extends ContractsOf<A>, Services>(
  api: Api<A, Contracts, Services>,
): Answering {
  return async (event, facts) => {
    const { requestId } = event.requestContext;
    const operation = operationByRouteKey(event.routeKey);
    invariant(
      operation && ROUTES[operation].audience === api.audience,
      `route ${event.routeKey} does not belong to the functions of "${api.audience}"`,
    );
    facts['operation'] = operation;
    const answer = await respond(api, operation, event, facts);
    if (answer.ok) return answer.value;
    facts['code'] = answer.error.code;
    return refused(answer.error, requestId);
  };
}

async function respond<A extends Audience, Contracts extends ContractsOf<A>, Services>(
  api: Api<A, Contracts, Services>,
  operation: OperationId,
  event: APIGatewayProxyEventV2,
  facts: RequestFacts,
): Promise<Result<HttpResponse, HttpRefusal>> {
  const actor = await actorFor(operation, claimsOf(event), api.door.roleClaim, api.door.people);
  if (!actor.ok) return actor;
  facts['actor'] = actor.value.id;
  const route: Route = ROUTES[operation];
  if (actor.value.kind === 'staff' && actor.value.registered && route.audience === 'staff')
    await api.door.authorities.noteRoles(actor.value.id, actor.value.roles, api.door.clock.now());
  const key = route.idempotent ? idempotencyKeyFrom(event.headers['idempotency-key']) : undefined;
  if (key && !key.ok) return key;
  // The table of routes says which audience an operation has, and `signedIn` checked it: the types follow from that.
  const contract: Contract = api.contracts[operation as OperationOf<A>];
  const inputs = inputsFrom(contract, event);
  if (!inputs.ok) return inputs;
  const scope = key ? scopeOf(actor.value, operation, key.value) : '';
  const call = {
    operation,
    actor: actor.value,
    ...inputs.value,
    effectId: scope.slice(0, 24),
  } as unknown as Call<Contract, A>;
  const run = async (): Promise<HttpResponse> => {
    const bound = api.operations[operation as OperationOf<A>] as Operation<Contract, A, Services>;
    const done = await bound(call, api.services);
    if (done.ok) return { status: contract.status, ...done.value };
    facts['code'] = done.error.code;
    return refused(done.error, event.requestContext.requestId);
  };
  if (!key) return ok(await run());
  const answer = await runOnce(
    api.door.idempotency,
    {
      scope,
      // The key is random and kept nowhere: with it inside, nobody guesses an account number from the hash.
      fingerprint: sha256Hex(stableJson([key.value, inputs.value])),
      owner: event.requestContext.requestId,
      nowMs: Date.parse(api.door.clock.now()),
      leaseMs: LEASE_MS,
    },
    { replay: !RENEWED.has(operation) },
    run,
  );
  return answer.ok ? answer : refuse(answer.error);
}

const scopeOf = (actor: Actor, operation: OperationId, key: string): string =>
  sha256Hex(stableJson([actor.identity.issuer, actor.identity.subject, operation, key]));
