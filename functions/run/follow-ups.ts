import { PAYMENT_ID, parsePaymentId, type RunId } from '../../domain/ids.ts';
import { PROGRAMMES } from '../../domain/programmes/index.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import { decidedEntry, type ExceptionDecision, wrongDuplicate } from '../../domain/run/reconcile.ts';
import type { Run } from '../../domain/run/run.ts';
import { inState } from '../../domain/run/state-guard.ts';
import { ResultReceived } from '../../events/run.ts';
import type { Hold, Recovery } from '../adapters/follow-up-store.ts';
import type { Listed } from '../adapters/followed-items.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { LedgerScope } from '../adapters/ledger-store.ts';
import { applyDecision, resolveEarlyReturns, slotsOf } from '../bank/apply-decision.ts';
import { ALL_BUCKETS } from './buckets.ts';
import { type Keyed, pageOf, pageOfBuckets } from './pages.ts';
import type { RunPorts } from './ports.ts';
import type { BankResultSummary, FollowUp, HoldListing } from './service.ts';
import { reportUnanswered } from './unanswered.ts';
import { clearUnsettled, listUnsettled } from './unsettled.ts';

/** What the bank answered, what is still open, and what is held or would have to be recovered. */
export function followUps(ports: RunPorts): FollowUp {
  return {
    submitBankResult: (request) => submitBankResult(ports, request),
    listBankResults: (runId) => listBankResults(ports, runId),
    listExceptions: async (runId, page) => {
      const run = await ports.runs.get(runId);
      return run.ok ? ok(await pageOf(page, ports.results.exceptionsAfter(runId, page.startAfter))) : run;
    },
    reportUnanswered: (request) => reportUnanswered(ports, request),
    decideException: (request) => decideException(ports, request),
    listUnsettled: (runId, page) => listUnsettled(ports, runId, page),
    clearUnsettled: (request) => clearUnsettled(ports, request),
    listHolds: async (jurisdiction, programme, page) => {
      const { items, ...rest } = await pageOfBuckets(page, ALL_BUCKETS, (bucket, after) =>
        ports.followUps.holdsAfter({ jurisdiction, programme }, bucket, after),
      );
      return { items: items.map(holdListing), ...rest };
    },
    releaseHold: (request) => releaseHold(ports, request),
    listRecoveryProposals: (jurisdiction, programme, page) =>
      pageOfBuckets(page, ALL_BUCKETS, (bucket, after) =>
        standing(ports.followUps.recoveriesAfter({ jurisdiction, programme }, bucket, after)),
      ),
  };
}

/** A proposal that was withdrawn is kept at zero, and is on no list. */
async function* standing(proposals: AsyncIterable<Listed<Recovery>>): AsyncGenerator<Keyed<Recovery>> {
  for await (const { key, item } of proposals) yield item.fen > 0 ? { key, item } : { key };
}

/** The upload names the job: submitting it twice is one job. What the file is worth is decided where it is read. */
async function submitBankResult(
  ports: RunPorts,
  request: Parameters<FollowUp['submitBankResult']>[0],
): Promise<Result<{ resultId: string }>> {
  const { runId, objectKey, fileName, by } = request;
  const run = await ports.runs.get(runId);
  if (!run.ok) return run;
  const wrong = inState(run.value, ['dispatched', 'closed'], { zh: '接收回盘', en: 'take a bank result' });
  if (wrong) return refuse(wrong);
  const resultId = `r${sha256Hex(objectKey).slice(0, 20)}`;
  const existing = await ports.results.job(runId, resultId);
  if (!existing) {
    const at = ports.clock.now();
    await ports.results.putJob(runId, { resultId, objectKey, fileName, by, at, state: 'received' });
  }
  await ports.queues.send('results', ResultReceived, {
    type: 'bank.result-received',
    version: 1,
    runId,
    resultId,
    objectKey,
  });
  return ok({ resultId });
}

async function listBankResults(ports: RunPorts, runId: RunId): Promise<Result<readonly BankResultSummary[]>> {
  const run = await ports.runs.get(runId);
  if (!run.ok) return run;
  const records = new Map((await ports.results.results(runId)).map((record) => [record.sha256, record]));
  const summaries: BankResultSummary[] = [];
  for (const job of await ports.results.jobs(runId)) {
    const { resultId, state, at, by, refusal: refused } = job;
    const record = job.sha256 === undefined ? undefined : records.get(job.sha256);
    const done = record ? [...(await ports.results.chunksDone(runId, record.sha256)).values()] : [];
    const sum = (pick: (counts: (typeof done)[number]) => number) =>
      done.reduce((total, counts) => total + pick(counts), 0);
    summaries.push({
      resultId,
      state,
      at,
      by,
      ...(refused && { refusal: refused }),
      ...(record && {
        fileName: record.fileName,
        chunks: { done: done.length, of: record.chunks },
        counts: {
          lines: sum((counts) => counts.lines),
          settled: sum((counts) => counts.settled),
          failed: sum((counts) => counts.failed),
          returned: sum((counts) => counts.returned),
          pending: sum((counts) => counts.pending),
          exceptions: sum((counts) => counts.exceptions),
        },
      }),
    });
  }
  return ok(summaries);
}

/** Decides one exception: checked first, then written once, then applied. Applying again changes nothing. */
async function decideException(
  ports: RunPorts,
  request: Parameters<FollowUp['decideException']>[0],
): Promise<Result<Run>> {
  const { runId, exceptionId, decision, reason, duplicateOf, by } = request;
  const run = await ports.runs.get(runId);
  if (!run.ok) return run;
  const found = await ports.results.exception(runId, exceptionId);
  if (!found)
    return refuse(
      refusal('missing/exception', '没有这条差异', 'there is no such exception', { exceptionId }),
    );
  if (found.decision) {
    if (!sameDecision(found.decision, request)) return refuse(alreadyDecided(found.decision));
    const again = await applyDecision(ports, run.value, found);
    return again.ok ? run : again;
  }
  if (found.reportedBy === by) {
    return refuse(
      refusal(
        'forbidden/same-person',
        '报告差异的人不能自己裁定',
        'whoever reported an exception does not decide it',
        { exceptionId },
      ),
    );
  }
  const unnamed = wrongDuplicate(decision, duplicateOf);
  if (unnamed) return refuse(unnamed);
  const possible = decidedEntry(found, decision, await slotsOf(ports, run.value, found));
  if (!possible.ok) return possible;
  const named = duplicateOf === undefined ? {} : { duplicateOf };
  const decided: ExceptionDecision = { decision, reason, ...named, by, at: ports.clock.now() };
  if ((await ports.results.decide(runId, exceptionId, decided)) === 'exists') {
    const now = await ports.results.exception(runId, exceptionId);
    return refuse(alreadyDecided(now?.decision ?? decided));
  }
  const applied = await applyDecision(ports, run.value, { ...found, decision: decided });
  if (!applied.ok) return applied;
  // A success that a person decides may be the one that an early return waits for.
  await resolveEarlyReturns(ports, run.value);
  return run;
}

/** The same person saying the same again, because the answer was lost. */
const sameDecision = (made: ExceptionDecision, asked: Parameters<FollowUp['decideException']>[0]): boolean =>
  made.decision === asked.decision &&
  made.reason === asked.reason &&
  made.duplicateOf === asked.duplicateOf &&
  made.by === asked.by;

const alreadyDecided = (decision: ExceptionDecision) =>
  refusal('conflict/exception-decided', '该差异已处理', 'this exception is already decided', {
    decision: decision.decision,
    at: decision.at,
  });

/** A hold is named by the payment that it keeps back. */
async function releaseHold(
  ports: RunPorts,
  request: Parameters<FollowUp['releaseHold']>[0],
): Promise<Result<HoldListing>> {
  const { jurisdiction, holdId, reason, by } = request;
  const missing = refusal('missing/hold', '没有这条缓发记录', 'there is no such hold', {
    holdId: holdId.slice(0, 60),
  });
  if (!PAYMENT_ID.test(holdId)) return refuse(missing);
  const { enrolment } = parsePaymentId(holdId);
  const scope = scopeOf(jurisdiction, enrolment);
  const hold = scope && (await ports.followUps.hold(scope, enrolment, holdId));
  if (!scope || !hold) return refuse(missing);
  const release = { by, reason, at: ports.clock.now() };
  const stands = hold.release ?? (await ports.followUps.releaseHold(scope, enrolment, holdId, release));
  if (stands.by === by && stands.reason === reason) return ok(holdListing({ ...hold, release: stands }));
  return refuse(
    refusal('conflict/hold-released', '该缓发已由他人解除', 'somebody else has released this hold', {
      at: stands.at,
    }),
  );
}

/** The programme is the first part of an enrolment's id. */
function scopeOf(jurisdiction: string, enrolment: string): LedgerScope | undefined {
  const code = enrolment.split('-')[0];
  const programme = Object.values(PROGRAMMES).find((candidate) => candidate?.code === code);
  return programme && { jurisdiction, programme: programme.id };
}

const holdListing = (hold: Hold): HoldListing => ({ holdId: hold.payment, ...hold });
