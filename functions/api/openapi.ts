import * as z from 'zod/mini';
import type { ZodOpenApiObject, ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { createDocument } from 'zod-openapi';
import type { Bilingual } from '../../domain/bilingual.ts';
import type { Contract } from './contracts/contract.ts';
import { CONTRACTS } from './contracts.ts';
import { type Audience, type OperationId, ROUTES, type Route } from './routes.ts';

export const Problem = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    title_en: z.string(),
    status: z.int(),
    detail: z.string(),
    detail_en: z.string(),
    instance: z.string(),
    code: z.string(),
    requestId: z.string(),
    errors: z.optional(
      z.array(z.strictObject({ pointer: z.string(), code: z.string(), zh: z.string(), en: z.string() })),
    ),
    facts: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
  })
  .check(
    z.meta({
      id: 'Problem',
      description:
        'RFC 9457。title、detail 为中文，title_en、detail_en 为英文；按 code 区分，不按文字 / tell problems apart by `code`',
    }),
  );
const GatewayMessage = z.object({ message: z.string() }).check(
  z.meta({
    id: 'GatewayMessage',
    description: '由网关直接返回，不是 Problem / made by the gateway itself, not a Problem',
  }),
);

const both = ({ zh, en }: Bilingual): string => `${zh} / ${en}`;
const problem = (zh: string, en: string) => ({
  description: both({ zh, en }),
  content: { 'application/problem+json': { schema: Problem } },
});
const gateway = (zh: string, en: string) => ({
  description: `${both({ zh, en })}（网关 / gateway）`,
  content: { 'application/json': { schema: GatewayMessage } },
});

const IDEMPOTENCY_HEADER = z.strictObject({
  'Idempotency-Key': z.string().check(
    z.minLength(1),
    z.maxLength(255),
    z.meta({
      description:
        '每次操作一个新的随机值；重试用同一个值，只会执行一次 / a new random value per action, the same one for a retry: it is done once',
      examples: ['7f0b1c9e-3d55-4a57-9f0e-0f6a2d1c8b11'],
    }),
  ),
});

export const TAGS: Record<Audience, Bilingual> = {
  public: { zh: '公开', en: 'Public' },
  staff: { zh: '经办、复核、审批、出纳、财政、管理', en: 'Staff' },
  beneficiary: { zh: '享受对象本人', en: 'Beneficiaries' },
  audit: { zh: '审计', en: 'Audit' },
};

function problemsOf(route: Route, contract: Contract) {
  const signedIn = route.roles.length > 0;
  const answers = {
    ...((contract.request || route.idempotent) && {
      400: problem('不是 JSON，或缺少 Idempotency-Key', 'not JSON, or no Idempotency-Key'),
      413: problem('请求体过大', 'body too large'),
      415: problem('请求体类型不是 JSON', 'the body is not JSON'),
    }),
    ...(contract.query && { 400: problem('翻页标记无效，或不是 JSON', 'bad cursor') }),
    ...(signedIn && {
      401: gateway('未登录或登录已失效', 'no token, or one that is not valid'),
      403: problem('岗位、区划或本人身份不允许', 'role, jurisdiction or person do not allow it'),
      404: problem('没有找到（或不在您的范围内）', 'not found, or not within your reach'),
      409: problem('与当前状态冲突、超出限额，或同一请求正在处理', 'conflict, limit, or still running'),
      422: problem('内容不符合要求', 'content does not fit'),
    }),
    429: gateway('请求过多，请稍后重试', 'too many requests: try again later'),
    500: problem('服务故障', 'service fault'),
    503: gateway('服务超时或不可用，请用同一幂等键重试', 'time-out: try again with the same key'),
  };
  return answers;
}

function contentOf(contract: Contract) {
  return { [contract.mediaType ?? 'application/json']: { schema: contract.response } };
}

function descriptionOf(route: Route, contract: Contract): string {
  const notes = contract.notes ? [contract.notes.zh, contract.notes.en] : [];
  const roles = route.roles.length > 0 ? [`岗位 / roles: ${route.roles.join(', ')}`] : [];
  return [...notes, ...roles].join('\n\n');
}

function operationOf(id: OperationId): ZodOpenApiOperationObject {
  const route: Route = ROUTES[id];
  const contract: Contract = CONTRACTS[id];
  // The library wants object schemas by type; contracts only promise a schema of an object.
  type Parameters = NonNullable<ZodOpenApiOperationObject['requestParams']>;
  const requestParams = {
    ...(contract.params && { path: contract.params }),
    ...(contract.query && { query: contract.query }),
    ...(route.idempotent && { header: IDEMPOTENCY_HEADER }),
  } as Parameters;
  const done = { 200: '完成 / done', 201: '已建立 / created', 202: '已受理，在后台进行 / accepted' };
  return {
    operationId: id,
    tags: [route.audience],
    summary: both(contract.summary),
    description: descriptionOf(route, contract),
    requestParams,
    ...(contract.request && {
      requestBody: {
        required: !z.safeParse(contract.request, {}).success,
        content: { 'application/json': { schema: contract.request } },
      },
    }),
    responses: {
      [contract.status]: {
        description: done[contract.status],
        content: contentOf(contract),
      },
      ...problemsOf(route, contract),
    },
    security: route.roles.length > 0 ? [{ signIn: [] }] : [],
  };
}

/** The OpenAPI 3.1 document, made of the route table and the contracts and of nothing else. */
export function openApiDocument() {
  const paths: ZodOpenApiPathsObject = {};
  for (const id of Object.keys(ROUTES) as OperationId[]) {
    const { path, method } = ROUTES[id];
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(id) };
  }
  const definition: ZodOpenApiObject = {
    openapi: '3.1.1',
    info: {
      title: '发放 Fafang',
      version: '1',
      description:
        '民政补助资金发放接口。金额为元的十进制字符串；月份 YYYY-MM；所有文字中文在前。\n\nGrant disbursement for civil affairs bureaus. Amounts are decimal strings in yuan; months are YYYY-MM.',
    },
    servers: [{ url: '/' }],
    tags: (Object.keys(TAGS) as Audience[]).map((name) => ({ name, description: both(TAGS[name]) })),
    paths,
    components: {
      securitySchemes: {
        signIn: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: '登录系统签发的访问令牌（RS256） / access token of the identity provider (RS256)',
        },
      },
    },
  };
  return createDocument(definition);
}
