import { addMonths, isPlainDate, type Month, type PlainDate } from '../../calendar.ts';
import type { Citation } from '../../citation.ts';
import { type Fen, fen, toYuan, writtenFen } from '../../money.ts';
import type { PolicyScope } from '../../policy/lookup.ts';
import { invariant, ok, type Result, refusal, refuse } from '../../result.ts';
import { lastRecorded, valueOn } from '../fact-history.ts';
import { monthlyEntitlement, monthlyStep, personFactsOf, scopeOf } from '../monthly.ts';
import { paidElsewhereStep } from '../paid-elsewhere.ts';
import { personStopByPolicy } from '../person-stops.ts';
import type { EnrolmentFacts, EnrolmentInput, Entitlement, MonthInput, Step } from '../programme.ts';
import { IDENTITY_CLASSES, type IdentityClass } from './identity-classes.ts';
import type { HighAgeStepCode } from './labels.ts';
import { readParameter } from './read-parameter.ts';
import { type AgeRules, ageRules, bandMonth, eligibility, type Start, startOf } from './start.ts';

/** The only component of 高龄津贴. */
export const ALLOWANCE = 'allowance';

/**
 * What a person is owed for a month (老年人权益保障法 Art. 33; amounts and options are the jurisdiction's). Zero before the
 * starting age, before the first month due and after a stop, each with its step.
 *
 * Refusals: `policy/gap`, `policy/no-rule`, `missing/birth-date`, `missing/application`.
 */
export function assessMonth(input: MonthInput): Result<Entitlement> {
  const { book, enrolment, month } = input;
  const scope = scopeOf(input);
  const birthDate = birthDateOf(input);
  if (!birthDate.ok) return birthDate;
  const rules = ageRules(book, scope, month);
  if (!rules.ok) return rules;
  const { sample, citation } = rules.value;
  const nothing = (steps: readonly Step[]) => ok(entitlement(enrolment, month, sample, steps));

  const youngest = rules.value.bands[0]?.fromAge ?? 0;
  const since = bandMonth(birthDate.value, youngest, rules.value);
  if (month < since) return nothing([step('under-age', { month, since }, '0.00', citation)]);

  const start = firstDue(input, scope, birthDate.value);
  if (!start.ok) return start;
  const { first, step: startStep } = start.value;
  if (month < first) {
    return nothing([startStep, step('not-started', { month, since: first }, '0.00', startStep.citation)]);
  }
  const elsewhere = paidElsewhereStep(month, enrolment.facts);
  if (elsewhere) return nothing([startStep, elsewhere]);
  const stop = personStopByPolicy(input, readParameter);
  if (!stop.ok) return stop;
  if (stop.value.stopped) return nothing([startStep, stop.value.step]);

  const amount = amountSteps(input, scope, birthDate.value, rules.value);
  if (!amount.ok) return amount;
  const steps = [startStep, stop.value.step, ...amount.value.steps];
  return ok(entitlement(enrolment, month, sample, steps, amount.value.fen));
}

/** The first month due, late application weighed. Refusals: as `assessMonth`. */
export function firstMonth(input: EnrolmentInput): Result<Month> {
  const birthDate = birthDateOf(input);
  if (!birthDate.ok) return birthDate;
  const start = firstDue(input, scopeOf(input), birthDate.value);
  return start.ok ? ok(start.value.first) : start;
}

function firstDue(input: EnrolmentInput, scope: PolicyScope, birthDate: PlainDate): Result<Start> {
  const eligible = eligibility(input.book, scope, birthDate);
  return eligible.ok ? startOf(input.book, scope, input.enrolment, eligible.value) : eligible;
}

function birthDateOf(input: EnrolmentInput): Result<PlainDate> {
  const value = lastRecorded(personFactsOf(input), 'birth-date')?.value;
  if (value !== undefined && isPlainDate(value)) return ok(value);
  const { id } = input.enrolment;
  return refuse(
    refusal(
      'missing/birth-date',
      `${id} 的享受人没有出生日期，无法判断年龄：请在对象信息库补录`,
      `the person of ${id} has no birth date, so the age cannot be told: add it to the register`,
      { enrolment: id },
    ),
  );
}

/** Age band, class where the band asks for it, amount. */
function amountSteps(
  input: MonthInput,
  scope: PolicyScope,
  birthDate: PlainDate,
  rules: AgeRules,
): Result<{ fen: Fen; steps: Step[] }> {
  const { month } = input;
  const band = rules.bands.findLast(({ fromAge }) => bandMonth(birthDate, fromAge, rules) <= month);
  invariant(band, 'a person above the youngest age is in a band');
  const fromAge = String(band.fromAge);
  const since = bandMonth(birthDate, band.fromAge, rules);
  const { bandStart, leapDay } = rules;
  const steps = [step('age-band', { month, fromAge, since, bandStart, leapDay }, fromAge, rules.citation)];
  let named = 'everyone';
  let yuan: string;
  if ('amount' in band) {
    yuan = band.amount;
  } else {
    const identity = classStep(input, scope);
    if (!identity.ok) return identity;
    steps.push(identity.value.step);
    named = identity.value.identity;
    yuan = band.amounts[identity.value.identity];
  }
  const amount = writtenFen(yuan);
  steps.push(step('amount', { month, fromAge, class: named }, toYuan(amount), rules.citation));
  return ok({ fen: amount, steps });
}

/** The identity class that counts for the month; `none` when the register knows of no other. */
function classStep(input: MonthInput, scope: PolicyScope): Result<{ identity: IdentityClass; step: Step }> {
  const { book, month } = input;
  const change = readParameter(book, scope, 'classChange', month);
  if (!change.ok) return change;
  const rule = change.value.value;
  // Text comparison: "2026-05" < "2026-05-01" < "2026-05-31" < "2026-06", so a bare month is the end of the one before.
  const upTo = rule === 'next-month' ? month : rule === 'month-start' ? `${month}-01` : `${month}-31`;
  const held = valueOn(personFactsOf(input), 'identity-class', upTo, 'none');
  const identity = IDENTITY_CLASSES.find((known) => known === held) ?? 'none';
  const asOf = rule === 'next-month' ? addMonths(month, -1) : month;
  return ok({
    identity,
    step: step('identity-class', { month, asOf, rule }, identity, change.value.citation),
  });
}

function step(
  code: HighAgeStepCode,
  inputs: Readonly<Record<string, string>>,
  result: string,
  citation: Citation | undefined,
): Step {
  return monthlyStep(code, inputs, result, citation);
}

function entitlement(
  enrolment: EnrolmentFacts,
  month: Month,
  sample: boolean,
  derivation: readonly Step[],
  due: Fen = fen(0),
): Entitlement {
  return monthlyEntitlement(enrolment, month, {
    components: [{ component: ALLOWANCE, fen: due }],
    derivation,
    sample,
  });
}
