import { monthOf, monthsBetween } from '../calendar.ts';
import { recorded } from '../programmes/fact-history.ts';
import { personFactsOf } from '../programmes/monthly.ts';
import { EVERY_STOP, type StopKind } from '../programmes/person-stops.ts';
import type { MonthInput, Step } from '../programmes/programme.ts';
import { disabilityStep as step } from './disability-step.ts';
import { interruption } from './interruptions.ts';
import type { Rules } from './read-rules.ts';
import { closedWindow, joinedOn } from './recheck.ts';
import { settled } from './settled.ts';

/** What was looked at; `stops` when nothing is due for it. */
export type Condition = { readonly stops: boolean; readonly step: Step };

/** Stops of persons that the shared rules see to: those after which a new application is needed are seen to here. */
export function sharedStops(rules: Rules): readonly StopKind[] {
  const own = rules.reapplyAfter?.value ?? [];
  return EVERY_STOP.filter((kind) => !((kind === 'custody' || kind === 'missing') && own.includes(kind)));
}

/** 须重新申请: custody, absence, a move or a cancelled card after which nothing is due before a new application. */
export function reapplications(input: MonthInput, rules: Rules): Condition[] {
  const { reapplyAfter } = rules;
  if (!reapplyAfter) return [];
  const { month, enrolment } = input;
  return reapplyAfter.value.flatMap((kind): Condition[] => {
    const found = interruption(kind, month, personFactsOf(input), enrolment.facts, {
      stopFrom: rules.stopFrom.value,
      resumeFrom: rules.resumeFrom.value,
      place: input.jurisdiction ?? enrolment.jurisdiction,
    });
    if (!found) return [];
    const { citation } = reapplyAfter;
    if (found.state === 'resumed')
      return [{ stops: false, step: step('reapplied', { month, reason: kind }, found.from, citation) }];
    const code = found.state === 'stopped' ? 'stopped-reapply' : 'needs-reapplication';
    return [{ stops: true, step: step(code, { month, reason: kind }, '0.00', citation) }];
  });
}

/** 工伤生活护理费. */
export function workInjury(input: MonthInput, rules: Rules): Condition | undefined {
  if (rules.workInjuryCare.value === 'allowed') return undefined;
  const { month } = input;
  const ruleOf = (_: string, now: string) => (now === 'yes' ? rules.stopFrom.value : rules.resumeFrom.value);
  const held = settled(personFactsOf(input), 'work-injury-care', month, ruleOf, '');
  if (held?.value !== 'yes') return undefined;
  return { stops: true, step: step('work-injury-care', { month }, '0.00', rules.workInjuryCare.citation) };
}

/** 定期核查. */
export function rechecked(input: MonthInput, rules: Rules): Condition | undefined {
  const { recheck } = rules;
  if (!recheck) return undefined;
  const { month, enrolment } = input;
  const window = closedWindow(month, enrolment.facts, recheck.value, input.knownOn);
  if (!window) return undefined;
  const { from, through, checkedOn } = window;
  const inputs = { month, from, through };
  const { citation } = recheck;
  if (checkedOn === undefined) return { stops: true, step: step('recheck-missed', inputs, '0.00', citation) };
  if (checkedOn <= through) return { stops: false, step: step('rechecked', inputs, checkedOn, citation) };
  const since = monthOf(checkedOn);
  const late = { ...inputs, rule: recheck.value.late };
  return recheck.value.late === 'from-review-month' && month < since
    ? { stops: true, step: step('recheck-missed', inputs, '0.00', citation) }
    : { stops: false, step: step('recheck-late', late, since, citation) };
}

/** 收入核对报告超过有效期. An application is one too, and before the first report is on record nobody looks. */
export function incomeReported(input: MonthInput, rules: Rules, named: string): Condition | undefined {
  const { incomeReport } = rules;
  if (!incomeReport || !(incomeReport.value.classes?.includes(named) ?? true)) return undefined;
  const { month, enrolment } = input;
  const reports = recorded(enrolment.facts, 'income-report')
    .map(({ value }) => monthOf(value))
    .filter((reported) => reported <= month);
  if (reports.length === 0) return undefined;
  const last = [...reports, monthOf(joinedOn(enrolment.facts, month) ?? '')].sort().at(-1) ?? month;
  const { validMonths } = incomeReport.value;
  const stops = monthsBetween(last, month) > validMonths;
  const inputs = { month, reported: last, limit: String(validMonths), class: named };
  const code = stops ? 'income-report-old' : 'income-report';
  return { stops, step: step(code, inputs, stops ? '0.00' : last, incomeReport.citation) };
}
