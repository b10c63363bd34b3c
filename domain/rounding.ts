import { Decimal } from 'decimal.js';
import { type Fen, fen } from './money.ts';
import { invariant } from './result.ts';

/** Apart from money.ts, so that only what computes with rates and ratios carries the decimal library. */
const Exact = Decimal.clone({ precision: 40 });

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
