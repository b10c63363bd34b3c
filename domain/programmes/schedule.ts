import type { Month, PlainDate } from '../calendar.ts';
import type { DatedCase } from '../household/household-case.ts';
import type { PolicyBook } from '../policy/book.ts';
import type { PolicyScope } from '../policy/lookup.ts';
import type { Determination, DeterminationSpan } from '../register/determination.ts';
import type { Result } from '../result.ts';

/** Which policy, as known on which day (`scope.knownOn`). */
export type PolicyView = { readonly book: PolicyBook; readonly scope: PolicyScope };

/** What a schedule is proposed for: the kinds of determination that the engine can work out. */
export type ScheduleChange =
  /** A first approval; the first month is policy's start month. */
  | { readonly kind: 'initial'; readonly appliedOn: PlainDate; readonly decidedOn: PlainDate }
  /** A review: from where policy says changes take effect, or back from a month for a fact that was known late. */
  | { readonly kind: 'review'; readonly decidedOn: PlainDate; readonly from?: Month }
  /** Employment was declared and income passed the line: 渐退. `months` where policy lets the bureau choose. */
  | { readonly kind: 'taper'; readonly declaredOn: PlainDate; readonly months?: number }
  /**
   * A new standard by a document issued on a day: months through `through`, past ones by the retroactivity of each changed value.
   * The last span stays open, so `through` is the month of the next payment.
   */
  | { readonly kind: 'standard-change'; readonly issuedOn: PlainDate; readonly through: Month };

export type ScheduleInput = PolicyView & {
  /** Ascending; the one with the greatest `from` not after a month is the household of that month. */
  readonly cases: readonly DatedCase[];
  /** Determinations known so far; empty for a first approval. */
  readonly determinations: readonly Determination[];
  /** Last month due where the enrolment was ended by decision. */
  readonly lastMonth?: Month;
};

/** The proposed content of a determination. No spans: what is in force already says the same. */
export type ScheduleProposal = {
  readonly kind: ScheduleChange['kind'];
  readonly spans: readonly DeterminationSpan[];
  readonly sample: boolean;
};

/** How a programme that pays by decision works out what to decide (测算). Pure; moves no money. */
export type ProposeSchedule = (change: ScheduleChange, input: ScheduleInput) => Result<ScheduleProposal>;
