import type { Bilingual } from '../bilingual.ts';
import type { EnrolmentId } from '../ids.ts';
import { type Fen, fen, ZERO } from '../money.ts';

/** What this system would pay to one enrolment, and why: nothing has its reason, too. */
export type OurLine = { readonly enrolment: EnrolmentId; readonly fen: Fen; readonly why: Bilingual };
/** A row of the bureau's own list, as far as it can be read and found in the register. */
export type TheirLine = {
  /** As the spreadsheet numbers it. */
  readonly row: number;
  readonly fen?: Fen;
  /** Absent when nobody of the register is meant: `why` says so. */
  readonly enrolment?: EnrolmentId;
  /** Why the row names nobody of ours, or cannot be read. */
  readonly why?: Bilingual;
  readonly unreadable?: true;
};

/** same, amount: both pay; only-here, only-there: one of them does; duplicate: the list has the enrolment twice. */
export const COMPARISONS = ['same', 'amount', 'only-here', 'only-there', 'duplicate', 'unreadable'] as const;
export type Comparison = (typeof COMPARISONS)[number];
export type ComparedLine = {
  readonly result: Comparison;
  readonly row?: number;
  readonly enrolment?: EnrolmentId;
  readonly ours: Fen;
  readonly theirs: Fen;
  readonly why: Bilingual;
};
export type ComparisonTotals = Readonly<
  Record<Comparison, { readonly count: number; readonly ours: Fen; readonly theirs: Fen }>
>;

const NOTHING: Bilingual = {
  zh: '本期应发为零，或未参加核算',
  en: 'nothing is due for the period, or it was not assessed',
};
const ROW_BEFORE = (row: number): Bilingual => ({
  zh: `名册第${row}行已有同一对象`,
  en: `row ${row} of the list is about the same enrolment`,
});
const NO_REASON: Bilingual = { zh: '', en: '' };

/**
 * 并行比对: a draft against the bureau's own list, line by line. Every row of the list and every payment of ours is in exactly one
 * line, so that both totals tie. Of rows about the same enrolment the first is compared, the others are duplicates.
 */
export function compareLists(ours: readonly OurLine[], theirs: readonly TheirLine[]): ComparedLine[] {
  const mine = new Map(ours.map((line) => [line.enrolment, line]));
  const seen = new Map<EnrolmentId, number>();
  const lines = theirs.map((line): ComparedLine => {
    const amount = line.fen ?? ZERO;
    const base = { row: line.row, theirs: amount, ours: ZERO };
    if (line.unreadable) return { ...base, result: 'unreadable', why: line.why ?? NO_REASON };
    const { enrolment } = line;
    if (enrolment === undefined) return { ...base, result: 'only-there', why: line.why ?? NOTHING };
    const before = seen.get(enrolment);
    if (before !== undefined) return { ...base, enrolment, result: 'duplicate', why: ROW_BEFORE(before) };
    seen.set(enrolment, line.row);
    const own = mine.get(enrolment);
    if (!own || own.fen === 0)
      return { ...base, enrolment, result: amount === 0 ? 'same' : 'only-there', why: own?.why ?? NOTHING };
    return {
      row: line.row,
      enrolment,
      ours: own.fen,
      theirs: amount,
      result: own.fen === amount ? 'same' : 'amount',
      why: own.why,
    };
  });
  const onlyHere = ours
    .filter(({ enrolment, fen: amount }) => amount !== 0 && !seen.has(enrolment))
    .map(
      ({ enrolment, fen: amount, why }): ComparedLine => ({
        result: 'only-here',
        enrolment,
        ours: amount,
        theirs: ZERO,
        why,
      }),
    );
  return [...lines, ...onlyHere];
}

/** Counts and sums by result; they add up to all of ours and all of theirs. */
export function comparisonTotals(lines: readonly ComparedLine[]): ComparisonTotals {
  const totals = Object.fromEntries(
    COMPARISONS.map((result) => [result, { count: 0, ours: ZERO, theirs: ZERO }]),
  ) as Record<Comparison, { count: number; ours: Fen; theirs: Fen }>;
  for (const { result, ours, theirs } of lines) {
    const { count, ours: mine, theirs: other } = totals[result];
    totals[result] = { count: count + 1, ours: fen(mine + ours), theirs: fen(other + theirs) };
  }
  return totals;
}
