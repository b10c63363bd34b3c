import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import type { Contract } from '../api/contracts/contract.ts';
import { conforming } from './contract-violations.ts';
import type { HttpRefusal } from './problem.ts';

/** Larger bodies are files, and files go in by upload. */
export const BODY_BYTES_MAX = 1_048_576;

export type Inputs = { readonly params: unknown; readonly query: unknown; readonly body: unknown };

/** Path, query and body of a request as its contract wants them. */
export function inputsFrom(contract: Contract, event: APIGatewayProxyEventV2): Result<Inputs, HttpRefusal> {
  const params = paramsFrom(contract, event);
  if (!params.ok) return params;
  // A query that no contract names is refused like any other unknown member.
  const given = event.queryStringParameters ?? {};
  if (!contract.query && Object.keys(given).length > 0) return refuse(noQuery());
  const query = contract.query ? conforming(contract.query, given, 'query') : ok({});
  if (!query.ok) return query;
  const body = contract.request ? bodyFrom(contract.request, event) : ok({});
  if (!body.ok) return body;
  return ok({ params: params.value, query: query.value, body: body.value });
}

/** An id that cannot exist is not found, whatever is wrong with it. */
function paramsFrom(contract: Contract, event: APIGatewayProxyEventV2): Result<unknown, HttpRefusal> {
  if (!contract.params) return ok({});
  const decoded: Record<string, string> = {};
  for (const [name, text] of Object.entries(event.pathParameters ?? {})) decoded[name] = decode(text ?? '');
  const parsed = conforming(contract.params, decoded, 'query');
  return parsed.ok
    ? parsed
    : refuse(
        refusal('missing/resource', '没有找到：编号不存在', 'there is nothing with this id', {
          parameters: Object.keys(decoded).join(' '),
        }),
      );
}

/** Gateways differ in whether they decode path parameters; our ids hold no percent sign, so decoding twice is harmless. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function bodyFrom(
  schema: NonNullable<Contract['request']>,
  event: APIGatewayProxyEventV2,
): Result<unknown, HttpRefusal> {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > BODY_BYTES_MAX) return refuse(tooLarge());
  if (bytes.length === 0) return conforming(schema, {}, 'body');
  const type = event.headers['content-type'] ?? '';
  if (!/^application\/json\s*(?:;|$)/i.test(type)) return refuse(notJson());
  const json = parseJson(bytes);
  return json.ok ? conforming(schema, json.value, 'body') : json;
}

/** What is not UTF-8, as bytes or as an escape, is refused rather than repaired: a name must not change on its way in. */
function parseJson(bytes: Uint8Array): Result<unknown, HttpRefusal> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return ok(JSON.parse(text, wellFormed));
  } catch {
    return refuse(
      refusal(
        'invalid/json',
        '请求体不是有效的 JSON（须为 UTF-8 编码）',
        'the body is not valid JSON in UTF-8',
      ),
    );
  }
}

/** @throws on text with half of a character in it. */
function wellFormed(name: string, value: unknown): unknown {
  if (!name.isWellFormed() || (typeof value === 'string' && !value.isWellFormed()))
    throw new SyntaxError('not well-formed');
  return value;
}

function noQuery(): HttpRefusal {
  return refusal('invalid/request', '此操作没有查询参数', 'this operation takes no query parameters');
}

function tooLarge(): HttpRefusal {
  return refusal(
    'limit/body-too-large',
    '请求体不能超过 1 MB；文件请用“申请上传文件”',
    'a body has at most 1 MB; files go in through an upload form',
  );
}

function notJson(): HttpRefusal {
  return refusal(
    'invalid/content-type',
    '请求体须为 JSON：Content-Type: application/json',
    'the body must be JSON: Content-Type: application/json',
  );
}
