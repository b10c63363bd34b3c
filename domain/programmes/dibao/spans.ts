import type { Month } from '../../calendar.ts';
import type { HouseholdCase } from '../../household/household-case.ts';
import { ok, type Result, refusal, refuse } from '../../result.ts';
import type { ScheduleInput } from './proposal.ts';

/** The household of a month. Refusal: `missing/household`, when no dated case reaches back to it. */
export function caseOf({ cases }: ScheduleInput, month: Month): Result<HouseholdCase> {
  const found = cases.findLast(({ from }) => from <= month);
  if (found && 'household' in found) return ok(found.household);
  return refuse(
    refusal(
      'missing/household',
      `对象信息库没有 ${month} 的家庭情况：请补录该月起的成员和收入`,
      `the register has no household for ${month}: add its members and income from that month on`,
      { month },
    ),
  );
}
