import { type Application, foldApplication } from '../../domain/grants/application.ts';
import { claimState, earlierGrant, type GrantClaim } from '../../domain/grants/claims.ts';
import { rowOfBasis, withdrawnBasis } from '../../domain/grants/withdrawal.ts';
import type { JurisdictionCode, PersonKey } from '../../domain/ids.ts';
import { sumFen } from '../../domain/money.ts';
import type { EarlierGrant } from '../../domain/programmes/programme.ts';
import type { Determination } from '../../domain/register/determination.ts';
import { invariant } from '../../domain/result.ts';
import { isAbandoned } from '../instants.ts';
import type { ApplicationPorts } from './application-ports.ts';

export type FamilyGrantPorts = Pick<
  ApplicationPorts,
  'register' | 'applications' | 'claims' | 'facts' | 'clock' | 'grantLists'
>;
type Ports = FamilyGrantPorts;

/** A grant with whom and what it was for. */
export type KnownGrant = EarlierGrant & {
  readonly jurisdiction: JurisdictionCode;
  /** Whom it was for; others of the family only belong to the application. */
  readonly subject: PersonKey;
  /** Of a grant that came by a list or a milestone: what it was decided on. */
  readonly basis?: string;
  /** What the application or the row of the list stated; empty for a grant that came by a milestone. */
  readonly stated: Readonly<Record<string, unknown>>;
};
/** What a family has on record. */
export type FamilyGrants = {
  /** Oldest first. */
  readonly grants: readonly KnownGrant[];
  /** Claims by person as they were read: a decision claims the places after these. */
  readonly claims: ReadonlyMap<PersonKey, readonly GrantClaim[]>;
  /** Another application of the family is being decided at this moment. */
  readonly pending: boolean;
};

/**
 * Everything granted to any of some persons, through applications and lists, in every place of the register. What a writer left behind
 * who died while deciding is ended here: its application waits for a decision as before.
 *
 * @param own the application for which this is asked: what it was granted itself does not count
 */
export async function familyGrants(
  ports: Ports,
  persons: readonly PersonKey[],
  own: string | undefined,
): Promise<FamilyGrants> {
  const claims = await ports.claims.of(persons);
  const others = new Map<string, GrantClaim[]>();
  for (const claim of [...claims.values()].flat()) {
    if (claim.application === own) continue;
    others.set(claim.application, [...(others.get(claim.application) ?? []), claim]);
  }
  const grants: KnownGrant[] = [];
  let pending = false;
  for (const [id, claimed] of others) {
    const acts = await ports.applications.acts(id);
    const found = foldApplication(acts);
    invariant(found, `a claim of an application that is not there: ${id}`);
    const states = claimed.map((claim) => ({ claim, state: claimState(claim, acts) }));
    const waiting = states.find(({ state }) => state === 'pending');
    if (waiting && !(await lapsed(ports, found, waiting.claim))) pending = true;
    if (!states.some(({ state }) => state === 'granted')) continue;
    grants.push(...(await grantOf(ports, found)));
  }
  for (const person of persons) grants.push(...(await listGrants(ports, person)));
  return { grants: grants.toSorted(byDay), claims, pending };
}

const byDay = (a: EarlierGrant, b: EarlierGrant): number =>
  a.decidedOn < b.decidedOn ? -1 : Number(a.decidedOn > b.decidedOn);

/** Ends a decision that was begun and abandoned, at the number that it would have had. False while it may still come about. */
async function lapsed(ports: Ports, found: Application, claim: GrantClaim): Promise<boolean> {
  const now = ports.clock.now();
  if (!isAbandoned(claim.at, now) || found.sequence + 1 !== claim.sequence) return false;
  const stamp = { now: ports.clock.now, by: 'system' };
  return (await ports.applications.append(found.application, found, { kind: 'lapsed' }, stamp)) !== undefined;
}

async function grantOf({ facts }: Ports, found: Application): Promise<KnownGrant[]> {
  const { facts: stated } = await facts.read(found.application, found.stated.facts);
  const grant = earlierGrant(found, stated);
  const { jurisdiction, subject } = found.applied;
  return grant ? [{ ...grant, jurisdiction, subject, stated }] : [];
}

/** Determinations of a person that came by a list or a milestone. */
async function listGrants({ register, grantLists }: Ports, person: PersonKey): Promise<KnownGrant[]> {
  const found: KnownGrant[] = [];
  for (const { id, jurisdiction, programme } of await register.enrolmentsOfPerson(person)) {
    const read = await register.enrolmentRead({ jurisdiction, programme, id });
    const determinations = standing(read?.determinations ?? []);
    // Where all that was given is withdrawn, nothing was granted.
    if (given(determinations, 'grant') <= given(determinations, 'grant-withdrawn')) continue;
    for (const { kind, basis = '', spans, decidedOn } of determinations) {
      if (kind !== 'grant' || basis.startsWith(OF_APPLICATION)) continue;
      const fen = sumFen(spans.flatMap(({ components }) => components.map((one) => one.fen)));
      const stated = await statedInList(grantLists, basis);
      found.push({ programme, decidedOn, fen, jurisdiction, subject: person, stated, basis });
    }
  }
  return found;
}

/** Without the rows of lists that were withdrawn, one by one. */
function standing(determinations: readonly Determination[]): readonly Determination[] {
  const withdrawn = new Set(determinations.map(({ basis = '' }) => basis));
  const isBack = ({ basis = '' }: Determination) =>
    basis.startsWith('list:') && (withdrawn.has(withdrawnBasis(basis)) || basis.endsWith(withdrawnBasis('')));
  return determinations.filter((one) => !isBack(one));
}

const given = (determinations: readonly Determination[], kind: Determination['kind']) =>
  sumFen(
    determinations
      .filter((one) => one.kind === kind)
      .flatMap(({ spans }) => spans.flatMap(({ components }) => components.map((one) => one.fen))),
  );

/** What the row of a list stated that a grant came by; nothing for one that came otherwise. */
async function statedInList(lists: Ports['grantLists'], basis: string): Promise<KnownGrant['stated']> {
  const from = rowOfBasis(basis);
  return from ? ((await lists.row(from.importId, from.row))?.facts ?? {}) : {};
}

/** What begins the basis of a grant that was applied for. */
export const OF_APPLICATION = 'application:';
