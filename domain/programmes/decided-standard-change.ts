import { type Month, monthOf, monthRange, type PlainDate } from '../calendar.ts';
import { canonicalJson } from '../canonical.ts';
import type { ProgrammeId } from '../ids.ts';
import { type Fen, fen, toYuan } from '../money.ts';
import type { DatedValue } from '../policy/book.ts';
import { lookup, type PolicyScope, policyChanges } from '../policy/lookup.ts';
import {
  type Determination,
  type DeterminationSpan,
  determinedFor,
  firstDetermined,
  isTapered,
} from '../register/determination.ts';
import { invariant, ok, type Result, refuse } from '../result.ts';
import type { WorkedMonth } from './decided-schedule.ts';
import { dividedLike } from './decided-shares.ts';
import {
  amountOf,
  componentsOf,
  inForce,
  laterSpans,
  merged,
  notDetermined,
  onlyChanges,
  sameAmounts,
} from './decided-spans.ts';
import { monthlyStep } from './monthly.ts';
import type { Component, Step } from './programme.ts';
import type { PolicyView, ScheduleChange, ScheduleInput, ScheduleProposal } from './schedule.ts';

/** What a programme says of its standards; how their change moves what is in force is the same for all. */
export type StandardRules = {
  /** Parameters whose change is a change of standard (调标); each value says for itself how far it reaches back. */
  readonly standards: readonly string[];
  readonly components: readonly string[];
  /** The programme whose policy holds the standards; the enrolment's own when absent. */
  readonly policyOf?: ProgrammeId;
  /** The case of a month by a policy: new and old amounts are worked out from the same facts. */
  readonly workOut: (input: ScheduleInput, view: PolicyView, month: Month) => Result<WorkedMonth>;
  /** The standards that a component rests on in a month, by the policy as it is now. */
  readonly behind: (
    input: ScheduleInput,
    view: PolicyView,
    month: Month,
  ) => Result<(component: string) => readonly string[]>;
};

type StandardChange = Extract<ScheduleChange, { readonly kind: 'standard-change' }>;
/** The book before the document was issued, and on that day: what came later is moved by documents of its own. */
type Views = { readonly before: PolicyView; readonly now: PolicyView };

/**
 * 调标: what is in force plus new minus old, month by month, for the months, persons and components that each changed value names
 * (e.g. 穗民规字〔2025〕2号: those on the roll in the month of issue, months actually approved, no top-ups). Only the change of
 * policy moves an amount: facts that changed since the determination wait for a review. Months of a taper stay as decided.
 *
 * A document is the values that were decided on its day. It moves a month once, in whatever order documents are asked for and whatever
 * review without change lies between.
 */
export function proposeStandardChange(
  rules: StandardRules,
  change: StandardChange,
  input: ScheduleInput,
): Result<ScheduleProposal> {
  const { determinations } = input;
  const first = firstDetermined(determinations);
  if (first === undefined) return refuse(notDetermined(change.through));
  const { issuedOn } = change;
  const on = (knownOn: string): PolicyView => ({ ...input, scope: { ...input.scope, knownOn } });
  const views: Views = {
    now: on(issuedOn < input.scope.knownOn ? issuedOn : input.scope.knownOn),
    before: on(dayBefore(issuedOn)),
  };
  const last =
    input.lastMonth !== undefined && input.lastMonth < change.through ? input.lastMonth : change.through;
  const [earliest = first] = policyChanges(input.book, scopeOf(rules, input), rules.standards);
  const months: Moved[] = [];
  for (const month of monthRange(first > earliest ? first : earliest, last)) {
    const found = determinedFor(determinations, month);
    if (!found) continue;
    const { determination, span } = found;
    const changed = changedRows(rules, views, month);
    const stays = changed.size === 0 || span.components.length === 0 || isTapered(found);
    const moved: Result<Moved> = stays
      ? ok({ span: { ...span, from: month }, sample: determination.sample })
      : movedMonth(rules, change, input, views, { month, changed, determination, span });
    if (!moved.ok) return moved;
    months.push(moved.value);
  }
  const spans = [...merged(months.map(({ span }) => span)), ...laterSpans(determinations, last)];
  const changes = onlyChanges(determinations, spans);
  const [start] = changes;
  const sample = months.some((each) => each.sample && start && each.span.from >= start.from);
  return ok({ kind: 'standard-change', spans: changes, sample });
}

/** A month as it would be after the change, and whether its amount rests on a sample. */
type Moved = { readonly span: DeterminationSpan; readonly sample: boolean };

type At = {
  readonly month: Month;
  readonly changed: ReadonlyMap<string, DatedValue>;
  readonly determination: Determination;
  readonly span: DeterminationSpan;
};

/** One month with its components moved by new minus old. */
function movedMonth(
  rules: StandardRules,
  change: StandardChange,
  input: ScheduleInput,
  views: Views,
  at: At,
): Result<Moved> {
  const { determination, month, span } = at;
  const proposed = rules.workOut(input, views.now, month);
  if (!proposed.ok) return proposed;
  const behind = rules.behind(input, views.now, month);
  if (!behind.ok) return behind;
  const old = rules.workOut(input, views.before, month);
  // A month that had no standard is worked out anew: there is no old figure to take the difference from.
  if (!old.ok && old.error.code !== 'policy/gap') return old;
  const { issuedOn } = change;
  const known = whatIsKnown(change, input, at);
  const steps: Step[] = [];
  const amounts = Object.fromEntries(
    rules.components.map((component) => {
      const former = amountOf(span.components, component);
      if (wasMoved(at, component, issuedOn)) return [component, former];
      const rows = standardsOf(behind.value(component), at.changed);
      const figures = { former, old: old.ok ? amountOf(old.value.components, component) : former };
      const compared = { ...figures, fresh: amountOf(proposed.value.components, component), known };
      const moved = movedAmount({ ...compared, component, month, issuedOn }, rows, input);
      if (moved.explained) steps.push(moved.explained);
      return [component, moved.amount];
    }),
  );
  const components = componentsOf(amounts);
  const derivation = [...proposed.value.derivation, ...span.derivation.filter(isDifference), ...steps];
  const restsOnFormer = !sameAmounts(components, proposed.value.components);
  const sample = proposed.value.sample || (restsOnFormer && determination.sample);
  // What stays as it is stays divided as it is: whose part is another by new facts waits for a review.
  const shares = sameAmounts(components, span.components)
    ? span.shares
    : dividedLike(components, [span.shares, proposed.value.shares, old.ok ? old.value.shares : undefined]);
  return ok({ span: { from: month, components, derivation, ...(shares && { shares }) }, sample });
}

const isDifference = ({ code }: Step): boolean => code === 'standard-difference';

/** Whether this very document moved the component before: it is never applied twice, whoever looked at the month in between. */
function wasMoved({ span }: At, component: string, issuedOn: PlainDate): boolean {
  return span.derivation
    .filter(isDifference)
    .some(({ inputs }) => inputs['component'] === component && inputs['issuedOn'] === issuedOn);
}

/** What tells whether an amount has the change in it: the documents that moved it, or the day on which it was worked out. */
type Known = 'documents' | 'decided-since' | 'decided-before';

function whatIsKnown(
  { issuedOn }: StandardChange,
  { determinations }: ScheduleInput,
  { month, span }: At,
): Known {
  if (span.derivation.some(isDifference)) return 'documents';
  // A review without change keeps an amount as it was worked out; the day of that review says nothing of it.
  const said = spelling(span);
  const workedOut = determinations.find(({ spans }) => {
    const theirs = spans.findLast(({ from }) => from <= month);
    return theirs !== undefined && spelling(theirs) === said;
  });
  return workedOut && workedOut.decidedOn >= issuedOn ? 'decided-since' : 'decided-before';
}

const spelling = ({ components, derivation }: DeterminationSpan): string =>
  canonicalJson({ components, derivation });

type Figures = {
  readonly component: string;
  readonly month: Month;
  readonly issuedOn: PlainDate;
  readonly former: Fen;
  readonly old: Fen;
  readonly fresh: Fen;
  readonly known: Known;
};

/** A component's amount after the change; a determination that already knew the new standard is left as it is. */
function movedAmount(
  { component, month, issuedOn, former, old, fresh, known }: Figures,
  rows: readonly DatedValue[],
  input: ScheduleInput,
): { readonly amount: Fen; readonly explained?: Step } {
  if (old === fresh || (known !== 'documents' && former === fresh)) return { amount: former };
  if (known === 'decided-since' && former !== old) return { amount: former };
  const [first] = rows;
  invariant(first, 'a month is moved only where a standard changed');
  const figures = { former: toYuan(former), old: toYuan(old), new: toYuan(fresh) };
  const inputs = { month, component, issuedOn, ...figures };
  const blocking = rows.find((row) => !reaches(row, component, month, input));
  if (blocking) {
    const explained = monthlyStep('not-retroactive', inputs, toYuan(former), blocking.citation);
    return { amount: former, explained };
  }
  const amount = fen(Math.max(0, former + fresh - old));
  return { amount, explained: monthlyStep('standard-difference', inputs, toYuan(amount), first.citation) };
}

/**
 * The changed standards that a component rests on. Where none of them changed (a household that only now is below the standard
 * gets top-ups with it), all that did.
 */
function standardsOf(names: readonly string[], changed: At['changed']): DatedValue[] {
  const own = names.flatMap((name) => changed.get(name) ?? []);
  return own.length > 0 ? own : [...changed.values()];
}

/** Whether a value reaches back to a month before its decision, for this household and this component. */
function reaches(row: DatedValue, component: string, month: Month, input: ScheduleInput): boolean {
  const issued = monthOf(row.decidedOn);
  if (month >= issued) return true;
  const { components, persons } = row.retroactivity;
  if (components !== 'all' && !components.includes(component)) return false;
  return persons === 'entitled-in-month' || isOnRoll(input, issued);
}

function isOnRoll({ determinations, lastMonth }: ScheduleInput, month: Month): boolean {
  const due: readonly Component[] = inForce(determinations, month);
  return due.length > 0 && (lastMonth === undefined || month <= lastMonth);
}

/** The standards whose value for a month is another one since the document was issued. */
function changedRows(rules: StandardRules, { before, now }: Views, month: Month): Map<string, DatedValue> {
  const rows = new Map<string, DatedValue>();
  for (const parameter of rules.standards) {
    const fresh = lookup(now.book, { ...scopeOf(rules, now), parameter, month });
    const old = lookup(before.book, { ...scopeOf(rules, before), parameter, month });
    if (fresh.ok && (!old.ok || old.value !== fresh.value)) rows.set(parameter, fresh.value);
  }
  return rows;
}

const scopeOf = ({ policyOf }: StandardRules, { scope }: PolicyView): PolicyScope =>
  policyOf === undefined ? scope : { ...scope, programme: policyOf };

/** Earlier than the date and not earlier than any day before it; for comparing only ("2025-06-00" is the end of May). */
function dayBefore(date: PlainDate): string {
  return `${date.slice(0, 8)}${String(Number(date.slice(8)) - 1).padStart(2, '0')}`;
}
