import { type Instant, monthOf, type PlainDate } from '../../domain/calendar.ts';
import {
  type Approval,
  approveProposal,
  type ProposalDecision,
  rejectProposal,
} from '../../domain/determination/decision.ts';
import { type Asked, type DeterminationProposal, proposalId } from '../../domain/determination/proposal.ts';
import { programmeById } from '../../domain/programmes/index.ts';
import type { Determination } from '../../domain/register/determination.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import { ATTEMPTS_MAX, type StoredProposal } from '../adapters/proposal-store.ts';
import { type EnrolmentAddress, type EnrolmentRead, laterOf } from '../adapters/register-store.ts';
import { companionsOf } from './companions.ts';
import type { DeterminationPorts } from './ports.ts';
import { noEnrolment } from './refusals.ts';
import { openReviewTask, type ReviewPorts } from './review-tasks.ts';
import { workedOut } from './work-out.ts';

export type ProposePorts = Pick<
  DeterminationPorts,
  'register' | 'households' | 'proposals' | 'policies' | 'sweeps' | 'clock' | 'settings'
>;
/** Who asks, and the name of the request: asked twice under one name, it is done once. */
type By = { readonly by: string; readonly request?: string };

/** Others may propose at the same moment; the loser looks again at what the winner did, this often. */
const TRIES = 5;

/**
 * Proposes the next determination of an enrolment. The open proposal before it is superseded when it has become stale or is the
 * proposer's own; otherwise it is to be decided first.
 *
 * Refusals: `missing/enrolment`, those of `workOut`, `conflict/proposal-open`, `conflict/busy`.
 */
export async function propose(
  ports: ProposePorts,
  address: EnrolmentAddress,
  asked: Asked,
  plannedFor: PlainDate,
  { by, request }: By,
): Promise<Result<StoredProposal>> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const stored = await ports.proposals.ofEnrolment(address);
    const before = stored.find(({ proposal }) => request !== undefined && proposal.request === request);
    if (before) return ok(before);
    const read = await settledRead(ports, address, stored);
    if (!read.ok) return read;
    const found = await workedOut(ports, read.value, asked, plannedFor);
    if (!found.ok) return found;
    const number = read.value.determinations.length + 1;
    const last = stored.findLast(({ proposal }) => proposal.number === number);
    const gaveWay = last ? await givesWay(ports, read.value, last, by) : ok(true);
    if (!gaveWay.ok) return gaveWay;
    const proposal: DeterminationProposal = {
      jurisdiction: address.jurisdiction,
      programme: address.programme,
      enrolment: address.id,
      number,
      attempt: (last?.proposal.attempt ?? 0) + 1,
      asked,
      plannedFor,
      ...found.value,
      proposedBy: by,
      proposedAt: ports.clock.now(),
      ...(request !== undefined && { request }),
    };
    if (proposal.attempt > ATTEMPTS_MAX) return refuse(tooMany(ATTEMPTS_MAX));
    // Where something is determined, the sweeper looks.
    await ports.sweeps.remember(address);
    if ((await ports.proposals.put(proposal)) === 'created') return ok({ proposal });
  }
  return refuse(busy());
}

/** The enrolment, once a decision that somebody else left half done is finished. */
async function settledRead(
  ports: ProposePorts,
  address: EnrolmentAddress,
  stored: readonly StoredProposal[],
): Promise<Result<EnrolmentRead>> {
  const last = stored.at(-1);
  if (last?.decision?.outcome === 'approved') await finishApproval(ports, address, last);
  const read = await ports.register.enrolmentRead(address);
  return read ? ok(read) : refuse(noEnrolment(address.id));
}

/** Supersedes an open proposal for the same number, when that is allowed. */
async function givesWay(
  ports: ProposePorts,
  read: EnrolmentRead,
  { proposal, decision }: StoredProposal,
  by: string,
): Promise<Result<true>> {
  if (decision) return decision.outcome === 'approved' ? refuse(busy()) : ok(true);
  if (proposal.proposedBy !== by) {
    const now = await workedOut(ports, read, proposal.asked, proposal.plannedFor);
    if (now.ok && now.value.hash === proposal.hash) return refuse(stillOpen(proposal));
  }
  const superseded = { outcome: 'superseded', by, at: ports.clock.now() } as const;
  const put = await ports.proposals.decide(proposal, superseded);
  return put === 'created' ? ok(true) : refuse(busy());
}

export type DecideInput = By & { readonly proposal: string };
/** What came of a decision: the proposal with its decision, and the determination when it was approved. */
export type Decided = StoredProposal & { readonly determination?: Determination };

/**
 * Approves a proposal: worked out once more for the day of the decision, it must come out the same. The decision is one item for
 * which all who decide compete; the determination follows from it, and is written by whoever comes next when its writer died.
 *
 * Refusals: `missing/proposal`, `conflict/already-decided`, `conflict/overtaken`, and those of `approveProposal`.
 */
export async function approve(
  ports: ProposePorts,
  address: EnrolmentAddress,
  input: DecideInput & Omit<Approval, 'by'>,
): Promise<Result<Decided>> {
  const { proposal: name, request, ...approval } = input;
  const found = await openProposal(ports, address, name, request);
  if (!found.ok) return found;
  const { proposal, decision } = found.value;
  if (decision) return concluded(ports, address, found.value);
  const read = await ports.register.enrolmentRead(address);
  if (!read) return refuse(noEnrolment(address.id));
  const programme = programmeById(address.programme);
  if (!programme.ok) return programme;
  const at = ports.clock.now();
  const now = await workedOut(ports, read, proposal.asked, input.decidedOn);
  const companions = (await companionsOf(ports.register, read.document)).map((one) => ({
    enrolment: one.read.document.id,
    programme: one.programme,
    determined: one.read.determinations.length,
  }));
  const decided = approveProposal(
    {
      programme: programme.value,
      proposal,
      determined: read.determinations.length,
      companions,
      now,
      today: ports.clock.today(),
    },
    approval,
  );
  if (!decided.ok) return decided;
  const stamp = {
    recordedAt: at,
    assessedAt: assessedAt(proposal.proposedAt, at, ports.settings.cutOffMarginSeconds),
  };
  const { determination, with: others } = decided.value;
  const covered = others.map((one) => ({ ...one, determination: { ...one.determination, ...stamp } }));
  const outcome = {
    outcome: 'approved',
    determination: { ...determination, ...stamp },
    ...(covered.length > 0 && { with: covered }),
  } as const;
  return decide(ports, address, proposal, outcome, request);
}

/** Rejects a proposal with a reason. Refusals: `missing/proposal`, `conflict/already-decided`, `forbidden/own-proposal`. */
export async function reject(
  ports: ProposePorts,
  address: EnrolmentAddress,
  input: DecideInput & { readonly reason: string },
): Promise<Result<Decided>> {
  const found = await openProposal(ports, address, input.proposal, input.request);
  if (!found.ok) return found;
  if (found.value.decision) return concluded(ports, address, found.value);
  const { proposal } = found.value;
  const rejected = rejectProposal(proposal, input.by, input.reason, ports.clock.now());
  return rejected.ok ? decide(ports, address, proposal, rejected.value, input.request) : rejected;
}

async function decide(
  ports: ProposePorts,
  address: EnrolmentAddress,
  proposal: DeterminationProposal,
  decision: ProposalDecision,
  request: string | undefined,
): Promise<Result<Decided>> {
  const signed = { ...decision, ...(request !== undefined && { request }) };
  const put = await ports.proposals.decide(proposal, signed);
  if (put === 'exists') {
    const again = await openProposal(ports, address, proposalId(proposal), request);
    if (!again.ok) return again;
    return concluded(ports, address, again.value);
  }
  return concluded(ports, address, { proposal, decision: signed });
}

/** Does what follows from a decision, however often it is asked. */
async function concluded(
  ports: Pick<ProposePorts, 'register' | 'proposals' | 'clock'>,
  address: EnrolmentAddress,
  stored: StoredProposal,
): Promise<Result<Decided>> {
  if (stored.decision?.outcome !== 'approved') {
    await ports.proposals.close(stored.proposal);
    return ok(stored);
  }
  const determination = await finishApproval(ports, address, stored);
  return determination.ok ? ok({ ...stored, determination: determination.value }) : determination;
}

/**
 * Puts the determinations of an approved proposal, stamped right before: its own first, then those of the enrolments that the same
 * document covers. Refusal `conflict/overtaken`: a change of standard took a number in the moment between.
 */
export async function finishApproval(
  ports: Pick<ProposePorts, 'register' | 'proposals' | 'clock'>,
  address: EnrolmentAddress,
  { proposal, decision }: StoredProposal,
): Promise<Result<Determination>> {
  invariant(decision?.outcome === 'approved', 'only an approved proposal becomes a determination');
  const own = await putDetermination(ports, address, decision.determination);
  const others: Result<Determination>[] = [];
  // Where the first was overtaken the decision took no effect, and none of it does.
  for (const { programme, determination } of own.ok ? (decision.with ?? []) : []) {
    const of = { ...address, programme, id: determination.enrolment };
    const put = await putDetermination(ports, of, determination);
    others.push(put.ok ? put : refuse(overtakenInPart(of.id, determination.number)));
  }
  const overtakenOther = others.find((one) => !one.ok);
  // Left open for the sweeper, who has it looked at: the first stands, and what was decided with it does not.
  if (!overtakenOther) await ports.proposals.close(proposal);
  return overtakenOther ?? own;
}

async function putDetermination(
  { register, clock }: Pick<ProposePorts, 'register' | 'clock'>,
  address: EnrolmentAddress,
  decided: Determination,
): Promise<Result<Determination>> {
  const before = (await register.enrolmentRead(address))?.determinations ?? [];
  const recordedAt = laterOf(clock.now(), before.at(-1)?.recordedAt);
  const determination = { ...decided, recordedAt };
  const outcome = await register.recordDetermination(address, determination);
  if (outcome === 'divergent') return refuse(overtaken(determination.number));
  return ok(before.find(({ number }) => number === determination.number) ?? determination);
}

/**
 * Does what is left to do after the last decision on an enrolment, whose writer died. Where another decision overtook a part of it, a
 * person is asked to look again.
 */
export async function finishDecided(
  ports: Pick<ProposePorts, 'register' | 'proposals' | 'clock'> & Pick<ReviewPorts, 'reviews'>,
  address: EnrolmentAddress,
): Promise<void> {
  const last = (await ports.proposals.ofEnrolment(address)).at(-1);
  if (!last?.decision) return;
  const done = await concluded(ports, address, last);
  if (done.ok || last.decision.outcome !== 'approved') return;
  const month = monthOf(last.decision.determination.decidedOn);
  const recordedAt = last.decision.determination.recordedAt;
  await openReviewTask(ports, address, { kind: 'decision-overtaken', about: address.id, month, recordedAt });
  await ports.proposals.close(last.proposal);
}

/** An undecided proposal, or one that this very request decided. */
async function openProposal(
  ports: ProposePorts,
  address: EnrolmentAddress,
  name: string,
  request: string | undefined,
): Promise<Result<StoredProposal>> {
  const stored = await ports.proposals.ofEnrolment(address);
  const found = stored.find(({ proposal }) => proposalId(proposal) === name);
  if (!found) return refuse(noProposal(name));
  if (!found.decision || (request !== undefined && found.decision.request === request)) return ok(found);
  // What another left half done is finished before anybody is told of it.
  if (found.decision.outcome === 'approved') await finishApproval(ports, address, found);
  return refuse(alreadyDecided(name, found.decision.outcome));
}

/**
 * What is certain to have been seen: everything recorded before the proposal, and what came a margin before the decision. A fact is
 * stamped right before its put, so one stamped later than this may have been missed and is looked at again.
 */
function assessedAt(proposedAt: Instant, decidedAt: Instant, marginSeconds: number): Instant {
  return laterOf(new Date(Date.parse(decidedAt) - marginSeconds * 1000).toISOString(), proposedAt);
}

const stillOpen = (proposal: DeterminationProposal): Refusal =>
  refusal(
    'conflict/proposal-open',
    '该对象已有一份测算待核定：请先核定或退回，或由提出人重新提出',
    'a proposal for this enrolment waits for a decision: decide or reject it first, or have its proposer propose again',
    { proposal: proposalId(proposal) },
  );

const busy = (): Refusal =>
  refusal(
    'conflict/busy',
    '有人正在同时提出或核定，请刷新后重试',
    'somebody is proposing or deciding at the same moment: reload and try again',
  );

const tooMany = (most: number): Refusal =>
  refusal(
    'limit/proposals',
    `同一次核定的测算不能超过 ${most} 份：请先核定`,
    `at most ${most} proposals for one determination: decide one`,
    { most },
  );

const noProposal = (proposal: string): Refusal =>
  refusal('missing/proposal', '没有这份测算', 'there is no such proposal', { proposal });

const OUTCOMES: Record<ProposalDecision['outcome'], { readonly zh: string; readonly en: string }> = {
  approved: { zh: '核定', en: 'decided' },
  rejected: { zh: '退回', en: 'rejected' },
  superseded: { zh: '被新的测算取代', en: 'superseded by another proposal' },
};

function alreadyDecided(proposal: string, outcome: ProposalDecision['outcome']): Refusal {
  const { zh, en } = OUTCOMES[outcome];
  return refusal('conflict/already-decided', `这份测算已${zh}`, `this proposal was already ${en}`, {
    proposal,
    outcome,
  });
}

const overtakenInPart = (enrolment: string, number: number): Refusal =>
  refusal(
    'conflict/overtaken',
    `主项目已按本决定核定，但 ${enrolment} 同时另有第 ${number} 次核定生效，未一并执行：请按复核任务重新提出`,
    `the leading programme is determined by this decision, but determination ${number} of ${enrolment} was recorded at the same moment and that part took no effect: propose it again as the review task asks`,
    { enrolment, number },
  );

const overtaken = (number: number): Refusal =>
  refusal(
    'conflict/overtaken',
    `核定的同时另有第 ${number} 次核定（调标）生效，本决定未执行：请重新提出测算`,
    `determination ${number} (a change of standard) was recorded at the same moment and this decision took no effect: propose again`,
    { number },
  );
