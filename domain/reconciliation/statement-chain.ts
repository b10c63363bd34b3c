import { monthOf, type PlainDate } from '../calendar.ts';
import type { Fen } from '../money.ts';

/** What is kept of a statement with balances to tell whether any is missing. */
export type StatementHead = {
  readonly sequence?: number;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly opening: Fen;
  readonly closing: Fen;
  /** Booked entries in it. */
  readonly entries: number;
};
export type ChainFault = {
  readonly kind: 'statement-gap' | 'balance-differs';
  readonly before: StatementHead;
  readonly after: StatementHead;
};

/**
 * The statements of an account one after the other, without those that a longer one repeats: a bank's list of half a day, or of a
 * day within a month. In any order in, the same out.
 */
export function chainOf(statements: readonly StatementHead[]): StatementHead[] {
  const left = statements
    .filter((one) => !statements.some((other) => repeats(one, other)))
    .toSorted(
      (one, other) =>
        compare(one.from, other.from) ||
        compare(one.to, other.to) ||
        (one.sequence ?? 0) - (other.sequence ?? 0) ||
        one.opening - other.opening ||
        one.closing - other.closing,
    );
  const chain: StatementHead[] = [];
  while (left.length > 0) {
    const next = nextOf(left, chain.at(-1));
    chain.push(...left.splice(next, 1));
  }
  return chain;
}

/** Of unnumbered statements of the same days it is the one that goes on from what is there, or that no other leads to. */
function nextOf(left: readonly StatementHead[], last: StatementHead | undefined): number {
  const [first] = left;
  const same = left.filter(
    (one) => one.from === first?.from && one.to === first.to && one.sequence === undefined,
  );
  if (same.length < 2) return 0;
  const on = same.findIndex((one) => one.opening === last?.closing);
  if (on >= 0) return on;
  return Math.max(
    0,
    same.findIndex((one) => !same.some((other) => other !== one && other.closing === one.opening)),
  );
}

/** Where the chain is broken: a number left out, or a balance that the next statement does not open with. */
export function chainFaults(statements: readonly StatementHead[]): ChainFault[] {
  const chain = chainOf(statements);
  return chain.slice(1).flatMap((after, index): ChainFault[] => {
    const before = chain[index] as StatementHead;
    if (!follows(before, after)) return [{ kind: 'statement-gap', before, after }];
    return before.closing === after.opening ? [] : [{ kind: 'balance-differs', before, after }];
  });
}

/** Banks number for ever, within a year or within a month: the first number of another month may be 1. */
function follows(before: StatementHead, after: StatementHead): boolean {
  if (before.sequence === undefined || after.sequence === undefined) return true;
  if (after.sequence === before.sequence + 1) return true;
  return after.sequence === 1 && monthOf(after.to) > monthOf(before.to);
}

/** True when `other` covers all of `one` and more of it; numbered statements repeat none. */
function repeats(one: StatementHead, other: StatementHead): boolean {
  if (one === other || one.sequence !== undefined || other.sequence !== undefined) return false;
  if (one.from < other.from || one.to > other.to) return false;
  const longer = one.from !== other.from || one.to !== other.to;
  return longer || (one.opening === other.opening && one.entries < other.entries);
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
