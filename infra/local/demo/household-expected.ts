import { addMonths, type Month, monthRange } from '../../../domain/calendar.ts';
import { type Fen, fen, sumFen } from '../../../domain/money.ts';
import { expectedAmount } from '../sample/expected-dibao.ts';
import type { Determination, Enrolled } from './household-register.ts';
import { HISTORY_FROM } from './opening.ts';
import { type Amount, type Desk, fenOf } from './payment-run.ts';
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
  const due = (each: Month): number => {
    const decision = decisions.findLast(({ spans }) => (spans[0]?.from ?? '9999-12') <= each);
    return fenOf(decision?.spans.findLast(({ from }) => from <= each)?.amount ?? '0.00');
  };
  return lessPaid(due, (each) => expectedAmount(household, each), month);
}

/** The same worked out a second time, by an arithmetic of its own, where nothing but the standard changed. */
export function dueByText({ household }: Enrolled, month: Month): Fen {
  const due = (each: Month) => expectedAmount(household, each, NEW_STANDARD);
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
