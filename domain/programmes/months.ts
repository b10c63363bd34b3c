import { type Month, maxMonth, monthRange, type PlainDate } from '../calendar.ts';
import type { JurisdictionCode } from '../ids.ts';
import type { PolicyBook } from '../policy/book.ts';
import { ok, type Result } from '../result.ts';
import type { EnrolmentFacts, Entitlement, Situation } from './programme.ts';
import { runRules } from './run-rules.ts';
import { stackedMonth } from './stacking.ts';

export type MonthSpan = { readonly from: Month; readonly through: Month };

/** Everything one enrolment is owed from its first month on. */
export type EntitledMonths = {
  /** First month of entitlement, whether or not it lies before `historyFrom`; undefined while there is none yet. */
  readonly first: Month | undefined;
  /** The months that may become money: from `historyFrom` through the month asked for. Compare only these. */
  readonly span: MonthSpan;
  /** One entitlement per month from the later of `first` and `historyFrom`, in order, zeros included. */
  readonly months: readonly Entitlement[];
};

/**
 * Every month of an enrolment from its first to `through`, with what it is owed after stacking: what arrears and recoveries are taken
 * from. Months before `historyFrom`, as the run's manifest has it, are left out. A refusal for any month refuses all, because a
 * difference over a part would look like the whole.
 */
export function entitledMonths(
  situation: Situation,
  enrolment: EnrolmentFacts,
  book: PolicyBook,
  at: {
    readonly historyFrom: Month;
    readonly through: Month;
    readonly knownOn: PlainDate;
    readonly jurisdiction?: JurisdictionCode;
  },
): Result<EntitledMonths> {
  const rules = runRules(enrolment.programme);
  if (!rules.ok) return rules;
  const { historyFrom, through, ...known } = at;
  const input = { enrolment, situation, book, ...known };
  const first = rules.value.firstMonth(input);
  if (!first.ok) return first;
  const months: Entitlement[] = [];
  const from = first.value && maxMonth(first.value, historyFrom);
  for (const month of from === undefined ? [] : monthRange(from, through)) {
    const entitlement = stackedMonth(situation, book, { ...known, month }).net(enrolment);
    if (!entitlement.ok) return entitlement;
    months.push(entitlement.value);
  }
  return ok({ first: first.value, span: { from: historyFrom, through }, months });
}
