import { isMonth, parseDate } from '../calendar.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import { shownCell } from '../shown-cell.ts';
import type { Column, RowContext } from './columns.ts';

/** What a list says for a word; nothing for a word that is not in it, also where every object has something of that name. */
export function wordIn<Value>(words: Readonly<Record<string, Value>>, word: string): Value | undefined {
  return Object.hasOwn(words, word) ? words[word] : undefined;
}

/** A word of a short list, by its Chinese or English spelling. */
export function oneOf(code: `invalid/${string}`, words: Readonly<Record<string, string>>): Column['parse'] {
  const expected = Object.keys(words).join('、');
  return (cell) => {
    const value = wordIn(words, cell) ?? wordIn(words, cell.toLowerCase());
    if (value !== undefined) return ok(value);
    return refuse(
      refusal(
        code,
        `“${shownCell(cell)}”不在可填内容之内：${expected}`,
        `"${shownCell(cell)}" is not one of: ${expected}`,
      ),
    );
  };
}

/** A day that has come. */
export function pastDate(cell: string, { today }: RowContext): Result<string> {
  const parsed = parseDate(cell);
  if (!parsed.ok || parsed.value <= today) return parsed;
  return refuse(
    refusal(
      'invalid/date-future',
      `日期 ${cell} 晚于今天（${today}）`,
      `date ${cell} lies after today (${today})`,
    ),
  );
}

/** A month as it is written in a cell. Refusal: `invalid/month`. */
export function monthIn(cell: string): Result<string> {
  if (isMonth(cell)) return ok(cell);
  return refuse(
    refusal(
      'invalid/month',
      `月份“${shownCell(cell)}”不正确：应写作 YYYY-MM，例如 2026-01`,
      `month "${shownCell(cell)}" is not written YYYY-MM, e.g. 2026-01`,
    ),
  );
}
