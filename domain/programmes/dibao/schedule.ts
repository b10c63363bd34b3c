import type { Month } from '../../calendar.ts';
import { ok, type Result, unreachable } from '../../result.ts';
import { proposeInitial, proposeReview, type ScheduleRules } from '../decided-schedule.ts';
import type { PolicyView, ScheduleChange, ScheduleInput, ScheduleProposal } from './proposal.ts';
import { readParameters } from './read-parameter.ts';
import { proposeStandardChange, workedMonth } from './standard-change.ts';
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
      return proposeInitial(SCHEDULE, change, input);
    case 'review':
      return proposeReview(SCHEDULE, change, input);
    case 'taper':
      return proposeTaper(change, input);
    case 'standard-change':
      return proposeStandardChange(change, input);
    default:
      return unreachable(change);
  }
}

const SCHEDULE: ScheduleRules = {
  startMonth: (view, month) => one(view, month, 'startMonth'),
  changeMonth: (view, month) => one(view, month, 'changeMonth'),
  workOut: (input, month) => workedMonth(input, input, month),
};

function one<Name extends 'startMonth' | 'changeMonth'>(view: PolicyView, month: Month, name: Name) {
  const values = readParameters(view, month, [name]);
  return values.ok ? ok(values.value[name]) : values;
}
