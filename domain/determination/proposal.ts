import { addMonths, type Instant, LAST_MONTH, type Month, monthOf, type PlainDate } from '../calendar.ts';
import { contentHash, type Sha256 } from '../canonical.ts';
import type { EnrolmentId, JurisdictionCode, ProgrammeId } from '../ids.ts';
import type { Programme } from '../programmes/programme.ts';
import type { ScheduleChange, ScheduleInput } from '../programmes/schedule.ts';
import {
  type Determination,
  type DeterminationKind,
  type DeterminationSpan,
  determinedFor,
  firstDetermined,
  isTapered,
} from '../register/determination.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import { type Effect, keptSpans, lastDue, type MonthlyDifference } from './spans.ts';
import type { CompanionContent, CompanionProposal } from './together.ts';

/** What somebody asks to have determined. Dates and months as the bureau's papers name them. */
export type Asked =
  /** 首次审批, also of a household that comes back after an end. */
  | { readonly kind: 'initial'; readonly appliedOn: PlainDate }
  /** 复核: from where policy says changes take effect, or back from a month for a fact that was known late. */
  | { readonly kind: 'review'; readonly from?: Month | undefined }
  /** 复核无变动: the amount is kept, the next review moves. */
  | { readonly kind: 'unchanged' }
  /** 渐退 */
  | { readonly kind: 'taper'; readonly declaredOn: PlainDate; readonly months?: number | undefined }
  /** 调标 of one household, as for one that a batch left out. */
  | { readonly kind: 'standard-change'; readonly issuedOn: PlainDate; readonly through: Month }
  /** 终止: nothing is due from a month on. The reason is given in writing to the household. */
  | { readonly kind: 'end'; readonly from: Month; readonly reason: string };

/**
 * A proposal (测算) for the next determination of an enrolment. Immutable; it moves no money. An enrolment has one open
 * proposal at a time: the next attempt at a number follows when the one before was rejected or superseded.
 */
export type DeterminationProposal = {
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  readonly enrolment: EnrolmentId;
  /** Number of the determination that it would become. */
  readonly number: number;
  readonly attempt: number;
  readonly asked: Asked;
  /** The day on which it was expected to be decided; a decision on another day is worked out again for that day. */
  readonly plannedFor: PlainDate;
  readonly content: ProposedContent;
  readonly hash: string;
  /** Month by month beside what was in force, and what it would mean in money, as of the day it was proposed. */
  readonly differences: readonly MonthlyDifference[];
  readonly effect: Effect;
  /** What the same decision would fix for other enrolments of the person; absent where there are none. */
  readonly with?: readonly CompanionProposal[] | undefined;
  readonly proposedBy: string;
  readonly proposedAt: Instant;
  /** Names the request that asked for it: asked for again, it is the same proposal. */
  readonly request?: string | undefined;
};

/** What would be determined. */
export type ProposedContent = {
  readonly kind: DeterminationKind;
  readonly spans: readonly DeterminationSpan[];
  readonly sample: boolean;
};

/** `<number>-<attempt>`, e.g. "2-1": names a proposal of an enrolment. */
export const proposalId = ({ number, attempt }: Pick<DeterminationProposal, 'number' | 'attempt'>): string =>
  `${number}-${attempt}`;

/**
 * Works out what would be determined if it were decided on a day. Refusals: those of the programme's rules,
 * `policy/not-by-decision`, `conflict/already-determined`, `conflict/still-due` (a first approval over months of a taper or before an
 * end), `conflict/not-determined`, `conflict/nothing-changes`.
 */
export function workOut(
  programme: Programme,
  asked: Asked,
  decidedOn: PlainDate,
  input: ScheduleInput,
): Result<ProposedContent> {
  if (!programme.propose || programme.amountBasis !== 'decision') return refuse(notByDecision(programme));
  const { determinations } = input;
  const wrong = whyNot(asked, decidedOn, determinations);
  if (wrong) return refuse(wrong);
  if (asked.kind === 'unchanged') {
    return ok(keptFrom(determinations, monthOf(decidedOn)));
  }
  if (asked.kind === 'end') {
    const derivation = [{ code: 'ended-decision', inputs: { since: asked.from }, result: '0.00' }];
    return ok({ kind: 'end', spans: [{ from: asked.from, components: [], derivation }], sample: false });
  }
  const proposed = programme.propose(changeOf(asked, decidedOn), input);
  if (!proposed.ok) return proposed;
  const { kind, sample, spans } = proposed.value;
  const [first] = spans;
  const stillPaid = asked.kind === 'initial' && first ? lastDue(determinations, first.from) : undefined;
  if (stillPaid !== undefined) return refuse(stillDue(stillPaid));
  return spans.length > 0 ? ok({ kind, sample, spans }) : refuse(nothingChanges());
}

type WorkedOut = Exclude<Asked, { readonly kind: 'unchanged' | 'end' }>;

function changeOf(asked: WorkedOut, decidedOn: PlainDate): ScheduleChange {
  if (asked.kind === 'initial') return { ...asked, decidedOn };
  if (asked.kind === 'review') {
    return { kind: 'review', decidedOn, ...(asked.from !== undefined && { from: asked.from }) };
  }
  if (asked.kind === 'taper') {
    const { declaredOn, months } = asked;
    return { kind: 'taper', declaredOn, ...(months !== undefined && { months }) };
  }
  return asked;
}

/** What is in force, restated: a taper that goes on stays a taper; a sample stays one for every month that rests on it. */
export function keptFrom(determinations: readonly Determination[], from: Month): ProposedContent {
  const spans = keptSpans(determinations, from);
  const due = spans.filter(({ components }) => components.length > 0);
  const tapering = due.length > 0 && due.every((span) => isTapered({ span }));
  const sample = spans.some((span) => determinedFor(determinations, span.from)?.determination.sample);
  return { kind: tapering ? 'taper' : 'review', spans, sample };
}

/** What stands against asking for it at all. */
function whyNot(
  asked: Asked,
  decidedOn: PlainDate,
  determinations: readonly Determination[],
): Refusal | undefined {
  const first = firstDetermined(determinations);
  if (asked.kind === 'initial') {
    const open = determinedFor(determinations, LAST_MONTH);
    return open && open.span.components.length > 0 ? alreadyDetermined(open.determination.number) : undefined;
  }
  const month = asked.kind === 'end' || asked.kind === 'review' ? asked.from : undefined;
  const from = month ?? monthOf(decidedOn);
  if (first === undefined || (month !== undefined && month < first)) return notDetermined(from, first);
  if (asked.kind === 'end' && keptSpans(determinations, from).every((span) => span.components.length === 0))
    return nothingChanges();
  return undefined;
}

/** What a decision binds: the number, what was asked, and every span with its derivation, also of those decided with it. */
export function proposalHash(
  sha256: Sha256,
  enrolment: EnrolmentId,
  number: number,
  asked: Asked,
  content: ProposedContent,
  companions: readonly CompanionContent[] = [],
): string {
  const value = { enrolment, number, asked, ...content, ...(companions.length > 0 && { with: companions }) };
  return contentHash(sha256, 'determination-proposal.v1', value);
}

const notByDecision = ({ id, names }: Programme): Refusal =>
  refusal(
    'policy/not-by-decision',
    `${names.zh}按规则逐月计发，不作核定`,
    `${names.en} follows from rules month by month and is not determined by decision`,
    { programme: id },
  );

const alreadyDetermined = (number: number): Refusal =>
  refusal(
    'conflict/already-determined',
    `第 ${number} 次核定仍在执行：请按复核、渐退或终止提出`,
    `determination ${number} is in force: ask for a review, a taper or an end`,
    { number },
  );

const stillDue = (lastMonth: Month): Refusal => {
  const from = addMonths(lastMonth, 1);
  return refusal(
    'conflict/still-due',
    `原核定（渐退或已定终止）仍发放至 ${lastMonth}，首次审批不能覆盖：家庭又符合条件的请按复核提出；重新申请的须自 ${from} 起`,
    `what was determined (a taper, or an end to come) pays through ${lastMonth} and a first approval cannot replace it: ask for a review, or apply anew from ${from} on`,
    { lastMonth, from },
  );
};

const notDetermined = (month: Month, first: Month | undefined): Refusal =>
  refusal(
    'conflict/not-determined',
    first === undefined
      ? '尚无核定：请先作出首次审批'
      : `首次核定自 ${first} 起，${month} 之前没有核定：请填写不早于该月的月份`,
    first === undefined
      ? 'nothing is determined yet: decide a first approval'
      : `the first determination begins in ${first}: name a month not before it`,
    { month, first: first ?? null },
  );

const nothingChanges = (): Refusal =>
  refusal(
    'conflict/nothing-changes',
    '测算结果与执行中的核定一致，无须变更：如为定期复核，请按“复核无变动”提出',
    'what is in force already says the same: where a review was due, ask for a review without change',
  );
