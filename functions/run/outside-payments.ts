import { type PaymentId, parsePaymentId } from '../../domain/ids.ts';
import { type Attempt, foldAttempts, latestAttempts } from '../../domain/ledger/attempts.ts';
import { type EntryContent, makeEntry, paidOutside } from '../../domain/ledger/entry.ts';
import { lookupParameter } from '../../domain/policy/lookup.ts';
import { RUN_PARAMETERS } from '../../domain/policy/run-parameters.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import { type OutsideDecision, type OutsidePayment, outsideEntry } from '../../domain/run/outside-payment.ts';
import type { Run } from '../../domain/run/run.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { LedgerScope } from '../adapters/ledger-store.ts';
import type { Claimant, StoredOutsidePayment } from '../adapters/outside-payment-store.ts';
import type { PolicyStore } from '../adapters/policy-store.ts';
import { bucketOfEnrolment } from './buckets.ts';
import { claimAttempt } from './claim-attempt.ts';
import { creditedAfterAll } from './load-reissues.ts';
import type { OutsidePayments } from './outside-service.ts';
import type { RunPorts } from './ports.ts';
import { sendRestatement } from './restate-budget.ts';
import { reportByHand } from './unanswered.ts';

export type OutsidePorts = RunPorts & { readonly policies: Pick<PolicyStore, 'book'> };

/** 系统外发放: what the bank could not pay is paid by hand, stated by one person and confirmed by another. */
export function outsidePayments(ports: OutsidePorts): OutsidePayments {
  return {
    proposeOutsidePayment: (request) => propose(ports, request),
    listOutsidePayments: async (runId) => {
      const run = await ports.runs.get(runId);
      return run.ok ? ok(await ports.outside.ofRun(runId)) : run;
    },
    decideOutsidePayment: (request) => decide(ports, request),
    withdrawOutsidePayment: (request) => withdraw(ports, request),
    reportOutsideReturn: (request) => reportReturn(ports, request),
  };
}

type Request<Name extends keyof OutsidePayments> = Parameters<OutsidePayments[Name]>[0];
/** What was stated, with the attempt once it was proposed as one. */
type Stated = Parameters<typeof outsideEntry>[0] & Pick<OutsidePayment, 'means'>;

/** The statement is named after its content: the same again is the same. Nothing moves before another person confirms. */
async function propose(
  ports: OutsidePorts,
  request: Request<'proposeOutsidePayment'>,
): Promise<Result<StoredOutsidePayment>> {
  const run = await ports.runs.get(request.runId);
  if (!run.ok) return run;
  const content = await possibleEntry(ports, run.value, request);
  if (!content.ok) return content;
  const { runId, payment, means, voucher, paidOn, evidence, reason, by } = request;
  const { attempt, fen } = content.value;
  const name = [payment, attempt, means, voucher, paidOn, evidence, reason, by].join('\n');
  const outsideId = `outside-${sha256Hex(name).slice(0, 20)}`;
  const what = { runId, payment, attempt, fen, means, voucher, paidOn, evidence, reason, by };
  const stated: OutsidePayment = { ...what, at: ports.clock.now() };
  if ((await ports.outside.propose(outsideId, stated)) === 'created') return ok({ ...stated, outsideId });
  return found(ports, runId, outsideId);
}

/** All reads of a payment at this moment, and the one decision on them. */
async function possibleEntry(ports: OutsidePorts, run: Run, stated: Stated): Promise<Result<EntryContent>> {
  if (stated.means === 'cash') {
    const allowed = await cashAllowed(ports, run);
    if (!allowed.ok) return allowed;
  }
  const attempts = await attemptsOf(ports, run, stated.payment);
  const credited = await creditedAfterAll(
    ports,
    attempts.map(({ release }) => release.run),
  );
  const [latest] = latestAttempts(attempts);
  return outsideEntry(stated, {
    latest,
    lateSuccess: credited.has(stated.payment),
    cleared: latest !== undefined && (await isCleared(ports, run.manifest, latest)),
    today: ports.clock.today(),
  });
}

/** Whether somebody has said that the attempt may be followed by another (可重发). */
export async function isCleared(
  ports: Pick<RunPorts, 'followUps'>,
  scope: LedgerScope,
  { payment, attempt }: Attempt,
): Promise<boolean> {
  const bucket = bucketOfEnrolment(parsePaymentId(payment).enrolment);
  const open = await ports.followUps.open(scope, bucket);
  return open.some(
    (one) => one.payment === payment && one.attempt === attempt && one.clearance !== undefined,
  );
}

async function attemptsOf(ports: OutsidePorts, run: Run, payment: PaymentId): Promise<Attempt[]> {
  const { enrolment, period } = parsePaymentId(payment);
  const entries = await ports.ledger.ofEnrolment(run.manifest, period, enrolment);
  return foldAttempts(entries.filter((entry) => entry.payment === payment));
}

/** Cash leaves no trace at a bank: only where the policy that the run was computed from says so. */
async function cashAllowed(ports: OutsidePorts, { manifest }: Run): Promise<Result<true>> {
  const book = await ports.policies.book(manifest.policyHash);
  const { jurisdiction, programme, knownOn, months, period } = manifest;
  const month = months[0] ?? period;
  const query = { jurisdiction, programme, knownOn, parameter: 'cashPayments', month };
  const allowed = lookupParameter(book, query, RUN_PARAMETERS.cashPayments);
  if (!allowed.ok) return allowed;
  return allowed.value.value
    ? ok(true)
    : refuse(
        refusal(
          'policy/no-cash',
          '本地政策不允许现金发放：请手工转账，或更正账户后重发',
          'the policy here allows no cash: transfer it by hand, or correct the account and send it again',
        ),
      );
}

async function found(
  ports: OutsidePorts,
  runId: string,
  outsideId: string,
): Promise<Result<StoredOutsidePayment>> {
  const stored = await ports.outside.find(runId, outsideId);
  if (stored) return ok(stored);
  return refuse(
    refusal('missing/outside-payment', '没有这条系统外发放记录', 'there is no such outside payment', {
      outsideId: outsideId.slice(0, 80),
    }),
  );
}

/**
 * Confirms or rejects, by somebody else than who stated it. To confirm: look, bind the voucher, claim the attempt, look again (the
 * claim may have come after somebody else's entry), decide, write the entry. Whoever asks again finishes what was interrupted.
 */
async function decide(
  ports: OutsidePorts,
  request: Request<'decideOutsidePayment'>,
): Promise<Result<StoredOutsidePayment>> {
  const { runId, outsideId, decision, reason, by } = request;
  const run = await ports.runs.get(runId);
  if (!run.ok) return run;
  const stored = await found(ports, runId, outsideId);
  if (!stored.ok || stored.value.decision) return settledBefore(ports, run.value, stored, request);
  if (stored.value.by === by) {
    return refuse(
      refusal(
        'forbidden/same-person',
        '登记系统外发放的人不能自己确认',
        'whoever stated an outside payment does not confirm it',
        { outsideId },
      ),
    );
  }
  if (decision === 'confirmed') {
    const mine = await claimed(ports, run.value, stored.value);
    if (!mine.ok) return mine;
  }
  return write(ports, run.value, stored.value, { decision, reason, by, at: ports.clock.now() });
}

async function claimed(ports: OutsidePorts, run: Run, stored: StoredOutsidePayment): Promise<Result<true>> {
  const before = await possibleEntry(ports, run, stored);
  if (!before.ok) return before;
  const { jurisdiction, programme } = run.manifest;
  const { payment, attempt, voucher, means, paidOn, fen, runId, outsideId } = stored;
  const use = { payment, attempt, means, date: paidOn, fen };
  if (!(await ports.runs.claimVoucher(jurisdiction, voucher, use))) {
    return refuse(
      refusal(
        'conflict/voucher-used',
        '该凭证号已用于另一笔、金额或日期：请核对凭证',
        'this voucher is recorded for another payment, amount or date: check the voucher',
        { voucher },
      ),
    );
  }
  const key = { jurisdiction, programme, payment, attempt };
  const other = await claimAttempt(ports, key, { by: 'outside', runId, outsideId });
  if (other) return refuse(takenBy(other));
  const after = await possibleEntry(ports, run, stored);
  return after.ok ? ok(true) : after;
}

function takenBy(other: Claimant): Refusal {
  if (other.by === 'surrender') return beingSurrendered(other.runId);
  return other.by === 'run'
    ? refusal(
        'conflict/being-sent',
        '补充批次正在重发该笔',
        'a supplementary run is sending it again right now',
        {
          run: other.runId,
        },
      )
    : refusal(
        'conflict/paid-outside',
        '该笔另有一条系统外发放正在确认或已确认',
        'another outside payment of it is being confirmed, or was',
      );
}

const beingSurrendered = (run: string): Refusal =>
  refusal(
    'conflict/surrendered',
    '该笔作为无人认领款项上缴财政，正在确认或已确认',
    'its surrender to the treasury as unclaimed is being confirmed, or was',
    { run },
  );

async function withdraw(
  ports: OutsidePorts,
  request: Request<'withdrawOutsidePayment'>,
): Promise<Result<StoredOutsidePayment>> {
  const { runId, outsideId, reason, by } = request;
  const run = await ports.runs.get(runId);
  if (!run.ok) return run;
  const stored = await found(ports, runId, outsideId);
  const withdrawal = { ...request, decision: 'withdrawn' } as const;
  if (!stored.ok || stored.value.decision) return settledBefore(ports, run.value, stored, withdrawal);
  if (stored.value.by !== by) {
    return refuse(
      refusal(
        'forbidden/not-yours',
        '只有登记人可以撤回；他人请驳回',
        'only who stated it takes it back; anybody else rejects it',
        { outsideId },
      ),
    );
  }
  return write(ports, run.value, stored.value, { decision: 'withdrawn', reason, by, at: ports.clock.now() });
}

/** The decision is one immutable item; then what follows from it. */
async function write(
  ports: OutsidePorts,
  run: Run,
  stored: StoredOutsidePayment,
  decision: OutsideDecision,
): Promise<Result<StoredOutsidePayment>> {
  if ((await ports.outside.decide(run.runId, stored.outsideId, decision)) === 'exists') {
    return settledBefore(ports, run, await found(ports, run.runId, stored.outsideId), decision);
  }
  return finish(ports, run, { ...stored, decision });
}

/** The same person saying the same again, because the answer was lost, is told what came of it; anybody else that it is decided. */
async function settledBefore(
  ports: OutsidePorts,
  run: Run,
  stored: Result<StoredOutsidePayment>,
  asked: Pick<OutsideDecision, 'decision' | 'reason' | 'by'>,
): Promise<Result<StoredOutsidePayment>> {
  if (!stored.ok) return stored;
  const made = stored.value.decision;
  invariant(made, 'an outside payment without a decision');
  const same = made.decision === asked.decision && made.reason === asked.reason && made.by === asked.by;
  if (same) return finish(ports, run, stored.value);
  return refuse(
    refusal(
      'conflict/outside-payment-decided',
      '该系统外发放已处理',
      'this outside payment is already decided',
      {
        decision: made.decision,
        at: made.at,
      },
    ),
  );
}

async function finish(
  ports: OutsidePorts,
  run: Run,
  stored: StoredOutsidePayment,
): Promise<Result<StoredOutsidePayment>> {
  if (stored.decision?.decision === 'confirmed') {
    await applyOutsidePayment(ports, run, stored);
    await sendRestatement(ports, run.runId);
  }
  return ok(stored);
}

/**
 * Writes the entry that a confirmation stands for, stamped with who confirmed and when, so that it is the same entry whoever writes
 * it; the sweeper repeats it after a crash. The claim keeps the slot free for it.
 */
export async function applyOutsidePayment(
  ports: Pick<RunPorts, 'ledger'>,
  run: Run,
  stored: StoredOutsidePayment,
): Promise<void> {
  const { decision, payment, attempt, paidOn, means, voucher, evidence, by } = stored;
  if (decision?.decision !== 'confirmed') return;
  const { jurisdiction, programme } = run.manifest;
  const [before = [], mine = []] = await ports.ledger.slots(
    [attempt - 1, attempt].map((number) => ({ jurisdiction, programme, payment, attempt: number })),
  );
  if (mine[0]?.outside?.voucher === voucher) return;
  const last = before.at(-1);
  invariant(last, `an outside payment of ${payment}, which was never sent`);
  const content = paidOutside(last, paidOn, { means, voucher, evidence, proposedBy: by }, stored.fen);
  const stamp = { at: decision.at, by: decision.by, previous: last };
  const outcome = await ports.ledger.append(makeEntry(sha256Hex, content, stamp));
  invariant(typeof outcome === 'string', `divergence: attempt ${attempt} of ${payment} was made by another`);
}

/** A transfer made by hand came back: an exception like any other, which another person decides. */
async function reportReturn(ports: OutsidePorts, request: Request<'reportOutsideReturn'>) {
  const { runId, outsideId, reason, by } = request;
  const run = await ports.runs.get(runId);
  if (!run.ok) return run;
  const stored = await found(ports, runId, outsideId);
  if (!stored.ok) return stored;
  const { payment, attempt, means, fen, decision } = stored.value;
  const [latest] = latestAttempts(await attemptsOf(ports, run.value, payment));
  const stands = latest?.attempt === attempt && latest.state === 'settled';
  if (means !== 'manual-transfer' || decision?.decision !== 'confirmed' || !stands) {
    return refuse(
      refusal(
        'conflict/cannot-come-back',
        '只有已确认且尚未退回的手工转账可以报告退回',
        'only a transfer made by hand that was confirmed and has not come back yet can be reported as returned',
        { means },
      ),
    );
  }
  return reportByHand(ports, runId, {
    kind: 'outside-returned',
    payment,
    attempt,
    instructedFen: fen,
    reportedBy: by,
    note: reason,
  });
}
