import { ALL_FAILURES, RETURNS, type Reason, USUAL_FAILURES } from './reasons.ts';

/** How many lines of a file something happens to: so many in a thousand, but no fewer than `atLeast`. */
export type Share = { readonly perMille: number; readonly atLeast: number };

/** How a bank behaves. The kinds of lines are drawn in this order, until none is left. */
export type BankOptions = {
  readonly failed: Share;
  readonly misstated: Share;
  readonly returned: Share;
  readonly pending: Share;
  readonly silent: Share;
  readonly lateSuccess: Share;
  readonly lateFailure: Share;
  readonly contradicted: Share;
  readonly failures: readonly Reason[];
  readonly returns: readonly Reason[];
  /** Days after the pay day on which money comes back, the last included; a return may come long after the run is closed. */
  readonly returnDays: readonly [number, number];
  /** Days after which what was not known at first is told. */
  readonly delayDays: readonly [number, number];
  /** Whether answers ever name the lines that they were silent about at first, and what came back; if not, only the statement does. */
  readonly tellsSilent: boolean;
  readonly tellsReturns: boolean;
  /** Whether a wrong amount and a contradiction are put right by a later answer, or left for people to decide. */
  readonly corrects: boolean;
  /** Files that the first answer comes in. */
  readonly parts: number;
  /** Faults of whole answers. */
  readonly repeatedFile: boolean;
  readonly repeatedLine: boolean;
  readonly unknownLine: boolean;
  /** An answer whose totals are not those of its lines, or whose end is missing; the right one comes as well. */
  readonly wrongSums: boolean;
  readonly outOfOrder: boolean;
};

const NONE: Share = { perMille: 0, atLeast: 0 };

export const NO_TROUBLE: BankOptions = {
  failed: NONE,
  misstated: NONE,
  returned: NONE,
  pending: NONE,
  silent: NONE,
  lateSuccess: NONE,
  lateFailure: NONE,
  contradicted: NONE,
  failures: USUAL_FAILURES,
  returns: RETURNS,
  returnDays: [2, 2],
  delayDays: [1, 1],
  tellsSilent: true,
  tellsReturns: true,
  corrects: true,
  parts: 1,
  repeatedFile: false,
  repeatedLine: false,
  unknownLine: false,
  wrongSums: false,
  outOfOrder: false,
};

/** One or two in a hundred fail, one amount is misstated, a few come back two days later. */
export const AS_USUAL: BankOptions = {
  ...NO_TROUBLE,
  failed: { perMille: 15, atLeast: USUAL_FAILURES.length },
  misstated: { perMille: 0, atLeast: 1 },
  returned: { perMille: 0, atLeast: RETURNS.length },
  corrects: false,
};

/** Everything that can go wrong at a bank, in one file of some tens of lines. */
export const ALL_FAULTS: BankOptions = {
  failed: { perMille: 120, atLeast: 1 },
  misstated: { perMille: 30, atLeast: 1 },
  returned: { perMille: 80, atLeast: 1 },
  pending: { perMille: 80, atLeast: 1 },
  silent: { perMille: 40, atLeast: 1 },
  lateSuccess: { perMille: 30, atLeast: 1 },
  lateFailure: { perMille: 30, atLeast: 1 },
  contradicted: { perMille: 30, atLeast: 1 },
  failures: ALL_FAILURES,
  returns: RETURNS,
  returnDays: [1, 40],
  delayDays: [1, 6],
  tellsSilent: true,
  tellsReturns: true,
  corrects: true,
  parts: 2,
  repeatedFile: true,
  repeatedLine: true,
  unknownLine: true,
  wrongSums: true,
  outOfOrder: true,
};

/** By the name under which they are asked for. */
export const TROUBLES: Readonly<Record<string, BankOptions | undefined>> = {
  none: NO_TROUBLE,
  'as-usual': AS_USUAL,
  all: ALL_FAULTS,
};
