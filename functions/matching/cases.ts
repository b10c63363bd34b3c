import { addMonths, monthOf } from '../../domain/calendar.ts';
import {
  CASE_ID,
  type Case,
  type CaseAct,
  type CaseActBody,
  type CaseActOf,
  type CaseId,
  caseState,
} from '../../domain/matching/case.ts';
import {
  assignCase,
  type CaseWish,
  decideCase,
  noticeCase,
  verifyCase,
} from '../../domain/matching/case-commands.ts';
import { actionFor } from '../../domain/matching/list-kinds.ts';
import { matchingPolicy } from '../../domain/policy/matching-parameters.ts';
import { PROGRAMMES } from '../../domain/programmes/index.ts';
import { appendFact } from '../../domain/register/append-fact.ts';
import { latestFact } from '../../domain/register/facts.ts';
import { invariant, ok, type Result, refusal, refuse, unreachable } from '../../domain/result.ts';
import { keeperOn } from '../../domain/street/kept-street.ts';
import { type CaseStore, noCase } from '../adapters/case-store.ts';
import type { DecidingCase } from '../adapters/deciding-cases.ts';
import type { PolicyStore } from '../adapters/policy-store.ts';
import { type EnrolmentAddress, laterOf, type RegisterStore } from '../adapters/register-store.ts';
import type { RelativeStore } from '../adapters/relative-store.ts';
import type { StreetStore } from '../adapters/street-store.ts';
import type { Scope } from '../adapters/sweep-store.ts';
import { noEnrolment } from '../determination/refusals.ts';
import { isAbandoned } from '../instants.ts';
import { shanghaiDate } from '../shanghai-date.ts';
import type { Clock } from '../wiring.ts';
import { whyAside } from './relatives.ts';

export type CasePorts = {
  readonly cases: CaseStore;
  readonly register: RegisterStore;
  readonly relatives: RelativeStore;
  readonly policies: Pick<PolicyStore, 'current'>;
  readonly changes: Pick<StreetStore, 'changes'>;
  readonly clock: Clock;
};
/** What carrying out a decision needs. */
export type FinishPorts = Pick<CasePorts, 'cases' | 'register' | 'clock'>;
/** Who acts, and the name of the request: asked twice under one name, an act is done once. */
export type By = { readonly by: string; readonly request?: string };

/** What somebody reports (群众举报) or staff came upon. The reference is where the report is filed. */
export type Report =
  | { readonly kind: 'public-report'; readonly reference: string; readonly reason: string }
  | { readonly kind: 'staff-doubt'; readonly reason: string };

const ATTEMPTS = 10;

/** The programme is the first part of the enrolment's id. Refusal: `missing/case`. */
export function caseScope(jurisdiction: string, caseId: string): Result<Scope & { enrolment: string }> {
  const [, enrolment = ''] = CASE_ID.exec(caseId) ?? [];
  const code = enrolment.split('-')[0];
  const programme = Object.values(PROGRAMMES).find((one) => one?.code === code);
  return programme && jurisdiction !== ''
    ? ok({ jurisdiction, programme: programme.id, enrolment })
    : refuse(noCase());
}

/** Opens a case about an enrolment, or adds to the one that is open; `street`: staff of a street report of their own. Refusal: `missing/enrolment`. */
export async function reportCase(
  ports: CasePorts,
  address: EnrolmentAddress,
  report: Report,
  { by, request, street: own }: By & { readonly street?: string },
): Promise<Result<Case>> {
  const { jurisdiction, programme, id } = address;
  const enrolment = await ports.register.enrolment(jurisdiction, programme, id);
  if (!enrolment) return refuse(noEnrolment(id));
  const today = ports.clock.today();
  const street = keeperOn(enrolment.facts, await ports.changes.changes(jurisdiction), today);
  if (own !== undefined && street !== own) return refuse(noEnrolment(id));
  const book = await ports.policies.current();
  const scope = { jurisdiction, programme };
  const policy = book.ok ? matchingPolicy(book.value, { ...scope, knownOn: today }, monthOf(today)) : {};
  const { kind, ...said } = report;
  const { found } = await ports.cases.hear(
    scope,
    { ...scope, enrolment: id, about: kind, ...(street !== undefined && { street }) },
    {
      hold: actionFor(kind, policy.actions) === 'hold',
      source: { type: kind, ...said } as CaseActOf<'opened'>['source'],
    },
    { now: ports.clock.now, by, ...(request !== undefined && { request }) },
  );
  return ok(found);
}

/** The case and everything done in it; what a decision left undone is done now. Refusal: `missing/case`. */
export async function readCase(
  ports: CasePorts,
  scope: Scope,
  caseId: CaseId,
): Promise<Result<{ readonly found: Case; readonly acts: readonly CaseAct[] }>> {
  const found = await ports.cases.get(scope, caseId);
  if (!found.ok) return found;
  const done = caseState(found.value) === 'deciding' ? await finish(ports, scope, found.value) : found;
  return done.ok ? ok({ found: done.value, acts: await ports.cases.acts(scope, caseId) }) : done;
}

export type CaseCommand =
  | { readonly kind: 'assign'; readonly street: string }
  | ({ readonly kind: 'verify' } & Parameters<typeof verifyCase>[1])
  | ({ readonly kind: 'notice' } & Parameters<typeof noticeCase>[1])
  | ({ readonly kind: 'decide' } & CaseWish);

/**
 * One step of a case. A decision is carried out at once: the stop is recorded, then the hold ends, then the case is closed; whoever
 * comes next goes on where its writer died. Refusals: `forbidden/relative`, `conflict/not-determined` and those of the commands.
 */
export async function actOnCase(
  ports: CasePorts,
  scope: Scope & { readonly enrolment: string },
  caseId: CaseId,
  command: CaseCommand,
  { by, request }: By,
): Promise<Result<Case>> {
  const address = { jurisdiction: scope.jurisdiction, programme: scope.programme, id: scope.enrolment };
  const aside = await whyAside(ports, address, by);
  if (aside) return refuse(aside);
  const determined =
    command.kind === 'decide' && command.outcome === 'change' ? await lastDecided(ports, address) : '';
  const after = await ports.cases.act(
    scope,
    caseId,
    (found) => {
      const decision = decide(found, command, by, ports.clock.today());
      const early = determined !== undefined && determined < found.opened.at;
      return decision.ok &&
        decision.value.kind === 'decided' &&
        command.kind === 'decide' &&
        command.outcome === 'change' &&
        early
        ? refuse(notDetermined())
        : decision;
    },
    { now: ports.clock.now, by, ...(request !== undefined && { request }) },
  );
  if (!after.ok || caseState(after.value) !== 'deciding') return after;
  return finish(ports, scope, after.value);
}

function decide(found: Case, command: CaseCommand, by: string, today: string): Result<CaseActBody> {
  switch (command.kind) {
    case 'assign':
      return assignCase(found, command.street);
    case 'verify': {
      const { kind: _, ...said } = command;
      return verifyCase(found, said);
    }
    case 'notice': {
      const { kind: _, ...said } = command;
      return noticeCase(found, said, today);
    }
    case 'decide': {
      const { kind: _, ...wish } = command;
      return decideCase(found, wish, by, today);
    }
    default:
      return unreachable(command);
  }
}

/** When the amount was last decided on; undefined where facts alone decide, empty where nothing ever was. */
async function lastDecided({ register }: CasePorts, address: EnrolmentAddress): Promise<string | undefined> {
  if (PROGRAMMES[address.programme]?.amountBasis !== 'decision') return undefined;
  const read = await register.enrolmentRead(address);
  return (
    (read?.determinations ?? [])
      .map(({ recordedAt }) => recordedAt)
      .sort()
      .at(-1) ?? ''
  );
}

const notDetermined = () =>
  refusal(
    'conflict/not-determined',
    '立案之后还没有新的核定：请先重新核定并审批，再以“变更”办结',
    'the amount was not determined anew since the case was opened: determine it first, then close the case as changed',
  );

/** What the sweeper asks for: carries out a decision whose writer died. The mark stays while its decision may still be written. */
export async function finishCase(ports: FinishPorts, marked: DecidingCase): Promise<void> {
  // Nothing is decided here: the list is only brought up to what was done, which its writer may not have lived to do.
  const found = await ports.cases.act(marked, marked.caseId, () => undefined, {
    now: ports.clock.now,
    by: 'system',
  });
  const decided = found.ok && found.value.decided !== undefined;
  if (found.ok && caseState(found.value) === 'deciding') await finish(ports, marked, found.value);
  if (decided || isAbandoned(marked.at, ports.clock.now())) await ports.cases.deciding.settle(marked);
}

/** Carries out what was decided, in this order: the stop, the end of the hold, the closing. Each is done once. */
async function finish(ports: FinishPorts, scope: Scope, found: Case): Promise<Result<Case>> {
  const { caseId, decided } = found;
  invariant(decided, 'only what was decided is carried out');
  if (decided.outcome === 'stop') await recordStop(ports, scope, found, decided);
  await ports.cases.clear(scope, caseId, ports.clock.now());
  const closed = await ports.cases.act(
    scope,
    caseId,
    (now) => (caseState(now) === 'deciding' ? ok({ kind: 'applied' }) : undefined),
    { now: ports.clock.now, by: 'system' },
  );
  const { jurisdiction, programme } = scope;
  await ports.cases.deciding.settle({ jurisdiction, programme, caseId, at: decided.at });
  return closed;
}

/**
 * The last month due, as a fact of the enrolment whose source is the case. An earlier stop stands: a case never gives back a month; and
 * who was resumed since is not stopped again by the same case.
 */
async function recordStop(
  { register, clock }: FinishPorts,
  { jurisdiction, programme }: Scope,
  { caseId, opened }: Case,
  { from, by, at }: CaseActOf<'decided'>,
): Promise<void> {
  invariant(from, 'a stop without a month');
  const value = addMonths(from, -1);
  const source = `case:${caseId}`;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = await register.enrolment(jurisdiction, programme, opened.enrolment);
    invariant(before, `the enrolment of case ${caseId} is gone`);
    const standing = latestFact(before.facts, 'stop')?.value ?? '';
    const said = before.facts.some((fact) => fact.kind === 'stop' && fact.source === source);
    if (said || (standing !== '' && standing <= value)) return;
    const recordedAt = laterOf(clock.now(), before.changedAt);
    const stop = { kind: 'stop', value, validFrom: shanghaiDate(at), recordedAt, source, by } as const;
    const facts = appendFact(before.facts, stop);
    const after = { ...before, facts, version: before.version + 1, changedAt: recordedAt };
    if ((await register.putEnrolment(after, before)) === 'written') return;
  }
  throw new Error('a stop lost every race against other writers');
}
