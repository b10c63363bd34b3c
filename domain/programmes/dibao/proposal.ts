import type { Month, PlainDate } from '../../calendar.ts';
import type { DatedCase } from '../../household/household-case.ts';
import type { Fen } from '../../money.ts';
import type { PolicyBook } from '../../policy/book.ts';
import type { PolicyScope } from '../../policy/lookup.ts';
import type { Determination, DeterminationSpan } from '../../register/determination.ts';
import type { Component, Step } from '../programme.ts';

/** 差额或全额 per household, and 分类施保/增发 for its members, each person once. */
export const BASE = 'base';
export const TOP_UP = 'top-up';

/** Which policy, as known on which day (`scope.knownOn`). */
export type PolicyView = { readonly book: PolicyBook; readonly scope: PolicyScope };

/** What the engine works out for one month (测算额): moves no money, a determination does. */
export type Proposal = {
  readonly month: Month;
  /** Of `BASE` and `TOP_UP`, what is not zero; none when nothing is due. */
  readonly components: readonly Component[];
  readonly fen: Fen;
  /** Per-capita monthly income is below the standard, or the person is of a group of 单人保. */
  readonly eligible: boolean;
  readonly sample: boolean;
  readonly derivation: readonly Step[];
};

/** What a schedule is proposed for: the kinds of determination that the engine can work out. */
export type ScheduleChange =
  /** A first approval; the first month is policy's start month. */
  | { readonly kind: 'initial'; readonly appliedOn: PlainDate; readonly decidedOn: PlainDate }
  /** A review: from where policy says changes take effect. */
  | { readonly kind: 'review'; readonly decidedOn: PlainDate }
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
