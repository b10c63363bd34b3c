import { addMonths, type Month, maxMonth, monthRange } from '../calendar.ts';
import { type Fen, fen, sumFen, ZERO } from '../money.ts';
import type { Component } from '../programmes/programme.ts';
import { type Determination, type DeterminationSpan, determinedFor } from '../register/determination.ts';
import { invariant } from '../result.ts';

/** What is in force from a month on, as spans: the same months and amounts under a new number. */
export function keptSpans(determinations: readonly Determination[], from: Month): DeterminationSpan[] {
  const later = determinations.flatMap(({ spans }) => spans.map((span) => span.from));
  const months = [from, ...new Set(later.filter((month) => month > from).sort())];
  return months.flatMap((month) => {
    const found = determinedFor(determinations, month);
    return found ? [{ ...found.span, from: month }] : [];
  });
}

/** The last month from one on for which something is due; undefined where nothing is, or where there is no last. */
export function lastDue(determinations: readonly Determination[], from: Month): Month | undefined {
  const spans = keptSpans(determinations, from);
  const last = spans.findLastIndex(({ components }) => components.length > 0);
  const next = last === -1 ? undefined : spans[last + 1];
  return next && addMonths(next.from, -1);
}

/** One month of a proposal beside what is in force. Fen; `change` is new minus old. */
export type MonthlyDifference = {
  readonly month: Month;
  readonly inForce: Fen;
  readonly proposed: Fen;
  readonly change: Fen;
};

/** New minus old of every month from the first span through a month, months without a change included. */
export function monthlyDifferences(
  determinations: readonly Determination[],
  spans: readonly DeterminationSpan[],
  through: Month,
): MonthlyDifference[] {
  const [first] = spans;
  invariant(first, 'a proposal has at least one span');
  const last = maxMonth(through, spans.at(-1)?.from ?? through);
  return monthRange(first.from, last).map((month) => {
    const inForce = totalOf(determinedFor(determinations, month)?.span.components ?? []);
    const proposed = totalOf(spans.findLast(({ from }) => from <= month)?.components ?? []);
    return { month, inForce, proposed, change: fen(proposed - inForce) };
  });
}

/** What a proposal would mean in money that this system moves. */
export type Effect = {
  /** Owed for earlier months and paid with the next run (补发). */
  readonly arrears: Fen;
  /** Positive: paid too much in earlier months. A proposal to recover, never taken by itself. */
  readonly overpaid: Fen;
  /** Months before `historyFrom`, which were paid outside this system and never become money here. */
  readonly beforeHistory: Fen;
  /** New minus old of the current month, or of the first month after it that the proposal speaks of. */
  readonly monthly: Fen;
};

/** Sums up the months before `current`, and says what changes from then on. */
export function effectOf(
  differences: readonly MonthlyDifference[],
  current: Month,
  historyFrom: Month,
): Effect {
  const past = differences.filter(({ month }) => month < current);
  const money = past.filter(({ month }) => month >= historyFrom).map(({ change }) => change);
  const outside = past.filter(({ month }) => month < historyFrom).map(({ change }) => change);
  return {
    arrears: sumFen(money.filter((change) => change > 0)),
    overpaid: fen(0 - sumFen(money.filter((change) => change < 0))),
    beforeHistory: sumFen(outside),
    monthly: (differences.find(({ month }) => month >= current) ?? differences.at(-1))?.change ?? ZERO,
  };
}

export function totalOf(components: readonly Component[]): Fen {
  return sumFen(components.map((component) => component.fen));
}
