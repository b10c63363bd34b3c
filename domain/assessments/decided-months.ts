import { addMonths, type Month, maxMonth, monthOf, monthRange } from '../calendar.ts';
import { personCaseOn } from '../care/person-case.ts';
import { caseOn } from '../household/case-on.ts';
import type { DatedCase } from '../household/household-case.ts';
import { fen } from '../money.ts';
import type { PolicyBook } from '../policy/book.ts';
import type { Situation } from '../programmes/programme.ts';
import type { ScheduleChange, ScheduleInput, ScheduleProposal } from '../programmes/schedule.ts';
import type { Determination, DeterminationSpan } from '../register/determination.ts';
import { invariant, ok, type Result, unreachable } from '../result.ts';
import type { CaseAt } from './case-at.ts';
import { caseDetermination, componentsOf, mainComponent, type ReadEnrolment } from './read-enrolment.ts';

/** What to decide about: the case, the policy, and when it is looked at. */
export type DecidedInput = { readonly situation: Situation; readonly book: PolicyBook; readonly at: CaseAt };

/** Whether an enrolment pays by decision, and its amount is worked out here because the case does not say what was decided. */
export function isProposed({ programme, enrolment, given }: ReadEnrolment): boolean {
  return programme.propose !== undefined && !enrolment.determinations && given.decision === undefined;
}

/**
 * The determinations that a month is paid by: those of the case; with the one that it asks for (调标、复核、渐退、首次审批); or, where it
 * says nothing of any, one of what the engine works out for the month itself (测算额). Refusals: those of the proposal.
 */
export function determinationsFor(
  one: ReadEnrolment,
  input: DecidedInput,
  month: Month,
): Result<readonly Determination[]> {
  const given = one.enrolment.determinations ?? [];
  const { decision } = one.given;
  if (one.programme.propose === undefined) return ok(given);
  const before = decision && given.length === 0 ? formerly(one, input) : ok(given);
  if (!before.ok) return before;
  const known = before.value;
  if (decision) {
    const proposed = propose(one, input, changeOf(one, input.at), known);
    if (!proposed.ok) return proposed;
    const { kind, spans, sample } = proposed.value;
    if (spans.length === 0) return ok(known);
    return ok([
      ...known,
      caseDetermination(one.enrolment, known.length + 1, kind, decision.on, spans, sample),
    ]);
  }
  if (known.length > 0) return ok(known);
  const first = one.dated ? firstMonth(one, input) : ok(month);
  if (!first.ok) return first;
  if (first.value === undefined || month < first.value) return ok([]);
  const worked = workedFor(one, input, month);
  if (!worked.ok) return worked;
  const { span, sample } = worked.value;
  return ok([caseDetermination(one.enrolment, 1, 'initial', `${month}-01`, [span], sample)]);
}

/**
 * What was decided before, where the case asks for a change of it and does not say: what was paid, or what is worked out for the month
 * before the change by the policy that was known then.
 */
function formerly(one: ReadEnrolment, input: DecidedInput): Result<readonly Determination[]> {
  const { decision, paid = {} } = one.given;
  if (!decision || decision.kind === 'initial') return ok([]);
  const months = Object.entries(paid).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const [first] = months;
  if (first) {
    const spans = months.map(([from, amounts]) => ({
      from,
      components: componentsOf(amounts, one.programme),
      derivation: [],
    }));
    return ok([caseDetermination(one.enrolment, 1, 'opening', `${first[0]}-01`, spans, false)]);
  }
  const month = addMonths(monthOf(decision.on), -1);
  const { knownOn } = input.at;
  const at = { ...input.at, knownOn: decision.kind === 'standard-change' ? `${month}-28` : knownOn };
  const start = one.dated ? firstMonth(one, { ...input, at }) : ok(monthOf(one.appliedOn));
  if (!start.ok) return start;
  const worked = workedFor(one, { ...input, at }, month);
  if (!worked.ok) return worked;
  const { span, sample } = worked.value;
  const from = start.value !== undefined && start.value < month ? start.value : month;
  return ok([caseDetermination(one.enrolment, 1, 'opening', `${from}-01`, [{ ...span, from }], sample)]);
}

/** The first month due by the dates of the case (起发月份). */
function firstMonth(one: ReadEnrolment, input: DecidedInput): Result<Month | undefined> {
  const { appliedOn, decidedOn = appliedOn } = one;
  const proposed = propose(one, input, { kind: 'initial', appliedOn, decidedOn }, []);
  return proposed.ok ? ok(proposed.value.spans[0]?.from) : proposed;
}

/**
 * What is worked out for one month. A first approval is proposed for it: decided in the month itself, or in the one before where policy
 * pays from the month after.
 */
function workedFor(
  one: ReadEnrolment,
  input: DecidedInput,
  month: Month,
): Result<{ readonly span: DeterminationSpan; readonly sample: boolean }> {
  const decidedIn = (decided: Month) => {
    const on = `${decided}-01`;
    return propose(one, input, { kind: 'initial', appliedOn: on, decidedOn: on }, []);
  };
  const same = decidedIn(month);
  const begins = same.ok ? same.value.spans[0]?.from : same.error.detail?.['month'];
  const before = begins === addMonths(month, 1) ? decidedIn(addMonths(month, -1)) : same;
  const proposed = before.ok || before.error.code !== 'policy/gap' ? before : reviewed(one, input, month);
  if (!proposed.ok) return proposed;
  const span = proposed.value.spans.findLast(({ from }) => from <= month);
  invariant(span, 'a first approval speaks of the month it is proposed for');
  const derivation = span.derivation.filter(({ code }) => code !== 'start-month' && code !== 'change-month');
  return ok({ span: { ...span, from: month, derivation }, sample: proposed.value.sample });
}

/** Where policy begins with the month, nothing can be decided in the one before: the month is that of a review then. */
function reviewed(one: ReadEnrolment, input: DecidedInput, month: Month): Result<ScheduleProposal> {
  const components = [{ component: mainComponent(one.programme), fen: fen(1) }];
  const span = { from: addMonths(month, -1), components, derivation: [] };
  const before = caseDetermination(one.enrolment, 1, 'opening', `${span.from}-01`, [span], false);
  return propose(one, input, { kind: 'review', decidedOn: `${month}-01`, from: month }, [before]);
}

function changeOf({ given: { decision }, appliedOn }: ReadEnrolment, { months }: CaseAt): ScheduleChange {
  invariant(decision, 'a change is proposed where the case asks for one');
  const { kind, on, from, through, months: tapered } = decision;
  if (kind === 'initial') return { kind, appliedOn, decidedOn: on };
  if (kind === 'review') return { kind, decidedOn: on, ...(from !== undefined && { from }) };
  if (kind === 'taper') return { kind, declaredOn: on, ...(tapered !== undefined && { months: tapered }) };
  return { kind, issuedOn: on, through: through ?? months.at(-1) ?? monthOf(on) };
}

function propose(
  one: ReadEnrolment,
  { situation, book, at }: DecidedInput,
  change: ScheduleChange,
  determinations: readonly Determination[],
): Result<ScheduleProposal> {
  const { enrolment, programme, given } = one;
  invariant(programme.propose, 'only programmes that pay by decision are proposed for');
  const cases = datedCases(one, situation, at, change, determinations);
  if (!cases.ok) return cases;
  const scope = { jurisdiction: enrolment.jurisdiction, programme: enrolment.programme, knownOn: at.knownOn };
  const input: ScheduleInput = {
    book,
    scope,
    cases: cases.value,
    determinations,
    ...(given.stoppedAfter !== undefined && { lastMonth: given.stoppedAfter }),
  };
  return programme.propose(change, input);
}

/** More months than this are no question about a month. */
const MONTHS_MAX = 240;

/** The household or person as it is in every month that a proposal may look at. */
function datedCases(
  { enrolment, programme }: ReadEnrolment,
  situation: Situation,
  { months }: CaseAt,
  change: ScheduleChange,
  determinations: readonly Determination[],
): Result<DatedCase[]> {
  const looked = [
    ...months,
    ...determinations.flatMap(({ spans }) => spans.map(({ from }) => from)),
    ...monthsOf(change),
  ];
  const sorted = looked.toSorted();
  const through = addMonths(sorted.at(-1) ?? '', 1);
  const from = maxMonth(sorted[0] ?? '', addMonths(through, -MONTHS_MAX));
  const cases: DatedCase[] = [];
  for (const month of monthRange(from, through)) {
    if (programme.unit === 'person') {
      cases.push({ from: month, person: personCaseOn(situation, enrolment, month) });
      continue;
    }
    const household = caseOn(situation, enrolment.subject, month);
    if (!household.ok) return household;
    cases.push({ from: month, household: household.value });
  }
  return ok(cases);
}

function monthsOf(change: ScheduleChange): Month[] {
  switch (change.kind) {
    case 'initial':
      return [monthOf(change.appliedOn), monthOf(change.decidedOn)];
    case 'review':
      return [monthOf(change.decidedOn), ...(change.from === undefined ? [] : [change.from])];
    case 'taper':
      return [monthOf(change.declaredOn)];
    case 'standard-change':
      return [monthOf(change.issuedOn), change.through];
    default:
      return unreachable(change);
  }
}
