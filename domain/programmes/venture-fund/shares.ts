import * as z from 'zod/mini';
import { compare, dividedBy, type Fraction, fraction, NOTHING, plus } from '../../fraction.ts';

/** A percentage as a plain decimal string, e.g. "60", "12.5". */
export const percent = z
  .string()
  .check(
    z.regex(
      /^(?:0|[1-9]\d{0,2})(?:\.\d{1,4})?$/,
      '百分数，不带百分号，例如 "60"|a percentage without its sign, e.g. "60"',
    ),
  );

const SHARE = /^(?:(?:0|[1-9]\d{0,2})(?:\.\d{1,4})?|[1-9]\d{0,3}\/[1-9]\d{0,3})$/;

/** A share of the whole: percent as a plain decimal ("40"), or a fraction of the whole ("1/3") where percentages do not come out even. */
export const shareText = z
  .string()
  .check(z.regex(SHARE, '比例，例如 "40"（百分之四十）或 "1/3"|a share such as "40" (percent) or "1/3"'));

const WHOLE: Fraction = fraction('1');

/** The share as a part of one; undefined for text that is no share. */
export function shareOf(text: string): Fraction | undefined {
  if (!SHARE.test(text)) return undefined;
  const [over = '', under] = text.split('/');
  return dividedBy(fraction(over), under === undefined ? 100 : Number(under));
}

/** Exactly the whole: not 99.99 percent, and no share that is nothing. */
export function isWhole(shares: readonly (Fraction | undefined)[]): boolean {
  const known = shares.filter((share) => share !== undefined && compare(share, NOTHING) > 0);
  return (
    known.length > 0 && known.length === shares.length && compare(plus(...(known as Fraction[])), WHOLE) === 0
  );
}
