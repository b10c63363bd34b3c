import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { CONTRACTS } from '../../../functions/api/contracts.ts';
import { openApiDocument } from '../../../functions/api/openapi.ts';
import { publicApi } from '../../../functions/api/public-api.ts';
import { type OperationId, ROUTES, type Route } from '../../../functions/api/routes.ts';
import { lambdaContext } from '../../engines.ts';
import { eventFor } from './api-client.ts';

const Schema = z.record(z.string(), z.unknown());
const Content = z.record(z.string(), z.strictObject({ schema: Schema }));
/** The parts of an OpenAPI 3.1 document that ours has, and nothing that is not in the specification. */
const OpenApi = z.strictObject({
  openapi: z.literal('3.1.1'),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  servers: z.array(z.strictObject({ url: z.string() })),
  tags: z.array(z.strictObject({ name: z.string(), description: z.string() })),
  paths: z.record(
    z.string().check(z.regex(/^\//)),
    z.record(
      z.enum(['get', 'post']),
      z.optional(
        z.strictObject({
          operationId: z.string(),
          tags: z.array(z.string()),
          summary: z.string().check(z.regex(/^\p{Script=Han}.* \/ [^\p{Script=Han}]+$/u)),
          description: z.string(),
          parameters: z.optional(
            z.array(
              z.strictObject({
                in: z.enum(['path', 'query', 'header']),
                name: z.string(),
                required: z.optional(z.boolean()),
                description: z.optional(z.string()),
                schema: Schema,
              }),
            ),
          ),
          requestBody: z.optional(z.strictObject({ required: z.boolean(), content: Content })),
          responses: z.record(
            z.string().check(z.regex(/^[2-5]\d\d$/)),
            z.strictObject({ description: z.string().check(z.minLength(1)), content: Content }),
          ),
          security: z.array(z.record(z.string(), z.array(z.string()))),
        }),
      ),
    ),
  ),
  components: z.strictObject({ schemas: z.record(z.string(), Schema), securitySchemes: Schema }),
});

const document = z.parse(OpenApi, JSON.parse(JSON.stringify(openApiDocument())));
const operationOf = (id: OperationId) => {
  const { path, method } = ROUTES[id];
  return document.paths[path]?.[method === 'GET' ? 'get' : 'post'];
};

function references(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === '$ref' ? [String(member)] : references(member),
  );
}

describe('the OpenAPI document', () => {
  it.each(Object.keys(ROUTES) as OperationId[])('describes %s as the route table has it', (id) => {
    const route: Route = ROUTES[id];
    const operation = operationOf(id)!;
    expect(operation.operationId).toBe(id);
    const parameters = operation.parameters ?? [];
    const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => `{${name}}`);
    expect(inPath.sort()).toEqual((route.path.match(/\{\w+\}/g) ?? []).sort());
    expect(parameters.filter((parameter) => parameter.in === 'path').every(({ required }) => required)).toBe(
      true,
    );
    expect(parameters.some(({ name, required }) => name === 'Idempotency-Key' && required)).toBe(
      route.idempotent === true,
    );
    expect(operation.security).toEqual(route.roles.length > 0 ? [{ signIn: [] }] : []);
    expect(Object.keys(operation.responses)).toContain(String(CONTRACTS[id].status));
    const expected = route.roles.length > 0 ? ['401', '403', '404', '409', '422'] : [];
    expect(Object.keys(operation.responses)).toEqual(
      expect.arrayContaining([...expected, '429', '500', '503']),
    );
    for (const role of route.roles) expect(operation.description).toContain(role);
  });

  it('has no path beside the table, no reference into nothing and no operation twice', () => {
    const listed = Object.values(document.paths)
      .flatMap((item) => Object.values(item))
      .filter((operation) => operation !== undefined);
    expect(listed).toHaveLength(Object.keys(ROUTES).length);
    const known = new Set(
      Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`),
    );
    const used = references(document);
    expect(used.length).toBeGreaterThan(100);
    expect(used.filter((reference) => !known.has(reference))).toEqual([]);
  });

  it('writes amounts as strings in yuan and bodies that take nothing unknown', () => {
    expect(document.components.schemas['Amount']).toMatchObject({ type: 'string' });
    const body = operationOf('fundRun')?.requestBody?.content['application/json']?.schema;
    expect(body).toMatchObject({ additionalProperties: false, properties: { amount: { type: 'string' } } });
    expect(operationOf('fundRun')?.requestBody?.required).toBe(true);
    expect(operationOf('dispatchRun')?.requestBody?.required).toBe(false);
    // Fen never leaves the service.
    expect(JSON.stringify(document)).not.toMatch(/"[a-zA-Z]*[fF]en"/);
  });
});

describe('the page', () => {
  const get = (id: 'getDocumentation' | 'getOpenApi') =>
    publicApi()(eventFor(id, {}), lambdaContext('public'));

  it('has every operation with an anchor, loads nothing, and its one style is named by hash', async () => {
    const { headers, body = '' } = await get('getDocumentation');
    const policy = String(headers?.['content-security-policy']);
    const style = /<style>([\s\S]*?)<\/style>/.exec(body)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(policy).toContain(`style-src 'sha256-${hash}'`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(body).not.toMatch(/<script|\sstyle="|\son\w+=|src=|@import|url\(/);
    for (const id of Object.keys(ROUTES)) expect(body).toContain(`<article id="${id}">`);
    const anchors = [...body.matchAll(/href="#([\w-]+)"/g)].map(([, anchor]) => anchor);
    expect(anchors.filter((anchor) => !body.includes(`id="${anchor}"`))).toEqual([]);
    expect(body.indexOf('发放 接口说明')).toBeLessThan(body.indexOf('Fafang HTTP API'));
  });

  it('has examples that say everything that must be said', async () => {
    const { body = '' } = await get('getDocumentation');
    const example = (id: OperationId): string =>
      /<pre><code>([\s\S]*?)<\/code>/.exec(body.slice(body.indexOf(`<article id="${id}">`)))?.[1] ?? '';
    for (const id of Object.keys(ROUTES) as OperationId[]) {
      const needed = (operationOf(id)?.parameters ?? []).filter((one) => one.in === 'query' && one.required);
      for (const { name } of needed) expect(example(id)).toMatch(new RegExp(`[?;]${name}=[\\w.-]+`));
    }
    expect(example('getPayCalendar')).toContain('/v1/calendar?programme=high-age&amp;year=2026&quot;');
    expect(example('getBankTie')).toContain('/v1/bank-accounts/11001999000000001/tie');
    expect(example('getCase')).toContain('/v1/cases/GL-7Z3K9QX2M4BT-1.prison.1');
  });

  it('comes from the same document that machines get', async () => {
    const { body = '' } = await get('getOpenApi');
    expect(JSON.parse(body)).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
  });
});
