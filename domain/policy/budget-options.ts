import { type FiscalYearClose, lateInYear } from '../budget/fiscal-year.ts';
import type { FundingRule } from '../budget/funding-rule.ts';
import type { Month, PlainDate } from '../calendar.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { PolicyBook } from './book.ts';
import { BUDGET_PARAMETERS } from './budget-parameters.ts';
import { lookupOption, type PolicyScope } from './lookup.ts';

/** How a run is funded and when its year ends, as its manifest keeps it; nothing where the place sets nothing. */
export type BudgetOptions = { readonly funding?: FundingRule; readonly yearEnd?: FiscalYearClose };

/**
 * The shares that govern the first month of a run's period, and the end of the year that it pays in. Refusals: `policy/gap` where an
 * option lapsed, `conflict/after-last-pay-day`.
 */
export function budgetOptions(
  book: PolicyBook,
  scope: PolicyScope,
  month: Month,
  payDate: PlainDate,
): Result<BudgetOptions> {
  const funding = lookupOption(book, { ...scope, parameter: 'funding', month }, BUDGET_PARAMETERS.funding);
  if (!funding.ok) return funding;
  const yearEnd = yearEndRule(book, scope, payDate.slice(0, 7));
  if (!yearEnd.ok) return yearEnd;
  const late = yearEnd.value && lateInYear(payDate, yearEnd.value);
  if (late) return refuse(late);
  return ok({
    ...(funding.value && { funding: funding.value }),
    ...(yearEnd.value && { yearEnd: yearEnd.value }),
  });
}

/** When the year of a month ends, where the place says so. Refusals: `policy/gap`. */
export function yearEndRule(
  book: PolicyBook,
  scope: PolicyScope,
  month: Month,
): Result<FiscalYearClose | undefined> {
  const query = { ...scope, parameter: 'fiscalYearClose', month };
  return lookupOption(book, query, BUDGET_PARAMETERS.fiscalYearClose);
}
