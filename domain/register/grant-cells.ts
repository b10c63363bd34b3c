import { parseYuan, toYuan } from '../money.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import { shownCell } from '../shown-cell.ts';
import { monthIn, oneOf, pastDate } from './column-words.ts';
import type { Column } from './columns.ts';

/** Kinds of columns that lists of grants are made of. */
export function whole(cell: string): Result<string> {
  if (/^[1-9]\d{0,6}$/.test(cell)) return ok(cell);
  return refuse(
    refusal(
      'invalid/count',
      `“${shownCell(cell)}”应为大于零的整数，用半角数字`,
      `"${shownCell(cell)}" is not a whole number above zero in ASCII digits`,
    ),
  );
}

function amount(cell: string): Result<string> {
  const parsed = parseYuan(cell);
  if (!parsed.ok) return parsed;
  if (parsed.value > 0) return ok(toYuan(parsed.value));
  return refuse(refusal('invalid/amount', '金额应大于零', 'the amount must be above zero'));
}

/** A short text that is not about a person. */
export function shortText(cell: string): Result<string> {
  const personal = /\d{15}/.test(cell.normalize('NFKC').replace(/[\s-]/g, ''));
  if (cell.length <= 60 && !personal) return ok(cell);
  return refuse(
    refusal(
      'invalid/text-length',
      '不超过60个字，不要写身份证号或账号',
      'at most 60 characters, and no identity or account numbers',
    ),
  );
}

export const count = (zh: string, en: string, aliases: readonly string[] = []): Column => ({
  zh,
  en,
  aliases,
  example: '3',
  parse: whole,
});
export const day = (zh: string, en: string, aliases: readonly string[] = []): Column => ({
  zh,
  en,
  aliases,
  content: 'date',
  example: '2026-10-05',
  parse: pastDate,
});
export const money = (zh: string, en: string, aliases: readonly string[] = []): Column => ({
  zh,
  en,
  aliases,
  content: 'amount',
  example: '380.00',
  parse: amount,
});
export const months = (zh: string, en: string): Column => ({
  zh,
  en,
  content: 'month',
  example: '2026-07',
  parse: monthIn,
});
export const words = (
  zh: string,
  en: string,
  example: string,
  known: Readonly<Record<string, string>>,
): Column => ({
  zh,
  en,
  example,
  parse: oneOf('invalid/option', known),
});
