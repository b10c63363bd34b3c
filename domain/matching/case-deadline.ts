import type { PlainDate } from '../calendar.ts';
import { addWorkingDays, type WorkingDays } from '../working-days.ts';
import type { CaseState } from './case.ts';

/** Working days in which the street verifies, the notice is delivered, and the case is decided and carried out. */
export type CaseDeadlines = { readonly verify: number; readonly notice: number; readonly decide: number };

const STEP_OF: Readonly<Record<Exclude<CaseState, 'closed'>, keyof CaseDeadlines>> = {
  assigned: 'verify',
  verified: 'notice',
  noticed: 'decide',
  deciding: 'decide',
};

/** The working day by which the next step is due. Undefined for a closed case, and where the calendar of that year is not known. */
export function caseDue(
  state: CaseState,
  since: PlainDate,
  deadlines: CaseDeadlines,
  days: WorkingDays,
): PlainDate | undefined {
  if (state === 'closed') return undefined;
  const due = addWorkingDays(days, since, deadlines[STEP_OF[state]]);
  return due.ok ? due.value : undefined;
}
