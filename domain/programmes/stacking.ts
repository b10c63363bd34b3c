import type { Month, PlainDate } from '../calendar.ts';
import type { Citation } from '../citation.ts';
import type { EnrolmentId, JurisdictionCode, ProgrammeId } from '../ids.ts';
import type { PolicyBook } from '../policy/book.ts';
import type { PolicyScope } from '../policy/lookup.ts';
import { ok, type Result } from '../result.ts';
import type { EnrolmentFacts, Entitlement, Situation } from './programme.ts';
import { RUN_RULES, runRules } from './run-rules.ts';
import { type Applied, applyStacking, type Bearing } from './stacking-effect.ts';
import type { Stacking } from './stacking-parameter.ts';
import { actingRules, higherOfRules } from './stacking-rules.ts';
import { belongTogether } from './stacking-subjects.ts';

export type StackingAt = {
  readonly month: Month;
  readonly knownOn: PlainDate;
  /** The jurisdiction whose policy applies; each enrolment's own when absent. */
  readonly jurisdiction?: JurisdictionCode;
};

/**
 * One household's month with the stacking rules (叠加、排斥、择高、补差) of its programmes applied: every enrolment's own amount first,
 * then what the others leave of it. An enrolment sees the net amounts of those it depends on. Where two depend on one another (择高), they
 * are settled in stacking order: the earlier sees what the later has left after everything else, the later sees the net of the earlier, and
 * of two equal amounts, or two that exclude each other, the earlier programme stays. Only enrolments of one jurisdiction bear on each other.
 */
export type StackedMonth = {
  /** What is owed in the end. Refusals: the programme's own; `missing/stacked-amount`, `missing/<programme>-shares`. */
  readonly net: (enrolment: EnrolmentFacts) => Result<Entitlement>;
};

/** A rule and the other enrolments it looks at; `mirrored` where it is the other side of another's 择高. */
type Line = {
  readonly rule: Stacking;
  readonly citation: Citation;
  readonly mirrored: boolean;
  readonly others: readonly EnrolmentFacts[];
};

export function stackedMonth(situation: Situation, book: PolicyBook, at: StackingAt): StackedMonth {
  const own = memo((enrolment): Result<Entitlement> => {
    const rules = runRules(enrolment.programme);
    return rules.ok
      ? rules.value.assessMonth({ enrolment, situation, book, ...at, netOf: (other) => net(other) })
      : rules;
  });
  const lines = memo((enrolment) => linesOf(situation, book, at, enrolment));
  const reaches = (from: EnrolmentFacts, to: EnrolmentId, seen: Set<EnrolmentId>): boolean => {
    if (seen.has(from.id)) return false;
    seen.add(from.id);
    const found = lines(from);
    return (
      found.ok &&
      found.value.some(({ others }) => others.some((other) => other.id === to || reaches(other, to, seen)))
    );
  };
  const mutual = (one: EnrolmentFacts, other: EnrolmentFacts): boolean =>
    reaches(other, one.id, new Set<EnrolmentId>());
  const settle = (
    enrolment: EnrolmentFacts,
    start: Result<Entitlement>,
    among: (other: EnrolmentFacts, line: Line) => boolean,
    amountOf: (other: EnrolmentFacts) => Result<Entitlement>,
  ): Result<Entitlement> => {
    const found = lines(enrolment);
    if (!start.ok || start.value.fen === 0) return start;
    if (!found.ok) return found;
    let current = start.value;
    for (const line of found.value) {
      const others = line.others.filter((other) => among(other, line));
      if (others.length === 0) continue;
      const bearing: Bearing[] = others.map((other) => ({
        other,
        earlier: byStackingOrder(other, enrolment) < 0,
        amount: () => amountOf(other),
      }));
      const applied: Result<Applied> = applyStacking(
        current,
        { ...line, bearing },
        { enrolment, situation, book, at },
      );
      if (!applied.ok) return applied;
      current = applied.value;
    }
    return ok(current);
  };
  const outside: (enrolment: EnrolmentFacts) => Result<Entitlement> = memo((enrolment) =>
    settle(enrolment, own(enrolment), (other) => !mutual(enrolment, other), net),
  );
  const net: (enrolment: EnrolmentFacts) => Result<Entitlement> = memo((enrolment) =>
    settle(
      enrolment,
      outside(enrolment),
      (other, line) => mutual(enrolment, other) && !yields(lines, line, enrolment, other),
      (other) => (byStackingOrder(other, enrolment) < 0 ? net(other) : outside(other)),
    ),
  );
  return { net: (enrolment) => net(enrolment) };
}

/** Of two that exclude each other the earlier stays: it does not look at the one that its own amount will exclude. */
function yields(
  lines: (enrolment: EnrolmentFacts) => Result<readonly Line[]>,
  { rule }: Line,
  enrolment: EnrolmentFacts,
  other: EnrolmentFacts,
): boolean {
  if (rule.action !== 'excluded' || byStackingOrder(other, enrolment) < 0) return false;
  const theirs = lines(other);
  return (
    theirs.ok &&
    theirs.value.some(
      (line) => line.rule.action === 'excluded' && line.others.some(({ id }) => id === enrolment.id),
    )
  );
}

/** The registry lists programmes in stacking order; within one programme the id decides. */
export function byStackingOrder(a: EnrolmentFacts, b: EnrolmentFacts): number {
  const [left, right] = [POSITIONS.get(a.programme) ?? LAST, POSITIONS.get(b.programme) ?? LAST];
  if (left !== right) return left - right;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

const POSITIONS: ReadonlyMap<ProgrammeId, number> = new Map(
  Object.keys(RUN_RULES).map((programme, index) => [programme, index]),
);
const LAST = Number.MAX_SAFE_INTEGER;

/** The rules that bear on one enrolment with those they look at: its own, and the other side of the others' 择高. */
function linesOf(
  situation: Situation,
  book: PolicyBook,
  at: StackingAt,
  enrolment: EnrolmentFacts,
): Result<readonly Line[]> {
  const around = situation.enrolments.filter(
    (other) => other.id !== enrolment.id && jurisdictionOf(other, at) === jurisdictionOf(enrolment, at),
  );
  if (around.length === 0) return ok([]);
  const mine = actingRules(book, scopeOf(at, enrolment), at.month);
  if (!mine.ok) return mine;
  const lines: Line[] = [];
  for (const { rule, citation } of mine.value) {
    const others = around.filter(
      (other) =>
        other.programme === rule.with && belongTogether(situation, at.month, enrolment, other, rule.of),
    );
    if (others.length > 0)
      lines.push({ rule, citation, mirrored: false, others: others.toSorted(byStackingOrder) });
  }
  for (const other of around.toSorted(byStackingOrder)) {
    if (other.subject !== enrolment.subject || has(lines, other)) continue;
    const theirs = higherOfRules(book, scopeOf(at, other), at.month, enrolment.programme);
    if (!theirs.ok) return theirs;
    for (const { rule, citation } of theirs.value)
      lines.push({ rule, citation, mirrored: true, others: [other] });
  }
  return ok(lines);
}

const has = (lines: readonly Line[], { id }: EnrolmentFacts): boolean =>
  lines.some(({ rule, others }) => rule.action === 'higher-of' && others.some((other) => other.id === id));

const jurisdictionOf = ({ jurisdiction }: EnrolmentFacts, at: StackingAt): JurisdictionCode =>
  at.jurisdiction ?? jurisdiction;

const scopeOf = (at: StackingAt, enrolment: EnrolmentFacts): PolicyScope => ({
  jurisdiction: jurisdictionOf(enrolment, at),
  programme: enrolment.programme,
  knownOn: at.knownOn,
});

/** One answer per enrolment. */
function memo<T>(answer: (enrolment: EnrolmentFacts) => T): (enrolment: EnrolmentFacts) => T {
  const known = new Map<EnrolmentId, T>();
  return (enrolment) => {
    const found = known.get(enrolment.id);
    if (found !== undefined) return found;
    const fresh = answer(enrolment);
    known.set(enrolment.id, fresh);
    return fresh;
  };
}
