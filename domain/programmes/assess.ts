import type { Month, PlainDate } from '../calendar.ts';
import type { EnrolmentId, JurisdictionCode, ProgrammeId } from '../ids.ts';
import type { PolicyBook } from '../policy/book.ts';
import type { Result } from '../result.ts';
import type { EnrolmentFacts, Entitlement, Situation } from './programme.ts';
import { RUN_RULES, runRules } from './run-rules.ts';

/** What one enrolment of the household is owed for the month, or why that cannot be said. */
type AssessedEnrolment = {
  readonly enrolment: EnrolmentId;
  readonly programme: ProgrammeId;
  readonly result: Result<Entitlement>;
};
/** One household's month, in stacking order: a programme comes after those whose answer it depends on. */
export type Assessment = { readonly month: Month; readonly enrolments: readonly AssessedEnrolment[] };

export type AssessAt = {
  readonly month: Month;
  readonly knownOn: PlainDate;
  /** The jurisdiction whose policy applies; each enrolment's own when absent. */
  readonly jurisdiction?: JurisdictionCode;
};

/**
 * Evaluates every enrolment of a household for one month in one pure call. Facts recorded after the run's cut-off must
 * already be left out (`knownBy`). The order of persons, enrolments and facts does not matter.
 */
export function assess(situation: Situation, book: PolicyBook, at: AssessAt): Assessment {
  const inOrder = situation.enrolments.toSorted(byStackingOrder);
  const enrolments = inOrder.map((enrolment): AssessedEnrolment => {
    const rules = runRules(enrolment.programme);
    const result = rules.ok ? rules.value.assessMonth({ enrolment, situation, book, ...at }) : rules;
    return { enrolment: enrolment.id, programme: enrolment.programme, result };
  });
  return { month: at.month, enrolments };
}

/** The registry lists programmes in stacking order; within one programme the id decides. */
function byStackingOrder(a: EnrolmentFacts, b: EnrolmentFacts): number {
  const [left, right] = [stackingPosition(a), stackingPosition(b)];
  if (left !== right) return left - right;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function stackingPosition(enrolment: EnrolmentFacts): number {
  const position = Object.keys(RUN_RULES).indexOf(enrolment.programme);
  return position === -1 ? Number.MAX_SAFE_INTEGER : position;
}
