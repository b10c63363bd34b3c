import {
  addMonths,
  birthday,
  type LeapDayRule,
  type Month,
  maxMonth,
  monthOf,
  monthsBetween,
  type PlainDate,
} from '../../calendar.ts';
import type { Citation } from '../../citation.ts';
import type { PolicyBook } from '../../policy/book.ts';
import { type PolicyScope, policyChanges } from '../../policy/lookup.ts';
import { ok, type Result, refusal, refuse, unreachable } from '../../result.ts';
import { lastRecorded } from '../fact-history.ts';
import type { EnrolmentFacts, Step } from '../programme.ts';
import type { HighAgeStepCode } from './labels.ts';
import type { Band, LateApplication } from './parameters.ts';
import { readParameter } from './read-parameter.ts';

/** The rules that turn a birth date into a band, as they stand for one month. */
export type AgeRules = {
  readonly bands: readonly Band[];
  readonly bandStart: 'birthday-month' | 'next-month';
  readonly leapDay: LeapDayRule;
  /** Of the bands: the only value of this programme that bears an amount. */
  readonly citation: Citation;
  readonly sample: boolean;
};
/** When a person becomes eligible (符合条件), by month and by day. */
export type Eligibility = { readonly month: Month; readonly day: PlainDate };
/** First month due, with the step that says why. */
export type Start = { readonly first: Month; readonly step: Step };

/** The first month of the band that starts at an age: the month of the birthday, or the one after. */
export function bandMonth(
  birthDate: PlainDate,
  age: number,
  rules: Pick<AgeRules, 'bandStart' | 'leapDay'>,
): Month {
  const month = monthOf(birthday(birthDate, age, rules.leapDay));
  return rules.bandStart === 'next-month' ? addMonths(month, 1) : month;
}

/** The age rules of a month. Refusals: those of `lookup`. */
export function ageRules(book: PolicyBook, scope: PolicyScope, month: Month): Result<AgeRules> {
  const bands = readParameter(book, scope, 'bands', month);
  if (!bands.ok) return bands;
  const bandStart = readParameter(book, scope, 'bandStart', month);
  if (!bandStart.ok) return bandStart;
  const leapDay = readParameter(book, scope, 'leapDay', month);
  if (!leapDay.ok) return leapDay;
  const { value, citation, sample = false } = bands.value;
  return ok({
    bands: value,
    bandStart: bandStart.value.value,
    leapDay: leapDay.value.value,
    citation,
    sample,
  });
}

/**
 * The month and day from which a person is old enough: not before the policy began, and by the rules in force at that
 * time. Between two changes of policy the rules are constant, so each such stretch is asked once. Someone who reached
 * the age while no rule was in force is refused with that gap: whether they were eligible then, nobody decided.
 */
export function eligibility(book: PolicyBook, scope: PolicyScope, birthDate: PlainDate): Result<Eligibility> {
  const starts = policyChanges(book, scope, ['bands']);
  const changes = policyChanges(book, scope, ['bands', 'bandStart', 'leapDay']);
  const stretches = changes.filter((month) => month >= (starts[0] ?? month));
  let gapBefore: Result<never> | undefined;
  for (const [index, from] of stretches.entries()) {
    const next = stretches[index + 1];
    const rules = ageRules(book, scope, from);
    if (!rules.ok) {
      gapBefore = rules;
      continue;
    }
    const age = rules.value.bands[0]?.fromAge ?? 0;
    const ofAge = bandMonth(birthDate, age, rules.value);
    if (next === undefined || ofAge < next) {
      if (gapBefore && ofAge < from) return gapBefore;
      const month = maxMonth(ofAge, from);
      const turns = birthday(birthDate, age, rules.value.leapDay);
      return ok({ month, day: monthOf(turns) === month ? turns : `${month}-01` });
    }
    gapBefore = undefined;
  }
  return gapBefore ?? refuse(nobodyEligible(scope));
}

function nobodyEligible({ jurisdiction, programme, knownOn }: PolicyScope) {
  return refusal(
    'policy/no-rule',
    `${jurisdiction} 及其上级没有截至 ${knownOn} 已决定的年龄档（${programme}）：请先导入政策包`,
    `neither ${jurisdiction} nor a place above it had decided age bands (${programme}) by ${knownOn}: import a policy pack first`,
    { jurisdiction, programme, knownOn, parameter: 'bands' },
  );
}

/**
 * The first month due. The rule on late applications is the one in force in the month of application, or when the policy
 * began if the person applied before that. Refusal: `missing/application`.
 */
export function startOf(
  book: PolicyBook,
  scope: PolicyScope,
  enrolment: EnrolmentFacts,
  eligible: Eligibility,
): Result<Start> {
  const applied = lastRecorded(enrolment.facts, 'application')?.value;
  const policyStart = policyChanges(book, scope, ['bands'])[0] ?? eligible.month;
  const ruleMonth = maxMonth(applied === undefined ? eligible.month : monthOf(applied), policyStart);
  const required = readParameter(book, scope, 'requiresApplication', ruleMonth);
  if (!required.ok) return required;
  const eligibleFrom = eligible.month;
  if (!required.value.value) {
    const { citation } = required.value;
    const step = {
      code: 'start-without-application',
      inputs: { eligibleFrom },
      result: eligibleFrom,
      citation,
    };
    return ok({ first: eligibleFrom, step });
  }
  if (applied === undefined) return refuse(noApplication(enrolment));
  const late = readParameter(book, scope, 'lateApplication', ruleMonth);
  if (!late.ok) return late;
  const { code, first } = weighApplication(applied, eligible, late.value.value);
  const limits: Record<string, string> =
    late.value.value.rule === 'within-months-back-to-eligibility'
      ? { limit: String(late.value.value.months), count: late.value.value.count }
      : {};
  const inputs = { eligibleFrom, applicationMonth: monthOf(applied), ...limits };
  return ok({ first, step: { code, inputs, result: first, citation: late.value.citation } });
}

/** What a date of application makes of the month of eligibility, by a policy's rule on late applications. */
function weighApplication(
  applied: PlainDate,
  eligible: Eligibility,
  rule: LateApplication,
): { readonly code: HighAgeStepCode; readonly first: Month } {
  const month = monthOf(applied);
  if (month <= eligible.month) return { code: 'start-in-time', first: eligible.month };
  switch (rule.rule) {
    case 'back-to-eligibility':
      return { code: 'start-back-to-eligibility', first: eligible.month };
    case 'application-month':
      return { code: 'start-application-month', first: month };
    case 'within-months-back-to-eligibility': {
      const within =
        rule.count === 'day-exact'
          ? applied <= monthsLater(eligible.day, rule.months)
          : monthsBetween(eligible.month, month) <= rule.months;
      return within
        ? { code: 'start-late-within', first: eligible.month }
        : { code: 'start-late-over', first: month };
    }
    default:
      return unreachable(rule);
  }
}

/**
 * The same day some months later, for comparing only: "2025-02-31" stands for the last day of February, because no date of
 * that month comes after it and every date of the next one does.
 */
function monthsLater(date: PlainDate, months: number): string {
  return `${addMonths(monthOf(date), months)}${date.slice(7)}`;
}

function noApplication(enrolment: EnrolmentFacts) {
  return refusal(
    'missing/application',
    `${enrolment.id} 没有申请日期，而当地政策须凭申请起发：请在对象信息库补录申请日期`,
    `${enrolment.id} has no date of application, and the policy pays only on application: add the date to the register`,
    { enrolment: enrolment.id },
  );
}
