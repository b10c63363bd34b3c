import * as z from 'zod/mini';
import type { Instant, Month, PlainDate } from '../calendar.ts';
import { Citation } from '../citation.ts';
import type { EnrolmentId, PersonKey } from '../ids.ts';
import { type Fen, fen, sumFen } from '../money.ts';
import type { Component, Step } from '../programmes/programme.ts';

/**
 * What a determination says of the months from `from` until the next span begins (the last one is open): components of an
 * amount per month, none for nothing due, and how the amount was found.
 */
export type DeterminationSpan = {
  readonly from: Month;
  readonly components: readonly Component[];
  readonly derivation: readonly Step[];
  /**
   * Whose part of a household's amount each is (本人份额), by component: they add up to the components. Absent where nobody divided it;
   * rules that need one person's part then ask for a review.
   */
  readonly shares?: readonly DeterminationShare[] | undefined;
};
export type DeterminationShare = Component & { readonly person: PersonKey };

/**
 * Why an amount was determined: a first approval (审批), a periodic or prompted review (复核), a change of standard (调标),
 * a taper (渐退), the end of the enrolment (终止), or what the bureau had in force at go-live (期初). Of programmes that pay by grants: a
 * grant (给付决定), whose spans pay their own month each and add up with other grants, or what is taken back of grants (撤销或核减).
 */
export const DETERMINATION_KINDS = [
  'initial',
  'review',
  'standard-change',
  'taper',
  'end',
  'opening',
  'grant',
  'grant-withdrawn',
] as const;
export type DeterminationKind = (typeof DETERMINATION_KINDS)[number];

/**
 * A determination (核定): the written decision that fixes what an enrolment gets from a month on, months of tapering and
 * top-ups included. Immutable; a later one with the next number replaces it from its own first month on (社会救助暂行办法,
 * Art. 13: increase, decrease or stop are decided and, for a stop, given reasons in writing).
 */
export type Determination = {
  readonly enrolment: EnrolmentId;
  /** 1, 2, 3, … per enrolment without gaps: two people who decide at once compete for one number. */
  readonly number: number;
  readonly kind: DeterminationKind;
  /** Number of the written decision (文号), and its day. */
  readonly document: string;
  readonly decidedOn: PlainDate;
  /** Ascending months, at least one. */
  readonly spans: readonly DeterminationSpan[];
  /** Rests on a sample value of the policy book: never dispatched outside demo mode. */
  readonly sample: boolean;
  /** Why the decided amount is not the proposed one (测算额); absent when they are the same. */
  readonly departure?: string | undefined;
  /** Opaque staff ids: who proposed and who decided, never the same; and when the register learned it. */
  readonly proposedBy: string;
  readonly decidedBy: string;
  readonly recordedAt: Instant;
  /** Of a grant: who recorded the evidence it rests on, e.g. a milestone; neither submits, signs nor dispatches a run that pays it. */
  readonly evidenceBy?: string | undefined;
  /** What it was decided on: a proposal `<number>-<attempt>`, a batch by its id, or the business fact that a grant is for. */
  readonly basis?: string | undefined;
  /**
   * What the register knew at this instant went into the amount; what it learned later did not. Absent where no household was
   * assessed anew: a change of standard looks at policy alone.
   */
  readonly assessedAt?: Instant | undefined;
  /** Of a change of standard: the day of issue of the policy document that it applied. */
  readonly issuedOn?: PlainDate | undefined;
  /** By when the household is to be looked at again (下次复核). */
  readonly nextReviewOn?: PlainDate | undefined;
};

const MonthText = z.string().check(z.regex(/^\d{4}-(?:0[1-9]|1[0-2])$/));
export const DeterminationSpanSchema = z.strictObject({
  from: MonthText,
  components: z.readonly(
    z.array(z.strictObject({ component: z.string(), fen: z.int().check(z.positive()) })),
  ),
  derivation: z.readonly(
    z.array(
      z.strictObject({
        code: z.string(),
        inputs: z.record(z.string(), z.string()),
        result: z.string(),
        citation: z.optional(Citation),
      }),
    ),
  ),
  shares: z.optional(
    z.readonly(
      z.array(
        z.strictObject({ person: z.string(), component: z.string(), fen: z.int().check(z.positive()) }),
      ),
    ),
  ),
});
const Recorded = z.strictObject({
  enrolment: z.string(),
  number: z.int().check(z.minimum(1)),
  kind: z.enum(DETERMINATION_KINDS),
  document: z.string(),
  decidedOn: z.string(),
  spans: z.readonly(z.array(DeterminationSpanSchema)),
  sample: z.boolean(),
  departure: z.optional(z.string()),
  proposedBy: z.string(),
  decidedBy: z.string(),
  recordedAt: z.string(),
  evidenceBy: z.optional(z.string()),
  basis: z.optional(z.string()),
  assessedAt: z.optional(z.string()),
  issuedOn: z.optional(z.string()),
  nextReviewOn: z.optional(z.string()),
});
/** An end pays nothing: one with an amount is no end, whoever wrote it. */
export const DeterminationSchema = Recorded.check(
  z.refine(
    ({ kind, spans }) => kind !== 'end' || spans.every(({ components }) => components.length === 0),
    '终止决定不能有金额|an end has no amounts',
  ),
);

/** The determinations known by an instant: a run sees nothing decided after its cut-off. */
export function determinationsKnownBy(
  determinations: readonly Determination[],
  cutOff: Instant,
): Determination[] {
  return determinations.filter((determination) => determination.recordedAt <= cutOff);
}

/**
 * The span in force for a month: of the determinations that reach back to it, the one with the highest number. Undefined
 * for a month before all of them.
 */
export function determinedFor(
  determinations: readonly Determination[],
  month: Month,
): { readonly determination: Determination; readonly span: DeterminationSpan } | undefined {
  const determination = determinations
    .toSorted((a, b) => a.number - b.number)
    .findLast(({ spans }) => spans.some((span) => span.from <= month));
  const span = determination?.spans.findLast((each) => each.from <= month);
  return determination && span && { determination, span };
}

/** The step that opens the derivation of every month of a taper (渐退). */
export const TAPER_STEP = 'taper-start';

/**
 * Whether something is due as a month of a taper: frozen until the taper ends, also under a later determination that restates it. It
 * is told by the derivation, because a determination may speak of months before and after a taper too.
 */
export function isTapered({ span }: { readonly span: DeterminationSpan }): boolean {
  return span.components.length > 0 && span.derivation.some(({ code }) => code === TAPER_STEP);
}

/** The first month that any determination speaks of; undefined when there is none. */
export function firstDetermined(determinations: readonly Determination[]): Month | undefined {
  return determinations.flatMap(({ spans }) => spans.map(({ from }) => from)).sort()[0];
}

/** Whether an enrolment pays by grants: each pays its own months, and none replaces another. */
const byGrants = (determinations: readonly Determination[]): boolean =>
  determinations.some(({ kind }) => kind === 'grant' || kind === 'grant-withdrawn');

/** What grants give for a month by component, less what was withdrawn of them; components of which nothing is left are not in it. */
export function grantedIn(
  determinations: readonly Pick<Determination, 'kind' | 'spans'>[],
  month: Month,
): Component[] {
  const total = new Map<string, number>();
  for (const { kind, spans } of determinations) {
    if (kind !== 'grant' && kind !== 'grant-withdrawn') continue;
    for (const { component, fen: amount } of spans.filter(({ from }) => from === month).flatMap(componentsOf))
      total.set(component, (total.get(component) ?? 0) + (kind === 'grant' ? amount : 0 - amount));
  }
  return [...total]
    .filter(([, amount]) => amount > 0)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([component, amount]) => ({ component, fen: fen(amount) }));
}

const componentsOf = ({ components }: DeterminationSpan): readonly Component[] => components;

/**
 * Whether a determination recorded after an instant gives less for any of the months than what was known then: money that was worked out
 * before it must not go out. One that gives more is made good by arrears. Of grants each component is looked at for itself.
 */
export function isLoweredSince(
  determinations: readonly Determination[],
  cutOff: Instant,
  months: readonly Month[],
): boolean {
  const known = determinationsKnownBy(determinations, cutOff);
  if (byGrants(determinations)) return months.some((month) => isGrantLowered(determinations, known, month));
  const due = (decided: readonly Determination[], month: Month): Fen =>
    sumFen((determinedFor(decided, month)?.span.components ?? []).map((component) => component.fen));
  return months.some((month) => due(determinations, month) < due(known, month));
}

function isGrantLowered(
  determinations: readonly Determination[],
  known: readonly Determination[],
  month: Month,
): boolean {
  const now = new Map(grantedIn(determinations, month).map((one) => [one.component, one.fen]));
  return grantedIn(known, month).some((before) => (now.get(before.component) ?? 0) < before.fen);
}
