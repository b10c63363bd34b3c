import { enrolmentId } from '../../domain/ids.ts';
import { latestAttempts } from '../../domain/ledger/attempts.ts';
import { type Fen, fen, sumFen } from '../../domain/money.ts';
import { runRules } from '../../domain/programmes/run-rules.ts';
import { figuresOf, type RecoveredLine } from '../../domain/recovery/recovery.ts';
import { appendFact } from '../../domain/register/append-fact.ts';
import { grantedIn } from '../../domain/register/determination.ts';
import { invariant } from '../../domain/result.ts';
import { grantEffects, hoursDue, recoveryBasis } from '../../domain/venture/execution-effects.ts';
import { type SignedProject, signedProject } from '../../domain/venture/execution-standing.ts';
import type { Project } from '../../domain/venture/project.ts';
import type { DecidingProject, DecidingProjects } from '../adapters/deciding-projects.ts';
import type { LedgerStore } from '../adapters/ledger-store.ts';
import type { RecoveryStore } from '../adapters/recovery-store.ts';
import { type EnrolmentAddress, laterOf, type RegisterStore } from '../adapters/register-store.ts';
import type { RunStore } from '../adapters/run-store.ts';
import type { SweepStore } from '../adapters/sweep-store.ts';
import type { VentureCallStore } from '../adapters/venture-call-store.ts';
import type { VentureStore } from '../adapters/venture-store.ts';
import { enrolForGrant } from '../grants/enrol.ts';
import { recordGrant } from '../grants/record-grant.ts';
import { isAbandoned } from '../instants.ts';
import { proposeRecovery } from '../recovery/propose-recovery.ts';
import { beyondGranted, type ReceivedMoney, receivedMoney } from '../recovery/received-money.ts';
import { shanghaiDate } from '../shanghai-date.ts';
import type { Clock } from '../wiring.ts';
import { VENTURE } from './ports.ts';

/** What carrying out decisions on projects needs of the register and around it. */
export type RegisterPorts = {
  readonly projects: VentureStore;
  readonly calls: VentureCallStore;
  readonly decidingProjects: DecidingProjects;
  readonly register: RegisterStore;
  readonly sweeps: SweepStore;
  readonly clock: Clock;
};
/** What proposing to recover money needs. */
export type RecoverPorts = {
  readonly recoveries: RecoveryStore;
  readonly ledger: LedgerStore;
  readonly runs: RunStore;
  readonly clock: Clock;
};
export type CarryPorts = RegisterPorts & RecoverPorts;

const ATTEMPTS = 10;

/** The enrolment that a project's payments go under, whether it is there yet or not. */
export function projectAddress({ jurisdiction, projectKey }: Project): EnrolmentAddress {
  const rules = runRules(VENTURE);
  invariant(rules.ok, 'the venture fund is a programme');
  return { jurisdiction, programme: VENTURE, id: enrolmentId(rules.value.code, projectKey, 1) };
}

/** Carries out everything that was decided about a project: in the register, then what is to be given back. Each is there once however often it is asked for. */
export async function carryOut(ports: CarryPorts, project: Project): Promise<void> {
  await carryIntoRegister(ports, project);
  await recoverOwed(ports, project);
}

/**
 * In this order: the enrolment with the organisation as its payee, the hours of service, the grants and what is withdrawn of them, the
 * ban. Whoever comes next goes on where a writer died.
 */
async function carryIntoRegister(ports: RegisterPorts, project: Project): Promise<void> {
  const signed = signedProject(project);
  if (!signed.ok) return;
  const effects = grantEffects(signed.value);
  if (effects.length > 0 || project.execution.hours) {
    const address = await enrolled(ports, signed.value);
    await recordHours(ports, signed.value, address);
    for (const effect of effects) {
      const granted = await recordGrant(ports, address, effect);
      invariant(granted.ok, `a decided grant is refused: ${granted.ok ? '' : granted.error.code}`);
    }
  }
  await ban(ports, signed.value);
}

/** Who is paid is recorded at the beginning; from then on a change of payee takes its own two persons. */
async function enrolled(ports: RegisterPorts, project: SignedProject): Promise<EnrolmentAddress> {
  const address = projectAddress(project);
  const { jurisdiction, programme, id } = address;
  if (await ports.register.enrolment(jurisdiction, programme, id)) return address;
  const { signed, contract, projectKey } = project;
  invariant(signed, 'a project with a contract was signed');
  return enrolForGrant(ports, {
    jurisdiction,
    programme,
    subject: projectKey,
    payee: {
      payee: contract.organisation,
      kind: 'organisation',
      document: signed.document,
      source: 'venture-fund',
      by: signed.by,
    },
    source: 'venture-fund',
    by: signed.by,
    appliedOn: signed.signedOn,
  });
}

/** 服务时数, delivered and due by now, as a fact of the enrolment, which the control of runs looks at. */
async function recordHours(
  { register, clock }: RegisterPorts,
  project: SignedProject,
  { jurisdiction, programme, id }: EnrolmentAddress,
): Promise<void> {
  const { contract, execution } = project;
  const due = hoursDue(project);
  if (due === 0) return;
  // Nothing reported is nothing delivered.
  const said = execution.hours;
  const value = `${said?.hours ?? 0}/${due}`;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = await register.enrolment(jurisdiction, programme, id);
    invariant(before, `the enrolment ${id} is gone`);
    const recordedAt = laterOf(clock.now(), before.changedAt);
    const validFrom = said?.upTo ?? contract.from;
    const by = said?.by ?? 'system';
    const fact = { kind: 'service-hours', value, validFrom, recordedAt, source: 'venture-fund', by } as const;
    const facts = appendFact(before.facts, fact);
    if (facts === before.facts) return;
    const after = { ...before, facts, version: before.version + 1, changedAt: recordedAt };
    if ((await register.putEnrolment(after, before)) === 'written') return;
  }
  throw new Error('hours of service lost every race against other writers');
}

/**
 * 追缴: of what was taken back, what the organisation has received; whoever proposed the end of the project proposes it. Another person
 * decides, and only once the grants were withdrawn.
 */
export async function recoverOwed(ports: RecoverPorts, project: Project): Promise<void> {
  const signed = signedProject(project);
  const { conclusion } = project.execution;
  if (!signed.ok || !conclusion?.decided || conclusion.proposed.balance >= 0) return;
  const { proposed, decided } = conclusion;
  const address = recoveryAddress(project);
  const basis = recoveryBasis(signed.value);
  const { orders } = await ports.recoveries.of(address);
  // One that another person refused stays refused: asked again, nobody proposes it over their head.
  if (orders.some((order) => order.proposed.basis === basis)) return;
  const lines = receivedBeyond(signed.value, await moneyOf(ports, project));
  const amount = sumFen(lines.map((line) => line.fen));
  if (amount === 0) return;
  const { reason, dueOn = shanghaiDate(decided.at), instalments } = proposed;
  // Instalments were agreed on for the whole sum; of less, because a part was never received, it is one.
  const parts = instalments && amount === 0 - proposed.balance ? { instalments } : {};
  const wish = { basis, fen: amount, lines, reason, dueOn, ...parts };
  const asked = await proposeRecovery(ports, { ...address, ...wish, by: proposed.by });
  invariant(asked.ok, `a recovery that was decided is refused: ${asked.ok ? '' : asked.error.code}`);
}

/** What the organisation received beyond what the decisions on its project give. */
function receivedBeyond(project: SignedProject, { attempts }: ReceivedMoney): RecoveredLine[] {
  const effects = grantEffects(project);
  return beyondGranted(attempts, (month) => grantedIn(effects, month));
}

async function ban({ calls, clock }: RegisterPorts, project: SignedProject): Promise<void> {
  const { conclusion } = project.execution;
  const { breachOn, bannedUntil, reason } = conclusion?.proposed ?? {};
  const decided = conclusion?.decided;
  if (!decided || breachOn === undefined || bannedUntil === undefined || reason === undefined) return;
  const { document, by } = decided;
  const terms = { from: breachOn, until: bannedUntil, reason, document };
  await calls.ban(project.jurisdiction, project.contract.organisation, { ...terms, by, at: clock.now() });
}

const recoveryAddress = (project: Project) => {
  const { jurisdiction, programme, id } = projectAddress(project);
  return { jurisdiction, programme, enrolment: id };
};

/** What the organisation has received of the grant so far, and what is on its way. */
export async function moneyOf(
  ports: Pick<CarryPorts, 'ledger' | 'runs'>,
  project: Project,
): Promise<ReceivedMoney> {
  return receivedMoney(ports, recoveryAddress(project));
}

/** Payments that arrived, each with the day on which the bank said so. */
export function receivedPayments({
  attempts,
}: ReceivedMoney): { readonly paidOn: string; readonly fen: Fen }[] {
  return latestAttempts(attempts).flatMap(({ state, outcome, release, fen: amount }) =>
    state === 'settled' ? [{ paidOn: shanghaiDate((outcome ?? release).at), fen: amount }] : [],
  );
}

export const isInTransit = ({ attempts }: ReceivedMoney): boolean =>
  latestAttempts(attempts).some(({ state }) => state === 'in-transit');

/**
 * What is still to be given back of a project. A proposal that nobody decided yet counts whole; where none stands, because nobody has
 * made it or somebody refused it, what was received beyond the decisions does: those were of two persons, and one does not undo them.
 */
export async function outstandingOf(
  ports: Pick<CarryPorts, 'recoveries'>,
  project: Project,
  money: ReceivedMoney,
): Promise<Fen> {
  const { orders } = await ports.recoveries.of(recoveryAddress(project));
  const standing = orders.filter(({ refused }) => !refused);
  const signed = signedProject(project);
  if (standing.length === 0 && signed.ok)
    return sumFen(receivedBeyond(signed.value, money).map((line) => line.fen));
  return fen(
    standing.reduce((sum, one) => sum + (one.ordered ? figuresOf(one).outstanding : one.proposed.fen), 0),
  );
}

/** What the sweeper asks for, of the register. The mark stays while its decision may still be written. */
export async function finishProject(ports: RegisterPorts, marked: DecidingProject): Promise<void> {
  const project = await ports.projects.load(marked.project);
  if (project) await carryIntoRegister(ports, project);
  const decidedSince = project !== undefined && lastDecision(project) >= marked.at;
  if (decidedSince || isAbandoned(marked.at, ports.clock.now())) await ports.decidingProjects.settle(marked);
}

/** When money was last decided on; empty before the first time. */
function lastDecision({ execution }: Project): string {
  const { releases, conclusion, hours } = execution;
  const decided = Object.values(releases).map((release) => release.decided?.at ?? '');
  return [...decided, conclusion?.decided?.at ?? '', hours?.at ?? ''].sort().at(-1) ?? '';
}
