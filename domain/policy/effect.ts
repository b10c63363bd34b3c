import { type Month, monthRange, type PlainDate } from '../calendar.ts';
import { contentHash, type Sha256 } from '../canonical.ts';
import type { EnrolmentId, JurisdictionCode, ProgrammeId } from '../ids.ts';
import { type Fen, fen, ZERO } from '../money.ts';
import { entitledMonths } from '../programmes/months.ts';
import type { EnrolmentFacts, Entitlement, Situation } from '../programmes/programme.ts';
import { ok, type Refusal, type Result } from '../result.ts';
import type { PolicyBook } from './book.ts';

/** One month and component of an enrolment that a proposal changes. Fen. */
export type EffectLine = {
  readonly month: Month;
  readonly component: string;
  readonly before: Fen;
  readonly after: Fen;
};

/** What a proposal changes for one enrolment; only those with a change have one. */
export type EffectRow = {
  readonly enrolment: EnrolmentId;
  /** Code of the street that keeps it at the end of the months compared; empty where the register names none. */
  readonly street: string;
  readonly lines: readonly EffectLine[];
  /** New minus old over all months. Fen. */
  readonly sum: Fen;
};

/** One side of the comparison: a book, and what would be determined under it where amounts are decided. */
export type EffectSide = {
  readonly book: PolicyBook;
  readonly situation: Situation;
  readonly enrolment: EnrolmentFacts;
};

/** The months compared, and as known on which day. */
export type EffectSpan = {
  readonly jurisdiction: JurisdictionCode;
  readonly from: Month;
  readonly through: Month;
  readonly knownOn: PlainDate;
  /** First month that may become money without the proposal; absent where nobody said so, and nothing was to be paid. */
  readonly historyBefore: Month | undefined;
};

/**
 * What one enrolment would be owed with a proposal less what it is owed without it, per month and component, through the last month
 * compared. A month that has no policy today was owed nothing. Refusal: that of the month, where the proposal leaves it without an answer.
 */
export function effectOn(
  before: EffectSide,
  after: EffectSide,
  asked: EffectSpan,
): Result<readonly EffectLine[]> {
  const { historyBefore, ...span } = asked;
  const old = monthsOf(before, span, true);
  const now = monthsOf(after, span, false);
  if (!now.ok) return now;
  const lines = new Map<string, EffectLine>();
  const add = (side: 'before' | 'after', months: readonly Entitlement[]) => {
    for (const { components, month } of months) {
      for (const { component, fen: due } of components) {
        const key = `${month}/${component}`;
        const line = lines.get(key) ?? { month, component, before: ZERO, after: ZERO };
        lines.set(key, { ...line, [side]: fen(line[side] + due) });
      }
    }
  };
  const paid = ({ month }: Entitlement) => historyBefore !== undefined && month >= historyBefore;
  add('before', old.ok ? old.value.filter(paid) : []);
  add('after', now.value);
  const changed = [...lines.entries()].filter(([, line]) => line.before !== line.after);
  return ok(changed.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line));
}

/** All months in one; only where one of them is refused, each by itself, so that the others are still compared. */
function monthsOf(
  { book, enrolment, situation }: EffectSide,
  { from, through, ...known }: Omit<EffectSpan, 'historyBefore'>,
  leaveOut: boolean,
): Result<readonly Entitlement[]> {
  const whole = entitledMonths(situation, enrolment, book, { ...known, historyFrom: from, through });
  if (whole.ok) return ok(whole.value.months);
  if (!leaveOut) return whole;
  return ok(
    monthRange(from, through).flatMap((month) => {
      const one = entitledMonths(situation, enrolment, book, {
        ...known,
        historyFrom: month,
        through: month,
      });
      return one.ok ? one.value.months : [];
    }),
  );
}

/** How many gain or lose, and how much. Fen, positive. */
export type EffectSum = {
  readonly gaining: number;
  readonly gain: Fen;
  readonly losing: number;
  readonly loss: Fen;
};

/** Absolute figures of a scope or of one shard of it. Fen. */
export type EffectTotals = EffectSum & {
  /** Enrolments that were compared. */
  readonly compared: number;
  /** Changed, and the same in sum. */
  readonly moved: number;
  /** What is added and taken away, by month; positive. */
  readonly months: Readonly<Record<Month, { readonly gain: Fen; readonly loss: Fen }>>;
  readonly streets: Readonly<Record<string, EffectSum>>;
  /** More for months that are over: paid with the next run. */
  readonly arrears: Fen;
  /** Less for months that are over: a proposal to recover as far as it was paid, never taken by itself. Positive. */
  readonly overpaid: Fen;
  /** New minus old of this month and those that follow. */
  readonly ahead: Fen;
  /** Enrolments that could not be compared, by the code of the reason. */
  readonly refused: Readonly<Record<string, number>>;
};

const NO_SUM: EffectSum = { gaining: 0, gain: ZERO, losing: 0, loss: ZERO };
export const NO_EFFECT: EffectTotals = {
  ...NO_SUM,
  compared: 0,
  moved: 0,
  months: {},
  streets: {},
  arrears: ZERO,
  overpaid: ZERO,
  ahead: ZERO,
  refused: {},
};

export const sumOf = (lines: readonly EffectLine[]): Fen =>
  fen(lines.reduce((sum, { after, before }) => sum + after - before, 0));

/** The figures of one row; `current` is the month of the work. */
export function figuresOf({ lines, street, sum }: EffectRow, current: Month): EffectTotals {
  const months: Record<Month, { gain: Fen; loss: Fen }> = {};
  let [arrears, overpaid, ahead] = [0, 0, 0];
  for (const { after, before, month } of lines) {
    const change = after - before;
    const at = months[month] ?? { gain: ZERO, loss: ZERO };
    months[month] =
      change > 0 ? { ...at, gain: fen(at.gain + change) } : { ...at, loss: fen(at.loss - change) };
    if (month >= current) ahead += change;
    else if (change > 0) arrears += change;
    else overpaid -= change;
  }
  const side: EffectSum = {
    gaining: sum > 0 ? 1 : 0,
    gain: sum > 0 ? sum : ZERO,
    losing: sum < 0 ? 1 : 0,
    loss: sum < 0 ? fen(0 - sum) : ZERO,
  };
  return {
    ...NO_EFFECT,
    ...side,
    moved: sum === 0 ? 1 : 0,
    months,
    streets: { [street]: side },
    arrears: fen(arrears),
    overpaid: fen(overpaid),
    ahead: fen(ahead),
  };
}

const addSums = (a: EffectSum, b: EffectSum): EffectSum => ({
  gaining: a.gaining + b.gaining,
  gain: fen(a.gain + b.gain),
  losing: a.losing + b.losing,
  loss: fen(a.loss + b.loss),
});

export function addEffects(a: EffectTotals, b: EffectTotals): EffectTotals {
  return {
    ...addSums(a, b),
    compared: a.compared + b.compared,
    moved: a.moved + b.moved,
    months: byKey(a.months, b.months, (one, other) => ({
      gain: fen(one.gain + other.gain),
      loss: fen(one.loss + other.loss),
    })),
    streets: byKey(a.streets, b.streets, addSums),
    arrears: fen(a.arrears + b.arrears),
    overpaid: fen(a.overpaid + b.overpaid),
    ahead: fen(a.ahead + b.ahead),
    refused: byKey(a.refused, b.refused, (one, other) => one + other),
  };
}

function byKey<T>(
  a: Readonly<Record<string, T>>,
  b: Readonly<Record<string, T>>,
  add: (one: T, other: T) => T,
): Record<string, T> {
  const sums: Record<string, T> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const before = sums[key];
    sums[key] = before === undefined ? value : add(before, value);
  }
  return Object.fromEntries(Object.entries(sums).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** What this year costs more: what is added for months that are over, and the net of those to come. Never less for money that is out. */
export const costOf = ({ ahead, arrears }: Pick<EffectTotals, 'ahead' | 'arrears'>): Fen =>
  fen(arrears + ahead);

export type EffectRefusal = { readonly enrolment: EnrolmentId; readonly refusal: Refusal };

/** What a finished shard says of itself, from a strong re-read of its rows. */
export type EffectShardDone = {
  readonly hash: string;
  readonly totals: EffectTotals;
  /** The first of those that could not be compared; all of them are counted. */
  readonly refusals: readonly EffectRefusal[];
};

export function summariseEffect(
  sha256: Sha256,
  rows: readonly EffectRow[],
  current: Month,
  others: { readonly compared: number; readonly refusals: readonly EffectRefusal[]; readonly keep: number },
): EffectShardDone {
  const refused: Record<string, number> = {};
  for (const { refusal } of others.refusals) refused[refusal.code] = (refused[refusal.code] ?? 0) + 1;
  const totals = rows
    .map((row) => figuresOf(row, current))
    .reduce(addEffects, { ...NO_EFFECT, compared: others.compared, refused });
  const names = others.refusals.map(({ enrolment, refusal }) => `${enrolment} ${refusal.code}`);
  return {
    hash: contentHash(sha256, 'policy-effect-shard.v1', { rows, names }),
    totals,
    refusals: others.refusals.slice(0, others.keep),
  };
}

/** What an approval names: the proposal, the book it is laid beside, and what every shard came to. The day of the work is not in it. */
export function effectHash(
  sha256: Sha256,
  from: { readonly packsHash: string; readonly policyHash: string; readonly through: Month },
  shards: readonly {
    readonly jurisdiction: JurisdictionCode;
    readonly programme: ProgrammeId;
    readonly shard: string;
    readonly hash: string;
  }[],
): string {
  return contentHash(sha256, 'policy-effect.v1', { ...from, shards });
}
