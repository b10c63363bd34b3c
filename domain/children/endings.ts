import { addMonths, isPlainDate, type Month, monthOf } from '../calendar.ts';
import { history } from '../programmes/fact-history.ts';
import { scopeOf } from '../programmes/monthly.ts';
import type { MonthInput, Step } from '../programmes/programme.ts';
import type { Fact } from '../register/facts.ts';
import { ok, type Result } from '../result.ts';
import { changeIn, type EffectRules, effectMonth, effectRules } from './effect.ts';
import { childStep, readChild } from './read-child.ts';

/**
 * Whether a change of guardianship ended it by the month: adopted, parent found, parents able again, as far as policy says that it ends
 * (京民福发〔2011〕173号: 被收养、查找到生父母的，次月停发). Undefined when none did. Refusals: those of `lookup`.
 */
export function guardianshipEnd(input: MonthInput): Result<Step | undefined> {
  const { book, enrolment, month } = input;
  const endsOn = readChild(book, scopeOf(input), 'endsOn', month);
  if (!endsOn.ok) return endsOn;
  const rules = effectRules(input);
  if (!rules.ok) return rules;
  const { value, citation } = endsOn.value;
  const ends = (fact: Fact) => value.some((event) => event === fact.value);
  const changes = history(enrolment.facts, 'guardianship').filter((fact) => fact.value === '' || ends(fact));
  const last = changeIn(changes, month, (fact) =>
    ends(fact) ? rules.value.stopFrom : rules.value.resumeFrom,
  );
  if (last === undefined || !ends(last)) return ok(undefined);
  const lastMonth = addMonths(effectMonth(last.validFrom, rules.value.stopFrom), -1);
  const inputs = { month, event: last.value, lastMonth, rule: rules.value.stopFrom };
  return ok(childStep('guardianship-ended', inputs, '0.00', citation));
}

/**
 * Whether the month is lost because a review was overdue, where policy stops the money rather than holding it (每半年复核). The months
 * from the one after the review was due until the review was done are not paid later. Undefined when nothing is lost.
 */
export function overdueReview(input: MonthInput): Result<Step | undefined> {
  const { book, enrolment, month, knownOn } = input;
  const option = readChild.option(book, scopeOf(input), 'overdueReview', month);
  if (!option.ok) return option;
  if (option.value?.value !== 'stop') return ok(undefined);
  const rules = effectRules(input);
  if (!rules.ok) return rules;
  const due = missedReview(history(enrolment.facts, 'next-review'), { month, knownOn }, rules.value);
  if (due === undefined) return ok(undefined);
  return ok(childStep('review-overdue', { month, due }, '0.00', option.value.citation));
}

/** The month in which the review was due whose absence covers the month asked for. Each date of a next review came with a review. */
function missedReview(
  reviews: readonly Fact[],
  { month, knownOn }: { readonly month: Month; readonly knownOn: string },
  rules: EffectRules,
): Month | undefined {
  for (const [index, { value: due }] of reviews.entries()) {
    if (!isPlainDate(due) || monthOf(due) >= month) continue;
    const done = reviews[index + 1]?.validFrom;
    if (done === undefined ? due < knownOn : month < effectMonth(done, rules.resumeFrom)) return monthOf(due);
  }
  return undefined;
}
