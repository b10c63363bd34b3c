import { parsePaymentId, type RunId } from '../../domain/ids.ts';
import { foldAttempts, latestAttempts } from '../../domain/ledger/attempts.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import type { BankException } from '../../domain/run/reconcile.ts';
import { inState } from '../../domain/run/state-guard.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { RunPorts } from './ports.ts';
import type { ExceptionListing, FollowUp } from './service.ts';

/**
 * 银行未回盘: a payment that the bank never answered, or whose line could not be read, reported by someone who asked the bank. It becomes
 * an exception like any other, which another person decides; no outcome is written here. The same report again changes nothing.
 * Refusals: `conflict/run-state`, `missing/payment`, `conflict/not-in-transit`.
 */
export async function reportUnanswered(
  ports: RunPorts,
  request: Parameters<FollowUp['reportUnanswered']>[0],
): Promise<Result<ExceptionListing>> {
  const { runId, payment, reason, by } = request;
  const run = await ports.runs.get(runId);
  if (!run.ok) return run;
  const wrong = inState(run.value, ['dispatched'], {
    zh: '报告未回盘',
    en: 'have an unanswered payment reported',
  });
  if (wrong) return refuse(wrong);
  const { enrolment, period } = parsePaymentId(payment);
  const entries = await ports.ledger.ofEnrolment(run.value.manifest, period, enrolment);
  const [latest] = latestAttempts(foldAttempts(entries.filter((entry) => entry.payment === payment)));
  if (!latest || latest.release.run !== runId) {
    return refuse(
      refusal('missing/payment', '本批次没有发出这笔', 'this run did not send such a payment', { payment }),
    );
  }
  if (latest.state !== 'in-transit') {
    return refuse(
      refusal('conflict/not-in-transit', '该笔已有结果', 'this payment has an outcome already', {
        state: latest.state,
      }),
    );
  }
  return reportByHand(ports, runId, {
    kind: 'unanswered',
    file: latest.release.file,
    sequence: latest.release.line,
    payment,
    attempt: latest.attempt,
    instructedFen: latest.fen,
    reportedBy: by,
    note: reason,
  });
}

type Reported = Required<
  Pick<BankException, 'kind' | 'payment' | 'attempt' | 'instructedFen' | 'reportedBy' | 'note'>
> &
  Partial<Pick<BankException, 'file' | 'sequence'>>;

/** An exception that no line of the bank raised but a person; named after what it says, so that saying it again changes nothing. */
export async function reportByHand(
  ports: Pick<RunPorts, 'results' | 'clock'>,
  runId: RunId,
  reported: Reported,
): Promise<Result<ExceptionListing>> {
  const { payment, attempt, reportedBy, note } = reported;
  const raisedAt = ports.clock.now();
  const exception: BankException = { result: '', file: '', resultLine: 0, ...reported, raisedAt };
  const exceptionId = `hand-${sha256Hex(`${payment}#${attempt}#${reportedBy}#${note}`).slice(0, 16)}`;
  await ports.results.putException(runId, exceptionId, exception);
  const stored = await ports.results.exception(runId, exceptionId);
  return ok(stored ?? { ...exception, exceptionId });
}
