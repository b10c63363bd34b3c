import { addMonths, isMonth, isPlainDate, type Month, maxMonth, monthOf } from '../calendar.ts';
import { policyChanges } from '../policy/lookup.ts';
import { lastRecorded } from '../programmes/fact-history.ts';
import { type MonthlyReader, scopeOf, startOfMonths } from '../programmes/monthly.ts';
import type { EnrolmentInput, Step } from '../programmes/programme.ts';
import { ok, type Result } from '../result.ts';
import { disabilityStep as step } from './disability-step.ts';
import type { DisabilityParameters } from './parameters.ts';

export type Start = { readonly first: Month | undefined; readonly steps: readonly Step[] };

/**
 * The first month due: that of the application where policy says so (自递交申请当月计发; an application that another county accepted counts
 * with its date, 跨省通办), once the federation has reviewed it and it was decided. Somebody who moved here from a district that paid is due
 * from the month after the last one paid there. Refusals: those of `startOfMonths` and `lookup`.
 */
export function startOf(input: EnrolmentInput, read: MonthlyReader<DisabilityParameters>): Result<Start> {
  const papers = startOfMonths(input, read);
  if (!papers.ok) return papers;
  const { first, step: began } = papers.value;
  if (first === undefined) return ok({ first, steps: [began] });
  const review = reviewed(input, read, first);
  if (!review.ok) return review;
  if (!review.value.done) return ok({ first: undefined, steps: [began, ...review.value.steps] });
  const handed = handover(input, read, first);
  if (!handed.ok) return handed;
  const steps = [began, ...review.value.steps];
  if (!handed.value) return ok({ first, steps });
  return ok({ first: handed.value.first, steps: [...steps, handed.value.step] });
}

/** 残联审核: whether it is on record where policy asks for it. */
function reviewed(
  input: EnrolmentInput,
  read: MonthlyReader<DisabilityParameters>,
  month: Month,
): Result<{ readonly done: boolean; readonly steps: readonly Step[] }> {
  const rule = read.option(
    input.book,
    scopeOf(input),
    'federationReview',
    governed(input, 'federationReview', month),
  );
  if (!rule.ok) return rule;
  if (rule.value?.value !== 'required') return ok({ done: true, steps: [] });
  const [on = '', ...number] = (lastRecorded(input.enrolment.facts, 'federation-review')?.value ?? '').split(
    '/',
  );
  const { citation } = rule.value;
  if (!isPlainDate(on)) return ok({ done: false, steps: [step('not-reviewed', {}, '0.00', citation)] });
  const inputs = { document: number.join('/') };
  return ok({ done: true, steps: [step('reviewed', inputs, monthOf(on), citation)] });
}

/** 迁移衔接: from the month after the last one that the district moved from pays, whenever they applied here. */
function handover(
  input: EnrolmentInput,
  read: MonthlyReader<DisabilityParameters>,
  month: Month,
): Result<{ readonly first: Month; readonly step: Step } | undefined> {
  const lastMonth = lastRecorded(input.enrolment.facts, 'paid-elsewhere')?.value ?? '';
  if (!isMonth(lastMonth)) return ok(undefined);
  const rule = read.option(input.book, scopeOf(input), 'handover', governed(input, 'handover', month));
  if (!rule.ok) return rule;
  if (rule.value?.value !== 'month-after-old') return ok(undefined);
  const first = addMonths(lastMonth, 1);
  return ok({ first, step: step('start-handover', { lastMonth }, first, rule.value.citation) });
}

/** Somebody who applied before the policy began is measured by its first value, as `startOfMonths` does. */
function governed(input: EnrolmentInput, parameter: string, month: Month): Month {
  return maxMonth(month, policyChanges(input.book, scopeOf(input), [parameter])[0] ?? month);
}
