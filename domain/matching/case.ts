import type { Instant, Month, PlainDate } from '../calendar.ts';
import type { EnrolmentId, JurisdictionCode, ProgrammeId } from '../ids.ts';
import { invariant, unreachable } from '../result.ts';
import type { CaseKind, MatchingSource } from './list-kinds.ts';

/** `<enrolment>.<kind>.<n>`: the n-th case of a kind about an enrolment. At most one of them is open. */
export type CaseId = string;
export const CASE_ID =
  /^([A-Z]{2,4}-[0-9A-HJKMNP-TV-Z]{12}-[1-9]\d{0,2})\.([a-z][a-z-]{1,29})\.([1-9]\d{0,3})$/;

export const caseIdOf = (enrolment: EnrolmentId, kind: CaseKind, number: number): CaseId =>
  `${enrolment}.${kind}.${number}`;

/** Why a case is open. Nothing of what a person said or a list holds: where that is found. */
export type CaseSource =
  | {
      readonly type: 'match';
      readonly list: string;
      readonly source: MatchingSource;
      readonly listDate: PlainDate;
      /** Keyed hash of what the row says: the same from another list is the same finding. */
      readonly finding: string;
    }
  | { readonly type: 'public-report'; readonly reference: string; readonly reason: string }
  | { readonly type: 'staff-doubt'; readonly reason: string };

export const FINDINGS = ['confirmed', 'not-confirmed', 'partly'] as const;
export const DELIVERY_WAYS = ['in-person', 'left-at-home', 'by-post', 'public-notice'] as const;
export const OUTCOMES = ['continue', 'change', 'stop', 'dismiss'] as const;
export type CaseOutcome = (typeof OUTCOMES)[number];

export type CaseActBody =
  /** 立案. `street`: who is to verify; absent where the register names none. */
  | {
      readonly kind: 'opened';
      readonly jurisdiction: JurisdictionCode;
      readonly programme: ProgrammeId;
      readonly enrolment: EnrolmentId;
      readonly about: CaseKind;
      readonly street?: string;
      readonly hold: boolean;
      readonly source: CaseSource;
    }
  /** 并案: another list or report of the same; may turn a task into a hold. */
  | { readonly kind: 'added'; readonly hold: boolean; readonly source: CaseSource }
  /** 交办. */
  | { readonly kind: 'assigned'; readonly street: string }
  /** 核查: by the street, with the number of the record of it. */
  | {
      readonly kind: 'verified';
      readonly finding: (typeof FINDINGS)[number];
      readonly evidence: string;
      readonly note: string;
    }
  /** 告知: the written notice, delivered. */
  | {
      readonly kind: 'noticed';
      readonly document: string;
      readonly deliveredOn: PlainDate;
      readonly way: (typeof DELIVERY_WAYS)[number];
    }
  /** 决定. `from`: of a stop, the first month that is not due any more. */
  | {
      readonly kind: 'decided';
      readonly outcome: CaseOutcome;
      readonly document: string;
      readonly reason: string;
      readonly from?: Month;
    }
  /** 执行: what was decided is in the register, and the hold ends. */
  | { readonly kind: 'applied' };
export type CaseAct = CaseActBody & {
  readonly caseId: CaseId;
  readonly sequence: number;
  readonly at: Instant;
  readonly by: string;
  readonly request?: string;
};
export type CaseActOf<Kind extends CaseAct['kind']> = Extract<CaseAct, { readonly kind: Kind }>;

/** assigned: waits for the street; verified: for the notice or the decision; deciding: for what was decided to be carried out. */
export const CASE_STATES = ['assigned', 'verified', 'noticed', 'deciding', 'closed'] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** A case (疑点) is the fold of its acts. */
export type Case = {
  readonly caseId: CaseId;
  readonly opened: CaseActOf<'opened'>;
  readonly added: readonly CaseActOf<'added'>[];
  readonly street?: string;
  readonly hold: boolean;
  readonly verified?: CaseActOf<'verified'>;
  readonly noticed?: CaseActOf<'noticed'>;
  readonly decided?: CaseActOf<'decided'>;
  readonly appliedAt?: Instant;
  /** Since when it waits for the next step: opened or assigned, verified, noticed, decided. */
  readonly waitsSince: Instant;
  readonly sequence: number;
};

/** Undefined without acts. */
export function foldCase(acts: readonly CaseAct[]): Case | undefined {
  return acts.reduce<Case | undefined>(applyCaseAct, undefined);
}

export function applyCaseAct(before: Case | undefined, act: CaseAct): Case {
  if (act.kind === 'opened') {
    invariant(!before && act.sequence === 1, `case ${act.caseId} was opened twice`);
    const { caseId, street, hold, at } = act;
    const own = { caseId, opened: act, added: [], hold, waitsSince: at, sequence: 1 };
    return { ...own, ...(street !== undefined && { street }) };
  }
  invariant(before && act.sequence === before.sequence + 1, `an act out of order of case ${act.caseId}`);
  const after = { ...before, sequence: act.sequence };
  switch (act.kind) {
    case 'added':
      return { ...after, added: [...before.added, act], hold: before.hold || act.hold };
    case 'assigned':
      return { ...after, street: act.street, waitsSince: act.at };
    case 'verified':
      return { ...after, verified: act, waitsSince: act.at };
    case 'noticed':
      return { ...after, noticed: act, waitsSince: act.at };
    case 'decided':
      return { ...after, decided: act, waitsSince: act.at };
    case 'applied':
      return { ...after, appliedAt: act.at };
    default:
      return unreachable(act);
  }
}

export function caseState({ verified, noticed, decided, appliedAt }: Case): CaseState {
  if (decided) return appliedAt === undefined ? 'deciding' : 'closed';
  if (noticed) return 'noticed';
  return verified ? 'verified' : 'assigned';
}

/** Everything that speaks of the case, in the order in which it came. */
export function sourcesOf({ opened, added }: Pick<Case, 'opened' | 'added'>): readonly CaseSource[] {
  return [opened.source, ...added.map(({ source }) => source)];
}
