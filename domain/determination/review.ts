import {
  addMonths,
  type Instant,
  type Month,
  maxMonth,
  monthOf,
  monthRange,
  type PlainDate,
} from '../calendar.ts';
import type { EnrolmentId } from '../ids.ts';
import type { PolicyBook } from '../policy/book.ts';
import type { PolicyScope } from '../policy/lookup.ts';
import type { Component, Programme } from '../programmes/programme.ts';
import { type Determination, determinedFor, firstDetermined, isTapered } from '../register/determination.ts';
import type { FactKind } from '../register/facts.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import { type CaseKnowledge, casesBetween, type FactNote } from './cases.ts';

/**
 * A review task (复核任务): something was recorded after the determination that would change what is proposed. It moves no money;
 * it is closed by the next determination that looks at the household, or by a named decision that nothing changes.
 */
export type ReviewTask = {
  readonly enrolment: EnrolmentId;
  /** 1, 2, 3, … per enrolment. */
  readonly task: number;
  /** How many determinations there were when it was opened. */
  readonly determined: number;
  readonly street: string;
  readonly causes: readonly ReviewCause[];
  readonly openedAt: Instant;
  readonly closed?: ReviewClosing | undefined;
};
export type ReviewClosing =
  | (Closing & { readonly by: 'determination'; readonly number: number })
  | (Closing & { readonly by: 'no-change'; readonly staff: string; readonly reason: string });
/** What was recorded by `until` has been dealt with. */
type Closing = { readonly at: Instant; readonly until: Instant };

/** Why a determination is to be looked at again: a fact by its kind and whom it is about, never its value; or an event by name. */
export type ReviewCause = {
  readonly kind: FactKind | 'household-event' | 'street-report' | 'decision-overtaken';
  /** Key of the person, household or enrolment. */
  readonly about: string;
  /** From when it holds, by month: the day may be a birth or a death, and a task is no personal record. */
  readonly month: Month;
  readonly recordedAt: Instant;
};

/** What is looked at to say whether a determination has to be reviewed. */
export type ReviewInput = {
  readonly programme: Programme;
  readonly determinations: readonly Determination[];
  /** Programmes of the same person that are decided with this one, with what was determined: a change of theirs is looked at here. */
  readonly companions?: readonly {
    readonly programme: Programme;
    readonly determinations: readonly Determination[];
  }[];
  readonly knowledge: CaseKnowledge;
  readonly book: PolicyBook;
  readonly scope: PolicyScope;
  readonly now: Instant;
  readonly today: PlainDate;
  /** What was recorded by then somebody has looked at and decided that nothing changes. */
  readonly noChangeUntil?: Instant | undefined;
};

/**
 * The facts that call for a review; none when nothing is determined, nothing was recorded since the household was last looked at,
 * or what was recorded changes no month. Amounts are compared with what the same facts and policy gave before, not with what is
 * in force: a decision that departed from its proposal stays. When it cannot be worked out any more, somebody has to look.
 */
export function reviewCauses(input: ReviewInput): ReviewCause[] {
  const { determinations, knowledge, noChangeUntil } = input;
  const seen = lookedAtUntil(determinations);
  if (seen === undefined) return [];
  const since = noChangeUntil !== undefined && noChangeUntil > seen ? noChangeUntil : seen;
  const causes = knowledge.facts.filter(({ recordedAt }) => recordedAt > since);
  if (causes.length === 0 || !changesSomething(input, causes, since)) return [];
  return sorted(
    causes.map(({ kind, about, validFrom, recordedAt }) => ({
      kind,
      about,
      month: monthOf(validFrom),
      recordedAt,
    })),
  );
}

/**
 * Until when the household was looked at: by the last determination that assessed it. A change of standard looks at policy only and
 * leaves earlier facts to be looked at.
 */
export function lookedAtUntil(determinations: readonly Determination[]): Instant | undefined {
  const assessed = determinations.findLast(({ assessedAt }) => assessedAt !== undefined)?.assessedAt;
  return assessed ?? determinations[0]?.recordedAt;
}

/** Whether anything was recorded since somebody last looked: most have nothing, and no more is read of them. */
export function hasNews({ facts }: CaseKnowledge, determinations: readonly Determination[]): boolean {
  const seen = lookedAtUntil(determinations);
  return seen !== undefined && facts.some(({ recordedAt }) => recordedAt > seen);
}

/** The number of the last determination that assessed the household; 0 when only policy was ever looked at. */
export function lastAssessing(determinations: readonly Determination[]): number {
  const found = determinations.findLast(({ assessedAt }) => assessedAt !== undefined);
  return found?.number ?? determinations[0]?.number ?? 0;
}

function changesSomething(input: ReviewInput, causes: readonly FactNote[], since: Instant): boolean {
  const { determinations, today } = input;
  const month = monthOf(today);
  // During a taper the amount follows the members that are left and not the income: a person looks.
  const inForce = determinedFor(determinations, month);
  if (inForce && isTapered(inForce)) return true;
  if (isMemberDeath(input, causes, since)) return true;
  const first = firstDetermined(determinations) ?? month;
  const earliest = causes.map(({ validFrom }) => monthOf(validFrom)).sort()[0] ?? month;
  // No later than the month in which a review takes effect: a fact of a month ahead shows there.
  const from = maxMonth(first, earliest < month ? earliest : month);
  const { companions = [], programme } = input;
  return [{ programme, determinations }, ...companions].some((one) => {
    const after = proposedMonths(input, one, from, input.now);
    if (!after.ok) return true;
    const before = proposedMonths(input, one, from, since);
    // Of a household whose facts came only after it was determined, what is in force is all there is to compare with.
    const former = before.ok ? before.value : monthsInForce(one.determinations, from, horizonOf(today));
    return after.value.join('|') !== former.join('|');
  });
}

/**
 * A death, certified or only reported, of the head or a covered member, or of the person himself: it holds the payment until somebody has looked, also where no
 * amount would change.
 */
function isMemberDeath(
  { knowledge, today }: ReviewInput,
  causes: readonly FactNote[],
  since: Instant,
): boolean {
  const dead = causes.flatMap(({ kind, about }) => (DEATHS.includes(kind) ? [about] : []));
  const known = dead.length > 0 ? knowledge.caseOn(monthOf(today), since) : undefined;
  if (!known?.ok) return false;
  // The person whom a programme of persons is for.
  if ('person' in known.value) return dead.includes(known.value.person);
  return known.value.members.some(
    ({ person, covered, relation }) => dead.includes(person) && (covered || relation === 'head'),
  );
}
const DEATHS: readonly FactKind[] = ['death-certified', 'death-reported'];

/** How far ahead a fact that is known already is looked for. */
const MONTHS_AHEAD = 12;
const horizonOf = (today: PlainDate): Month => addMonths(monthOf(today), MONTHS_AHEAD);

/** What a review of the months from `from` on would say of each of them, by what was known at an instant. */
function proposedMonths(
  { book, knowledge, scope, today }: ReviewInput,
  { programme, determinations }: Pick<ReviewInput, 'programme' | 'determinations'>,
  from: Month,
  knownBy: Instant,
): Result<string[]> {
  const horizon = horizonOf(today);
  const cases = casesBetween(knowledge, from, horizon, knownBy);
  if (!cases.ok) return cases;
  if (!programme.propose) return ok([]);
  // As if decided in the last month that facts speak of, and against nothing in force, so that every month is stated.
  const latest = cases.value.at(-1)?.from ?? from;
  const decidedOn = `${maxMonth(latest, monthOf(today))}-01`;
  const proposed = programme.propose(
    { kind: 'review', decidedOn, from },
    {
      book,
      scope: { ...scope, programme: programme.id },
      cases: cases.value,
      determinations: [nothingFrom(determinations, from)],
    },
  );
  if (!proposed.ok) return proposed;
  const { spans } = proposed.value;
  return ok(
    monthRange(from, horizon).map((month) =>
      spelled(spans.findLast((span) => span.from <= month)?.components ?? []),
    ),
  );
}

function monthsInForce(determinations: readonly Determination[], from: Month, horizon: Month): string[] {
  return monthRange(from, horizon).map((month) =>
    spelled(determinedFor(determinations, month)?.span.components ?? []),
  );
}

const spelled = (components: readonly Component[]): string =>
  components
    .map(({ component, fen }) => `${component} ${fen}`)
    .sort()
    .join(' ');

/** A determination of nothing from a month on: what is proposed against it is every month that is due. */
function nothingFrom([first]: readonly Determination[], from: Month): Determination {
  return {
    enrolment: first?.enrolment ?? '',
    number: 1,
    kind: 'initial',
    document: '',
    decidedOn: `${from}-01`,
    spans: [{ from, components: [], derivation: [] }],
    sample: false,
    proposedBy: '',
    decidedBy: '',
    recordedAt: '',
  };
}

const keyOf = ({ kind, about, month, recordedAt }: ReviewCause): string =>
  [recordedAt, kind, about, month].join('|');

/** Each cause once, in the order in which they were recorded. */
export function sorted(causes: readonly ReviewCause[]): ReviewCause[] {
  const unique = new Map(causes.map((cause) => [keyOf(cause), cause]));
  return [...unique.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cause]) => cause);
}

/**
 * The task that is there after a look: the open one with all causes, or the next one when the one before is closed. Undefined when
 * what is there says it all. `assessed` is the number of the last determination that assessed the household.
 */
export function nextTask(
  before: ReviewTask | undefined,
  causes: readonly ReviewCause[],
  now: Omit<ReviewTask, 'task' | 'causes' | 'closed'> & { readonly assessed: number },
): ReviewTask | undefined {
  const { assessed, ...circumstances } = now;
  if (before && !before.closed && assessed <= before.determined) {
    const all = sorted([...before.causes, ...causes]);
    return all.length === before.causes.length ? undefined : { ...before, causes: all };
  }
  const until = before?.closed?.until ?? '';
  const fresh = sorted(causes).filter(({ recordedAt }) => recordedAt > until);
  return fresh.length === 0 ? undefined : { ...circumstances, task: (before?.task ?? 0) + 1, causes: fresh };
}

/** The open task as closed by a determination that assessed the household since; undefined when there is none. */
export function answered(
  task: ReviewTask | undefined,
  determinations: readonly Determination[],
): ReviewTask | undefined {
  const assessing = determinations.find(({ number }) => number === lastAssessing(determinations));
  if (!task || task.closed || !assessing || assessing.number <= task.determined) return undefined;
  const { assessedAt, number, recordedAt } = assessing;
  return {
    ...task,
    closed: { by: 'determination', number, at: recordedAt, until: assessedAt ?? recordedAt },
  };
}

/** Whose decision it is that nothing changes, and on which task as they saw it. */
export type NoChange = {
  readonly task: number;
  readonly staff: string;
  readonly reason: string;
  readonly at: Instant;
  readonly until: Instant;
  /** Names the request: asked again, it is told what came of it. */
  readonly request?: string | undefined;
};

/**
 * 复核不变. Refusals: `conflict/no-review-task`, `conflict/review-task-changed` (a cause came since somebody looked).
 */
export function decideNoChange(
  task: ReviewTask | undefined,
  seen: { readonly task: number; readonly causes: number },
  by: Pick<NoChange, 'staff' | 'reason' | 'at' | 'request'>,
): Result<NoChange> {
  if (!task || task.closed) return refuse(noOpenTask());
  if (task.task !== seen.task || task.causes.length !== seen.causes) return refuse(taskChanged(task));
  const until =
    task.causes
      .map(({ recordedAt }) => recordedAt)
      .sort()
      .at(-1) ?? task.openedAt;
  return ok({ ...by, task: task.task, until });
}

/** The task as closed by such a decision. */
export function closedWithoutChange(task: ReviewTask, { staff, reason, at, until }: NoChange): ReviewTask {
  return { ...task, closed: { by: 'no-change', staff, reason, at, until } };
}

export const noOpenTask = (): Refusal =>
  refusal(
    'conflict/no-review-task',
    '该对象没有待办的复核任务：可能已由他人处理',
    'there is no open review task for this enrolment: somebody may have dealt with it',
  );

const taskChanged = ({ causes, task }: ReviewTask): Refusal =>
  refusal(
    'conflict/review-task-changed',
    '复核任务又有新的事由：请重新打开核对',
    'another cause was added to the review task: open it again and look',
    { task, causes: causes.length },
  );
