import type { Month } from '../calendar.ts';
import { type Fen, fen, ZERO } from '../money.ts';
import {
  type Determination,
  type DeterminationSpan,
  determinedFor,
  isTapered,
} from '../register/determination.ts';
import { refusal } from '../result.ts';
import { sameShares } from './decided-shares.ts';
import type { Component } from './programme.ts';

/** The amount of one component, zero when it is not there. */
export function amountOf(components: readonly Component[], name: string): Fen {
  return components.find(({ component }) => component === name)?.fen ?? ZERO;
}

/** Components that are not zero, in a fixed order. */
export function componentsOf(amounts: Readonly<Record<string, number>>): Component[] {
  return Object.entries(amounts)
    .filter(([, amount]) => amount !== 0)
    .map(([component, amount]) => ({ component, fen: fen(amount) }));
}

/** What is in force for a month; none before the first determination. */
export function inForce(determinations: readonly Determination[], month: Month): readonly Component[] {
  return determinedFor(determinations, month)?.span.components ?? [];
}

export function sameAmounts(a: readonly Component[], b: readonly Component[]): boolean {
  const names = new Set([...a, ...b].map(({ component }) => component));
  return [...names].every((name) => amountOf(a, name) === amountOf(b, name));
}

/** The same amounts, divided among the same persons, both or neither of them as months of a taper. */
function saysTheSame(fresh: DeterminationSpan, other: DeterminationSpan): boolean {
  return (
    sameAmounts(fresh.components, other.components) &&
    sameShares(fresh, other) &&
    isTapered({ span: fresh }) === isTapered({ span: other })
  );
}

/** One span where the next month says the same as the one before it; the first one's derivation stays. */
export function merged(spans: readonly DeterminationSpan[]): DeterminationSpan[] {
  return spans.filter((span, index) => {
    const before = spans[index - 1];
    return !before || !saysTheSame(span, before);
  });
}

/**
 * The spans without the months at their start that are already in force with the same amounts and shares, and as months of a taper or not; none at
 * all when nothing is different, so that recomputing an unchanged past proposes nothing.
 */
export function onlyChanges(
  determinations: readonly Determination[],
  spans: readonly DeterminationSpan[],
): DeterminationSpan[] {
  const [first] = spans;
  if (!first) return [];
  const formerChanges = determinations.flatMap((one) => one.spans.map(({ from }) => from));
  const months = [...spans.map(({ from }) => from), ...formerChanges]
    .filter((month) => month >= first.from)
    .sort();
  const covering = (month: Month) => spans.findLast(({ from }) => from <= month) ?? first;
  const nothing = { from: first.from, components: [], derivation: [] };
  const differs = months.find(
    (month) => !saysTheSame(covering(month), determinedFor(determinations, month)?.span ?? nothing),
  );
  if (differs === undefined) return [];
  return [{ ...covering(differs), from: differs }, ...spans.filter(({ from }) => from > differs)];
}

/** Spans of former determinations that begin after a month: what was decided for later stays decided. */
export function laterSpans(determinations: readonly Determination[], after: Month): DeterminationSpan[] {
  const months = determinations.flatMap((one) => one.spans.map(({ from }) => from));
  return [...new Set(months)]
    .filter((month) => month > after)
    .sort()
    .flatMap((month) => {
      const found = determinedFor(determinations, month);
      return found ? [{ ...found.span, from: month }] : [];
    });
}

export function notDetermined(month: Month) {
  return refusal(
    'conflict/not-determined',
    `${month} 没有执行中的核定：请先作出首次审批`,
    `no determination is in force for ${month}: decide a first approval`,
    { month },
  );
}
