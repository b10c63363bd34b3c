import { type Month, monthOf, type PlainDate } from '../calendar.ts';
import type { EnrolmentId, ProgrammeId } from '../ids.ts';
import type { Programme } from '../programmes/programme.ts';
import type { ScheduleInput } from '../programmes/schedule.ts';
import { firstDetermined } from '../register/determination.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import { type Asked, keptFrom, type ProposedContent, workOut } from './proposal.ts';
import { type Effect, keptSpans, type MonthlyDifference } from './spans.ts';

/** Another enrolment of the same person that the same written decision covers. */
export type Companion = {
  readonly enrolment: EnrolmentId;
  readonly programme: Programme;
  /** Day of its own application, where it joins a decision later than the leading one. */
  readonly appliedOn?: PlainDate | undefined;
  readonly input: ScheduleInput;
};

/** What would be determined for one of them: as for the leading enrolment, and named with it. */
export type CompanionContent = {
  readonly enrolment: EnrolmentId;
  readonly programme: ProgrammeId;
  /** Number of the determination that it would become. */
  readonly number: number;
  readonly content: ProposedContent;
};
export type CompanionProposal = CompanionContent & {
  readonly differences: readonly MonthlyDifference[];
  readonly effect: Effect;
};

/** What one decision would fix: for the leading enrolment, and for each that is decided with it. */
export type TogetherContent = {
  readonly content: ProposedContent;
  readonly with: readonly CompanionContent[];
};

/**
 * Works out one decision on a person's enrolments (one document, several payees). A first approval and an end cover all of them; a
 * review those whose amount changes, and restates the leading one where only another changes. A change of standard is a matter of each
 * by itself. Refusals: those of `workOut`, of any of them; `conflict/decided-together` when asked for one that does not lead.
 */
export function workOutTogether(
  lead: { readonly programme: Programme; readonly input: ScheduleInput },
  companions: readonly Companion[],
  asked: Asked,
  decidedOn: PlainDate,
): Result<TogetherContent> {
  const { programme, input } = lead;
  if (programme.decidedBy !== undefined && asked.kind !== 'standard-change')
    return refuse(decidedTogether(programme));
  const ended = asked.kind === 'end' ? programme.whyNotEnded?.(asked.from, input) : undefined;
  if (ended) return refuse(ended);
  const own = workOut(programme, asked, decidedOn, input);
  const others = asked.kind === 'standard-change' ? [] : companions;
  if (!own.ok && (others.length === 0 || own.error.code !== 'conflict/nothing-changes')) return own;
  const changed: CompanionContent[] = [];
  for (const companion of others) {
    const found = contentOf(companion, asked, decidedOn);
    if (!found.ok) return found;
    if (found.value) changed.push(found.value);
  }
  if (own.ok) return ok({ content: own.value, with: changed });
  if (changed.length === 0) return own;
  return ok({ content: keptFrom(input.determinations, monthOf(decidedOn)), with: changed });
}

/** Undefined where nothing of it changes. */
function contentOf(
  { enrolment, programme, appliedOn, input }: Companion,
  asked: Asked,
  decidedOn: PlainDate,
): Result<CompanionContent | undefined> {
  const { determinations } = input;
  const first = firstDetermined(determinations);
  const own = questionFor(asked, first, appliedOn ?? decidedOn);
  if (own === undefined) return ok(undefined);
  if (own.kind === 'end' && isOver(input, own.from)) return ok(undefined);
  const content = workOut(programme, own, decidedOn, input);
  if (!content.ok) return content.error.code === 'conflict/nothing-changes' ? ok(undefined) : content;
  const number = determinations.length + 1;
  return ok({ enrolment, programme: programme.id, number, content: content.value });
}

const isOver = ({ determinations }: ScheduleInput, from: Month): boolean =>
  keptSpans(determinations, from).every(({ components }) => components.length === 0);

/** What the question about the leading enrolment is for one that goes with it; undefined where there is nothing to ask. */
function questionFor(asked: Asked, first: Month | undefined, appliedOn: PlainDate): Asked | undefined {
  if (asked.kind === 'initial') return asked;
  if (first === undefined) return asked.kind === 'review' ? { kind: 'initial', appliedOn } : undefined;
  if (asked.kind === 'review')
    return asked.from !== undefined && asked.from < first ? { ...asked, from: first } : asked;
  if (asked.kind === 'end') return asked.from < first ? { ...asked, from: first } : asked;
  return asked;
}

const decidedTogether = ({ names, decidedBy = '' }: Programme): Refusal =>
  refusal(
    'conflict/decided-together',
    `${names.zh}与同一对象的主项目由一份决定一并核定：请在主项目（${decidedBy}）的享受对象上提出`,
    `${names.en} is decided together with the leading programme of the same person: propose it there (${decidedBy})`,
    { decidedBy },
  );
