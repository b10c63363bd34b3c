import type { Instant, PlainDate } from '../calendar.ts';

/**
 * Dated facts (事实): what the register knows about a person or an enrolment, each with the day it holds from, the instant
 * it was recorded, its source and who recorded it. Facts are only ever appended; a correction is a later fact of the
 * same kind. Everything a rule may look at is a fact.
 */
export type Fact = {
  readonly kind: FactKind;
  readonly value: string;
  /** The day from which the fact holds in the world. */
  readonly validFrom: PlainDate;
  /** The instant at which the register learned it. */
  readonly recordedAt: Instant;
  /** e.g. "register", "street-report", "list:health-commission", "counter". */
  readonly source: string;
  /** Opaque id of the member of staff, or of the import. */
  readonly by: string;
};

export const PERSON_FACT_KINDS = [
  /** value: date of birth. */
  'birth-date',
  /** value: date of death (死亡日期); validFrom is the same date. Certified by the street or the funeral home. */
  'death-certified',
  /** value: date of death according to a matching list; not certified: stops payment by a hold, never by itself. */
  'death-reported',
  /** value: tekun | dibao | marginal | none (特困/低保/低保边缘/其他). */
  'identity-class',
  /** value: "in" or the GB/T 2260 code moved to (户籍迁出). */
  'household-registration',
  /** value: "custody" or "released" (服刑). */
  'custody',
  /** value: "missing" or "found" (失踪). */
  'missing',
] as const;
export const ENROLMENT_FACT_KINDS = [
  /** value: date of application (申请日期). */
  'application',
  /** value: GB/T 2260 + street code of the street (街道) that keeps the enrolment. */
  'street',
  /** value: last month of entitlement "YYYY-MM" (停发), "" to resume. */
  'stop',
] as const;
export type PersonFactKind = (typeof PERSON_FACT_KINDS)[number];
export type EnrolmentFactKind = (typeof ENROLMENT_FACT_KINDS)[number];
export type FactKind = PersonFactKind | EnrolmentFactKind;

/** The facts known by an instant: a run sees nothing that was recorded after its cut-off. */
export function knownBy(facts: readonly Fact[], cutOff: Instant): Fact[] {
  return facts.filter((fact) => fact.recordedAt <= cutOff);
}

/**
 * The fact of a kind that holds on a day: of those valid by then, the one valid from latest, and among equals the one
 * recorded last. Undefined when nothing is known for the day.
 */
export function factOn(facts: readonly Fact[], kind: FactKind, date: PlainDate): Fact | undefined {
  let best: Fact | undefined;
  for (const fact of facts) {
    if (fact.kind !== kind || fact.validFrom > date) continue;
    if (
      !best ||
      fact.validFrom > best.validFrom ||
      (fact.validFrom === best.validFrom && fact.recordedAt >= best.recordedAt)
    ) {
      best = fact;
    }
  }
  return best;
}

/** The fact of a kind recorded last, whatever day it holds from: for facts that are true once for all (birth date). */
export function latestFact(facts: readonly Fact[], kind: FactKind): Fact | undefined {
  let best: Fact | undefined;
  for (const fact of facts) {
    if (fact.kind === kind && (!best || fact.recordedAt >= best.recordedAt)) best = fact;
  }
  return best;
}
