import { addMonths, type Instant, type Month, monthOf, type PlainDate } from '../../domain/calendar.ts';
import { casesBetween } from '../../domain/determination/cases.ts';
import {
  type Asked,
  type DeterminationProposal,
  type ProposedContent,
  proposalHash,
} from '../../domain/determination/proposal.ts';
import { effectOf, monthlyDifferences } from '../../domain/determination/spans.ts';
import { workOutTogether } from '../../domain/determination/together.ts';
import type { DatedCase } from '../../domain/household/household-case.ts';
import type { PolicyBook } from '../../domain/policy/book.ts';
import { lookupParameter } from '../../domain/policy/lookup.ts';
import { RUN_PARAMETERS } from '../../domain/policy/run-parameters.ts';
import { openStop } from '../../domain/programmes/decided-stop.ts';
import { PROGRAMMES, programmeById } from '../../domain/programmes/index.ts';
import type { ScheduleInput } from '../../domain/programmes/schedule.ts';
import { type Determination, firstDetermined } from '../../domain/register/determination.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import { invariant, ok, type Result, refusal, refuse } from '../../domain/result.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { EnrolmentRead } from '../adapters/register-store.ts';
import { companionInputs, companionsOf } from './companions.ts';
import type { DeterminationPorts } from './ports.ts';

type WorkPorts = Pick<DeterminationPorts, 'households' | 'register' | 'policies' | 'clock'>;

/** What is worked out for an enrolment as the register and the policy book stand now, and what it would mean in money. */
export type WorkedOut = Pick<DeterminationProposal, 'content' | 'hash' | 'differences' | 'effect' | 'with'>;

/** Facts that begin later than this many months ahead do not enter a proposal; a taper lasts at most so long. */
const MONTHS_AHEAD = 12;

/** Loads what the question needs, and answers it in one pure call. Refusals: those of `workOut`, and `missing/household`. */
export async function workedOut(
  ports: WorkPorts,
  read: EnrolmentRead,
  asked: Asked,
  decidedOn: PlainDate,
): Promise<Result<WorkedOut>> {
  const { document, determinations } = read;
  const programme = programmeById(document.programme);
  invariant(programme.ok, `an enrolment of an unknown programme: ${document.programme}`);
  const current = await ports.policies.current();
  if (!current.ok) return current;
  const book = current.value;
  const today = ports.clock.today();
  const input = await inputFor(ports, read, book, asked, decidedOn, today);
  if (!input.ok) return input;
  const companions = await companionsOf(ports.register, document);
  const lead = { programme: programme.value, input: input.value };
  const together = workOutTogether(lead, companionInputs(companions, input.value), asked, decidedOn);
  if (!together.ok) return together;
  const { content, with: others } = together.value;
  const month = monthOf(today);
  const historyFrom = historyFromOf(book, document, month, today);
  if (!historyFrom.ok) return historyFrom;
  const compared = (decided: readonly Determination[], { spans }: ProposedContent) => {
    const differences = monthlyDifferences(decided, spans, month);
    return { differences, effect: effectOf(differences, month, historyFrom.value) };
  };
  const covered = others.map((one) => {
    const own = companions.find(({ read: { document: of } }) => of.id === one.enrolment);
    return { ...one, ...compared(own?.read.determinations ?? [], one.content) };
  });
  const number = determinations.length + 1;
  return ok({
    content,
    hash: proposalHash(sha256Hex, document.id, number, asked, content, others),
    ...compared(determinations, content),
    ...(covered.length > 0 && { with: covered }),
  });
}

/** The first month that may become money, by the policy for a month. */
export function historyFromOf(
  book: PolicyBook,
  { jurisdiction, programme }: Pick<EnrolmentDocument, 'jurisdiction' | 'programme'>,
  month: Month,
  knownOn: PlainDate,
): Result<Month> {
  const query = { jurisdiction, programme, knownOn, parameter: 'historyFrom', month };
  const found = lookupParameter(book, query, RUN_PARAMETERS.historyFrom);
  return found.ok ? ok(found.value.value) : found;
}

async function inputFor(
  ports: WorkPorts,
  read: EnrolmentRead,
  book: PolicyBook,
  asked: Asked,
  decidedOn: PlainDate,
  knownOn: PlainDate,
): Promise<Result<ScheduleInput>> {
  const { document, determinations } = read;
  const cases = needsCases(asked, document.programme)
    ? await casesFor(ports, read, firstMonthOf(asked, decidedOn), decidedOn, ports.clock.now())
    : ok([]);
  if (!cases.ok) return cases;
  const lastMonth = openStop(document.facts);
  return ok({
    book,
    scope: { jurisdiction: document.jurisdiction, programme: document.programme, knownOn },
    cases: cases.value,
    determinations,
    ...(lastMonth !== undefined && { lastMonth }),
  });
}

/** An end asks nobody's circumstances, except where policy ties it to something about a person. */
const needsCases = ({ kind }: Asked, programme: string): boolean =>
  kind === 'end' ? PROGRAMMES[programme]?.whyNotEnded !== undefined : kind !== 'unchanged';

function firstMonthOf(asked: Asked, decidedOn: PlainDate): Month {
  const decided = monthOf(decidedOn);
  const named =
    asked.kind === 'initial'
      ? monthOf(asked.appliedOn)
      : asked.kind === 'taper'
        ? monthOf(asked.declaredOn)
        : asked.kind === 'review'
          ? (asked.from ?? decided)
          : decided;
  return named < decided ? named : decided;
}

async function casesFor(
  ports: WorkPorts,
  { document, determinations }: EnrolmentRead,
  named: Month,
  decidedOn: PlainDate,
  knownBy: Instant,
): Promise<Result<DatedCase[]>> {
  const knowledge = (await ports.households.of([document])).get(document.id);
  if (!knowledge) return refuse(noHousehold(document.id));
  const first = firstDetermined(determinations) ?? named;
  const from = first < named ? first : named;
  return casesBetween(knowledge, from, addMonths(monthOf(decidedOn), MONTHS_AHEAD), knownBy);
}

export const noHousehold = (enrolment: string) =>
  refusal(
    'missing/household',
    '对象信息库没有该家庭的成员和收入：请先补录再提出测算',
    'the register has no members and income for this household: record them, then propose',
    { enrolment },
  );
