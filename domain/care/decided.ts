import type { Month } from '../calendar.ts';
import type { ProgrammeId } from '../ids.ts';
import {
  proposeInitial,
  proposeReview,
  type ScheduleRules,
  type WorkedMonth,
} from '../programmes/decided-schedule.ts';
import { proposeStandardChange, type StandardRules } from '../programmes/decided-standard-change.ts';
import type { PolicyView, ProposeSchedule, ScheduleInput } from '../programmes/schedule.ts';
import { ok, type Refusal, type Result, refusal, refuse, unreachable } from '../result.ts';
import { conditionsOf, grownUpAfter, personOf, readJoint } from './conditions.ts';
import type { PersonCase } from './person-case.ts';

/** What one of the programmes says for itself: its amounts for somebody who is provided for, and what they rest on. */
export type CareAmounts = {
  readonly components: readonly string[];
  /** Parameters whose change is a change of standard (调标). */
  readonly standards: readonly string[];
  /** The programme whose policy holds them; the enrolment's own when absent. */
  readonly policyOf?: ProgrammeId;
  readonly amountsOf: (view: PolicyView, person: PersonCase, month: Month) => Result<WorkedMonth>;
  /** Due although nobody is provided for any more: what a funeral costs. */
  readonly afterwards?: (
    view: PolicyView,
    person: PersonCase,
    month: Month,
  ) => Result<WorkedMonth | undefined>;
};

/** The month of a person as it would be decided. Refusals: those of the conditions and of the amounts; `missing/person`. */
function workedMonth(
  { amountsOf, afterwards }: CareAmounts,
  input: ScheduleInput,
  view: PolicyView,
  month: Month,
): Result<WorkedMonth> {
  const person = personOf(input, month);
  if (!person.ok) return person;
  const conditions = conditionsOf(view, person.value, month);
  if (!conditions.ok) return conditions;
  const { due, steps } = conditions.value;
  const amounts = due ? amountsOf(view, person.value, month) : ok(NOTHING);
  if (!amounts.ok) return amounts;
  const more = afterwards ? afterwards(view, person.value, month) : ok(undefined);
  if (!more.ok) return more;
  const parts = [amounts.value, ...(more.value ? [more.value] : [])];
  return ok({
    components: parts.flatMap(({ components }) => components.filter((one) => one.fen !== 0)),
    derivation: [...steps, ...parts.flatMap(({ derivation }) => derivation)],
    sample: parts.some(({ sample }) => sample),
  });
}

const NOTHING: WorkedMonth = { components: [], derivation: [], sample: false };

/**
 * How a programme of persons works out what to decide: by the same schedules as a household's, from the person's facts month by month.
 * Refusals: those of `workedMonth`, `conflict/not-determined`, `invalid/review-month`, `policy/no-taper`.
 */
export function decidedFor(amounts: CareAmounts): ProposeSchedule {
  const schedule: ScheduleRules = {
    startMonth: (view, month) => readJoint(view, 'startMonth', month),
    changeMonth: (view, month) => readJoint(view, 'changeMonth', month),
    workOut: (input, month) => workedMonth(amounts, input, input, month),
    changesAhead: (input, after) => {
      const person = personOf(input, after);
      return person.ok ? grownUpAfter(input, person.value, after) : [];
    },
  };
  const standard: StandardRules = {
    standards: amounts.standards,
    components: amounts.components,
    ...(amounts.policyOf !== undefined && { policyOf: amounts.policyOf }),
    workOut: (input, view, month) => workedMonth(amounts, input, view, month),
    behind: () => ok(() => amounts.standards),
  };
  return (change, input) => {
    switch (change.kind) {
      case 'initial':
        return proposeInitial(schedule, change, input);
      case 'review':
        return proposeReview(schedule, change, input);
      case 'standard-change':
        return proposeStandardChange(standard, change, input);
      case 'taper':
        return refuse(NO_TAPER);
      default:
        return unreachable(change);
    }
  };
}

/**
 * Whether an end may be decided from a month (终止): where policy provides for the dead until the funeral is done, not for a month after the
 * death that is still due. Undefined when nothing stands against it.
 */
export function whyNotEnded(from: Month, input: ScheduleInput): Refusal | undefined {
  const person = personOf(input, from);
  if (!person.ok || person.value.diedIn === undefined) return undefined;
  const conditions = conditionsOf(input, person.value, from);
  const kept = conditions.ok && conditions.value.due && from > person.value.diedIn;
  return kept ? FUNERAL_FIRST : undefined;
}

const NO_TAPER = refusal(
  'policy/no-taper',
  '特困人员救助供养没有渐退：不再符合条件的请按复核或终止提出',
  'there is no taper here: where the conditions are no longer met ask for a review or an end',
);
const FUNERAL_FIRST = refusal(
  'conflict/funeral-first',
  '按政策丧葬事宜办理完毕后才终止救助供养：请先登记丧葬办理完毕日期，自其次月起终止',
  'by policy the case ends once the funeral is done: record the day of the funeral, and end it from the month after',
);
