import type { Month } from '../calendar.ts';
import type { Citation } from '../citation.ts';
import type { EnrolmentId, JurisdictionCode, PersonKey, ProgrammeId } from '../ids.ts';
import type { Fen } from '../money.ts';
import type { Fact } from '../register/facts.ts';

/** Chinese first, English second: everything that a person reads. */
export type Bilingual = { readonly zh: string; readonly en: string };

/**
 * One step of a derivation (计算过程): the rule that spoke, what it looked at, what it said, and the article it rests on.
 * Labels are templates of the programme, filled from `inputs` and `result`; nothing that is not in a step may influence
 * an amount.
 */
export type Step = {
  readonly code: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly result: string;
  readonly citation?: Citation;
};

export type Component = { readonly component: string; readonly fen: Fen };

/** What one enrolment is owed for one month (本月应发), and why. Zero is an answer too, with its reason in the steps. */
export type Entitlement = {
  readonly enrolment: EnrolmentId;
  readonly programme: ProgrammeId;
  readonly month: Month;
  readonly fen: Fen;
  readonly components: readonly Component[];
  /** True when a parameter it rests on is a sample rather than a published figure: never dispatched outside demo mode. */
  readonly sample: boolean;
  readonly derivation: readonly Step[];
};

/** An enrolment as rules see it: its own dated facts and whom it is for. */
export type EnrolmentFacts = {
  readonly id: EnrolmentId;
  readonly programme: ProgrammeId;
  readonly jurisdiction: JurisdictionCode;
  /** The person the benefit is for; for household programmes the head. */
  readonly subject: PersonKey;
  readonly facts: readonly Fact[];
};

/** Everything an assessment may look at: the persons of one household and all their enrolments. */
export type Situation = {
  readonly persons: Readonly<Record<PersonKey, readonly Fact[]>>;
  readonly enrolments: readonly EnrolmentFacts[];
};
