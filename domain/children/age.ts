import { addMonths, birthday, isPlainDate, type Month, monthRange } from '../calendar.ts';
import { history, lastRecorded } from '../programmes/fact-history.ts';
import { personFactsOf, scopeOf } from '../programmes/monthly.ts';
import type { MonthInput, Step } from '../programmes/programme.ts';
import type { Fact } from '../register/facts.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import { changeIn, type EffectRules, effectMonth, effectRules } from './effect.ts';
import type { Study } from './parameters.ts';
import { childStep, readChild } from './read-child.ts';

/**
 * Whether a child is still young enough in the month, or old and in study without a break (京民福发〔2011〕173号: 年满18周岁的次月停发，
 * 在校就读的除外). `ended` with the step that says why.
 *
 * Refusals: those of `lookup`, `missing/birth-date`.
 */
export function ageIn(input: MonthInput): Result<{ readonly ended: boolean; readonly step: Step }> {
  const { book, month, enrolment } = input;
  const scope = scopeOf(input);
  const born = lastRecorded(personFactsOf(input), 'birth-date')?.value;
  if (born === undefined || !isPlainDate(born)) return refuse(noBirthDate(enrolment.id));
  const endAge = readChild(book, scope, 'endAge', month);
  if (!endAge.ok) return endAge;
  const leapDay = readChild(book, scope, 'leapDay', month);
  if (!leapDay.ok) return leapDay;
  const { value, citation } = endAge.value;
  const since = effectMonth(birthday(born, value.years, leapDay.value.value), value.ends);
  const inputs = { month, years: String(value.years), since, rule: value.ends, leapDay: leapDay.value.value };
  if (month < since) return ok({ ended: false, step: childStep('of-child-age', inputs, 'due', citation) });
  return ofAgeIn(input, inputs);
}

/** Somebody who has come of age: whether study carries it on. */
function ofAgeIn(
  input: MonthInput,
  inputs: Readonly<Record<'month' | 'years' | 'since' | 'rule' | 'leapDay', string>>,
): Result<{ readonly ended: boolean; readonly step: Step }> {
  const { book, month } = input;
  const scope = scopeOf(input);
  const study = readChild(book, scope, 'study', month);
  if (!study.ok) return study;
  const { value: levels, citation } = study.value;
  if (levels === 'none') return ok({ ended: true, step: childStep('of-age', inputs, '0.00', citation) });
  const gap = readChild.option(book, scope, 'studyGap', month);
  if (!gap.ok) return gap;
  const rules = effectRules(input);
  if (!rules.ok) return rules;
  const gapMonths = gap.value?.value ?? 0;
  const changes = history(personFactsOf(input), 'student');
  const goesOn = studiesOn(changes, { since: inputs.since, month, gapMonths }, levels, rules.value);
  const said = { ...inputs, gap: String(gapMonths) };
  return ok({
    ended: !goesOn,
    step: goesOn
      ? childStep('of-age-in-study', said, 'due', citation)
      : childStep('of-age-not-in-study', said, '0.00', citation),
  });
}

/**
 * True when somebody who came of age was in study from then through the month. Breaks of at most `gapMonths` count as study once the next
 * school has begun, so that they become arrears then; after a longer one a later school begins nothing anew.
 */
function studiesOn(
  changes: readonly Fact[],
  { since, month, gapMonths }: { readonly since: Month; readonly month: Month; readonly gapMonths: number },
  levels: Exclude<Study, 'none'>,
  rules: EffectRules,
): boolean {
  const counts = ({ value }: Fact) => levels.some((level) => level === value);
  const inStudy = (at: Month) => {
    const last = changeIn(changes, at, (change) => (counts(change) ? rules.resumeFrom : rules.stopFrom));
    return last !== undefined && counts(last);
  };
  let gap = 0;
  for (const at of monthRange(addMonths(since, -gapMonths), addMonths(month, gapMonths))) {
    gap = inStudy(at) ? 0 : gap + 1;
    if (at >= since && gap > gapMonths) return false;
    if (at >= month && gap === 0) return true;
  }
  return false;
}

function noBirthDate(enrolment: string) {
  return refusal(
    'missing/birth-date',
    `${enrolment} 的儿童没有出生日期，无法判断年龄：请在对象信息库补录`,
    `the child of ${enrolment} has no birth date, so the age cannot be told: add it to the register`,
    { enrolment },
  );
}
