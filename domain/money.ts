import { invariant, ok, type Result, refusal, refuse } from './result.ts';
import { shownCell } from './shown-cell.ts';

/**
 * Money. Inside the system an amount is an integer number of fen (分, 1/100 yuan) in a `number`, which is exact
 * to 9.0e15 fen = 90 trillion yuan; on the wire and in files it is a decimal string in yuan ("1200.00").
 * Rates, ratios and products are decimals until a policy's named rounding rule turns them into fen (rounding.ts).
 */
declare const fenBrand: unique symbol;
export type Fen = number & { readonly [fenBrand]: 'fen' };

/** @throws InvariantError unless `value` is a safe integer. */
export function fen(value: number): Fen {
  invariant(Number.isSafeInteger(value), `not an exact amount of fen: ${value}`);
  return (Object.is(value, -0) ? 0 : value) as Fen;
}

export const ZERO: Fen = fen(0);

/** Exact sum of fen; throws rather than lose a fen past 2^53. */
export function sumFen(amounts: Iterable<Fen>): Fen {
  let total = 0;
  for (const amount of amounts) total = fen(total + amount);
  return fen(total);
}

/** "1200.00" for 120000 fen; negative amounts keep their sign. */
export function toYuan(amount: Fen): string {
  const digits = String(Math.abs(amount)).padStart(3, '0');
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

const YUAN = /^-?(?:0|[1-9]\d{0,12})(?:\.\d{1,2})?$/;

/**
 * Reads a decimal string in yuan. ASCII digits, at most two decimals, no thousands separator, no exponent,
 * no full-width digit: a bank file or sheet that has them is refused, never repaired.
 */
export function parseYuan(text: string): Result<Fen> {
  if (!YUAN.test(text)) {
    return refuse(
      refusal(
        'invalid/amount',
        `金额“${shownCell(text, 40)}”格式不正确：应为半角数字的元，最多两位小数，不含千分位，例如 1200.00`,
        `amount "${shownCell(text, 40)}" is not yuan as plain digits with at most two decimals, e.g. 1200.00`,
      ),
    );
  }
  const negative = text.startsWith('-');
  const [yuan = '0', cents = ''] = (negative ? text.slice(1) : text).split('.');
  const amount = Number(yuan) * 100 + Number(cents.padEnd(2, '0'));
  return ok(fen(negative ? -amount : amount));
}

/** Of an amount in yuan that a schema, a contract or a column has read already. @throws InvariantError when none has */
export function writtenFen(text: string): Fen {
  const amount = parseYuan(text);
  invariant(amount.ok, 'an amount that was checked when it was read');
  return amount.value;
}
