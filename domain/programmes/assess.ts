import type { Month } from '../calendar.ts';
import type { EnrolmentId, ProgrammeId } from '../ids.ts';
import type { PolicyBook } from '../policy/book.ts';
import type { Result } from '../result.ts';
import type { Entitlement, Situation } from './programme.ts';
import { byStackingOrder, type StackingAt, stackedMonth } from './stacking.ts';

/** What one enrolment of the household is owed for the month, or why that cannot be said. */
type AssessedEnrolment = {
  readonly enrolment: EnrolmentId;
  readonly programme: ProgrammeId;
  readonly result: Result<Entitlement>;
};
/** One household's month, in stacking order: a programme comes after those whose answer it depends on. */
export type Assessment = { readonly month: Month; readonly enrolments: readonly AssessedEnrolment[] };

export type AssessAt = StackingAt;

/**
 * Evaluates every enrolment of a household for one month in one pure call, and what stacking leaves of each. Facts recorded after the run's cut-off must
 * already be left out (`knownBy`). The order of persons, enrolments and facts does not matter.
 */
export function assess(situation: Situation, book: PolicyBook, at: AssessAt): Assessment {
  const { net } = stackedMonth(situation, book, at);
  const enrolments = situation.enrolments.toSorted(byStackingOrder).map(
    (enrolment): AssessedEnrolment => ({
      enrolment: enrolment.id,
      programme: enrolment.programme,
      result: net(enrolment),
    }),
  );
  return { month: at.month, enrolments };
}
