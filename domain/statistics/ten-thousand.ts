import { type Fen, fen } from '../money.ts';

/** 0.01 万元 in fen. */
const HUNDREDTH = 10_000;

/** 万元 with two decimals, half up (away from zero), and what that leaves out: amount = rounded + remainder. */
export function tenThousands(amount: Fen): { readonly text: string; readonly remainder: Fen } {
  const size = Math.abs(amount);
  const hundredths = Math.floor((size + HUNDREDTH / 2) / HUNDREDTH);
  const sign = amount < 0 && hundredths > 0 ? '-' : '';
  const digits = String(hundredths).padStart(3, '0');
  const rounded = hundredths * HUNDREDTH * (amount < 0 ? -1 : 1);
  return {
    text: `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`,
    remainder: fen(amount - rounded),
  };
}

/** Rounded total less the sum of its rounded parts, in fen. */
export function partsRemainder(total: Fen, parts: readonly Fen[]): Fen {
  const rounded = (amount: Fen): number => amount - tenThousands(amount).remainder;
  return fen(rounded(total) - parts.reduce((sum, part) => sum + rounded(part), 0));
}
