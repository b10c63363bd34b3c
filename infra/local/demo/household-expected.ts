import { addMonths, type Month, monthRange } from '../../../domain/calendar.ts';
import { type Fen, fen, sumFen, ZERO } from '../../../domain/money.ts';
import { expectedAmount } from '../sample/expected-dibao.ts';
import { type Determination, determinedFen, type Enrolled } from './household-register.ts';
import { HISTORY_FROM } from './opening.ts';
import type { Amount, Desk } from './payment-run.ts';
import { NEW_STANDARD } from './standard-change.ts';

/** All decisions about an enrolment, in their order. */
export type Decisions = ReadonlyMap<string, readonly Determination[]>;

export async function decisionsOf({ api }: Desk, enrolmentIds: readonly string[]): Promise<Decisions> {
  const decisions = new Map<string, readonly Determination[]>();
  for (const enrolmentId of enrolmentIds) {
    const listed = await api.call('preparer', 'listDeterminations', { params: { enrolmentId } });
    decisions.set(enrolmentId, listed.determinations);
  }
  return decisions;
}

/** What is paid for the months from the first of this service to `month`: what is due now, less what Excel paid. */
export function dueByDecisions(
  { household }: Enrolled,
  decisions: readonly Determination[],
  month: Month,
): Fen {
  const due = (each: Month): Fen => inForce(decisions, each);
  return lessPaid(due, (each) => expectedAmount(household, each), month);
}

/** What the decisions about an enrolment say for a month: the last one that reaches it. */
export function inForce(decisions: readonly Determination[], month: Month): Fen {
  const decision = decisions.findLast(({ spans }) => (spans[0]?.from ?? '9999-12') <= month);
  return decision ? determinedFen(decision, month) : ZERO;
}

/** The same worked out a second time, by an arithmetic of its own, where nothing but the standard changed. */
export function dueByText({ household }: Enrolled, month: Month): Fen {
  const due = (each: Month) => expectedAmount(household, each, NEW_STANDARD);
  return lessPaid(due, (each) => expectedAmount(household, each), month);
}

/** Of a household that is due nothing for `month` any more: what the new standard adds to the months before. */
export function arrearsByText({ household }: Enrolled, month: Month): Fen {
  const due = (each: Month) => (each < month ? expectedAmount(household, each, NEW_STANDARD) : 0);
  return lessPaid(due, (each) => expectedAmount(household, each), month);
}

function lessPaid(due: (month: Month) => number, paid: (month: Month) => number, month: Month): Fen {
  const before = monthRange(HISTORY_FROM, addMonths(month, -1));
  return fen(due(month) + before.reduce((sum, each) => sum + due(each) - paid(each), 0));
}

/** Count and sum of what is more than nothing. */
export function amountOfAll(amounts: readonly Fen[]): Amount {
  const paid = amounts.filter((amount) => amount > 0);
  return { count: paid.length, fen: sumFen(paid) };
}
