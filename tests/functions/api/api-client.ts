import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { expect } from 'vitest';
import * as z from 'zod/mini';
import { StaffStore } from '../../../functions/adapters/staff-store.ts';
import { auditRuns } from '../../../functions/api/audit.ts';
import { auditApi } from '../../../functions/api/audit-api.ts';
import { beneficiaryRuns } from '../../../functions/api/beneficiary.ts';
import { beneficiaryApi } from '../../../functions/api/beneficiary-api.ts';
import type { Contract } from '../../../functions/api/contracts/contract.ts';
import { CONTRACTS } from '../../../functions/api/contracts.ts';
import { Problem } from '../../../functions/api/openapi.ts';
import type { StaffServices } from '../../../functions/api/operations/services.ts';
import { publicApi } from '../../../functions/api/public-api.ts';
import { type OperationId, ROUTES, type Role, type Route } from '../../../functions/api/routes.ts';
import { staffRuns } from '../../../functions/api/staff.ts';
import { staffApi } from '../../../functions/api/staff-api.ts';
import { type Clock, systemClock, tableFrom } from '../../../functions/wiring.ts';
import { type Engines, lambdaContext } from '../../engines.ts';

/** A caller of the API as the gateway presents one. */
export type Caller = { readonly subject: string; readonly roles: readonly Role[] };
export const ISSUER = 'https://login.example.gov.cn';
export const CALLERS = {
  admin: { subject: 'staff-admin', roles: ['administrator'] },
  preparer: { subject: 'staff-preparer', roles: ['preparer'] },
  reviewer: { subject: 'staff-reviewer', roles: ['reviewer'] },
  approver: { subject: 'staff-approver', roles: ['approver'] },
  cashier: { subject: 'staff-cashier', roles: ['cashier'] },
  finance: { subject: 'staff-finance', roles: ['finance-bureau'] },
  auditor: { subject: 'staff-auditor', roles: ['auditor'] },
  beneficiary: { subject: 'citizen-1', roles: ['beneficiary'] },
} as const satisfies Record<string, Caller>;

export type Request = {
  readonly as?: Caller;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Text or bytes instead of a JSON body. */
  readonly raw?: string | Uint8Array;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly claims?: Readonly<Record<string, unknown>>;
};
export type Answer = {
  readonly status: number;
  // Bodies are checked against their contract before a test looks into them.
  // biome-ignore lint/suspicious/noExplicitAny: tests read members of many shapes
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
  readonly headers: Readonly<Record<string, string>>;
};
export type Api = (operation: OperationId, request?: Request) => Promise<Answer>;

/** All four functions over real engines. Every answer is checked against its contract. */
export function apiOver(
  engines: Engines,
  options: {
    readonly runs?: Partial<StaffServices['runs']>;
    readonly services?: Partial<StaffServices>;
    readonly clock?: Clock;
  } = {},
): Api {
  const { clock = systemClock } = options;
  const functions = {
    public: publicApi(),
    staff: staffApi(
      engines.env,
      (env, at) => ({ ...staffRuns(env, at), ...options.runs }),
      clock,
      options.services,
    ),
    audit: auditApi(engines.env, auditRuns, clock),
    beneficiary: beneficiaryApi(engines.env, beneficiaryRuns, clock),
  };
  return async (operation, request = {}) => {
    const route: Route = ROUTES[operation];
    const answer = await functions[route.audience](eventFor(operation, request), lambdaContext('api'));
    const headers = answer.headers as Record<string, string>;
    const text = answer.body ?? '';
    const body: unknown = headers['content-type']?.includes('json') ? JSON.parse(text) : text;
    const contract: Contract = CONTRACTS[operation];
    const status = answer.statusCode ?? 0;
    const schema = status < 400 ? contract.response : Problem;
    const parsed = z.safeParse(schema, body);
    expect(parsed.error?.issues ?? [], `${operation} ${status}: ${text.slice(0, 400)}`).toEqual([]);
    return { status, body, headers };
  };
}

export function eventFor(operation: OperationId, request: Request): APIGatewayProxyEventV2 {
  const route: Route = ROUTES[operation];
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(request.params?.[name] ?? ''),
  );
  const caller = request.as;
  const bytes = request.raw ?? (request.body === undefined ? undefined : JSON.stringify(request.body));
  const key = request.key ?? randomUUID();
  const claims = request.claims ?? {
    iss: ISSUER,
    sub: caller?.subject,
    roles: `[${(caller?.roles ?? []).join(' ')}]`,
  };
  return {
    version: '2.0',
    routeKey: `${route.method} ${route.path}`,
    rawPath: path,
    rawQueryString: '',
    headers: {
      ...(bytes !== undefined && { 'content-type': 'application/json' }),
      ...(route.idempotent && { 'idempotency-key': key }),
      ...request.headers,
    },
    ...(request.query && { queryStringParameters: { ...request.query } }),
    ...(request.params && { pathParameters: { ...request.params } }),
    requestContext: {
      requestId: randomUUID(),
      http: { method: route.method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      ...(route.roles.length > 0 && { authorizer: { jwt: { claims, scopes: null } } }),
    },
    ...(typeof bytes === 'string' && { body: bytes }),
    ...(bytes instanceof Uint8Array && { body: Buffer.from(bytes).toString('base64') }),
    isBase64Encoded: bytes instanceof Uint8Array,
  } as unknown as APIGatewayProxyEventV2;
}

/** Registers every caller but the beneficiary in a jurisdiction. */
export async function registerStaff(
  engines: Engines,
  jurisdiction = '110199',
  callers: readonly Caller[] = Object.values(CALLERS).filter(
    (caller) => caller !== CALLERS.beneficiary && caller !== CALLERS.admin,
  ),
): Promise<void> {
  const staff = new StaffStore(tableFrom('operations', engines.env));
  for (const { subject } of callers) {
    await staff.register(
      { issuer: ISSUER, subject },
      { jurisdiction, name: subject },
      { at: '2026-11-20T00:00:00.000Z', by: 'test' },
    );
  }
}
