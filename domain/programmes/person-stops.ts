import { addMonths, type Month, monthOf } from '../calendar.ts';
import type { Citation } from '../citation.ts';
import type { JurisdictionCode } from '../ids.ts';
import { liesWithin } from '../policy/jurisdiction.ts';
import type { Fact, FactKind } from '../register/facts.ts';
import { ok, type Result } from '../result.ts';
import { decidedStop } from './decided-stop.ts';
import { certifiedDeath, history } from './fact-history.ts';
import { type MonthlyReader, monthlyStep, personFactsOf, scopeOf } from './monthly.ts';
import type { STOP_STEPS } from './monthly-labels.ts';
import type { MONTHLY_PARAMETERS } from './monthly-parameters.ts';
import { paidElsewhereStep } from './paid-elsewhere.ts';
import type { MonthInput, Step } from './programme.ts';

/** What may stop a person's money; which of them do differs from place to place and programme to programme. */
export type StopKind = 'paid-elsewhere' | 'death' | 'decision' | 'registration' | 'custody' | 'missing';
export const EVERY_STOP: readonly StopKind[] = [
  'paid-elsewhere',
  'death',
  'decision',
  'registration',
  'custody',
  'missing',
];

/** When a stop or a resumption takes effect: for the month it falls in, or for the month after. */
type EffectRule = 'same-month' | 'next-month';
export type StopRules = {
  readonly stopFrom: EffectRule;
  readonly resumeFrom: EffectRule;
  readonly applies: readonly StopKind[];
  /** Of `stopFrom`; of paid-elsewhere none, which is a fact alone. */
  readonly citation?: Citation;
};
type Stop = { readonly code: keyof typeof STOP_STEPS; readonly lastMonth?: Month };

/**
 * Why nothing is due to a person for a month; undefined when nothing stops it. The first that applies of paid elsewhere, death,
 * decision, move-out, not yet registered, custody, missing is named; nothing is due either way. A death that is only reported stops
 * nothing here. Never says when somebody died or where he moved to.
 */
export function personStop(input: MonthInput, rules: StopRules): Step | undefined {
  const { enrolment, month } = input;
  const elsewhere = rules.applies.includes('paid-elsewhere')
    ? paidElsewhereStep(month, enrolment.facts)
    : undefined;
  if (elsewhere) return elsewhere;
  const stop = stopIn(month, personFactsOf(input), enrolment.facts, enrolment.jurisdiction, rules);
  if (!stop) return undefined;
  const rule: Record<string, string> =
    stop.code === 'not-yet-registered' ? { resume: rules.resumeFrom } : { rule: rules.stopFrom };
  const inputs: Record<string, string> = { month, ...rule };
  if (stop.lastMonth !== undefined) inputs['lastMonth'] = stop.lastMonth;
  return monthlyStep(stop.code, inputs, '0.00', rules.citation);
}

/**
 * The same by the policy of the month: the step that stops it (`stopped: true`), or the one that says that nothing does. Refusals:
 * those of `lookup` for `stopFrom` and `resumeFrom`.
 */
export function personStopByPolicy(
  input: MonthInput,
  read: MonthlyReader<Pick<typeof MONTHLY_PARAMETERS, 'stopFrom' | 'resumeFrom'>>,
  applies: readonly StopKind[] = EVERY_STOP,
): Result<{ readonly stopped: boolean; readonly step: Step }> {
  const { book, month } = input;
  const scope = scopeOf(input);
  const stopFrom = read(book, scope, 'stopFrom', month);
  if (!stopFrom.ok) return stopFrom;
  const resumeFrom = read(book, scope, 'resumeFrom', month);
  if (!resumeFrom.ok) return resumeFrom;
  const { value: rule, citation } = stopFrom.value;
  const resume = resumeFrom.value.value;
  const stop = personStop(input, { stopFrom: rule, resumeFrom: resume, applies, citation });
  if (stop) return ok({ stopped: true, step: stop });
  return ok({
    stopped: false,
    step: monthlyStep('not-stopped', { month, rule, resume }, 'due', citation),
  });
}

function stopIn(
  month: Month,
  person: readonly Fact[],
  enrolment: readonly Fact[],
  place: JurisdictionCode,
  rules: StopRules,
): Stop | undefined {
  const applies = (kind: StopKind) => rules.applies.includes(kind);
  const death = applies('death') ? certifiedDeath(person) : undefined;
  if (death !== undefined) {
    const lastMonth = addMonths(effectMonth(death, rules.stopFrom), -1);
    if (month > lastMonth) return { code: 'stopped-death', lastMonth };
  }
  const decided = applies('decision') ? decidedStop(month, enrolment) : undefined;
  if (decided !== undefined) return { code: 'stopped-decision', lastMonth: decided };
  if (applies('registration')) {
    const movedOut = (value: string) => value !== 'in' && !liesWithin(value, place);
    if (isAway(month, person, 'household-registration', movedOut, rules))
      return { code: 'stopped-moved-out' };
    if (isBeforeArrival(month, person, place, rules)) return { code: 'not-yet-registered' };
  }
  if (applies('custody') && isAway(month, person, 'custody', (value) => value === 'custody', rules))
    return { code: 'stopped-custody' };
  if (applies('missing') && isAway(month, person, 'missing', (value) => value === 'missing', rules))
    return { code: 'stopped-missing' };
  return undefined;
}

function effectMonth(date: string, rule: EffectRule): Month {
  return addMonths(monthOf(date), rule === 'next-month' ? 1 : 0);
}

/**
 * True before somebody came from elsewhere: the first thing known of their registration (户籍迁入) is that it came here, so the
 * months before were another place's. A move from street to street names nothing but a street, and is none.
 */
function isBeforeArrival(
  month: Month,
  facts: readonly Fact[],
  place: JurisdictionCode,
  rules: StopRules,
): boolean {
  const first = history(facts, 'household-registration')[0];
  if (!first || (first.value !== 'in' && first.value !== place)) return false;
  return month < effectMonth(first.validFrom, rules.resumeFrom);
}

/** Of the changes that have taken effect by the month, the one that happened last decides. */
function isAway(
  month: Month,
  facts: readonly Fact[],
  kind: FactKind,
  away: (value: string) => boolean,
  rules: StopRules,
): boolean {
  const change = history(facts, kind).findLast((fact) => {
    const rule = away(fact.value) ? rules.stopFrom : rules.resumeFrom;
    return effectMonth(fact.validFrom, rule) <= month;
  });
  return change !== undefined && away(change.value);
}
