import type { Month, PlainDate } from '../calendar.ts';
import type { Citation } from '../citation.ts';
import type { EnrolmentId, JurisdictionCode, ProgrammeId } from '../ids.ts';
import type { PolicyBook } from '../policy/book.ts';
import type { PolicyScope } from '../policy/lookup.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import type { EnrolmentFacts, Entitlement, Situation } from './programme.ts';
import { RUN_RULES, runRules } from './run-rules.ts';
import { applyStacking, type Bearing } from './stacking-effect.ts';
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
 * then what the others leave of it. 择高 is settled first, on what each has left after everything else: the highest stays, and only who is
 * beaten by one that stays loses. Then an enrolment sees the net amounts of those it depends on; where two depend on one another, they are
 * settled in stacking order: the earlier sees what the later has left after the others, the later sees the net of the earlier. Of two equal
 * amounts, or two that exclude each other, the earlier programme stays. Only enrolments of one jurisdiction bear on each other.
 */
export type StackedMonth = {
  /**
   * What is owed in the end. Refusals: the programme's own; `missing/stacked-amount`, `missing/<programme>-shares`; within these
   * `policy/stacking-circle`, where a programme follows the roll of another that stacks against it.
   */
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
  const asked = new Set<EnrolmentId>();
  const own = memo((enrolment): Result<Entitlement> => {
    const rules = runRules(enrolment.programme);
    if (!rules.ok) return rules;
    if (asked.has(enrolment.id)) return refuse(inCircle(enrolment, at));
    asked.add(enrolment.id);
    const input = { enrolment, situation, book, ...at, netOf: (other: EnrolmentFacts) => net(other) };
    const result = rules.value.assessMonth(input);
    asked.delete(enrolment.id);
    return result;
  });
  const all = memo((enrolment) => linesOf(situation, book, at, enrolment));
  const lines = memo((enrolment) => only(all(enrolment), ({ rule }) => rule.action !== 'higher-of'));
  const comparisons = memo((enrolment) => only(all(enrolment), ({ rule }) => rule.action === 'higher-of'));
  const apply = applying(situation, book, at, own);
  const before = settled(own, lines, apply);
  const stays = staying(comparisons, before, (enrolment, line, other) =>
    apply(enrolment, before(enrolment), ok([line]), {
      among: (one) => one.id === other.id,
      amountOf: before,
    }),
  );
  const afterComparison: Answer = memo((enrolment) => {
    const found = comparisons(enrolment);
    if (found.ok && found.value.length === 0) return own(enrolment);
    const compared = before(enrolment);
    if (!compared.ok) return compared;
    const among = { among: stays, amountOf: before, compared: compared.value };
    return apply(enrolment, own(enrolment), found, among);
  });
  const net = settled(afterComparison, lines, apply);
  return { net: (enrolment) => net(enrolment) };
}

function inCircle({ id, programme }: EnrolmentFacts, { month }: StackingAt): Refusal {
  return refusal(
    'policy/stacking-circle',
    `${programme} 按其他项目的名册发放，而其中的项目又依叠加规定取决于它：请修改其中一方的政策参数（${id} ${month}）`,
    `${programme} follows the roll of a programme that stacks against it: change the parameters of one of the two (${id} ${month})`,
    { enrolment: id, programme, month },
  );
}

type Apply = (
  enrolment: EnrolmentFacts,
  start: Result<Entitlement>,
  found: Result<readonly Line[]>,
  applying: Applying,
) => Result<Entitlement>;

/** Some lines of an enrolment, one after the other; nothing is asked of the others once nothing is left. */
function applying(situation: Situation, book: PolicyBook, at: StackingAt, own: Answer): Apply {
  return (enrolment, start, found, { among, amountOf, compared }) => {
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
        own: () => own(other),
      }));
      const context = { enrolment, situation, book, at };
      const next = applyStacking(current, { ...line, bearing, ...(compared && { compared }) }, context);
      if (!next.ok) return next;
      current = next.value;
    }
    return ok(current);
  };
}

/** Everything but 择高, from some amounts on. */
function settled(from: Answer, lines: Lines, apply: Apply): Answer {
  const mutual = mutually(lines);
  const outside: Answer = memo((enrolment) =>
    apply(enrolment, from(enrolment), lines(enrolment), {
      among: (other) => !mutual(enrolment, other),
      amountOf: (other) => left(other),
    }),
  );
  const left: Answer = memo((enrolment) =>
    apply(enrolment, outside(enrolment), lines(enrolment), {
      among: (other, line) => mutual(enrolment, other) && !yields(lines, line, enrolment, other),
      amountOf: (other) => (byStackingOrder(other, enrolment) < 0 ? left(other) : outside(other)),
    }),
  );
  return left;
}

type Answer = (enrolment: EnrolmentFacts) => Result<Entitlement>;
type Lines = (enrolment: EnrolmentFacts) => Result<readonly Line[]>;
type Applying = {
  readonly among: (other: EnrolmentFacts, line: Line) => boolean;
  readonly amountOf: Answer;
  /** Whose amount a 择高 compares, where it is not what the loss is taken of. */
  readonly compared?: Entitlement;
};

const only = (found: Result<readonly Line[]>, keeps: (line: Line) => boolean): Result<readonly Line[]> =>
  found.ok ? ok(found.value.filter(keeps)) : found;

/** Whether two enrolments depend on one another, directly or through others. */
function mutually(lines: Lines): (one: EnrolmentFacts, other: EnrolmentFacts) => boolean {
  const reaches = (from: EnrolmentFacts, to: EnrolmentId, seen: Set<EnrolmentId>): boolean => {
    if (seen.has(from.id)) return false;
    seen.add(from.id);
    const found = lines(from);
    return (
      found.ok &&
      found.value.some(({ others }) => others.some((other) => other.id === to || reaches(other, to, seen)))
    );
  };
  return (one, other) => reaches(other, one.id, new Set());
}

/** Which enrolments stay in 择高: those that none beats which stays itself. */
function staying(
  comparisons: Lines,
  before: Answer,
  against: (enrolment: EnrolmentFacts, line: Line, other: EnrolmentFacts) => Result<Entitlement>,
): (enrolment: EnrolmentFacts) => boolean {
  const beaten = (enrolment: EnrolmentFacts, line: Line, other: EnrolmentFacts): boolean => {
    const [whole, left] = [before(enrolment), against(enrolment, line, other)];
    return whole.ok && left.ok && left.value.fen < whole.value.fen;
  };
  const stays = (enrolment: EnrolmentFacts, seen: ReadonlySet<EnrolmentId>): boolean => {
    const found = comparisons(enrolment);
    const among = new Set([...seen, enrolment.id]);
    return !(
      found.ok &&
      found.value.some((line) =>
        line.others.some(
          (other) => !among.has(other.id) && beaten(enrolment, line, other) && stays(other, among),
        ),
      )
    );
  };
  return (enrolment) => stays(enrolment, new Set());
}

/** Of two that exclude each other the earlier stays: it does not look at the one that its own amount will exclude. */
function yields(lines: Lines, { rule }: Line, enrolment: EnrolmentFacts, other: EnrolmentFacts): boolean {
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
