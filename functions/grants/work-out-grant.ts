import * as z from 'zod/mini';
import { monthOf, type PlainDate } from '../../domain/calendar.ts';
import type { Application } from '../../domain/grants/application.ts';
import { grantFor, type WorkedOutGrant } from '../../domain/grants/application-commands.ts';
import { onlyOnce } from '../../domain/grants/claims.ts';
import type { JurisdictionCode, PersonKey, ProgrammeId } from '../../domain/ids.ts';
import { APPLICATION_PARAMETERS } from '../../domain/policy/application-parameters.ts';
import { lookupParameter } from '../../domain/policy/lookup.ts';
import { RUN_PARAMETERS } from '../../domain/policy/run-parameters.ts';
import { programmeById } from '../../domain/programmes/index.ts';
import type {
  EarlierGrant,
  GrantFacts,
  GrantProposal,
  GrantRules,
  Programme,
} from '../../domain/programmes/programme.ts';
import type { PolicyView } from '../../domain/programmes/schedule.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import { dueWithin } from '../../domain/working-days.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { ApplicationPorts } from './application-ports.ts';
import { type FamilyGrants, familyGrants, type KnownGrant, OF_APPLICATION } from './earlier-grants.ts';

/** A programme that takes applications, and its rules. */
export type GrantProgramme = { readonly programme: Programme; readonly rules: GrantRules };

/** Refusals: `invalid/programme`, `invalid/not-applied-for`. */
export function grantProgramme(id: ProgrammeId): Result<GrantProgramme> {
  const found = programmeById(id);
  if (!found.ok) return found;
  const { grant } = found.value;
  return grant ? ok({ programme: found.value, rules: grant }) : refuse(notAppliedFor(id));
}

/** The policy of a place as it is known today. */
export async function grantView(
  { policies, clock }: Pick<ApplicationPorts, 'policies' | 'clock'>,
  jurisdiction: JurisdictionCode,
  programme: ProgrammeId,
): Promise<Result<PolicyView>> {
  const book = await policies.current();
  if (!book.ok) return book;
  return ok({ book: book.value, scope: { jurisdiction, programme, knownOn: clock.today() } });
}

/** Tries out what somebody would get, with nothing known of a family; nothing is stored. Refusals are the programme's. */
export async function assessGrant(
  ports: Pick<ApplicationPorts, 'policies' | 'clock'>,
  jurisdiction: JurisdictionCode,
  asked: { readonly programme: ProgrammeId; readonly decidedOn: PlainDate; readonly facts: GrantFacts },
): Promise<Result<GrantProposal>> {
  const grant = grantProgramme(asked.programme);
  if (!grant.ok) return grant;
  const view = await grantView(ports, jurisdiction, asked.programme);
  if (!view.ok) return view;
  const { decidedOn, facts } = asked;
  const input = { facts, appliedOn: decidedOn, decidedOn, view: view.value, earlier: [] };
  return grant.value.rules.workOut(input);
}

/** `earlier`: what of it counts for the programme's caps. */
export type WorkedOutApplication = WorkedOutGrant & {
  readonly family: FamilyGrants;
  readonly earlier: readonly EarlierGrant[];
  /** Where grants of the whole family count: of how many helped persons nobody can tell, because they are not named. */
  readonly unnamed: number;
  /** What it is for where the subject gets one grant for it, or ever (then empty). */
  readonly occasion?: string;
};

/**
 * Loads what an application rests on and works it out for the day of a decision. Refusals: those of the programme,
 * `conflict/granted-before`, `conflict/granted-for-occasion`, `invalid/grant-facts`.
 */
export async function workedOutApplication(
  ports: ApplicationPorts,
  found: Application,
  decidedOn: PlainDate,
): Promise<Result<WorkedOutApplication>> {
  const { application, applied, stated } = found;
  const { jurisdiction, programme, subject, appliedOn } = applied;
  const grant = grantProgramme(programme);
  if (!grant.ok) return grant;
  const view = await grantView(ports, jurisdiction, programme);
  if (!view.ok) return view;
  const read = await ports.facts.read(application, stated.facts);
  const parsed = z.safeParse(grant.value.rules.schema, read.facts);
  // It fitted when it was taken in: the programme asks for something else since.
  if (!parsed.success) return refuse(factsChanged());
  const family = await familyGrants(ports, stated.members, application);
  const free = isFree(grant.value, subject, parsed.data, family.grants);
  if (!free.ok) return free;
  const occasion = free.value;
  // A list may have the subject for the same already, and not be carried out yet.
  const holder =
    occasion === undefined ? undefined : await ports.grantLists.claimed(programme, subject, occasion);
  if (holder !== undefined && !holder.startsWith(OF_APPLICATION)) return refuse(onList());
  const person = await ports.register.person(subject);
  const earlier = counted(grant.value, subject, family.grants)
    .filter((one) => one.jurisdiction === jurisdiction)
    .map(({ programme: of, decidedOn: on, fen, kind, cause }) => ({
      programme: of,
      decidedOn: on,
      fen,
      ...(kind !== undefined && { kind }),
      ...(cause !== undefined && { cause }),
    }));
  const proposal = grant.value.rules.workOut({
    facts: parsed.data,
    appliedOn,
    decidedOn,
    view: view.value,
    ...(person && { subject: person.record.facts }),
    earlier,
  });
  if (!proposal.ok) return proposal;
  return ok({
    ...grantFor(sha256Hex, found, proposal.value, earlier, decidedOn),
    family,
    earlier,
    unnamed:
      grant.value.rules.counts === 'family' ? Math.max(0, proposal.value.persons - stated.members.length) : 0,
    ...(occasion !== undefined && { occasion }),
  });
}

/** What counts of all that a family was granted: what the subject was, or any member, as the programme has it. */
export const counted = (
  { rules }: GrantProgramme,
  subject: PersonKey,
  grants: readonly KnownGrant[],
): readonly KnownGrant[] =>
  rules.counts === 'family' ? grants : grants.filter((one) => one.subject === subject);

/** Nothing of what is granted once, ever or for an occasion, was granted to the subject before. The occasion; undefined where there is none. */
export function isFree(
  grant: GrantProgramme,
  subject: PersonKey,
  facts: GrantFacts,
  grants: readonly KnownGrant[],
): Result<string | undefined> {
  const { programme, rules } = grant;
  const own = counted(grant, subject, grants).filter((one) => one.programme === programme.id);
  if (rules.oncePerSubject) {
    const never = onlyOnce(own, programme.id);
    return never.ok ? ok('') : never;
  }
  const occasion = rules.occasion?.(facts);
  const same = own.find(({ stated, fen }) => {
    const before = z.safeParse(rules.schema, stated);
    if (fen <= 0 || !before.success) return false;
    return rules.overlaps?.(before.data, facts) ?? rules.occasion?.(before.data) === occasion;
  });
  return occasion !== undefined && same ? refuse(forOccasion(same.decidedOn)) : ok(occasion);
}

/**
 * The working day by which papers are to follow aid that comes first; in December of a year after which no calendar is published yet, its
 * last day, for an emergency does not wait for one. Refusals: `policy/…`, `missing/calendar-year`.
 */
export async function papersDueOn(
  ports: ApplicationPorts,
  found: Application,
  decidedOn: PlainDate,
): Promise<Result<PlainDate | undefined>> {
  if (!found.stated.missingPapers) return ok(undefined);
  const { jurisdiction, programme } = found.applied;
  const view = await grantView(ports, jurisdiction, programme);
  if (!view.ok) return view;
  const { book, scope } = view.value;
  const query = { ...scope, parameter: 'urgentPapersDays', month: monthOf(decidedOn) };
  const days = lookupParameter(book, query, APPLICATION_PARAMETERS.urgentPapersDays);
  if (!days.ok) return days;
  return dueWithin(await ports.workingDays(), decidedOn, days.value.value);
}

/** Whether the place pays in cash. Refusals: `policy/no-cash`. */
export async function cashAllowed(
  ports: ApplicationPorts,
  found: Application,
  decidedOn: PlainDate,
): Promise<Result<true>> {
  const { jurisdiction, programme } = found.applied;
  const view = await grantView(ports, jurisdiction, programme);
  if (!view.ok) return view;
  const { book, scope } = view.value;
  const query = { ...scope, parameter: 'cashPayments', month: monthOf(decidedOn) };
  const allowed = lookupParameter(book, query, RUN_PARAMETERS.cashPayments);
  return allowed.ok && allowed.value.value ? ok(true) : refuse(noCash());
}

const notAppliedFor = (programme: ProgrammeId): Refusal =>
  refusal(
    'invalid/not-applied-for',
    `“${programme}”不按单笔申请办理`,
    `"${programme}" takes no applications for single grants`,
    { programme },
  );
const factsChanged = (): Refusal =>
  refusal(
    'invalid/grant-facts',
    '该项目要求填写的内容已调整：请更正本申请后再审批',
    'the programme asks for other facts since: restate the application, then decide',
  );
const forOccasion = (decidedOn: string): Refusal =>
  refusal(
    'conflict/granted-for-occasion',
    `该对象已于 ${decidedOn} 就同一事项获得本项目救助`,
    `the same subject was granted this for the same occasion on ${decidedOn}`,
    { decidedOn },
  );
export const onList = (): Refusal =>
  refusal(
    'conflict/granted-by-list',
    '该对象已在一份批量名册中就同一事项获得（或正在办理）本项目给付',
    'a list grants this to the same subject for the same matter already',
  );
const noCash = (): Refusal =>
  refusal(
    'policy/no-cash',
    '本地政策没有规定可以现金发放：请发放到账户，或先由政策管理员录入依据',
    'policy does not allow cash here: pay into the account, or have the policy entered first',
  );
