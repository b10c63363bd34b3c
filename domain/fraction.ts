import { type Fen, fen } from './money.ts';
import { invariant } from './result.ts';
import type { Rounding, RoundingUnit } from './rounding.ts';

/**
 * Exact rational numbers for amounts that are divided on the way (per capita, a twelfth of a year): a third of a fen stays
 * a third until a policy's rounding rule speaks. 632 × 3 − 1894 is 2 whether or not it was divided by three in between.
 */
export type Fraction = { readonly over: bigint; readonly under: bigint };

const PLAIN = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * The exact value of a plain decimal string, e.g. "1894.00".
 * @throws InvariantError for any other text; schemas have checked what comes from outside.
 */
export function fraction(text: string): Fraction {
  const match = PLAIN.exec(text);
  invariant(match, `not a plain decimal: ${text}`);
  const [, sign = '', whole = '0', decimals = ''] = match;
  return reduced(BigInt(`${sign}${whole}${decimals}`), 10n ** BigInt(decimals.length));
}

export const NOTHING: Fraction = { over: 0n, under: 1n };

export function ofFen(amount: Fen): Fraction {
  return reduced(BigInt(amount), 100n);
}

export function plus(...amounts: readonly Fraction[]): Fraction {
  return amounts.reduce((sum, next) => {
    return reduced(sum.over * next.under + next.over * sum.under, sum.under * next.under);
  }, NOTHING);
}

export function minus(a: Fraction, b: Fraction): Fraction {
  return plus(a, { over: -b.over, under: b.under });
}

export function times(a: Fraction, b: Fraction | number): Fraction {
  const factor = typeof b === 'number' ? { over: BigInt(b), under: 1n } : b;
  return reduced(a.over * factor.over, a.under * factor.under);
}

/** @throws InvariantError unless `by` is a positive whole number. */
export function dividedBy(a: Fraction, by: number): Fraction {
  invariant(Number.isSafeInteger(by) && by > 0, `not a number to divide by: ${by}`);
  return reduced(a.over, a.under * BigInt(by));
}

/** `percent` of an amount, e.g. percentOf(standard, "35"). */
export function percentOf(amount: Fraction, percent: string | Fraction): Fraction {
  return dividedBy(times(amount, typeof percent === 'string' ? fraction(percent) : percent), 100);
}

/** Negative, zero or positive, like a comparator. */
export function compare(a: Fraction, b: Fraction): number {
  const difference = a.over * b.under - b.over * a.under;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function larger(a: Fraction, b: Fraction): Fraction {
  return compare(a, b) < 0 ? b : a;
}

export function smaller(a: Fraction, b: Fraction): Fraction {
  return compare(a, b) > 0 ? b : a;
}

/** Zero for what is negative. */
export function notBelowZero(amount: Fraction): Fraction {
  return larger(amount, NOTHING);
}

const FEN_PER_UNIT: Readonly<Record<RoundingUnit, bigint>> = { fen: 1n, jiao: 10n, yuan: 100n };

/**
 * Yuan to fen by a policy's rule: the only way from a fraction to money. Halves and "up" go away from zero, as in rounding.ts.
 * @throws InvariantError when the rule is `exact` and the amount is not whole in the unit.
 */
export function roundedToFen(yuan: Fraction, { rule, unit }: Rounding): Fen {
  const [over, under] = [yuan.over * 100n, yuan.under * FEN_PER_UNIT[unit]];
  invariant(rule !== 'exact' || over % under === 0n, `${yuanText(yuan)} yuan is not whole in ${unit}`);
  return fen(Number(roundedQuotient(over, under, rule) * FEN_PER_UNIT[unit]));
}

/** The quotient as a whole number. */
function roundedQuotient(over: bigint, under: bigint, rule: Rounding['rule']): bigint {
  const size = over < 0n ? -over : over;
  const [whole, rest] = [size / under, size % under];
  const half = 2n * rest - under;
  const goesUp =
    rule === 'up'
      ? rest > 0n
      : rule === 'half-up'
        ? half >= 0n
        : rule === 'half-even'
          ? half > 0n || (half === 0n && whole % 2n === 1n)
          : false;
  const rounded = goesUp ? whole + 1n : whole;
  return over < 0n ? -rounded : rounded;
}

const SHOWN_DECIMALS = 4;

/** For people: "362.50", "≈631.3333" where the decimals never end. */
export function yuanText(yuan: Fraction): string {
  const inTenThousandths = yuan.over * 10_000n;
  if (inTenThousandths % yuan.under !== 0n)
    return `≈${withPoint(roundedQuotient(inTenThousandths, yuan.under, 'half-up'), SHOWN_DECIMALS)}`;
  const text = withPoint(inTenThousandths / yuan.under, SHOWN_DECIMALS);
  return text.replace(/0{1,2}$/, '');
}

/** A finite fraction as it would be typed: "150", "12.5". @throws InvariantError when its decimals never end */
export function plainText(value: Fraction): string {
  let [over, decimals] = [value.over, 0];
  for (; over % value.under !== 0n; decimals += 1) {
    invariant(decimals < LONGEST_DECIMALS, 'a fraction whose decimals never end');
    over *= 10n;
  }
  return withPoint(over / value.under, decimals);
}

const LONGEST_DECIMALS = 30;

function withPoint(digits: bigint, decimals: number): string {
  const text = String(digits < 0n ? -digits : digits).padStart(decimals + 1, '0');
  const point = decimals === 0 ? '' : `.${text.slice(-decimals)}`;
  return `${digits < 0n ? '-' : ''}${decimals === 0 ? text : text.slice(0, -decimals)}${point}`;
}

function reduced(over: bigint, under: bigint): Fraction {
  const divisor = greatestDivisor(over < 0n ? -over : over, under);
  return { over: over / divisor, under: under / divisor };
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a, b];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}
