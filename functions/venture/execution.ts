import type { PlainDate } from '../../domain/calendar.ts';
import type { ProjectKey } from '../../domain/ids.ts';
import { type Fen, fen } from '../../domain/money.ts';
import { latestFact } from '../../domain/register/facts.ts';
import { isOrganisationStatus } from '../../domain/register/organisation-status.ts';
import { ok, type Result, refusal, refuse, unreachable } from '../../domain/result.ts';
import type { ConclusionCause, ExecutionActBody } from '../../domain/venture/execution-acts.ts';
import {
  type ChangeWish,
  type DecisionWish,
  decideChange,
  proposeChange,
} from '../../domain/venture/execution-change.ts';
import {
  closeProject,
  decideConclusion,
  proposeSettlement,
  proposeTermination,
  proposeUnused,
  type ReceivedPayment,
  type SettlementWish,
  type TerminationWish,
} from '../../domain/venture/execution-conclusion.ts';
import { type EvaluationWish, evaluateProject } from '../../domain/venture/execution-evaluation.ts';
import {
  closeRectification,
  excuseLateness,
  openRectification,
  receiveFile,
  recordMilestone,
  reportHours,
  reportSpend,
  setFileDue,
  withdrawMilestone,
} from '../../domain/venture/execution-evidence.ts';
import {
  decideRelease,
  type OrganisationStanding,
  proposeRelease,
  type ReleaseWish,
} from '../../domain/venture/execution-release.ts';
import type { Project } from '../../domain/venture/project.ts';
import { noProject } from '../adapters/venture-store.ts';
import { allotChanged } from './allot-change.ts';
import {
  type CarryPorts,
  carryOut,
  isInTransit,
  moneyOf,
  outstandingOf,
  receivedPayments,
  recoverOwed,
} from './carry-out.ts';
import type { By } from './ports.ts';

type Act<Kind extends ExecutionActBody['kind']> = Omit<
  Extract<ExecutionActBody, { readonly kind: Kind }>,
  'kind'
>;
/** What people ask for about a project that was signed. */
export type ExecutionCommand =
  | { readonly kind: 'milestone'; readonly said: Omit<Act<'milestone'>, 'milestone'> }
  | { readonly kind: 'withdraw-milestone'; readonly tranche: number; readonly reason: string }
  | { readonly kind: 'hours'; readonly said: Act<'hours-reported'> }
  | { readonly kind: 'file-due'; readonly said: Act<'file-due'> }
  | { readonly kind: 'file'; readonly said: Act<'file-received'> }
  | { readonly kind: 'excuse'; readonly said: Act<'lateness-excused'> }
  | { readonly kind: 'evaluate'; readonly wish: EvaluationWish }
  | { readonly kind: 'rectify'; readonly reason: string; readonly dueOn: PlainDate }
  | { readonly kind: 'rectified'; readonly number: number; readonly evidence: string }
  | { readonly kind: 'spend'; readonly said: Act<'spend-reported'> }
  | {
      readonly kind: 'propose-release';
      readonly tranche: number;
      readonly papers: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'decide-release'; readonly wish: ReleaseWish }
  | { readonly kind: 'propose-change'; readonly wish: ChangeWish }
  | { readonly kind: 'decide-change'; readonly wish: DecisionWish }
  | { readonly kind: 'settle'; readonly wish: SettlementWish }
  | { readonly kind: 'terminate'; readonly wish: TerminationWish }
  | { readonly kind: 'unused'; readonly wish: Omit<SettlementWish, 'spend' | 'auditedOut' | 'interest'> }
  | { readonly kind: 'conclude'; readonly cause: ConclusionCause; readonly wish: DecisionWish }
  | { readonly kind: 'close' };

/** Commands that money or the register follows from. */
const MARKED: readonly ExecutionCommand['kind'][] = ['hours', 'decide-release', 'decide-change', 'conclude'];

/** What a decision looks at beside the project itself, read before it. */
type Known = {
  readonly organisation: OrganisationStanding;
  readonly payments: readonly ReceivedPayment[];
  readonly outstanding: Fen;
};

/**
 * One step of a project in execution. What is decided is carried out at once: the enrolment, the grants, the recovery; whoever comes next
 * goes on where its writer died. Refusals: `missing/project`, `conflict/payment-in-transit`, `conflict/busy`, those of the commands.
 */
export async function execute(
  ports: CarryPorts,
  key: ProjectKey,
  command: ExecutionCommand,
  { jurisdiction, by, request }: By,
): Promise<Result<Project>> {
  const found = await ports.projects.get(jurisdiction, key);
  if (!found.ok) return found;
  const known = await knowledge(ports, found.value, command);
  if (!known.ok) return known;
  const mark = { project: key, at: ports.clock.now() };
  if (MARKED.includes(command.kind)) await ports.decidingProjects.mark(mark);
  const trial = decide(found.value, command, by, ports.clock.today(), known.value);
  const allotted = trial.ok ? await allotChanged(ports, found.value, command, by) : trial;
  // A refusal may be of what this very request did before: the acts know.
  if (trial.ok && !allotted.ok) return allotted;
  const after = await ports.projects.act(
    key,
    (project) =>
      project ? decide(project, command, by, ports.clock.today(), known.value) : refuse(noProject()),
    { now: ports.clock.now, by, ...(request !== undefined && { request }) },
  );
  // What somebody decided a moment ago is carried out by them, or by the sweeper: a refusal leaves nothing to do.
  if (!after.ok) return after;
  if (!MARKED.includes(command.kind)) return after;
  await carryOut(ports, after.value);
  await ports.decidingProjects.settle(mark);
  return after;
}

async function knowledge(
  ports: CarryPorts,
  project: Project,
  command: ExecutionCommand,
): Promise<Result<Known>> {
  const isClosing = command.kind === 'close';
  const asksMoney = command.kind === 'unused' || isClosing || isTakingBack(project, command);
  const money = asksMoney ? await moneyOf(ports, project) : undefined;
  if (money && isInTransit(money)) return refuse(IN_TRANSIT);
  // What was on its way when the end was decided has arrived since: it is proposed to be recovered before anybody closes the project.
  if (isClosing) await recoverOwed(ports, project);
  return ok({
    organisation: await standingOf(ports, project),
    payments: money ? receivedPayments(money) : [],
    outstanding: isClosing && money ? await outstandingOf(ports, project, money) : fen(0),
  });
}

/** Money is taken back that may be on its way: how much of it arrives has to be known first. */
function isTakingBack({ execution }: Project, command: ExecutionCommand): boolean {
  const { proposed } = execution.conclusion ?? {};
  return command.kind === 'conclude' && command.wish.outcome === 'agreed' && (proposed?.balance ?? 0) < 0;
}

/** How the organisation stands today, as the register and the bureau's bans say. One whose status nobody recorded is not in good standing. */
export async function standingOf(
  { register, calls }: Pick<CarryPorts, 'register' | 'calls'>,
  { contract, application, jurisdiction }: Project,
): Promise<OrganisationStanding> {
  const key = contract?.organisation ?? application.organisation;
  const [person, bans] = await Promise.all([register.person(key), calls.bans(jurisdiction, key)]);
  const said = latestFact(person?.record.facts ?? [], 'organisation-status')?.value ?? '';
  return { status: isOrganisationStatus(said) ? said : 'abnormal', bans };
}

function decide(
  project: Project,
  command: ExecutionCommand,
  by: string,
  today: PlainDate,
  { organisation, payments, outstanding }: Known,
): Result<ExecutionActBody> {
  switch (command.kind) {
    case 'milestone':
      return recordMilestone(project, command.said, today);
    case 'withdraw-milestone':
      return withdrawMilestone(project, command.tranche, command.reason);
    case 'hours':
      return reportHours(project, command.said, today);
    case 'file-due':
      return setFileDue(project, command.said, today);
    case 'file':
      return receiveFile(project, command.said, today);
    case 'excuse':
      return excuseLateness(project, command.said, by, today);
    case 'evaluate':
      return evaluateProject(project, command.wish, by, today);
    case 'rectify':
      return openRectification(project, command.reason, command.dueOn);
    case 'rectified':
      return closeRectification(project, command.number, command.evidence, by);
    case 'spend':
      return reportSpend(project, command.said, today);
    case 'propose-release':
      return proposeRelease(project, command, by, today, organisation);
    case 'decide-release':
      return decideRelease(project, command.wish, by, today, organisation);
    case 'propose-change':
      return proposeChange(project, command.wish);
    case 'decide-change':
      return decideChange(project, command.wish, by, today);
    case 'settle':
      return proposeSettlement(project, command.wish, today);
    case 'terminate':
      return proposeTermination(project, command.wish, today);
    case 'unused':
      return proposeUnused(project, command.wish, payments, today);
    case 'conclude':
      return decideConclusion(project, command.cause, command.wish, by, today, organisation);
    case 'close':
      return closeProject(project, outstanding);
    default:
      return unreachable(command);
  }
}

const IN_TRANSIT = refusal(
  'conflict/payment-in-transit',
  '有拨款已交银行、尚无结果：待回盘后再办，以免多收或少收',
  'a payment is with the bank and has no outcome yet: wait for it, so that neither more nor less is taken back than arrived',
);
