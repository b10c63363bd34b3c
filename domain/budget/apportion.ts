import { type Fen, fen } from '../money.ts';
import { invariant } from '../result.ts';

/** Fen by line; lines with nothing are left out. */
export type ByLine = Readonly<Record<string, Fen>>;
type Weights = readonly (readonly [line: string, weight: number])[];

export const totalOf = (amounts: ByLine | undefined): Fen =>
  fen(Object.values(amounts ?? {}).reduce((sum, amount) => sum + amount, 0));

export function addLines(...all: readonly (ByLine | undefined)[]): ByLine {
  const sum: Record<string, Fen> = {};
  for (const amounts of all)
    for (const [line, amount] of Object.entries(amounts ?? {})) sum[line] = fen((sum[line] ?? 0) + amount);
  return withoutZero(sum);
}

const withoutZero = (amounts: ByLine): ByLine =>
  Object.fromEntries(Object.entries(amounts).filter(([, amount]) => amount !== 0));

/** What is left of each line; lines with nothing left are left out. */
export const less = (whole: ByLine, part: ByLine): ByLine =>
  addLines(whole, Object.fromEntries(Object.entries(part).map(([line, amount]) => [line, fen(0 - amount)])));

/** Moves what a line has no room for to those that have: others may have taken meanwhile what a run released. */
export function within(room: ByLine, lines: readonly string[], wanted: ByLine): ByLine {
  const kept: Record<string, Fen> = {};
  for (const line of lines) kept[line] = fen(Math.min(wanted[line] ?? 0, Math.max(0, room[line] ?? 0)));
  const over = totalOf(wanted) - totalOf(kept);
  return addLines(kept, over > 0 ? takeInOrder(lines, less(room, kept), over).taken : undefined);
}

/** Takes an amount from lines in their order, each to its last fen; `short` is what they did not hold. */
export function takeInOrder(
  lines: readonly string[],
  left: ByLine,
  amount: number,
): { readonly taken: ByLine; readonly short: Fen } {
  const taken: Record<string, Fen> = {};
  let open = Math.max(0, amount);
  for (const line of lines) {
    const take = Math.max(0, Math.min(open, left[line] ?? 0));
    if (take > 0) taken[line] = fen(take);
    open -= take;
  }
  return { taken, short: fen(open) };
}

/**
 * Divides an amount by weights to the fen, by largest remainder; of equal remainders the earlier line gets the fen. Whole numbers
 * only. No line gets more than its weight while the amount is not more than all of them.
 */
export function apportion(amount: Fen, weights: Weights): ByLine {
  const whole = weights.reduce((sum, [, weight]) => sum + weight, 0);
  if (amount === 0) return {};
  invariant(whole > 0, `${amount} fen cannot be divided by nothing`);
  const parts = weights.map(([line, weight], index) => {
    const product = BigInt(amount) * BigInt(weight);
    return { line, index, part: Number(product / BigInt(whole)), rest: product % BigInt(whole) };
  });
  const open = amount - parts.reduce((sum, { part }) => sum + part, 0);
  const byRest = [...parts].sort((a, b) =>
    a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1,
  );
  const raised = new Set(byRest.slice(0, open).map(({ index }) => index));
  return withoutZero(
    Object.fromEntries(parts.map(({ line, index, part }) => [line, fen(part + (raised.has(index) ? 1 : 0))])),
  );
}
