import { isPlainDate, type PlainDate } from '../calendar.ts';
import type { Fact, FactKind } from '../register/facts.ts';

/**
 * Reading dated facts so that the order in which they are listed never matters. Facts that tie on every date are told
 * apart by their value: arbitrary, but the same on every machine.
 */
function later(a: Fact, b: Fact, keys: readonly (keyof Fact)[]): number {
  for (const key of keys) {
    if (a[key] !== b[key]) return a[key] < b[key] ? -1 : 1;
  }
  return 0;
}

const BY_RECORDING = ['recordedAt', 'validFrom', 'value', 'source', 'by'] as const;
const BY_VALIDITY = ['validFrom', ...BY_RECORDING] as const;

/** All facts of a kind in the order in which the register learned them. */
export function recorded(facts: readonly Fact[], kind: FactKind): Fact[] {
  return facts.filter((fact) => fact.kind === kind).sort((a, b) => later(a, b, BY_RECORDING));
}

/** The fact of a kind learned last, for what is true once for all; undefined when nothing is known. */
export function lastRecorded(facts: readonly Fact[], kind: FactKind): Fact | undefined {
  return recorded(facts, kind).at(-1);
}

/** The facts of a kind by the day they hold from; of several for one day only the one learned last. */
export function history(facts: readonly Fact[], kind: FactKind): Fact[] {
  const inOrder = facts.filter((fact) => fact.kind === kind).sort((a, b) => later(a, b, BY_VALIDITY));
  return inOrder.filter((fact, index) => fact.validFrom !== inOrder[index + 1]?.validFrom);
}

/** The value that holds on a day, or `otherwise` when nothing is known for it. */
export function valueOn(facts: readonly Fact[], kind: FactKind, date: PlainDate, otherwise: string): string {
  return history(facts, kind).findLast((fact) => fact.validFrom <= date)?.value ?? otherwise;
}

/**
 * The date of death: of the certified ones the earliest. A later certificate with an empty value withdraws those the
 * register knew before it, for a person who was certified dead by mistake.
 */
export function certifiedDeath(facts: readonly Fact[]): PlainDate | undefined {
  let earliest: PlainDate | undefined;
  for (const { value } of recorded(facts, 'death-certified')) {
    if (value === '') earliest = undefined;
    else if (isPlainDate(value) && (earliest === undefined || value < earliest)) earliest = value;
  }
  return earliest;
}
