import { addMonths, type Month, maxMonth, monthOf, monthRange } from '../../calendar.ts';
import { type DeterminationSpan, firstDetermined } from '../../register/determination.ts';
import { ok, type Result, refusal, refuse, unreachable } from '../../result.ts';
import type { ScheduleChange, ScheduleInput, ScheduleProposal } from './proposal.ts';
import { propose } from './propose.ts';
import { readParameters } from './read-parameter.ts';
import { step } from './rules.ts';
import { caseOf, merged, notDetermined, onlyChanges } from './spans.ts';
import { proposeStandardChange } from './standard-change.ts';
import { proposeTaper } from './taper.ts';

/**
 * The spans of months and amounts that a determination of this kind would fix; the last span is open. All but a first approval leave
 * out the months at their start that are in force with the same amounts, unless a taper begins with them.
 *
 * Refusals: those of `propose`; `missing/household`, `conflict/not-determined`; for a review `invalid/review-month`; for a taper
 * `policy/no-taper`, `invalid/taper-months`, `conflict/taper-running`, `conflict/taper-not-due`, `conflict/taper-over-line`.
 */
export function proposeSchedule(change: ScheduleChange, input: ScheduleInput): Result<ScheduleProposal> {
  switch (change.kind) {
    case 'initial':
      return proposeInitial(change, input);
    case 'review':
      return proposeReview(change, input);
    case 'taper':
      return proposeTaper(change, input);
    case 'standard-change':
      return proposeStandardChange(change, input);
    default:
      return unreachable(change);
  }
}

type Change<Kind> = Extract<ScheduleChange, { readonly kind: Kind }>;

/** First approval: from policy's start month on; months up to the decision are worked out one by one. */
function proposeInitial(change: Change<'initial'>, input: ScheduleInput): Result<ScheduleProposal> {
  const decided = monthOf(change.decidedOn);
  const values = readParameters(input, decided, ['startMonth']);
  if (!values.ok) return values;
  const { value: rule, citation } = values.value.startMonth;
  const applied = monthOf(change.appliedOn);
  const from =
    rule === 'application-month' ? applied : rule === 'next-month' ? addMonths(decided, 1) : decided;
  const explained = step('start-month', { applied, decided, rule }, from, citation);
  return monthByMonth(input, { from, through: maxMonth(from, decided) }, (spans, sample) => {
    const [first, ...later] = spans;
    const opening = first ? [{ ...first, derivation: [explained, ...first.derivation] }] : [];
    return { kind: 'initial', spans: [...opening, ...later], sample };
  });
}

/**
 * Review: from the month in which changes take effect, or month by month from an earlier one that was asked for; not before the
 * first determination, because there is nothing to review.
 */
function proposeReview(change: Change<'review'>, input: ScheduleInput): Result<ScheduleProposal> {
  const decided = monthOf(change.decidedOn);
  const first = firstDetermined(input.determinations);
  if (first === undefined) return refuse(notDetermined(decided));
  const values = readParameters(input, decided, ['changeMonth']);
  if (!values.ok) return values;
  const { value: rule, citation } = values.value.changeMonth;
  const usual = rule === 'next-month' ? addMonths(decided, 1) : decided;
  if (change.from !== undefined && change.from > usual) return refuse(tooLate(change.from, usual));
  const from = maxMonth(change.from ?? usual, first);
  const explained = step('change-month', { decided, rule }, from, citation);
  return monthByMonth(input, { from, through: maxMonth(from, usual) }, (spans, sample) => {
    const changes = onlyChanges(input.determinations, spans);
    const explain = (span: DeterminationSpan) => ({ ...span, derivation: [explained, ...span.derivation] });
    return { kind: 'review', spans: changes.map(explain), sample };
  });
}

function monthByMonth(
  input: ScheduleInput,
  months: { readonly from: Month; readonly through: Month },
  finish: (spans: readonly DeterminationSpan[], sample: boolean) => ScheduleProposal,
): Result<ScheduleProposal> {
  const spans: DeterminationSpan[] = [];
  let sample = false;
  for (const month of monthRange(months.from, months.through)) {
    const household = caseOf(input, month);
    if (!household.ok) return household;
    const proposed = propose(household.value, input, month);
    if (!proposed.ok) return proposed;
    const { components, derivation } = proposed.value;
    spans.push({ from: month, components, derivation });
    sample ||= proposed.value.sample;
  }
  return ok(finish(merged(spans), sample));
}

const tooLate = (from: Month, usual: Month) =>
  refusal(
    'invalid/review-month',
    `复核的起始月份 ${from} 晚于政策规定的变更生效月份 ${usual}：请不填或填写更早的月份`,
    `a review cannot begin in ${from}, after ${usual} in which changes take effect: leave the month out or name an earlier one`,
    { from, usual },
  );
