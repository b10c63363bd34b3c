import { addMonths, type Month, maxMonth, monthOf, monthRange } from '../calendar.ts';
import type { DatedValue } from '../policy/book.ts';
import { type DeterminationSpan, firstDetermined } from '../register/determination.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import { merged, notDetermined, onlyChanges } from './decided-spans.ts';
import { monthlyStep } from './monthly.ts';
import type { PolicyView, ScheduleChange, ScheduleInput, ScheduleProposal } from './schedule.ts';

/** What the engine works out for one month of one case; no components where nothing is due. */
export type WorkedMonth = Omit<DeterminationSpan, 'from'> & { readonly sample: boolean };

/** `approval-month` and `decision-month` say the same. */
type MonthRule = 'application-month' | 'approval-month' | 'decision-month' | 'next-month';

/** What a programme that pays by decision says for itself; how a schedule is made of it is the same for all. */
export type ScheduleRules = {
  /** 起发月份 and 变更生效月份, as in force in the month of the decision. */
  readonly startMonth: (view: PolicyView, month: Month) => Result<DatedValue<MonthRule>>;
  readonly changeMonth: (
    view: PolicyView,
    month: Month,
  ) => Result<DatedValue<Exclude<MonthRule, 'application-month'>>>;
  readonly workOut: (input: ScheduleInput, month: Month) => Result<WorkedMonth>;
  /** Further months in which what is known already changes the amount: each gets a span of its own. */
  readonly changesAhead?: (input: ScheduleInput, after: Month) => readonly Month[];
};

type Change<Kind> = Extract<ScheduleChange, { readonly kind: Kind }>;

/** First approval: from policy's start month on; months up to the decision are worked out one by one. */
export function proposeInitial(
  rules: ScheduleRules,
  change: Change<'initial'>,
  input: ScheduleInput,
): Result<ScheduleProposal> {
  const decided = monthOf(change.decidedOn);
  const start = rules.startMonth(input, decided);
  if (!start.ok) return start;
  const { value: rule, citation } = start.value;
  const applied = monthOf(change.appliedOn);
  const from =
    rule === 'application-month' ? applied : rule === 'next-month' ? addMonths(decided, 1) : decided;
  const explained = monthlyStep('start-month', { applied, decided, rule }, from, citation);
  return monthByMonth(rules, input, { from, through: maxMonth(from, decided) }, (spans, sample) => {
    const [first, ...later] = spans;
    const opening = first ? [{ ...first, derivation: [explained, ...first.derivation] }] : [];
    return { kind: 'initial', spans: [...opening, ...later], sample };
  });
}

/**
 * Review: from the month in which changes take effect, or month by month from an earlier one that was asked for; not before the
 * first determination, because there is nothing to review. Refusals: `conflict/not-determined`, `invalid/review-month`.
 */
export function proposeReview(
  rules: ScheduleRules,
  change: Change<'review'>,
  input: ScheduleInput,
): Result<ScheduleProposal> {
  const decided = monthOf(change.decidedOn);
  const first = firstDetermined(input.determinations);
  if (first === undefined) return refuse(notDetermined(decided));
  const effect = rules.changeMonth(input, decided);
  if (!effect.ok) return effect;
  const { value: rule, citation } = effect.value;
  const usual = rule === 'next-month' ? addMonths(decided, 1) : decided;
  if (change.from !== undefined && change.from > usual) return refuse(tooLate(change.from, usual));
  const from = maxMonth(change.from ?? usual, first);
  const explained = monthlyStep('change-month', { decided, rule }, from, citation);
  return monthByMonth(rules, input, { from, through: maxMonth(from, usual) }, (spans, sample) => {
    const changes = onlyChanges(input.determinations, spans);
    const opened = (span: DeterminationSpan) => ({ ...span, derivation: [explained, ...span.derivation] });
    return { kind: 'review', spans: changes.map(opened), sample };
  });
}

function monthByMonth(
  { workOut, changesAhead }: ScheduleRules,
  input: ScheduleInput,
  { from, through }: { readonly from: Month; readonly through: Month },
  finish: (spans: readonly DeterminationSpan[], sample: boolean) => ScheduleProposal,
): Result<ScheduleProposal> {
  const spans: DeterminationSpan[] = [];
  let sample = false;
  for (const month of [...monthRange(from, through), ...(changesAhead?.(input, through) ?? [])]) {
    const worked = workOut(input, month);
    if (!worked.ok) return worked;
    const { sample: isSample, ...said } = worked.value;
    spans.push({ from: month, ...said });
    sample ||= isSample;
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
