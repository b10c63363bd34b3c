import * as z from 'zod/mini';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import type { HttpRefusal, Violation } from './problem.ts';

/** More than this says nothing new. */
const VIOLATIONS_MAX = 50;

/** Bilingual sentences of contracts have a line break between Chinese and English. */
function sentences(issue: z.core.$ZodIssue): { zh: string; en: string } {
  const [zh = '', en] = issue.message.split('\n');
  if (en !== undefined) return { zh, en };
  if (issue.code === 'invalid_type') {
    return {
      zh: `缺少，或类型不对（应为 ${issue.expected}）`,
      en: `missing or of the wrong type (${issue.expected} expected)`,
    };
  }
  if (issue.code === 'unrecognized_keys') {
    return {
      zh: `有不认识的字段：${issue.keys.join('、')}`,
      en: `unknown members: ${issue.keys.join(', ')}`,
    };
  }
  if (issue.code === 'invalid_value') {
    return {
      zh: `应为下列之一：${issue.values.join('、')}`,
      en: `must be one of: ${issue.values.join(', ')}`,
    };
  }
  if (issue.code === 'invalid_union' && 'options' in issue && issue.options) {
    const kinds = issue.options.map(String);
    return { zh: `应为下列之一：${kinds.join('、')}`, en: `must be one of: ${kinds.join(', ')}` };
  }
  if (issue.code === 'too_small') {
    return {
      zh: `太短或太小（至少 ${issue.minimum}）`,
      en: `too short or small (at least ${issue.minimum})`,
    };
  }
  if (issue.code === 'too_big') {
    return { zh: `太长或太大（至多 ${issue.maximum}）`, en: `too long or large (at most ${issue.maximum})` };
  }
  // Checks of the domain name what they expect, as "Chinese|English".
  const [wantedZh, wantedEn] = issue.code === 'custom' ? issue.message.split('|') : [];
  if (wantedZh && wantedEn) return { zh: `应为${wantedZh}`, en: `must be ${wantedEn}` };
  return { zh: '格式不正确', en: 'wrong format' };
}

/** A step of a JSON pointer, RFC 6901. */
const escaped = (key: PropertyKey): string => String(key).replaceAll('~', '~0').replaceAll('/', '~1');

function violationOf(issue: z.core.$ZodIssue, place: 'body' | 'query'): Violation {
  const path = issue.path.map(escaped);
  const pointer = place === 'query' ? `?${path.join('.')}` : path.map((step) => `/${step}`).join('');
  // Names of unknown members come from the caller; the first 20 of 40 characters each are enough to find them.
  const bounded =
    issue.code === 'unrecognized_keys'
      ? { ...issue, keys: issue.keys.slice(0, 20).map((key) => key.slice(0, 40)) }
      : issue;
  return { pointer, code: `invalid/${issue.code.replaceAll('_', '-')}`, ...sentences(bounded) };
}

/** Checks a value against its contract. Refusal `invalid/request` with every violation; values are not repeated. */
export function conforming<T>(
  schema: z.ZodMiniType<T>,
  value: unknown,
  place: 'body' | 'query',
): Result<T, HttpRefusal> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return ok(parsed.data);
  const errors = parsed.error.issues.slice(0, VIOLATIONS_MAX).map((issue) => violationOf(issue, place));
  const [first] = errors;
  const where = first?.pointer === '' ? '/' : first?.pointer;
  return refuse({
    ...refusal(
      'invalid/request',
      `请求有 ${errors.length} 处不符合要求，第一处 ${where}：${first?.zh}`,
      `${errors.length} members do not fit, the first is ${where}: ${first?.en}`,
    ),
    errors,
  });
}
