import { type Fraction, NOTHING, ofFen, plus } from '../fraction.ts';
import type { PersonKey } from '../ids.ts';
import { type Fen, fen, sumFen } from '../money.ts';
import type { DeterminationShare, DeterminationSpan } from '../register/determination.ts';
import type { Component } from './programme.ts';

/** How much of an amount is a person's, before anything is rounded. */
export type Weight = { readonly person: PersonKey; readonly weight: Fraction };

/**
 * A component divided among persons in proportion, to the fen and without losing one: what does not divide goes, fen by fen, to the
 * first in order of their keys. In equal parts where nobody has any weight.
 */
export function dividedAmong(
  component: string,
  amount: Fen,
  weights: readonly Weight[],
): DeterminationShare[] {
  const inOrder = weights.toSorted((a, b) => (a.person < b.person ? -1 : 1));
  const sum = plus(...inOrder.map(({ weight }) => weight));
  const equal = sum.over === NOTHING.over;
  const parts = inOrder.map(({ person, weight }) => {
    // floor(amount × weight ÷ sum), in whole numbers.
    const part = equal
      ? BigInt(amount) / BigInt(inOrder.length)
      : (BigInt(amount) * weight.over * sum.under) / (weight.under * sum.over);
    return { person, fen: Number(part) };
  });
  let left = amount - parts.reduce((total, part) => total + part.fen, 0);
  return parts.flatMap(({ person, fen: part }) => {
    const more = left > 0 ? 1 : 0;
    left -= more;
    return part + more === 0 ? [] : [{ person, component, fen: fen(part + more) }];
  });
}

const sharesOf = (shares: readonly DeterminationShare[] | undefined, component: string) =>
  (shares ?? []).filter((share) => share.component === component);

const totalOf = (shares: readonly DeterminationShare[]): Fen => sumFen(shares.map((share) => share.fen));

/**
 * Amounts divided as something like them was: as it stands in the first division that comes to the same, else in proportion to the first
 * that has the component at all. Undefined where one cannot be divided, because then nobody said whose it is.
 */
export function dividedLike(
  components: readonly Component[],
  divisions: readonly (readonly DeterminationShare[] | undefined)[],
): readonly DeterminationShare[] | undefined {
  const shares: DeterminationShare[] = [];
  for (const { component, fen: amount } of components) {
    const own = divisions.map((division) => sharesOf(division, component)).filter((each) => each.length > 0);
    const same = own.find((each) => totalOf(each) === amount);
    const [first] = own;
    if (!first) return undefined;
    const weights = first.map(({ person, fen: part }) => ({ person, weight: ofFen(part) }));
    shares.push(...(same ?? dividedAmong(component, amount, weights)));
  }
  return shares;
}

/** The division of one component among some persons in the parts they had; in equal parts where none of them had any. */
export function dividedAmongThose(
  component: string,
  amount: Fen,
  persons: readonly PersonKey[],
  former: readonly DeterminationShare[],
): DeterminationShare[] {
  const weights = persons.map((person) => ({
    person,
    weight: ofFen(totalOf(sharesOf(former, component).filter((share) => share.person === person))),
  }));
  return amount === 0 || weights.length === 0 ? [] : dividedAmong(component, amount, weights);
}

/**
 * Whether a span divides its amounts as another does; one that does not say how leaves it as it is, and what is one person's alone needs
 * no dividing.
 */
export function sameShares(fresh: DeterminationSpan, other: DeterminationSpan): boolean {
  if (!fresh.shares || fresh.components.length === 0) return true;
  if (!other.shares) return new Set(fresh.shares.map(({ person }) => person)).size <= 1;
  return spelled(fresh.shares) === spelled(other.shares);
}

const spelled = (shares: readonly DeterminationShare[]): string =>
  shares
    .map(({ person, component, fen: part }) => `${person} ${component} ${part}`)
    .sort()
    .join(';');
