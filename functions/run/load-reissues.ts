import { type EnrolmentId, type PaymentId, parsePaymentId } from '../../domain/ids.ts';
import { foldAttempts, latestAttempts } from '../../domain/ledger/attempts.ts';
import type { Reissue } from '../../domain/run/assess-payment.ts';
import type { RunManifest } from '../../domain/run/manifest.ts';
import { type LastAttempt, maySendAgain } from '../../domain/run/send-again.ts';
import type { OpenAttempt } from '../adapters/follow-up-store.ts';
import type { RunPorts } from './ports.ts';

/** A payment that failed or came back, with what decides whether it is sent again; only the account is still missing. */
export type OpenPayment = Reissue & {
  readonly paidTo: string;
  readonly last: Omit<LastAttempt, 'accountChanged'>;
  /** Who cleared it: signs nothing in the run that sends it. */
  readonly clearedBy?: string;
};

/**
 * Open payments of a bucket by enrolment, for a supplementary run. The ledger is read strongly and seen as it stood at the cut-off, so
 * that a second try finds the same; only the latest attempt of a payment counts.
 */
export async function loadOpenPayments(
  ports: Pick<RunPorts, 'ledger' | 'results'>,
  manifest: RunManifest,
  open: readonly OpenAttempt[],
): Promise<Map<EnrolmentId, OpenPayment[]>> {
  const found = new Map<EnrolmentId, OpenPayment[]>();
  if (manifest.round === 'R') return found;
  const known = open.filter((attempt) => attempt.since <= manifest.cutOff);
  const late = await lateSuccesses(ports, manifest, known);
  for (const payment of new Set(known.map((attempt) => attempt.payment))) {
    const { period, round, enrolment } = parsePaymentId(payment);
    const entries = (await ports.ledger.ofEnrolment(manifest, period, enrolment)).filter(
      (entry) => parsePaymentId(entry.payment).round === round && entry.at <= manifest.cutOff,
    );
    const attempts = foldAttempts(entries);
    const [latest] = latestAttempts(attempts);
    if (!latest || (latest.state !== 'failed' && latest.state !== 'returned')) continue;
    const mine = known.find((attempt) => attempt.payment === payment && attempt.attempt === latest.attempt);
    const clearance = mine?.clearance && mine.clearance.at <= manifest.cutOff ? mine.clearance : undefined;
    const one: OpenPayment = {
      payment,
      attempt: latest.attempt + 1,
      fen: latest.fen,
      lines: attempts.find((attempt) => attempt.attempt === 1)?.release.lines ?? [],
      paidTo: latest.release.paidTo ?? '',
      last: {
        reason: (latest.returned ?? latest.outcome)?.reason ?? 'OTHER',
        cleared: clearance !== undefined,
        lateSuccess: late.has(attemptKey(payment, latest.attempt)),
      },
      ...(clearance && { clearedBy: clearance.by }),
    };
    found.set(enrolment, [...(found.get(enrolment) ?? []), one]);
  }
  return found;
}

/** The payment as a reissue to the account now on record, or undefined when it has to wait. */
export function reissueTo(open: OpenPayment, target: string): Reissue | undefined {
  const { payment, attempt, fen, lines } = open;
  return maySendAgain({ ...open.last, accountChanged: target !== open.paidTo })
    ? { payment, attempt, fen, lines }
    : undefined;
}

const attemptKey = (payment: PaymentId, attempt: number): string => `${payment}#${attempt}`;

/** Attempts that the bank later called credited, unless a person has decided that they were not. */
async function lateSuccesses(
  ports: Pick<RunPorts, 'results'>,
  manifest: RunManifest,
  open: readonly OpenAttempt[],
): Promise<Set<string>> {
  const late = new Set<string>();
  for (const runId of new Set(open.map((attempt) => attempt.runId))) {
    for (const { kind, payment, attempt, decision } of await ports.results.exceptions(runId)) {
      if (kind !== 'late-success' || payment === undefined || attempt === undefined) continue;
      const notCredited = decision?.decision === 'failed' && decision.at <= manifest.cutOff;
      if (!notCredited) late.add(attemptKey(payment, attempt));
    }
  }
  return late;
}
