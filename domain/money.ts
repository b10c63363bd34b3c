import { Decimal } from 'decimal.js';
import { invariant, ok, type Result, refusal, refuse } from './result.ts';

/**
 * Money. Inside the system an amount is an integer number of fen (分, 1/100 yuan) in a `number`, which is exact
 * to 9.0e15 fen = 90 trillion yuan; on the wire and in files it is a decimal string in yuan ("1200.00").
 * Rates, ratios and products are `Decimal` until a policy's named rounding rule turns them into fen.
 */
declare const fenBrand: unique symbol;
export type Fen = number & { readonly [fenBrand]: 'fen' };

const Exact = Decimal.clone({ precision: 40 });

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
        `金额“${text.slice(0, 40)}”格式不正确：应为半角数字的元，最多两位小数，不含千分位，例如 1200.00`,
        `amount "${text.slice(0, 40)}" is not yuan as plain digits with at most two decimals, e.g. 1200.00`,
      ),
    );
  }
  const negative = text.startsWith('-');
  const [yuan = '0', cents = ''] = (negative ? text.slice(1) : text).split('.');
  const amount = Number(yuan) * 100 + Number(cents.padEnd(2, '0'));
  return ok(fen(negative ? -amount : amount));
}

/**
 * The named rounding rules that a policy may choose. `exact` refuses an amount that is not whole in the unit:
 * the choice of a policy that never needs to round.
 */
export const ROUNDING_RULES = ['exact', 'half-up', 'half-even', 'up', 'down'] as const;
export type RoundingRule = (typeof ROUNDING_RULES)[number];
/** The unit that is rounded to: 分 (0.01), 角 (0.10), 元 (1.00). */
export const ROUNDING_UNITS = ['fen', 'jiao', 'yuan'] as const;
export type RoundingUnit = (typeof ROUNDING_UNITS)[number];
export type Rounding = { readonly rule: RoundingRule; readonly unit: RoundingUnit };

const FEN_PER_UNIT: Record<RoundingUnit, number> = { fen: 1, jiao: 10, yuan: 100 };
const MODES: Record<Exclude<RoundingRule, 'exact'>, Decimal.Rounding> = {
  'half-up': Decimal.ROUND_HALF_UP,
  'half-even': Decimal.ROUND_HALF_EVEN,
  up: Decimal.ROUND_UP,
  down: Decimal.ROUND_DOWN,
};

/** Exact decimal from a string; money and rates never pass through a binary float. */
export function decimal(text: string | Decimal): Decimal {
  return new Exact(text);
}

/**
 * Turns an exact amount in yuan into fen by a policy's named rule: the only place where money is rounded.
 * @throws InvariantError when the rule is `exact` and the amount is not whole in the unit.
 */
export function roundToFen(yuan: Decimal, rounding: Rounding): Fen {
  const unit = FEN_PER_UNIT[rounding.unit];
  const inUnits = new Exact(yuan).times(100).dividedBy(unit);
  if (rounding.rule === 'exact') {
    invariant(inUnits.isInteger(), `${yuan.toString()} yuan is not whole in ${rounding.unit}`);
    return fen(inUnits.times(unit).toNumber());
  }
  return fen(inUnits.toDecimalPlaces(0, MODES[rounding.rule]).times(unit).toNumber());
}
