import { addMonths, type Month, monthOf } from '../calendar.ts';
import { canonicalJson, contentHash, type Json, type Sha256 } from '../canonical.ts';
import type { JurisdictionCode, ProgrammeId } from '../ids.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import type { PolicyPack, PolicyValue } from './pack.ts';

/** A value with the place and programme it was set for. */
export type DatedValue<T = unknown> = Omit<PolicyValue, 'value'> & {
  readonly value: T;
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
};

/** The dates of a value, which say what months it governs. */
type Dated = Pick<PolicyValue, 'inForceFrom' | 'inForceTo' | 'decidedOn' | 'retroactivity'>;

/** Rows of one jurisdiction, programme and parameter, by first month in force, then by the day decided. */
type Rows = readonly DatedValue[];

/** The policy book (政策库): every pack, frozen. Make it with `policyBook`, read it with `lookup`. */
export type PolicyBook = {
  readonly rows: ReadonlyMap<string, Rows>;
};

export function rowsKey(jurisdiction: JurisdictionCode, programme: ProgrammeId, parameter: string): string {
  return `${jurisdiction}/${programme}/${parameter}`;
}

/**
 * The first month a row governs. Without retroactivity that is never before the month in which it was decided.
 */
export function governsFrom(row: Dated): Month {
  const decided = monthOf(row.decidedOn);
  return row.retroactivity.months === 'none' && decided > row.inForceFrom ? decided : row.inForceFrom;
}

/** True when the row governs the month, whoever knows of it. */
export function governs(row: Dated, month: Month): boolean {
  return governsFrom(row) <= month && (row.inForceTo === undefined || month <= row.inForceTo);
}

/**
 * Puts packs together. The same value twice (a pack imported again) counts once; two different values of one parameter
 * decided on the same day for the same month contradict each other and are refused as `conflict/policy-overlap`.
 */
export function policyBook(packs: readonly PolicyPack[]): Result<PolicyBook> {
  const rows = new Map<string, DatedValue[]>();
  const seen = new Set<string>();
  for (const { jurisdiction, programme, values } of packs) {
    for (const value of values) {
      const row: DatedValue = { ...value, jurisdiction, programme };
      const spelling = canonicalJson(row as unknown as Json);
      if (seen.has(spelling)) continue;
      seen.add(spelling);
      const key = rowsKey(jurisdiction, programme, value.parameter);
      rows.set(key, [...(rows.get(key) ?? []), frozen(row)]);
    }
  }
  for (const list of rows.values()) {
    list.sort(byMonthThenDecision);
    const clash = firstOverlap(list);
    if (clash) return refuse(overlapRefusal(clash[0], clash[1]));
  }
  return ok(Object.freeze({ rows }));
}

/** Frozen to the last member: nobody changes policy between two rules of one run. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) frozen(member);
    Object.freeze(value);
  }
  return value;
}

function byMonthThenDecision(a: DatedValue, b: DatedValue): number {
  const [left, right] = [`${a.inForceFrom}/${a.decidedOn}`, `${b.inForceFrom}/${b.decidedOn}`];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Two rows decided on the same day that share a month; undefined when there are none. */
function firstOverlap(rows: Rows): readonly [DatedValue, DatedValue] | undefined {
  for (const [index, row] of rows.entries()) {
    for (const other of rows.slice(index + 1)) {
      if (row.decidedOn === other.decidedOn && sharesMonth(row, other)) return [row, other];
    }
  }
  return undefined;
}

function sharesMonth(a: DatedValue, b: DatedValue): boolean {
  const [fromA, fromB] = [governsFrom(a), governsFrom(b)];
  const from = fromA > fromB ? fromA : fromB;
  return governs(a, from) && governs(b, from);
}

function overlapRefusal(a: DatedValue, b: DatedValue) {
  const span = (row: DatedValue) => `${row.inForceFrom}–${row.inForceTo ?? ''}`;
  return refusal(
    'conflict/policy-overlap',
    `${a.jurisdiction} 的“${a.parameter}”有两个同日（${a.decidedOn}）决定、月份重叠的值（${span(a)}、${span(b)}）：请给前一个写明截止月份 inForceTo，或更正决定日期`,
    `${a.jurisdiction} has two values of "${a.parameter}" decided on ${a.decidedOn} for overlapping months (${span(a)}, ${span(b)}): give the earlier one its last month in inForceTo, or correct the date of decision`,
    { jurisdiction: a.jurisdiction, programme: a.programme, parameter: a.parameter, decidedOn: a.decidedOn },
  );
}

/** Hash of everything in the book, whatever the order of packs and values: the policy a run was computed under. */
export function policyBookHash(book: PolicyBook, sha256: Sha256): string {
  const values = [...book.rows.values()].flat().map((row) => canonicalJson(row as unknown as Json));
  return contentHash(sha256, 'policy-book.v1', values.sort());
}

/** Months in which a row starts or has just ended, in order: between two of them the parameter does not change. */
export function changeMonths(rows: Rows): Month[] {
  const months = new Set<Month>();
  for (const row of rows) {
    months.add(governsFrom(row));
    if (row.inForceTo !== undefined) months.add(addMonths(row.inForceTo, 1));
  }
  return [...months].sort();
}
