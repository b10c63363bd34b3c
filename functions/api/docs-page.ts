import type { Contract } from './contracts/contract.ts';
import { CONTRACTS } from './contracts.ts';
import { fieldRows, type JsonSchema, objectName, resolved } from './docs-schema.ts';
import { DOCS_STYLE } from './docs-style.ts';
import { escapeHtml as text } from './escape-html.ts';
import type { openApiDocument } from './openapi.ts';
import { TAGS } from './openapi.ts';
import { type Audience, type OperationId, ROUTES, type Role, type Route } from './routes.ts';

type Document = ReturnType<typeof openApiDocument>;
type Schemas = Readonly<Record<string, JsonSchema>>;
type Parameter = {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: JsonSchema;
};
type Operation = {
  readonly requestBody?: {
    readonly content: { readonly 'application/json'?: { readonly schema: JsonSchema } };
  };
  readonly parameters?: readonly Parameter[];
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly description: string;
        readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>;
      }
    >
  >;
};

/** The document as a page for people: Chinese first, rendered here, with nothing to load from anywhere. */
export function documentationPage(document: Document): string {
  const schemas = (document.components?.schemas ?? {}) as Schemas;
  const audiences = Object.keys(TAGS) as Audience[];
  const idsOf = (audience: Audience) =>
    (Object.keys(ROUTES) as OperationId[]).filter((id) => ROUTES[id].audience === audience);
  const sections = audiences.map((audience) => {
    const { zh, en } = TAGS[audience];
    const articles = idsOf(audience).map((id) => article(id, operationIn(document, id), schemas));
    return `<section><h2 id="${audience}">${text(zh)} <span class="en">${text(en)}</span></h2>${articles.join('')}</section>`;
  });
  const links = audiences.map((audience) => {
    const items = idsOf(audience).map(
      (id) => `<li><a href="#${id}">${text(CONTRACTS[id].summary.zh)}</a></li>`,
    );
    return `<h2>${text(TAGS[audience].zh)}</h2><ol>${items.join('')}</ol>`;
  });
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>发放 Fafang 接口说明</title><style>${DOCS_STYLE}</style></head>
<body><div class="page"><nav aria-label="目录 / contents">${links.join('')}<h2><a href="#schemas">数据结构</a></h2></nav><main>${introduction()}${sections.join('')}${structures(schemas)}</main></div></body></html>`;
}

function operationIn(document: Document, id: OperationId): Operation {
  const { path, method } = ROUTES[id];
  const item = document.paths?.[path] as Readonly<Record<string, Operation>> | undefined;
  const operation = item?.[method.toLowerCase()];
  if (!operation) throw new Error(`operation ${id} is missing from the document`);
  return operation;
}

function introduction(): string {
  return `<header><h1>发放 接口说明</h1>
<p>民政补助资金发放：对象信息、核算、审批、拨款、报盘、回盘、对账、账簿。机器可读的描述见 <a href="/openapi.json">/openapi.json</a>（OpenAPI 3.1）。</p>
<p class="en">Fafang HTTP API: register, computation, approval, funds, bank files, reconciliation and ledger. Machine-readable: <a href="/openapi.json">/openapi.json</a>.</p>
<table>
<tr><th>登录 <span class="en">Sign-in</span></th><td>请求头 <code>Authorization: Bearer …</code>，令牌由登录系统签发（RS256）；岗位取自令牌，区划取自工作人员登记。<br><span class="en">A bearer token of the identity provider; roles from the token, jurisdiction from the staff register.</span></td></tr>
<tr><th>金额 <span class="en">Amounts</span></th><td>元，十进制字符串，如 <code>"1200.00"</code>；绝不使用浮点数。<br><span class="en">Decimal strings in yuan; never a floating-point number.</span></td></tr>
<tr><th>幂等 <span class="en">Once only</span></th><td>凡 POST（查询除外）须带 <code>Idempotency-Key</code>：每次操作一个新值，重试用同一个值，只执行一次；重放的答复带 <code>Idempotency-Replayed: true</code>。记录长期保存。<br><span class="en">Every POST that changes something carries one: a retry with the same key is done once and replayed. Keys are kept.</span></td></tr>
<tr><th>出错 <span class="en">Problems</span></th><td><code>application/problem+json</code>（RFC 9457）：<code>code</code> 供程序判断，<code>detail</code> 说明该怎么办，<code>errors[]</code> 逐项指出位置。401、413、429、503 可能由网关直接返回，只有 <code>{"message":"…"}</code>。<br><span class="en">Tell problems apart by <code>code</code>; 401, 413, 429 and 503 may come from the gateway itself with a <code>message</code> only.</span></td></tr>
<tr><th>翻页 <span class="en">Pages</span></th><td>把上一页的 <code>next</code> 原样放进 <code>cursor</code>；只对同一人、同一查询有效。<br><span class="en">Pass <code>next</code> back as <code>cursor</code>; it is good for the same caller and query only.</span></td></tr>
<tr><th>文件 <span class="en">Files</span></th><td>先申请上传表单，再把文件直接提交到表单地址，最后用 <code>uploadId</code> 办理；单个文件不超过 50 MB。<br><span class="en">Ask for a form, post the file to it, then refer to it by <code>uploadId</code>; 50 MB at most.</span></td></tr>
</table></header>`;
}

function article(id: OperationId, operation: Operation, schemas: Schemas): string {
  const route: Route = ROUTES[id];
  const contract: Contract = CONTRACTS[id];
  const roles = route.roles
    .map((role) => `<span class="role">${text(ROLE_NAMES[role])} ${text(role)}</span>`)
    .join('');
  const notes = contract.notes
    ? `<p>${text(contract.notes.zh)}<br><span class="en">${text(contract.notes.en)}</span></p>`
    : '';
  const answer = operation.responses[contract.status]?.content?.['application/json']?.schema;
  const body = operation.requestBody?.content['application/json']?.schema;
  return `<article id="${id}"><h3>${text(contract.summary.zh)} <span class="en">${text(contract.summary.en)}</span></h3>
<p class="route"><span class="method ${route.method.toLowerCase()}">${route.method}</span>${text(route.path)} <a href="#${id}" aria-label="本节链接 / link">#</a></p>
${notes}${roles ? `<p>${roles}</p>` : ''}${parameterTable(operation)}
${body ? `<h4>请求体 Body</h4>${fieldTable(body, schemas)}` : ''}
<h4>示例 Example</h4><pre><code>${text(curl(route, operation.parameters ?? [], body, schemas))}</code></pre>
<h4>答复 ${contract.status} Answer</h4>${answer ? fieldTable(answer, schemas) : '<p>HTML</p>'}
${problemTable(operation, contract.status)}</article>`;
}

function parameterTable(operation: Operation): string {
  if (!operation.parameters || operation.parameters.length === 0) return '';
  const rows = operation.parameters.map(
    ({ name, in: place, required, schema }) =>
      `<tr><td><code>${text(name)}</code>${required ? ' <span class="need">*</span>' : ''}</td><td>${text(place)}</td><td>${text(schema.enum?.join(' | ') ?? schema.description ?? '')}</td></tr>`,
  );
  return `<h4>参数 Parameters</h4><table>${rows.join('')}</table>`;
}

/** A named structure is described once, below, and linked from wherever it is used. */
function fieldTable(schema: JsonSchema, schemas: Schemas): string {
  const name = objectName(schema, schemas);
  return name === undefined ? rowsTable(schema, schemas) : `<p>${structureLink(name)}</p>`;
}

const structureLink = (name: string): string => `<a href="#schema-${name}">${text(name)}</a>`;

function rowsTable(schema: JsonSchema, schemas: Schemas): string {
  const rows = fieldRows(schema, schemas).map(({ name, type, required, description }) => {
    const object = type.replace('[]', '');
    const shown = schemas[object] ? text(type).replace(object, structureLink(object)) : text(type);
    return `<tr><td><code>${text(name)}</code>${required ? ' <span class="need">*</span>' : ''}</td><td>${shown}</td><td>${text(description)}</td></tr>`;
  });
  return rows.length > 0 ? `<table>${rows.join('')}</table>` : '<p><code>{}</code></p>';
}

function structures(schemas: Schemas): string {
  const articles = Object.entries(schemas)
    .filter(([name, schema]) => schema.properties && !name.startsWith('__'))
    .map(
      ([name, schema]) =>
        `<article id="schema-${name}"><h3>${text(name)}</h3><p>${text(schema.description ?? '')}</p>${rowsTable(schema, schemas)}</article>`,
    );
  return `<section><h2 id="schemas">数据结构 <span class="en">Structures</span></h2>${articles.join('')}</section>`;
}

function problemTable(operation: Operation, done: number): string {
  const rows = Object.entries(operation.responses)
    .filter(([status]) => status !== String(done))
    .map(([status, { description }]) => `<tr><td>${status}</td><td>${text(description)}</td></tr>`);
  return `<details><summary>其他答复 Other answers</summary><table>${rows.join('')}</table></details>`;
}

const ROLE_NAMES: Record<Role, string> = {
  preparer: '经办',
  reviewer: '复核',
  approver: '审批',
  cashier: '出纳',
  'finance-bureau': '财政',
  administrator: '系统管理',
  auditor: '审计',
  beneficiary: '享受对象',
};

const EXAMPLES: Readonly<Record<string, string>> = {
  runId: '110199.high-age.2026-12.R.1',
  personKey: '7Z3K9QX2M4BT',
  paymentId: '2026-12_R_GL-7Z3K9QX2M4BT-1',
  programme: 'high-age',
  fiscalYear: '2026',
  month: '2026-12',
};

function curl(
  route: Route,
  parameters: readonly Parameter[],
  body: JsonSchema | undefined,
  schemas: Schemas,
): string {
  const valueOf = (name: string): string => {
    const schema = parameters.find((parameter) => parameter.name === name)?.schema;
    const shown = EXAMPLES[name] ?? (schema && exampleOf(schema, schemas));
    return typeof shown === 'string' && shown !== '…' ? shown : `<${name}>`;
  };
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => valueOf(name));
  const needed = parameters.filter((parameter) => parameter.in === 'query' && parameter.required);
  const query = needed.map(({ name }) => `${name}=${valueOf(name)}`).join('&');
  const lines = [
    `curl ${route.method === 'POST' ? '-X POST ' : ''}"$FAFANG${path}${query === '' ? '' : `?${query}`}"`,
  ];
  if (route.roles.length > 0) lines.push('-H "Authorization: Bearer $TOKEN"');
  if (route.idempotent) lines.push('-H "Idempotency-Key: $(uuidgen)"');
  if (body) {
    lines.push('-H "Content-Type: application/json"');
    lines.push(`-d '${JSON.stringify(exampleOf(body, schemas))}'`);
  }
  return lines.join(' \\\n  ');
}

/** A value that fits well enough to show the shape. */
function exampleOf(schema: JsonSchema, schemas: Schemas): unknown {
  const plain = resolved(schema, schemas);
  if (plain.examples?.[0] !== undefined) return plain.examples[0];
  if (plain.const !== undefined) return plain.const;
  if (plain.enum?.[0] !== undefined) return plain.enum[0];
  if (plain.items) return [exampleOf(plain.items, schemas)];
  if (plain.properties) {
    const required = new Set(plain.required);
    return Object.fromEntries(
      Object.entries(plain.properties)
        .filter(([name]) => required.has(name))
        .map(([name, member]) => [name, exampleOf(member, schemas)]),
    );
  }
  return plain.type === 'integer' ? 1 : '…';
}
